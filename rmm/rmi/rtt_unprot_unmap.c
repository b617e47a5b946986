/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_UNPROT_UNMAP (Arm DEN 0137): takes the host's memory out of a realm's
 * sight, in any state of the realm. It was never ours, so nothing is released.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/unmap_range.h"

uint64_t rmi_rtt_unprot_unmap(const uint64_t in[7], uint64_t out[5])
{
	struct rd *rd = realm_lock(in[1]);
	struct unmap_range unmap;
	uint64_t status;

	if (!rd)
		return RMI_ERROR_INPUT;
	status = unmap_range_check(&unmap, rd, in, false);
	if (status == RMI_SUCCESS)
		status = unmap_range_run(&unmap, out);
	realm_unlock(rd);
	return status;
}
