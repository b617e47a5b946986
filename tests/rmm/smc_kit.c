/* SPDX-License-Identifier: BSD-3-Clause */
/* SMCs of a realm; see smc_kit.h. */
#include <string.h>

#include "smc_kit.h"

const struct pe *after(void)
{
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_exit()->exit_reason, RMI_EXIT_IRQ);
	return &kit_pe.found[kit_pe.runs - 1];
}

/* Registers that no call but MEASUREMENT_READ writes. */
static void assert_x4_up(const struct pe *pe)
{
	for (unsigned int i = 4; i < 8; i++)
		assert_int_equal(pe->x[i], 0x1000 + i);
	for (unsigned int i = 8; i < 31; i++)
		assert_int_equal(pe->x[i], 0);
}

void assert_answer(uint64_t x0, uint64_t x1, uint64_t x2, uint64_t x3)
{
	const struct pe *pe = after();

	assert_int_equal(pe->x[0], x0);
	assert_int_equal(pe->x[1], x1);
	assert_int_equal(pe->x[2], x2);
	assert_int_equal(pe->x[3], x3);
	assert_x4_up(pe);
	assert_int_equal(pe->pc, KIT_CODE + 4);
}

void assert_absent(uint64_t ipa, unsigned int level)
{
	struct rec_exit want;

	memset(&want, 0, sizeof(want));
	want.exit_reason = RMI_EXIT_SYNC;
	want.esr = (uint64_t)ESR_EC_DATA_ABORT_LOWER << 26 | 4 | level;
	want.hpfar = IPA_TO_HPFAR(ipa);
	kit_assert_exit(&want);
}
