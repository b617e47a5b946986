/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RMM_CONFIG_GET (Arm DEN 0137): the configuration, as a page. There is one
 * that we support: granules of 4 KiB, tracked in regions of 1 GiB, both code 0.
 */
#include "rmm/rmi/rmi.h"

#include "abi/rmi_layout.h"
#include "rmm/granule.h"
#include "rmm/platform.h"

static const struct rmm_config config = {
	.tracking_region_size = 0,
	.rmi_granule_size = RMI_GRANULE_SIZE_4KB,
};

uint64_t rmi_rmm_config_get(const uint64_t in[7], uint64_t out[5])
{
	(void)out;
	if (!in[1] || !GRANULE_ALIGNED(in[1]))
		return RMI_ERROR_INPUT;
	if (!ns_write(in[1], &config, sizeof(config)))
		return RMI_ERROR_INPUT;
	return RMI_SUCCESS;
}
