/* SPDX-License-Identifier: BSD-3-Clause */
/* RIPAS changes; see ripas_kit.h. */
#include <string.h>

#include "ripas_kit.h"

void ask(uint64_t base, uint64_t top, enum rmi_ripas ripas, uint64_t flags)
{
	struct rec_exit want;

	SMC(SMC_RSI_IPA_STATE_SET, base, top, ripas, flags);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	memset(&want, 0, sizeof(want));
	want.exit_reason = RMI_EXIT_RIPAS_CHANGE;
	want.ripas_base = base;
	want.ripas_top = top;
	want.ripas_value = (uint8_t)ripas;
	kit_assert_exit(&want);
	assert_int_equal(kit_pe.runs, 1);
	kit_pe.runs = kit_pe.written = 0;
}

uint64_t set_ripas(uint64_t base, uint64_t top)
{
	return rmi(RTT_SET_RIPAS, kit.rd, kit.rec, base, top);
}

void assert_set(uint64_t base, uint64_t top, uint64_t out_top)
{
	assert_int_equal(set_ripas(base, top), RET(SUCCESS));
	assert_int_equal(fake_out[1], out_top);
}

void assert_response(uint64_t flags, uint64_t new_base, uint64_t response)
{
	const struct pe *pe = &kit_pe.found[0];

	assert_int_equal(kit_enter(flags), RET(SUCCESS));
	assert_int_equal(kit_pe.runs, 1);
	assert_int_equal(pe->x[0], RSI_SUCCESS);
	assert_int_equal(pe->x[1], new_base);
	assert_int_equal(pe->x[2], response);
	assert_int_equal(pe->x[3], 0);
	assert_int_equal(pe->pc, KIT_CODE + 4);
	assert_int_equal(kit_rec()->pending, REC_PENDING_NONE);
}

void assert_ripas(uint64_t ipa, enum rmi_rtte_state state,
		  enum rmi_ripas ripas)
{
	assert_int_equal(rmi(RTT_READ_ENTRY, kit.rd, ipa, 3), RET(SUCCESS));
	assert_int_equal(fake_out[2], state);
	assert_int_equal(fake_out[4], ripas);
}
