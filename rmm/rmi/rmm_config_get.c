/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RMM_CONFIG_GET (Arm DEN 0137): the configuration, as a page. It is that
 * of 4 KiB granules as long as the host has chosen none.
 */
#include "rmm/rmi/rmi.h"

#include "abi/rmi_layout.h"
#include "rmm/config.h"
#include "rmm/platform.h"

static uint64_t write_config(uint64_t pa)
{
	struct rmm_config page = { 0 };
	struct config config;

	if (!pa || !granule_aligned(pa))
		return RMI_ERROR_INPUT;
	config_get(&config);
	page.tracking_region_size = config.region;
	page.rmi_granule_size = config.granule;
	return ns_write(pa, &page, sizeof(page)) ? RMI_SUCCESS :
						   RMI_ERROR_INPUT;
}

/* Where the page may lie, and what it says, is of one configuration. */
uint64_t rmi_rmm_config_get(const uint64_t in[7], uint64_t out[5])
{
	bool held = rmm_init_hold();
	uint64_t status = write_config(in[1]);

	(void)out;
	if (held)
		rmm_init_release(RMM_INIT);
	return status;
}
