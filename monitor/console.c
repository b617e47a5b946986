/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PL011 output, polled.
 */
#include "monitor/console.h"

#include <stdarg.h>

#include "monitor/layout.h"
#include "monitor/lock.h"
#include "platform/qemu/libc/format.h"
#include "platform/qemu/sysreg.h"

#define UART_DR (SECURE_UART_BASE + 0x00)
#define UART_FR (SECURE_UART_BASE + 0x18)
#define UART_LCR_H (SECURE_UART_BASE + 0x2c)
#define UART_CR (SECURE_UART_BASE + 0x30)

#define FR_TXFF (1u << 5)
#define LCR_H_FEN (1u << 4)
#define LCR_H_8_BITS (3u << 5)
#define CR_UARTEN (1u << 0)
#define CR_TXE (1u << 8)

static struct lock console_lock;

void console_init(void)
{
	write32(UART_LCR_H, LCR_H_FEN | LCR_H_8_BITS);
	write32(UART_CR, CR_UARTEN | CR_TXE);
}

void console_put(char c)
{
	while (read32(UART_FR) & FR_TXFF)
		relax();
	write32(UART_DR, (unsigned char)c);
}

void say(const char *text, ...)
{
	va_list args;

	va_start(args, text);
	lock(&console_lock);
	format(console_put, text, args);
	console_put('\n');
	unlock(&console_lock);
	va_end(args);
}
