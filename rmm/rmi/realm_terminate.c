/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_REALM_TERMINATE (Arm DEN 0137): the realm never runs again, and may be
 * taken apart. From any state; a terminated realm stays one.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/realm.h"

static uint64_t check(const struct rd *rd)
{
	return rd->rec_running ? RMI_ERROR_REALM : RMI_SUCCESS;
}

uint64_t rmi_realm_terminate(const uint64_t in[7], uint64_t out[5])
{
	struct rd *rd = realm_lock(in[1]);
	uint64_t status;

	(void)out;
	if (!rd)
		return RMI_ERROR_INPUT;

	status = check(rd);
	if (status == RMI_SUCCESS)
		rd->state = REALM_ZOMBIE;
	realm_unlock(rd);
	return status;
}
