/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_UNPROT_MAP (Arm DEN 0137): lets a realm see memory of the host, in
 * the unprotected half. No granule changes hands: only the GPT decides what an
 * access reaches.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/map_range.h"

static uint64_t check_s2ap(uint64_t flags)
{
	return FIELD_GET(RMI_MAP_S2AP, flags) & ~RMI_S2AP_RW ?
		       RMI_ERROR_INPUT :
		       RMI_SUCCESS;
}

static uint64_t map_ns_block(struct map_range *map, uint64_t pa)
{
	struct rtte entry = {
		.hipas = HIPAS_MAPPED_NS,
		.pa = pa,
		.memattr = FIELD_GET(RMI_MAP_MEMATTR, map->flags),
		.s2ap = FIELD_GET(RMI_MAP_S2AP, map->flags),
	};

	if (entry.memattr == RMI_MEMATTR_RESERVED)
		return RMI_ERROR_INPUT;
	/* Mapped there already: as good as done. */
	if (rtte_same(&map->walk.entry, &entry))
		return RMI_SUCCESS;
	if (map->walk.entry.hipas != HIPAS_UNMAPPED_NS)
		return RMI_RETURN(RMI_ERROR_RTT, map->level);
	rtt_write(&map->walk, &entry);
	return RMI_SUCCESS;
}

uint64_t rmi_rtt_unprot_map(const uint64_t in[7], uint64_t out[5])
{
	struct rd *rd = realm_lock(in[1]);
	struct map_range map;
	uint64_t status;

	if (!rd)
		return RMI_ERROR_INPUT;
	status = map_range_check(&map, rd, in, false);
	if (status == RMI_SUCCESS)
		status = check_s2ap(map.flags);
	if (status == RMI_SUCCESS)
		status = map_range_walk(&map);
	if (status == RMI_SUCCESS)
		status = map_range_run(&map, map_ns_block, &out[1]);
	realm_unlock(rd);
	return status;
}
