/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm's stage 1, walked by the RMM in order to find the IPA of a fault: its
 * tables may lie in memory that the host gives and takes at any moment.
 */
#include "abi/arm_arch.h"
#include "tests/qemu/ns/live.h"
#include "tests/qemu/ns/ns.h"
#include "tests/qemu/rmm/probe.h"

#define PAGE 0x1000ull
#define NOWHERE_PA 0x2000000000ull /* between RAM and PCIe */
#define VA 0x12345678ull

#define PAR_FAULT GENMASK_ULL(6, 0) /* F, and a fault status code */
#define PAR_TRANSLATION_1 ((FSC_TRANSLATION | 1) << 1 | 1)

/* PAR_EL1, with a table of the realm's at @ipa. */
static uint64_t translate(uint64_t ipa)
{
	return call(PROBE_TRANSLATE, LIVE_RD, ipa, VA, 0, 0).x[1];
}

static bool delegated(bool is)
{
	uint32_t fid = is ? SMC_RMI_GRANULE_RANGE_DELEGATE :
			    SMC_RMI_GRANULE_RANGE_UNDELEGATE;

	return call2(fid, LIVE_SHARED_PA, LIVE_SHARED_PA + PAGE).x[0] ==
	       RMI_SUCCESS;
}

void test_translate(void)
{
	expect("a realm is built", live_build());
	expect("an empty table, in memory of the host's, translates nothing",
	       can_write(LIVE_SHARED_PA, 0) &&
		       live_share(LIVE_SHARED_PA) == 0 &&
		       (translate(LIVE_SHARED_IPA) & PAR_FAULT) ==
			       PAR_TRANSLATION_1);
	expect("nor one that is delegated meanwhile",
	       delegated(true) && (translate(LIVE_SHARED_IPA) & 1) &&
		       delegated(false));
	expect("nor one that is not mapped",
	       live_unshare() == 0 && (translate(LIVE_SHARED_IPA) & 1));
	expect("and where no memory is, the RMM takes an abort, and goes on",
	       live_share(NOWHERE_PA) == 0 &&
		       translate(LIVE_SHARED_IPA) == PROBE_NO_WALK &&
		       live_unshare() == 0);
	expect("the realm is taken apart", live_destroy());
}
