/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The RMM's last words, on EL3's console: Realm EL2 has no device of its own.
 */
#include "platform/qemu/panic.h"

#include <stdarg.h>

#include "abi/rmm_el3.h"
#include "platform/qemu/el3.h"
#include "platform/qemu/libc/format.h"
#include "platform/qemu/sysreg.h"
#include "rmm/platform.h"

static void put(char c)
{
	el3_call(RMM_CONSOLE_WRITE, (uint8_t)c, 0);
}

static void print(const char *text, ...)
{
	va_list args;

	va_start(args, text);
	format(put, text, args);
	va_end(args);
}

static _Noreturn void stop(void)
{
	for (;;)
		el3_call(RMM_PANIC, 0, 0);
}

_Noreturn void plat_panic(const char *file, int line, const char *what)
{
	print("rmm: %s:%u: %s\n", file, (unsigned int)line, what);
	stop();
}

_Noreturn void exception_panic(uint64_t vector)
{
	print("rmm: exception, vector %x, ESR_EL2 %x ELR_EL2 %x\n", vector,
	      read_sysreg(esr_el2), read_sysreg(elr_el2));
	print("rmm: FAR_EL2 %x HPFAR_EL2 %x SPSR_EL2 %x\n",
	      read_sysreg(far_el2), read_sysreg(hpfar_el2),
	      read_sysreg(spsr_el2));
	stop();
}
