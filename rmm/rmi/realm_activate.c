/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_REALM_ACTIVATE (Arm DEN 0137): what the realm starts with is complete and
 * its RIM final; from now on it may run.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/realm.h"

static uint64_t check(const struct rd *rd)
{
	return rd->state == REALM_NEW ? RMI_SUCCESS : RMI_ERROR_REALM;
}

uint64_t rmi_realm_activate(const uint64_t in[7], uint64_t out[5])
{
	struct rd *rd = realm_lock(in[1]);
	uint64_t status;

	(void)out;
	if (!rd)
		return RMI_ERROR_INPUT;

	status = check(rd);
	if (status == RMI_SUCCESS)
		rd->state = REALM_ACTIVE;
	realm_unlock(rd);
	return status;
}
