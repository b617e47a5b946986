/* SPDX-License-Identifier: BSD-3-Clause */
/* Aborts by script; see abort_kit.h. */
#include <string.h>

#include "abort_kit.h"

void take(uint64_t ec, uint64_t iss, uint64_t ipa)
{
	kit_pe.runs = kit_pe.written = 0;
	kit_pe_exit(PE_EXIT_SYNC, KIT_ESR(ec, iss), ABORT_VA, ipa);
	kit_pe_exit(PE_EXIT_FIQ, 0, 0, 0);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
}

void assert_reported(uint64_t esr, uint64_t far, uint64_t ipa, uint64_t gpr0)
{
	struct rec_exit want;

	memset(&want, 0, sizeof(want));
	want.exit_reason = RMI_EXIT_SYNC;
	want.esr = esr;
	want.far = far;
	want.hpfar = IPA_TO_HPFAR(ipa);
	want.gprs[0] = gpr0;
	kit_assert_exit(&want);
	assert_int_equal(kit_pe.runs, 1);
}

void assert_injected(uint64_t ec)
{
	const struct pe *pe = &kit_pe.found[1];

	assert_int_equal(kit_pe.runs, 2);
	assert_int_equal(kit_exit()->exit_reason, RMI_EXIT_FIQ);
	assert_int_equal(pe->pc, KIT_VECTORS + 0x200);
	assert_int_equal(FIELD_GET(ESR_EC, pe->sysreg[PE_ESR_EL1]), ec + 1);
	assert_int_equal(pe->sysreg[PE_ESR_EL1] & ESR_ABORT_FSC, FSC_EXTERNAL);
	assert_int_equal(pe->sysreg[PE_FAR_EL1], ABORT_VA);
	assert_int_equal(pe->sysreg[PE_ELR_EL1], KIT_CODE);
	/* Nothing about it reached the host. */
	assert_int_equal(kit_exit()->esr, 0);
	assert_int_equal(kit_exit()->hpfar, 0);
	assert_int_equal(kit_exit()->far, 0);
}
