/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Entries of the first CPU and of the others, and exceptions: a fault is noted
 * and the access that made it is skipped.
 */
#include "tests/qemu/ns/frame.h"

#define STACK_SHIFT 14

	.section .text.start, "ax"
	.global _start
_start:
	mov	x20, x0
	mov	x0, xzr
	bl	prepare
	mov	x0, x20
	bl	ns_main
	b	.

	/* PSCI CPU_ON comes here, x0 = the context: the CPU's number. */
	.global secondary_start
secondary_start:
	mov	x20, x0
	bl	prepare
	mov	x0, x20
	bl	secondary_main
	b	.

prepare:
	msr	tpidr_el2, x0
	ldr	x1, =__stacks
	add	x2, x0, #1
	add	x1, x1, x2, lsl #STACK_SHIFT
	mov	sp, x1
	adr	x1, vectors
	msr	vbar_el2, x1
	isb
	ret

	.macro	vector
	.balign	0x80
	sub	sp, sp, #FRAME
	stp	x0, x1, [sp]
	b	exception
	.endm

	.section .text
	.balign	0x800
vectors:
	.rept	16
	vector
	.endr

	.balign	0x80
exception:
	keep_registers
	mov	x0, x30
	bl	note_fault
	leave_frame
	.ltorg
