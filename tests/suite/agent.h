/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The agent: what runs in each REC of a realm under test (agent.S). It does one
 * operation after the other, each given and answered in a box, a page of
 * Non-secure memory that the realm sees in its unprotected half. Between two of
 * them it makes PSCI CPU_SUSPEND, which leaves to the host.
 *
 * It begins with x0 = the IPA of its box and x1 = its PA (for an agent that is
 * no code of the realm's); it puts down there what it finds in its registers,
 * and suspends for the first time.
 */
#ifndef SUITE_AGENT_H
#define SUITE_AGENT_H

/*
 * OP(NAME, instructions): x[0] and x[1] of the box are operands, x[0] and for
 * LDP x[1] the results. SMC and HVC take and give x0 to x17.
 */
#define AGENT_OPS(OP) \
	OP(NONE, nop) \
	OP(LDRB, ldrb w0, [x0]) \
	OP(LDRH, ldrh w0, [x0]) \
	OP(LDRW, ldr w0, [x0]) \
	OP(LDR, ldr x0, [x0]) \
	OP(LDRSB_W, ldrsb w0, [x0]) \
	OP(LDRSB, ldrsb x0, [x0]) \
	OP(LDRSH, ldrsh x0, [x0]) \
	OP(LDRSW, ldrsw x0, [x0]) \
	OP(LDP, ldp x0, x1, [x0]) \
	OP(STRB, strb w1, [x0]) \
	OP(STRH, strh w1, [x0]) \
	OP(STRW, str w1, [x0]) \
	OP(STR, str x1, [x0]) \
	OP(STR_XZR, str xzr, [x0]) \
	OP(STP, stp x1, x1, [x0]) \
	OP(FETCH, blr x0) \
	OP(WFI, wfi) \
	OP(WFE, wfe) \
	OP(READ_MPIDR, mrs x0, mpidr_el1) \
	OP(READ_MIDR, mrs x0, midr_el1) \
	OP(READ_PFR0, mrs x0, id_aa64pfr0_el1) \
	OP(READ_PFR1, mrs x0, id_aa64pfr1_el1) \
	OP(READ_DFR0, mrs x0, id_aa64dfr0_el1) \
	OP(READ_MMFR0, mrs x0, id_aa64mmfr0_el1) \
	OP(READ_CNTVCT, mrs x0, cntvct_el0) \
	OP(READ_CNTPCT, mrs x0, cntpct_el0) \
	OP(READ_CNTV_CTL, mrs x0, cntv_ctl_el0) \
	OP(READ_CNTP_CTL, mrs x0, cntp_ctl_el0) \
	OP(READ_CNTV_CVAL, mrs x0, cntv_cval_el0) \
	OP(READ_CNTP_CVAL, mrs x0, cntp_cval_el0) \
	OP(WRITE_CNTV_CTL, msr cntv_ctl_el0, x1) \
	OP(WRITE_CNTP_CTL, msr cntp_ctl_el0, x1) \
	OP(WRITE_CNTV_CVAL, msr cntv_cval_el0, x1) \
	OP(WRITE_CNTP_CVAL, msr cntp_cval_el0, x1) \
	OP(READ_SP_EL0, mrs x0, sp_el0) \
	OP(WRITE_SP_EL0, msr sp_el0, x1) \
	OP(READ_TPIDR_EL0, mrs x0, tpidr_el0) \
	OP(WRITE_TPIDR_EL0, msr tpidr_el0, x1) \
	OP(READ_SCTLR, mrs x0, sctlr_el1) \
	OP(WRITE_SCTLR, msr sctlr_el1, x1)

/* Offsets in the box. */
#define BOX_OP 0x0
#define BOX_DONE 0x8
#define BOX_X 0x10
#define BOX_EXCEPTIONS 0xa0
#define BOX_ESR 0xa8
#define BOX_FAR 0xb0
#define BOX_ELR 0xb8
#define BOX_SPSR 0xc0
#define BOX_GO 0xf8
#define BOX_BOOT_X 0x100
#define BOX_BOOT_EL 0x1f8
#define BOX_BOOT_DAIF 0x200
#define BOX_BOOT_SCTLR 0x208
#define BOX_BOOT_MPIDR 0x210
#define BOX_BOOT_SPSEL 0x218

#ifndef __ASSEMBLER__

#include "abi_types.h"

enum agent_op {
#define AGENT_ENUM(name, ...) AGENT_##name,
	AGENT_OPS(AGENT_ENUM)
#undef AGENT_ENUM
	AGENT_SMC, /* x0 to x17 from the box, and back */
	AGENT_HVC,
	AGENT_SPIN, /* until the host sets `go` */
};

struct agent_box {
	u64 op; /* enum agent_op */
	u64 done; /* operations, and 1 for having begun */
	u64 x[18];
	u64 exceptions; /* synchronous ones, skipped */
	u64 esr; /* ESR_EL1 of the last, and so on */
	u64 far;
	u64 elr;
	u64 spsr;
	u64 pad0[6];
	u64 go;

	/* As the REC was when it began. */
	u64 boot_x[31];
	u64 boot_el; /* CurrentEL */
	u64 boot_daif;
	u64 boot_sctlr;
	u64 boot_mpidr;
	u64 boot_spsel;
};

#define BOX_AT(field, offset) \
	static_assert(offsetof(struct agent_box, field) == (offset), #field)

BOX_AT(op, BOX_OP);
BOX_AT(done, BOX_DONE);
BOX_AT(x, BOX_X);
BOX_AT(exceptions, BOX_EXCEPTIONS);
BOX_AT(esr, BOX_ESR);
BOX_AT(far, BOX_FAR);
BOX_AT(elr, BOX_ELR);
BOX_AT(spsr, BOX_SPSR);
BOX_AT(go, BOX_GO);
BOX_AT(boot_x, BOX_BOOT_X);
BOX_AT(boot_el, BOX_BOOT_EL);
BOX_AT(boot_daif, BOX_BOOT_DAIF);
BOX_AT(boot_sctlr, BOX_BOOT_SCTLR);
BOX_AT(boot_mpidr, BOX_BOOT_MPIDR);
BOX_AT(boot_spsel, BOX_BOOT_SPSEL);

#endif
#endif
