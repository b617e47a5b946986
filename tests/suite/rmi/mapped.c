/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mapping ranges whole: what is left of the memory goes with what is left of
 * the range.
 */
#include "tests/suite/rmi/mapped.h"

#include "tests/suite/rmi/tables.h"

static bool map(uint32_t fid, const char *name, uint64_t ipa, uint64_t pa,
		uint64_t count, unsigned int level, uint64_t flags)
{
	uint64_t size = LEVEL_SIZE(level), top = ipa + count * size;
	uint64_t kind = (3 - level) |
			(fid == SMC_RMI_RTT_UNPROT_MAP ? UNDELEGATED : 0);

	while (ipa < top) {
		const uint64_t x[CALL_ARGS] = {
			value_of(RD), ipa, top, RMI_OADDR_SINGLE | flags,
			PAGES(pa, (top - ipa) / size) | kind,
		};

		if (!expect_result(name, RMI_SUCCESS, drive(fid, x)) ||
		    !expect("progress of it", answer[1] > ipa))
			return false;
		pa += answer[1] - ipa;
		ipa = answer[1];
	}
	return true;
}

bool map_data(uint64_t ipa, uint64_t pa, uint64_t count, unsigned int level)
{
	return map(SMC_RMI_RTT_DATA_MAP, "RTT_DATA_MAP", ipa, pa, count, level,
		   0);
}

bool map_shared(uint64_t ipa, uint64_t pa, uint64_t count, unsigned int level,
		uint64_t attr)
{
	return map(SMC_RMI_RTT_UNPROT_MAP, "RTT_UNPROT_MAP", ipa, pa, count,
		   level, attr);
}
