/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Inside a realm: entry of a REC at EL1 with the MMU off, and its vectors. A
 * synchronous exception is noted and its instruction skipped, as start.S does
 * for the host.
 */
#include "tests/qemu/ns/frame.h"

#define STACK_SHIFT 12
#define STACKS 2
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
	keep_registers
	mov	x1, x0
	mov	x0, x30
	blr	x1
	leave_frame
	.ltorg

	.section .bss.inside_stacks, "aw", %nobits
	.balign	4096
stacks:
	.space	STACKS << STACK_SHIFT
