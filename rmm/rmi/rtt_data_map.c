/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_DATA_MAP (Arm DEN 0137): delegated memory, wiped, becomes a realm's.
 * The RIPAS stays: what is EMPTY or DESTROYED is mapped but not accessible.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/map_range.h"
#include "rmm/platform.h"

/* Takes [@pa, @pa + @size) for the realm, all or nothing. */
static bool claim(uint64_t pa, uint64_t size)
{
	uint64_t at;

	for (at = pa; at < pa + size; at += GRANULE_SIZE) {
		if (!granule_move(at, GRANULE_DELEGATED, GRANULE_DATA))
			break;
	}
	if (at == pa + size)
		return true;
	while (at > pa) {
		at -= GRANULE_SIZE;
		rmm_assert(granule_move(at, GRANULE_DATA, GRANULE_DELEGATED));
	}
	return false;
}

static uint64_t check_block(const struct rtte *entry, uint64_t pa, int level)
{
	if (entry->hipas != HIPAS_VOID)
		return RMI_RETURN(RMI_ERROR_RTT, level);
	return claim(pa, rtt_entry_size(level)) ? RMI_SUCCESS :
						  RMI_ERROR_INPUT;
}

static void commit_block(struct rtt_walk *walk, uint64_t pa)
{
	uint64_t size = rtt_entry_size(walk->level);
	struct rtte entry = {
		.hipas = HIPAS_DATA,
		.ripas = walk->entry.ripas,
		.pa = pa,
	};

	for (uint64_t at = pa; at < pa + size; at += GRANULE_SIZE)
		granule_wipe(at);
	plat_icache_invalidate(pa, size);
	rtt_write(walk, &entry);
}

static uint64_t map_data_block(struct map_range *map, uint64_t pa)
{
	const struct rtte *entry = &map->walk.entry;
	uint64_t status;

	/* Mapped there already: as good as done. */
	if (entry->hipas == HIPAS_DATA && entry->pa == pa)
		return RMI_SUCCESS;
	status = check_block(entry, pa, map->level);
	if (status == RMI_SUCCESS)
		commit_block(&map->walk, pa);
	return status;
}

uint64_t rmi_rtt_data_map(const uint64_t in[7], uint64_t out[5])
{
	struct rd *rd = realm_lock(in[1]);
	struct map_range map;
	uint64_t status;

	if (!rd)
		return RMI_ERROR_INPUT;
	status = map_range_check(&map, rd, in, true);
	if (status == RMI_SUCCESS)
		status = map_range_walk(&map);
	if (status == RMI_SUCCESS)
		status = map_range_run(&map, map_data_block, &out[1]);
	realm_unlock(rd);
	return status;
}
