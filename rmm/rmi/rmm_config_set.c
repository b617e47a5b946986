/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RMM_CONFIG_SET (Arm DEN 0137): accepts the configuration that we have
 * anyway (see rmm_config_get.c), so there is nothing to commit.
 */
#include "rmm/rmi/rmi.h"

#include "abi/rmi_layout.h"
#include "rmm/granule.h"
#include "rmm/platform.h"

#define FIELD_AT(pa, field) ((pa) + offsetof(struct rmm_config, field))

uint64_t rmi_rmm_config_set(const uint64_t in[7], uint64_t out[5])
{
	uint8_t region, granule;

	(void)out;
	if (!in[1] || !GRANULE_ALIGNED(in[1]))
		return RMI_ERROR_INPUT;
	if (!ns_read(&region, FIELD_AT(in[1], tracking_region_size), 1) ||
	    !ns_read(&granule, FIELD_AT(in[1], rmi_granule_size), 1))
		return RMI_ERROR_INPUT;
	if (region != 0 || granule != RMI_GRANULE_SIZE_4KB)
		return RMI_ERROR_INPUT;
	return RMI_SUCCESS;
}
