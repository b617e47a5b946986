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

#define A64_SMC 0xd4000003u
#define A64_WFI 0xd503207fu
#define A64_B_SELF 0x14000000u

#endif
