/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_GRANULE_RANGE_DELEGATE (Arm DEN 0137): Non-secure granules become ours.
 * The range ends, with SUCCESS, where the first unfit granule is; if that is at
 * its base, with ERROR_INPUT and nothing done.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/granule_range.h"
#include "rmm/platform.h"

static const struct granule_transfer delegate = {
	.from = GRANULE_UNDELEGATED,
	.to = GRANULE_DELEGATED,
	.gpt = plat_gpt_to_realm,
};

uint64_t rmi_granule_range_delegate(const uint64_t in[7], uint64_t out[5])
{
	out[1] = in[1];
	if (!granule_range_ok(in[1], in[2]))
		return RMI_ERROR_INPUT;
	out[1] = granule_range_transfer(&delegate, in[1], in[2]);
	return out[1] == in[1] ? RMI_ERROR_INPUT : RMI_SUCCESS;
}
