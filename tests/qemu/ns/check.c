/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Counting checks, on the Non-secure PL011.
 */
#include <stdarg.h>

#include "monitor/layout.h"
#include "monitor/vendor.h"
#include "platform/qemu/libc/format.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/ns.h"

#define UART_FR (UART_BASE + 0x18)
#define FR_TXFF (1u << 5)

static unsigned int passed, failed;

static void put(char c)
{
	while (read32(UART_FR) & FR_TXFF)
		relax();
	write32(UART_BASE, (unsigned char)c);
}

void print(const char *text, ...)
{
	va_list args;

	va_start(args, text);
	format(put, text, args);
	va_end(args);
}

void expect(const char *name, bool holds)
{
	if (holds)
		passed++;
	else
		failed++;
	print("%s %s\n", holds ? "ok  " : "FAIL", name);
}

_Noreturn void finish(void)
{
	print("%u passed, %u failed\n", passed, failed);
	for (;;)
		call1(VENDOR_EXIT, failed != 0 || passed == 0);
}
