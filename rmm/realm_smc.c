/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SMCs of a realm, sorted by function identifier. HCR_EL2.TSC traps them before
 * they happen, so PC is still at the SMC.
 */
#include "rmm/realm_smc.h"

#include "abi/psci.h"
#include "abi/rsi_smc.h"
#include "abi/smccc.h"
#include "rmm/psci.h"
#include "rmm/reg.h"
#include "rmm/rsi/rsi.h"

static bool is_psci(uint32_t fid)
{
	uint32_t smc32 = fid & ~(uint32_t)SMCCC_SMC64;

	return smc32 >= PSCI_FID_FIRST && smc32 <= PSCI_FID_LAST;
}

static bool is_rsi(uint32_t fid)
{
	return fid >= SMC_RSI_CALL(RSI_FNUM_FIRST) &&
	       fid <= SMC_RSI_CALL(RSI_FNUM_LAST);
}

bool realm_smc(struct rec *rec, struct rec_exit *exit)
{
	struct pe *pe = &rec->pe;
	uint32_t fid = (uint32_t)pe->x[0] & ~(uint32_t)SMCCC_SVE_HINT;

	if (is_rsi(fid))
		return rsi_call(rec, fid, exit);

	reg_next_insn(pe);
	if (is_psci(fid))
		return psci_call(rec, fid, exit);

	pe->x[0] = fid == SMCCC_VERSION ? SMCCC_VERSION_1_2 :
					  SMCCC_NOT_SUPPORTED;
	return false;
}
