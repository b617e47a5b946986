/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_GRANULE_TRACKING_SET (Arm DEN 0137): a region may be tracked as it is
 * already. Our metadata is fixed at boot, so it is never tracked in another
 * way, and no memory changes hands.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/config.h"
#include "rmm/platform.h"
#include "rmm/tracking.h"

/* Bytes of the unit in which a host may change the tracking. */
static uint64_t region_size(void)
{
	return (uint64_t)1 << config_region_shift();
}

static bool region_ok(uint64_t base)
{
	struct plat_features features;

	plat_features(&features);
	return base % region_size() == 0 && !(base >> features.pa_bits);
}

static uint64_t check(uint64_t base, uint64_t category, uint64_t state)
{
	if (state != RMI_TRACKING_NONE && state != RMI_TRACKING_FINE &&
	    state != RMI_TRACKING_COARSE)
		return RMI_ERROR_INPUT;
	if (!region_ok(base) || category != RMI_MEM_CATEGORY_CONVENTIONAL)
		return RMI_ERROR_INPUT;
	return RMI_SUCCESS;
}

/* A region of which a part is RAM is tracked finely. */
static uint64_t state_of(uint64_t base)
{
	uint64_t top = base + region_size(), end;

	if (tracking_is_fine(base, top, &end) || end < top)
		return RMI_TRACKING_FINE;
	return RMI_TRACKING_NONE;
}

uint64_t rmi_granule_tracking_set(const uint64_t in[7], uint64_t out[5])
{
	uint64_t status = check(in[1], in[2], in[3]);

	(void)out;
	if (status != RMI_SUCCESS)
		return status;
	return in[3] == state_of(in[1]) ? RMI_SUCCESS :
					  RMI_ERROR_NOT_SUPPORTED;
}
