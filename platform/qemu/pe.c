/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * This firmware builds realms but does not run them: saving and loading a
 * realm's EL1 state at Realm EL2 is not there. REC_ENTER is refused before the
 * RMM sees it, with the status for a command that an RMM has not, so that a
 * host gets an answer and no realm is thought to have run.
 */
#include "platform/qemu/pe.h"

#include "abi/rmi_smc.h"
#include "rmm/platform.h"

bool pe_refuses(uint64_t x[SMCCC_REGS])
{
	uint32_t fid = (uint32_t)x[0] & ~(uint32_t)SMCCC_SVE_HINT;

	if (fid != SMC_RMI_REC_ENTER)
		return false;
	x[0] = RMI_ERROR_NOT_SUPPORTED;
	return true;
}

/* Out of reach: REC_ENTER is the only way here. */
void plat_pe_run(struct pe *pe, struct pe_simd *simd,
		 const struct pe_regime *regime, struct pe_exit *exit)
{
	(void)pe;
	(void)simd;
	(void)regime;
	(void)exit;
	rmm_panic("no realm can run on this platform");
}
