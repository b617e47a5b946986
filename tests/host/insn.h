/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The few AArch64 instructions that the realms of these tests are made of.
 */
#ifndef TESTS_HOST_INSN_H
#define TESTS_HOST_INSN_H

#include <stdint.h>

/* MOVZ and MOVK Xd, #imm, LSL #(16 * part) */
#define A64_MOVZ(d, imm, part) \
	(0xd2800000u | (part) << 21 | ((imm) & 0xffffu) << 5 | (d))
#define A64_MOVK(d, imm, part) \
	(0xf2800000u | (part) << 21 | ((imm) & 0xffffu) << 5 | (d))

/* Xd = a value of 64 bits, four words */
#define A64_SET(d, value) \
	A64_MOVZ(d, (uint64_t)(value), 0), \
	A64_MOVK(d, (uint64_t)(value) >> 16, 1), \
	A64_MOVK(d, (uint64_t)(value) >> 32, 2), \
	A64_MOVK(d, (uint64_t)(value) >> 48, 3)

#define A64_LDR_W(t, n) (0xb9400000u | (n) << 5 | (t))
#define A64_STR_W(t, n) (0xb9000000u | (n) << 5 | (t))
#define A64_STRB(t, n) (0x39000000u | (n) << 5 | (t))
#define A64_LDRB(t, n) (0x39400000u | (n) << 5 | (t))
#define A64_STR_X(t, n) (0xf9000000u | (n) << 5 | (t))
/* LDR Xt, [Xn, #offset] */
#define A64_LDR_X(t, n, offset) \
	(0xf9400000u | (offset) / 8 << 10 | (n) << 5 | (t))
/* LDP Xt, Xu, [Xn]: an access without a syndrome */
#define A64_LDP(t, u, n) (0xa9400000u | (u) << 10 | (n) << 5 | (t))

/* Xd = Xn + imm, Xd = Xn - imm */
#define A64_ADD(d, n, imm) (0x91000000u | (imm) << 10 | (n) << 5 | (d))
#define A64_SUB(d, n, imm) (0xd1000000u | (imm) << 10 | (n) << 5 | (d))
#define A64_MOV(d, m) (0xaa0003e0u | (m) << 16 | (d))
/* Branches by a number of instructions, which may be less than 0 */
#define A64_B(by) (0x14000000u | ((uint32_t)(by) & 0x3ffffffu))
#define A64_CBZ(t, by) (0xb4000000u | ((uint32_t)(by) & 0x7ffffu) << 5 | (t))
#define A64_CBNZ(t, by) (0xb5000000u | ((uint32_t)(by) & 0x7ffffu) << 5 | (t))
#define A64_BR(n) (0xd61f0000u | (n) << 5)
#define A64_ERET 0xd69f03e0u
#define A64_ISB 0xd5033fdfu
/* MSR DAIFClr, #2: interrupts on */
#define A64_IRQ_ON 0xd50342ffu
/* System registers: op0 is 3 */
#define A64_MSR(op1, crn, crm, op2, t) \
	(0xd5180000u | (op1) << 16 | (crn) << 12 | (crm) << 8 | (op2) << 5 | \
	 (t))
#define A64_MRS(op1, crn, crm, op2, t) \
	(A64_MSR(op1, crn, crm, op2, t) | 1u << 21)

#define A64_SMC 0xd4000003u
#define A64_WFI 0xd503207fu
#define A64_B_SELF 0x14000000u

#endif
