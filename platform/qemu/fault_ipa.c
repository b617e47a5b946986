/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * HPFAR_EL2 is UNKNOWN after a permission fault, unless that was on a walk of
 * stage 1 (Arm DDI 0487, HPFAR_EL2). The realm's own stage 1 has the address.
 */
#include "platform/qemu/fault_ipa.h"

#include "platform/qemu/may_fault.h"
#include "platform/qemu/sysreg.h"

#define PAR_F BIT_ULL(0)
#define PAR_PA GENMASK_ULL(51, 12)

static bool is_abort(const struct pe_exit *exit)
{
	uint64_t class = FIELD_GET(ESR_EC, exit->esr);

	return exit->kind == PE_EXIT_SYNC &&
	       (class == ESR_EC_INST_ABORT_LOWER ||
		class == ESR_EC_DATA_ABORT_LOWER);
}

static bool is_known(const struct pe_exit *exit)
{
	return !is_abort(exit) || (exit->esr & ESR_ABORT_S1PTW) ||
	       (exit->esr & FSC_TYPE) != FSC_PERMISSION;
}

bool fault_ipa_complete(struct pe_exit *exit)
{
	uint64_t realm, par;
	bool walked;

	if (is_known(exit))
		return true;
	realm = read_sysreg(par_el1);
	walked = translate_stage1(exit->far);
	par = read_sysreg(par_el1);
	write_sysreg(par_el1, realm);
	exit->hpfar = IPA_TO_HPFAR(par & PAR_PA);
	return walked && !(par & PAR_F);
}
