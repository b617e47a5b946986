/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_GRANULE_RANGE_UNDELEGATE (Arm DEN 0137): unused granules go back to the
 * Non-secure world, empty. Ends as GRANULE_RANGE_DELEGATE does.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/granule_range.h"
#include "rmm/platform.h"

static const struct granule_transfer undelegate = {
	.from = GRANULE_DELEGATED,
	.to = GRANULE_UNDELEGATED,
	.wipe = true,
	.gpt = plat_gpt_to_ns,
};

uint64_t rmi_granule_range_undelegate(const uint64_t in[7], uint64_t out[5])
{
	out[1] = in[1];
	if (!granule_range_ok(in[1], in[2]))
		return RMI_ERROR_INPUT;
	out[1] = granule_range_transfer(&undelegate, in[1], in[2]);
	return out[1] == in[1] ? RMI_ERROR_INPUT : RMI_SUCCESS;
}
