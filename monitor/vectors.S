/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Exceptions to EL3. From a lower level: the registers go into the frame of the
 * world that was interrupted, C looks at them, and the frame that is current
 * afterwards is loaded. From EL3 itself: a bug; the registers go into a frame
 * for the panic, without trusting the stack.
 */
#include "monitor/layout.h"
#include "monitor/frame.h"

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

	.macro	save_frame_from_x2 frame
	stp	x2, x3, [\frame, #16]
	stp	x4, x5, [\frame, #32]
	stp	x6, x7, [\frame, #48]
	stp	x8, x9, [\frame, #64]
	stp	x10, x11, [\frame, #80]
	stp	x12, x13, [\frame, #96]
	stp	x14, x15, [\frame, #112]
	stp	x16, x17, [\frame, #128]
	stp	x18, x19, [\frame, #144]
	stp	x20, x21, [\frame, #160]
	stp	x22, x23, [\frame, #176]
	stp	x24, x25, [\frame, #192]
	stp	x26, x27, [\frame, #208]
	stp	x28, x29, [\frame, #224]
	mrs	x2, elr_el3
	stp	x30, x2, [\frame, #240]
	mrs	x2, spsr_el3
	mrs	x3, sp_el0
	stp	x2, x3, [\frame, #FRAME_SPSR]
	.endm

	.section .text
	.balign	0x800
	.global vectors
vectors:
	own_vector 0
	own_vector 1
	own_vector 2
	own_vector 3
	own_vector 4
	own_vector 5
	own_vector 6
	own_vector 7
	lower_vector 8
	lower_vector 9
	lower_vector 10
	lower_vector 11
	lower_vector 12
	lower_vector 13
	lower_vector 14
	lower_vector 15

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
	ldr	x1, =panic_frame_own
	save_frame_from_x2 x1
	mrs	x2, tpidr_el3
	stp	x2, x30, [x1]
	ldr	x2, =__panic_stack_top
	mov	sp, x2
	bl	own_trap
	b	.

	/* _Noreturn void trap_return(void): runs cpu->frame, empty stack. */
	.global trap_return
trap_return:
	mrs	x0, mpidr_el1
	and	x1, x0, #0xff
	ubfx	x0, x0, #8, #8
	add	x1, x1, x0, lsl #4
	add	x1, x1, #1
	ldr	x0, =__stacks
	add	x0, x0, x1, lsl #STACK_SHIFT
	mov	sp, x0
frame_load:
	mrs	x0, tpidr_el3
	ldr	x0, [x0]
	ldp	x2, x3, [x0, #FRAME_SPSR]
	msr	spsr_el3, x2
	msr	sp_el0, x3
	ldp	x30, x2, [x0, #240]
	msr	elr_el3, x2
	ldp	x28, x29, [x0, #224]
	ldp	x26, x27, [x0, #208]
	ldp	x24, x25, [x0, #192]
	ldp	x22, x23, [x0, #176]
	ldp	x20, x21, [x0, #160]
	ldp	x18, x19, [x0, #144]
	ldp	x16, x17, [x0, #128]
	ldp	x14, x15, [x0, #112]
	ldp	x12, x13, [x0, #96]
	ldp	x10, x11, [x0, #80]
	ldp	x8, x9, [x0, #64]
	ldp	x6, x7, [x0, #48]
	ldp	x4, x5, [x0, #32]
	ldp	x2, x3, [x0, #16]
	ldp	x0, x1, [x0]
	eret
	sb
	.ltorg
