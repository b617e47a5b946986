/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Between the two labels a data abort is an answer: see may_fault.h. These
 * functions have no stack frame of their own, so that a fault can leave from
 * anywhere.
 */
	.section .text
	.global may_fault, may_fault_end, may_fault_failed
	.balign	16
may_fault:
	.global ns_copy
ns_copy:
	cmp	x2, #8
	b.lo	1f
	ldr	x3, [x1], #8
	str	x3, [x0], #8
	sub	x2, x2, #8
	b	ns_copy
1:	cbz	x2, 2f
	ldrb	w3, [x1], #1
	strb	w3, [x0], #1
	sub	x2, x2, #1
	b	1b
2:	mov	w0, #1
	ret

	.global translate_stage1
translate_stage1:
	at	s1e1r, x0
	isb
	mov	w0, #1
	ret
may_fault_end:

may_fault_failed:
	mov	w0, #0
	ret
