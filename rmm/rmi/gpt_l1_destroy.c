/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_GPT_L1_DESTROY (Arm DEN 0137): the level 1 tables of the GPT are EL3's,
 * which has made them for good.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/platform.h"

uint64_t rmi_gpt_l1_destroy(const uint64_t in[7], uint64_t out[5])
{
	struct plat_features features;

	(void)out;
	plat_features(&features);
	if (in[1] % ((uint64_t)1 << plat_l0gpt_shift()) ||
	    in[1] >> features.pa_bits)
		return RMI_ERROR_INPUT;
	return RMI_ERROR_NOT_SUPPORTED;
}
