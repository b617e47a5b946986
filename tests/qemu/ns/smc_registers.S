/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * void smc_registers(const uint64_t in[31], uint64_t out[31]): an SMC with all
 * general registers as given, and all of them afterwards.
 */
	.section .text
	.global smc_registers
smc_registers:
	stp	x29, x30, [sp, #-112]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	stp	x18, x1, [sp, #96]

	mov	x30, x0
	ldp	x28, x29, [x30, #224]
	ldp	x26, x27, [x30, #208]
	ldp	x24, x25, [x30, #192]
	ldp	x22, x23, [x30, #176]
	ldp	x20, x21, [x30, #160]
	ldp	x18, x19, [x30, #144]
	ldp	x16, x17, [x30, #128]
	ldp	x14, x15, [x30, #112]
	ldp	x12, x13, [x30, #96]
	ldp	x10, x11, [x30, #80]
	ldp	x8, x9, [x30, #64]
	ldp	x6, x7, [x30, #48]
	ldp	x4, x5, [x30, #32]
	ldp	x2, x3, [x30, #16]
	ldp	x0, x1, [x30]
	ldr	x30, [x30, #240]
	smc	#0

	str	x30, [sp, #-16]!
	ldr	x30, [sp, #16 + 104]
	stp	x28, x29, [x30, #224]
	stp	x26, x27, [x30, #208]
	stp	x24, x25, [x30, #192]
	stp	x22, x23, [x30, #176]
	stp	x20, x21, [x30, #160]
	stp	x18, x19, [x30, #144]
	stp	x16, x17, [x30, #128]
	stp	x14, x15, [x30, #112]
	stp	x12, x13, [x30, #96]
	stp	x10, x11, [x30, #80]
	stp	x8, x9, [x30, #64]
	stp	x6, x7, [x30, #48]
	stp	x4, x5, [x30, #32]
	stp	x2, x3, [x30, #16]
	stp	x0, x1, [x30]
	ldr	x0, [sp], #16
	str	x0, [x30, #240]

	ldr	x18, [sp, #96]
	ldp	x27, x28, [sp, #80]
	ldp	x25, x26, [sp, #64]
	ldp	x23, x24, [sp, #48]
	ldp	x21, x22, [sp, #32]
	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #112
	ret
