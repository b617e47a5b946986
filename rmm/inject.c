/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Taking an exception to AArch64 EL1 (Arm DDI 0487, AArch64.TakeException), for
 * a PE whose registers are in memory. Bits of PSTATE that belong to features
 * which realms do not have here (MTE, NMI) are zero.
 */
#include "rmm/inject.h"

#include <stdbool.h>

#define VECTOR_EL1T 0x000
#define VECTOR_EL1H 0x200
#define VECTOR_EL0_64 0x400
#define VECTOR_EL0_32 0x600

static bool from_el1(uint64_t pstate)
{
	uint64_t mode = pstate & PSTATE_MODE;

	return !(pstate & PSTATE_AARCH32) &&
	       (mode == PSTATE_EL1T || mode == PSTATE_EL1H);
}

static uint64_t vector(uint64_t pstate)
{
	if (pstate & PSTATE_AARCH32)
		return VECTOR_EL0_32;
	if (!from_el1(pstate))
		return VECTOR_EL0_64;
	return (pstate & PSTATE_MODE) == PSTATE_EL1H ? VECTOR_EL1H :
						       VECTOR_EL1T;
}

static uint64_t pstate_after(uint64_t pstate, uint64_t sctlr)
{
	uint64_t after = PSTATE_EL1H | PSTATE_DAIF;

	after |= pstate & (PSTATE_NZCV | PSTATE_DIT | PSTATE_PAN);
	if (!(sctlr & SCTLR_SPAN))
		after |= PSTATE_PAN;
	if (sctlr & SCTLR_DSSBS)
		after |= PSTATE_SSBS;
	return after;
}

static void take(struct pe *pe, uint64_t esr)
{
	uint64_t *sysreg = pe->sysreg;

	sysreg[PE_ESR_EL1] = esr;
	sysreg[PE_ELR_EL1] = pe->pc;
	sysreg[PE_SPSR_EL1] = pe->pstate;
	pe->pc = sysreg[PE_VBAR_EL1] + vector(pe->pstate);
	pe->pstate = pstate_after(pe->pstate, sysreg[PE_SCTLR_EL1]);
}

void inject_sea(struct pe *pe, uint64_t esr, uint64_t far)
{
	/* As a lower EL's abort; the one from EL1 itself is the next. */
	uint64_t ec = FIELD_GET(ESR_EC, esr) + from_el1(pe->pstate);
	uint64_t iss = esr & (ESR_IL | ESR_ISS);

	iss &= ~(ESR_ABORT_FNV | ESR_ABORT_S1PTW | ESR_ABORT_FSC);
	iss |= ESR_ABORT_EA | FSC_EXTERNAL;
	pe->sysreg[PE_FAR_EL1] = far;
	take(pe, FIELD_PREP(ESR_EC, ec) | iss);
}

void inject_serror(struct pe *pe, uint64_t esr)
{
	pe->serror = true;
	pe->vsesr_el2 = esr & ESR_ISS;
}

void inject_undef(struct pe *pe)
{
	take(pe, FIELD_PREP(ESR_EC, ESR_EC_UNKNOWN) | ESR_IL);
}
