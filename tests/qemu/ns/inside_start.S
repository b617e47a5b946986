/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside a realm: entry of a REC at EL1 with the MMU off, and its vectors. A
 * synchronous exception is noted and its instruction skipped, as start.S does
 * for the host.
 */
#define STACK_SHIFT 12
#define STACKS 2
#define FRAME 256
#define CPACR_FPEN (3 << 20)

	.section .text
	.global inside_start
inside_start:
	ldr	x1, =stacks
	add	x2, x0, #1
	add	x1, x1, x2, lsl #STACK_SHIFT
	mov	sp, x1
	adr	x1, inside_vectors
	msr	vbar_el1, x1
	mov	x1, #CPACR_FPEN
	msr	cpacr_el1, x1
	isb
	bl	inside_main
	b	.

	.macro	vector handler
	.balign	0x80
	sub	sp, sp, #FRAME
	stp	x0, x1, [sp]
	adr	x0, \handler
	b	exception
	.endm

	.balign	0x800
inside_vectors:
	.rept	4
	vector	inside_sync
	vector	inside_interrupt
	vector	inside_sync
	vector	inside_sync
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
	mov	x1, x0
	mov	x0, x30
	blr	x1
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

	.section .bss.inside_stacks, "aw", %nobits
	.balign	4096
stacks:
	.space	STACKS << STACK_SHIFT
