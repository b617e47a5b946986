/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * void el3_smc(uint64_t x[18])
 */
	.section .text
	.global el3_smc
el3_smc:
	stp	x29, x30, [sp, #-32]!
	str	x19, [sp, #16]
	mov	x29, sp
	mov	x19, x0
	ldp	x16, x17, [x19, #128]
	ldp	x14, x15, [x19, #112]
	ldp	x12, x13, [x19, #96]
	ldp	x10, x11, [x19, #80]
	ldp	x8, x9, [x19, #64]
	ldp	x6, x7, [x19, #48]
	ldp	x4, x5, [x19, #32]
	ldp	x2, x3, [x19, #16]
	ldp	x0, x1, [x19]
	smc	#0
	stp	x16, x17, [x19, #128]
	stp	x14, x15, [x19, #112]
	stp	x12, x13, [x19, #96]
	stp	x10, x11, [x19, #80]
	stp	x8, x9, [x19, #64]
	stp	x6, x7, [x19, #48]
	stp	x4, x5, [x19, #32]
	stp	x2, x3, [x19, #16]
	stp	x0, x1, [x19]
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	ret
