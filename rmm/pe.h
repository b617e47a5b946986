/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A processing element as the RMM saves, loads and enters it: the registers
 * that belong to a REC, the controls of EL2 while it runs, and what ends a run.
 */
#ifndef RMM_PE_H
#define RMM_PE_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/arm_arch.h"

/* System registers that belong to a REC: REG(name, op0, op1, CRn, CRm, op2). */
#define PE_SYSREG_TABLE(REG) \
	REG(SCTLR_EL1, 3, 0, 1, 0, 0) \
	REG(ACTLR_EL1, 3, 0, 1, 0, 1) \
	REG(CPACR_EL1, 3, 0, 1, 0, 2) \
	REG(TTBR0_EL1, 3, 0, 2, 0, 0) \
	REG(TTBR1_EL1, 3, 0, 2, 0, 1) \
	REG(TCR_EL1, 3, 0, 2, 0, 2) \
	REG(SPSR_EL1, 3, 0, 4, 0, 0) \
	REG(ELR_EL1, 3, 0, 4, 0, 1) \
	REG(SP_EL0, 3, 0, 4, 1, 0) \
	REG(SP_EL1, 3, 4, 4, 1, 0) \
	REG(AFSR0_EL1, 3, 0, 5, 1, 0) \
	REG(AFSR1_EL1, 3, 0, 5, 1, 1) \
	REG(ESR_EL1, 3, 0, 5, 2, 0) \
	REG(FAR_EL1, 3, 0, 6, 0, 0) \
	REG(PAR_EL1, 3, 0, 7, 4, 0) \
	REG(MAIR_EL1, 3, 0, 10, 2, 0) \
	REG(AMAIR_EL1, 3, 0, 10, 3, 0) \
	REG(VBAR_EL1, 3, 0, 12, 0, 0) \
	REG(CONTEXTIDR_EL1, 3, 0, 13, 0, 1) \
	REG(TPIDR_EL1, 3, 0, 13, 0, 4) \
	REG(TPIDR_EL0, 3, 3, 13, 0, 2) \
	REG(TPIDRRO_EL0, 3, 3, 13, 0, 3) \
	REG(CNTKCTL_EL1, 3, 0, 14, 1, 0) \
	REG(CNTP_CTL_EL0, 3, 3, 14, 2, 1) \
	REG(CNTP_CVAL_EL0, 3, 3, 14, 2, 2) \
	REG(CNTV_CTL_EL0, 3, 3, 14, 3, 1) \
	REG(CNTV_CVAL_EL0, 3, 3, 14, 3, 2) \
	REG(CSSELR_EL1, 3, 2, 0, 0, 0) \
	REG(MDSCR_EL1, 2, 0, 0, 2, 2)

enum pe_sysreg {
#define PE_SYSREG_ENUM(name, ...) PE_##name,
	PE_SYSREG_TABLE(PE_SYSREG_ENUM)
#undef PE_SYSREG_ENUM
	PE_SYSREGS
};

/* Lies in the REC's own granule. */
struct pe {
	uint64_t x[31];
	uint64_t pc;
	uint64_t pstate; /* as SPSR_EL2 */
	uint64_t sysreg[PE_SYSREGS];
	bool serror; /* a virtual SError waits to be taken: HCR_EL2.VSE */
	uint64_t vsesr_el2; /* its syndrome */
	uint64_t vdisr_el2; /* what the realm has as DISR_EL1 */
};

/* Keys of pointer authentication. */
enum pe_key {
	PE_KEY_APIA,
	PE_KEY_APIB,
	PE_KEY_APDA,
	PE_KEY_APDB,
	PE_KEY_APGA,
	PE_KEYS
};

/*
 * What is switched apart from the rest: SIMD registers, and keys of pointer
 * authentication. Lies in memory that the host donated for the REC.
 */
struct pe_simd {
	uint64_t v[32][2]; /* low half first */
	uint64_t fpcr;
	uint64_t fpsr;
	uint64_t key[PE_KEYS][2]; /* low half first; where the CPU has keys */
};

/* Controls of EL2 for one run. */
struct pe_regime {
	uint64_t hcr_el2;
	uint64_t vtcr_el2;
	uint64_t vttbr_el2;
	uint64_t vmpidr_el2;
	uint64_t mdcr_el2;
	uint64_t cnthctl_el2; /* CNTxMASK: that timer ends no run */
	uint64_t ich_hcr_el2; /* with En; the CPU keeps EOIcount of it */
};

enum pe_exit_kind {
	PE_EXIT_SYNC, /* an exception taken to EL2: esr, far, hpfar */
	PE_EXIT_IRQ, /* of the host, or a timer of the REC came due */
	PE_EXIT_FIQ,
	PE_EXIT_SERROR, /* esr */
};

/*
 * Why a run ended. The saved PC is the preferred return address that hardware
 * gives: at the instruction for aborts, trapped SMC (HCR_EL2.TSC), WFx and
 * system register accesses; after it for HVC.
 */
struct pe_exit {
	enum pe_exit_kind kind;
	uint64_t esr; /* ESR_EL2 */
	uint64_t far; /* FAR_EL2 */
	uint64_t hpfar; /* HPFAR_EL2 */
};

#endif
