/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A64 instructions as words, for programs too small for an assembler.
 */
#ifndef TESTS_SIM_INSN_H
#define TESTS_SIM_INSN_H

#define INSN_SMC(imm) (0xd4000003u | (imm) << 5)
#define INSN_HVC(imm) (0xd4000002u | (imm) << 5)
#define INSN_SVC(imm) (0xd4000001u | (imm) << 5)
#define INSN_BRK(imm) (0xd4200000u | (imm) << 5)
#define INSN_MOVZ(xd, imm) (0xd2800000u | (imm) << 5 | (xd)) /* mov xd, #imm */
#define INSN_UDF 0x00000000u /* udf #0 */
#define INSN_NOP 0xd503201fu /* nop */
#define INSN_WFI 0xd503207fu /* wfi */
#define INSN_WFE 0xd503205fu /* wfe */
#define INSN_ERET 0xd69f03e0u /* eret */
#define INSN_B_SELF 0x14000000u /* b . */
#define INSN_BR_X0 0xd61f0000u /* br x0 */

/* mrs xt and msr of a register as SYSREG() names it; op0 is 2 or 3. */
#define INSN_SYSREG(base, enc, xt) \
	((base) | (SYSREG_OP0(enc) & 1) << 19 | SYSREG_OP1(enc) << 16 | \
	 SYSREG_CRN(enc) << 12 | SYSREG_CRM(enc) << 8 | SYSREG_OP2(enc) << 5 | \
	 (xt))
#define INSN_MRS(xt, enc) INSN_SYSREG(0xd5300000u, enc, xt)
#define INSN_MSR(enc, xt) INSN_SYSREG(0xd5100000u, enc, xt)

#define INSN_LDR_X5_X0 0xf9400005u /* ldr x5, [x0] */
#define INSN_STR_X5_X0 0xf9000005u /* str x5, [x0] */
#define INSN_LDXR_X1_X0 0xc85f7c01u /* ldxr x1, [x0] */
#define INSN_MOV_X2_SP 0x910003e2u /* mov x2, sp */
#define INSN_MOV_X15_SP 0x910003efu /* mov x15, sp */
#define INSN_ADD_X5_1 0x910004a5u /* add x5, x5, #1 */

#endif
