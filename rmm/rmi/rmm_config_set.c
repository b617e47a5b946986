/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RMM_CONFIG_SET (Arm DEN 0137): the size of granules and of tracking
 * regions, as often as the host likes before it activates the RMM.
 */
#include "rmm/rmi/rmi.h"

#include "abi/rmi_layout.h"
#include "rmm/granule.h"
#include "rmm/platform.h"

#define FIELD_AT(pa, field) ((pa) + offsetof(struct rmm_config, field))

/* How large a page of the host's is, it says by this very call. */
static uint64_t check(uint64_t pa, struct config *config)
{
	if (!pa || pa % GRANULE_SIZE_MIN)
		return RMI_ERROR_INPUT;
	if (!ns_read(&config->region, FIELD_AT(pa, tracking_region_size), 1) ||
	    !ns_read(&config->granule, FIELD_AT(pa, rmi_granule_size), 1))
		return RMI_ERROR_INPUT;
	return config_ok(config) ? RMI_SUCCESS : RMI_ERROR_INPUT;
}

/* Nothing is delegated yet, so that the metadata has nothing to keep. */
static uint64_t commit(const struct config *config)
{
	if (!rmm_init_hold())
		return RMI_ERROR_GLOBAL;
	config_set(config);
	granules_configure();
	rmm_init_release(RMM_INIT);
	return RMI_SUCCESS;
}

uint64_t rmi_rmm_config_set(const uint64_t in[7], uint64_t out[5])
{
	struct config config;
	uint64_t status = check(in[1], &config);

	(void)out;
	return status == RMI_SUCCESS ? commit(&config) : status;
}
