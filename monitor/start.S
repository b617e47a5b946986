/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Reset. All CPUs arrive here at once, at EL3 with the MMU off; the first one
 * makes C possible and then all enter it, each on its own stack in secure SRAM.
 */
#include "monitor/layout.h"

#define SCTLR_EL3_RESET_LOW 0x0830 /* RES1 bits, everything off */
#define SCTLR_EL3_RESET_HIGH 0x30c5

	.section .text.start, "ax"
	.global _start
_start:
	adr	x0, vectors
	msr	vbar_el3, x0
	mov	x1, #SCTLR_EL3_RESET_LOW
	movk	x1, #SCTLR_EL3_RESET_HIGH, lsl #16
	msr	sctlr_el3, x1
	msr	daifset, #0xf
	msr	spsel, #1
	isb

	/* x19: index of this CPU, as cpu_index_of() counts. */
	mrs	x0, mpidr_el1
	and	x19, x0, #0xff
	ubfx	x0, x0, #8, #8
	add	x19, x19, x0, lsl #4
	cmp	x19, #CPUS_MAX
	b.hs	no_such_cpu

	ldr	x0, =__stacks
	add	x1, x19, #1
	add	x0, x0, x1, lsl #STACK_SHIFT
	mov	sp, x0
	mov	x0, x19
	cbnz	x19, warm

	/* Secure SRAM keeps its contents over a reset: fill it anew. */
	ldr	x1, =__data_start
	ldr	x2, =__data_end
	ldr	x3, =__data_load
1:	cmp	x1, x2
	b.hs	2f
	ldr	x4, [x3], #8
	str	x4, [x1], #8
	b	1b
2:	ldr	x2, =__bss_end
3:	cmp	x1, x2
	b.hs	4f
	str	xzr, [x1], #8
	b	3b
4:	bl	cold_boot
	b	.

warm:	bl	warm_boot
	b	.

	/* More CPUs than the monitor has room for: they never start. */
no_such_cpu:
	wfi
	b	no_such_cpu
