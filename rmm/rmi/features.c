/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_FEATURES (Arm DEN 0137): what a realm may be (register 0), and what this
 * RMM is (1). Devices, planes and memory encryption contexts (2 to 4) are
 * absent, and so is every register above them: all zero.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/platform.h"
#include "rmm/rec.h"

static uint64_t feature_register_0(void)
{
	struct plat_features features;

	plat_features(&features);
	return FIELD_PREP(RMI_FEATURE_REGISTER_0_S2SZ, features.ipa_bits) |
	       FIELD_PREP(RMI_FEATURE_REGISTER_0_NUM_BPS,
			  features.num_bps - 1) |
	       FIELD_PREP(RMI_FEATURE_REGISTER_0_NUM_WPS,
			  features.num_wps - 1);
}

/* GPCCR_EL3.PPS: the width of protected physical addresses. */
static unsigned int pps(unsigned int pa_bits)
{
	static const uint8_t widths[] = { 32, 36, 40, 42, 44, 48, 52 };
	unsigned int code = 0;

	while (code + 1 < sizeof(widths) && widths[code] < pa_bits)
		code++;
	return code;
}

/* In the order of RMI_GRANULE_SIZE_*. */
#define FEATURE_REGISTER_1_GRANULES \
	(RMI_FEATURE_REGISTER_1_GRAN_4K | RMI_FEATURE_REGISTER_1_GRAN_16K | \
	 RMI_FEATURE_REGISTER_1_GRAN_64K)

static uint64_t feature_register_1(void)
{
	struct plat_features features;

	plat_features(&features);
	return (features.granule_sizes & FEATURE_REGISTER_1_GRANULES) |
	       RMI_FEATURE_REGISTER_1_HASH_SHA_256 |
	       RMI_FEATURE_REGISTER_1_HASH_SHA_512 |
	       FIELD_PREP(RMI_FEATURE_REGISTER_1_MAX_RECS_ORDER,
			  REC_MAX_ORDER) |
	       FIELD_PREP(RMI_FEATURE_REGISTER_1_L0GPTSZ,
			  plat_l0gpt_shift() - 30) |
	       FIELD_PREP(RMI_FEATURE_REGISTER_1_PPS, pps(features.pa_bits));
}

uint64_t rmi_features(const uint64_t in[7], uint64_t out[5])
{
	switch (in[1]) {
	case 0:
		out[1] = feature_register_0();
		break;
	case 1:
		out[1] = feature_register_1();
		break;
	}
	return RMI_SUCCESS;
}
