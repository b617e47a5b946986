/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Panics print without the console's lock: the one who holds it may be dead.
 * A panic within a panic, as when semihosting is off and HLT is an exception
 * too, stops this CPU in silence.
 */
#include "monitor/panic.h"

#include <stdarg.h>
#include <stdbool.h>

#include "monitor/console.h"
#include "monitor/cpu.h"
#include "monitor/sysregs.h"
#include "monitor/vendor.h"
#include "platform/qemu/libc/format.h"
#include "platform/qemu/stage1.h"

#define SYS_EXIT_EXTENDED 0x20
#define ADP_STOPPED_APPLICATION_EXIT 0x20026

static bool panicking;

static void print(const char *text, ...)
{
	va_list args;

	va_start(args, text);
	format(console_put, text, args);
	va_end(args);
}

_Noreturn void machine_exit(uint64_t code)
{
	const uint64_t block[2] = { ADP_STOPPED_APPLICATION_EXIT, code };
	register uint64_t x0 asm("x0") = SYS_EXIT_EXTENDED;
	register const uint64_t *x1 asm("x1") = block;

	asm volatile("hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
	for (;;)
		wfi();
}

static void begin(const char *why)
{
	if (__atomic_exchange_n(&panicking, true, __ATOMIC_SEQ_CST))
		for (;;)
			wfi();
	print("\nmonitor: panic on CPU %x: %s\n", cpu_index(), why);
}

_Noreturn void panic(const char *why)
{
	begin(why);
	machine_exit(EXIT_MONITOR_PANIC);
}

static void print_registers(const struct frame *frame)
{
	for (unsigned int i = 0; i < 31; i++)
		print("x%u %x%c", i, frame->x[i], i % 4 == 3 ? '\n' : ' ');
	print("\nELR_EL3 %x SPSR_EL3 %x SCR_EL3 %x\n", frame->elr,
	      frame->spsr, mrs(scr_el3));
	print("ESR_EL3 %x FAR_EL3 %x MFAR_EL3 %x\n", mrs(esr_el3),
	      mrs(far_el3), mrs(MFAR_EL3));
	print("ESR_EL2 %x ELR_EL2 %x FAR_EL2 %x VBAR_EL2 %x\n", mrs(esr_el2),
	      mrs(elr_el2), mrs(far_el2), mrs(vbar_el2));
}

_Noreturn void panic_frame(const char *why, const struct frame *frame)
{
	begin(why);
	print_registers(frame);
	machine_exit(EXIT_MONITOR_PANIC);
}

_Noreturn void stage1_panic(const char *what)
{
	panic(what);
}
