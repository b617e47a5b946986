/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where a guest begins: EL1, MMU and caches off, x0 = device tree. Gives it a
 * stack and vectors, and calls main(device tree); what main returns goes to the
 * exit register.
 */
#define STACK_SIZE 0x4000

	.section .text.start, "ax"
	.global _start
_start:
	adrp	x1, stack_top
	mov	sp, x1
	adrp	x1, vectors
	add	x1, x1, :lo12:vectors
	msr	vbar_el1, x1
	isb
	bl	main
	b	guest_exit

/*
 * No exception is expected: all of them are reported, and end the guest. The
 * stack may be what is broken, so it starts anew.
 */
	.text
	.balign	2048
vectors:
	.rept	16
	.balign	128
	b	unexpected
	.endr

unexpected:
	adrp	x3, stack_top
	mov	sp, x3
	mrs	x0, esr_el1
	mrs	x1, elr_el1
	mrs	x2, far_el1
	b	guest_exception

	.section .bss.stack, "aw", %nobits
	.balign	4096
	.space	STACK_SIZE
	.balign	4096
stack_top:
