/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Exceptions to EL3. From a lower level: the registers go into the frame of the
 * world that was interrupted, C looks at them, and the frame that is current
 * afterwards is loaded. From EL3 itself: a bug; the registers go into a frame
 * for the panic, without trusting the stack.
 */
#include "monitor/entry.h"

	.altmacro

	.macro	own_vector number
	.balign	0x80
	msr	tpidr_el3, x0		/* this CPU is lost anyway */
	mov	x0, #\number
	b	own_exception
	.endm

	.macro	lower_vector number
	.balign	0x80
	stp	x0, x1, [sp, #-16]!
	mov	x1, #\number
	b	lower_exception
	.endm

	.macro	frame_pair op, frame, first, second
	\op	x\first, x\second, [\frame, #8 * \first]
	.endm

	/* x2 to x29: STP to a frame, or LDP from it. */
	.macro	frame_pairs op, frame
	.set	n, 2
	.rept	14
	frame_pair \op, \frame, %n, %(n + 1)
	.set	n, n + 2
	.endr
	.endm

	.macro	save_frame_from_x2 frame
	frame_pairs stp, \frame
	mrs	x2, elr_el3
	stp	x30, x2, [\frame, #FRAME_ELR - 8]
	mrs	x2, spsr_el3
	mrs	x3, sp_el0
	stp	x2, x3, [\frame, #FRAME_SPSR]
	.endm

	.section .text
	.balign	0x800
	.global vectors
vectors:
	.irp	number, 0, 1, 2, 3, 4, 5, 6, 7
	own_vector \number
	.endr
	.irp	number, 8, 9, 10, 11, 12, 13, 14, 15
	lower_vector \number
	.endr

	.balign	0x80
lower_exception:
	mrs	x0, tpidr_el3
	ldr	x0, [x0]		/* cpu->frame */
	save_frame_from_x2 x0
	ldp	x2, x3, [sp], #16
	stp	x2, x3, [x0]
	bl	trap
	b	frame_load

own_exception:
	/* x0: vector; the interrupted x0 is in TPIDR_EL3. */
	mov	x30, x1
	ldr	x1, =own_frame
	save_frame_from_x2 x1
	mrs	x2, tpidr_el3
	stp	x2, x30, [x1]
	ldr	x2, =__panic_stack_top
	mov	sp, x2
	bl	own_trap
	b	.

	.global trap_return
trap_return:
	mov	sp, x0
frame_load:
	mrs	x0, tpidr_el3
	ldr	x0, [x0]
	ldp	x2, x3, [x0, #FRAME_SPSR]
	msr	spsr_el3, x2
	msr	sp_el0, x3
	ldp	x30, x2, [x0, #FRAME_ELR - 8]
	msr	elr_el3, x2
	frame_pairs ldp, x0
	ldp	x0, x1, [x0]
	eret
	sb
	.ltorg
