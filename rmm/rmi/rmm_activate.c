/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RMM_ACTIVATE (Arm DEN 0137): from INIT to ACTIVE. All memory that we need
 * is ours since boot, so no operation opens.
 */
#include "rmm/rmi/rmi.h"

uint64_t rmi_rmm_activate(const uint64_t in[7], uint64_t out[5])
{
	(void)in;
	(void)out;
	if (!rmm_init_hold())
		return RMI_ERROR_GLOBAL;
	rmm_init_release(RMM_ACTIVE);
	return RMI_SUCCESS;
}
