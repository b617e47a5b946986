/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Entries of the first CPU and of the others, and exceptions: a fault is noted
 * and the access that made it is skipped.
 */
#define STACK_SHIFT 14
#define FRAME 256

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
	stp	x2, x3, [sp, #16]
	stp	x4, x5, [sp, #32]
	stp	x6, x7, [sp, #48]
	stp	x8, x9, [sp, #64]
	stp	x10, x11, [sp, #80]
	stp	x12, x13, [sp, #96]
	stp	x14, x15, [sp, #112]
	stp	x16, x17, [sp, #128]
	stp	x18, x30, [sp, #144]
	mov	x0, x30
	bl	note_fault
	ldp	x18, x30, [sp, #144]
	ldp	x16, x17, [sp, #128]
	ldp	x14, x15, [sp, #112]
	ldp	x12, x13, [sp, #96]
	ldp	x10, x11, [sp, #80]
	ldp	x8, x9, [sp, #64]
	ldp	x6, x7, [sp, #48]
	ldp	x4, x5, [sp, #32]
	ldp	x2, x3, [sp, #16]
	ldp	x0, x1, [sp]
	add	sp, sp, #FRAME
	eret
	.ltorg
