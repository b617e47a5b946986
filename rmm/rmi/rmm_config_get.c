/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RMM_CONFIG_GET (Arm DEN 0137): the configuration, as a page. It is that
 * of 4 KiB granules as long as the host has chosen none.
 */
#include "rmm/rmi/rmi.h"

#include "abi/rmi_layout.h"
#include "rmm/config.h"
#include "rmm/platform.h"

uint64_t rmi_rmm_config_get(const uint64_t in[7], uint64_t out[5])
{
	struct rmm_config page = { 0 };
	struct config config;

	(void)out;
	if (!in[1] || !granule_aligned(in[1]))
		return RMI_ERROR_INPUT;
	config_get(&config);
	page.tracking_region_size = config.region;
	page.rmi_granule_size = config.granule;
	return ns_write(in[1], &page, sizeof(page)) ? RMI_SUCCESS :
						      RMI_ERROR_INPUT;
}
