/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_GRANULE_TRACKING_GET (Arm DEN 0137): how memory is tracked where a range
 * starts, and how far that holds.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/granule_range.h"
#include "rmm/platform.h"
#include "rmm/tracking.h"

static uint64_t check(uint64_t base, uint64_t top)
{
	struct plat_features features;

	plat_features(&features);
	if (!granule_range_ok(base, top) ||
	    top > (uint64_t)1 << features.pa_bits)
		return RMI_ERROR_INPUT;
	return RMI_SUCCESS;
}

static uint64_t answer(const uint64_t in[7], uint64_t out[5])
{
	uint64_t status = check(in[1], in[2]);

	if (status != RMI_SUCCESS)
		return status;
	out[1] = RMI_MEM_CATEGORY_CONVENTIONAL;
	out[2] = tracking_is_fine(in[1], in[2], &out[3]) ? RMI_TRACKING_FINE :
							   RMI_TRACKING_NONE;
	return RMI_SUCCESS;
}

/* What a granule is, and where memory ends, is of one configuration. */
uint64_t rmi_granule_tracking_get(const uint64_t in[7], uint64_t out[5])
{
	bool held = rmm_init_hold();
	uint64_t status = answer(in, out);

	if (held)
		rmm_init_release(RMM_INIT);
	return status;
}
