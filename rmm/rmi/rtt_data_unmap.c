/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_DATA_UNMAP (Arm DEN 0137): memory of a realm goes back to being
 * delegated, in any state of the realm. Where it was RAM, the realm finds
 * DESTROYED.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/platform.h"
#include "rmm/unmap_range.h"

static void release(uint64_t pa, uint64_t size)
{
	for (uint64_t end = pa + size; pa < end; pa += GRANULE_SIZE)
		rmm_assert(granule_move(pa, GRANULE_DATA, GRANULE_DELEGATED));
}

uint64_t rmi_rtt_data_unmap(const uint64_t in[7], uint64_t out[5])
{
	struct rd *rd = realm_lock(in[1]);
	struct unmap_range unmap;
	uint64_t status;

	if (!rd)
		return RMI_ERROR_INPUT;
	status = unmap_range_check(&unmap, rd, in, true);
	if (status == RMI_SUCCESS)
		status = unmap_range_run(&unmap, release, out);
	realm_unlock(rd);
	return status;
}
