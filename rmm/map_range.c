/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Ranges of mappings: the questions about the range, the descriptors and the
 * table; those about a block's memory and entry are the commands' own.
 */
#include "rmm/map_range.h"

#include "rmm/interrupt.h"

static uint64_t size_of(const struct map_range *map)
{
	return rtt_entry_size(map->level);
}

uint64_t map_range_check(struct map_range *map, struct rd *rd,
			 const uint64_t in[7], bool protected)
{
	*map = (struct map_range){
		.rd = rd,
		.base = in[2],
		.at = in[2],
		.top = in[3],
		.flags = in[4],
		.protected = protected,
	};
	if (rd->state != REALM_NEW && rd->state != REALM_ACTIVE)
		return RMI_ERROR_REALM;
	if (map->base >= map->top)
		return RMI_ERROR_INPUT;
	if (!addr_source_open(&map->oaddr, in[4], in[5]))
		return RMI_ERROR_INPUT;
	if (protected && map->oaddr.range.undelegated)
		return RMI_ERROR_INPUT;

	map->level = map->oaddr.range.level;
	if (map->level < rtt_level_block() || map->base % size_of(map) ||
	    !granule_aligned(map->top) ||
	    !rtt_inside_half(rd, map->base, map->top, protected))
		return RMI_ERROR_INPUT;
	if (map->top - map->base < size_of(map))
		return RMI_RETURN(RMI_ERROR_RTT, map->level);
	return RMI_SUCCESS;
}

uint64_t map_range_walk(struct map_range *map)
{
	rtt_walk(map->rd, map->base, map->level, &map->walk);
	if (map->walk.level != map->level)
		return RMI_RETURN(RMI_ERROR_RTT, map->walk.level);
	return RMI_SUCCESS;
}

/* Checks the next block of the descriptors, map->oaddr.range.pa. */
static uint64_t next_block(struct map_range *map)
{
	const struct addr_range *range = &map->oaddr.range;

	if (!addr_source_ready(&map->oaddr))
		return RMI_ERROR_INPUT;
	if (map->protected && range->undelegated)
		return RMI_ERROR_INPUT;
	if (range->level != map->level)
		return RMI_RETURN(RMI_ERROR_RTT, map->level);
	if (map->top - map->at < size_of(map))
		return RMI_RETURN(RMI_ERROR_RTT, map->level);
	if (range->pa % size_of(map) || range->pa >= GRANULE_PA_END)
		return RMI_ERROR_INPUT;
	return RMI_SUCCESS;
}

/* On to the next entry; false at the end of the range or of the table. */
static bool advance(struct map_range *map)
{
	addr_source_take(&map->oaddr);
	map->at += size_of(map);
	if (map->at >= map->top || !rtt_walk_next(map->rd, &map->walk))
		return false;
	return !interrupt_after(map->at);
}

uint64_t map_range_run(struct map_range *map, map_block *block,
		       uint64_t *out_top)
{
	uint64_t status;

	do {
		status = next_block(map);
		if (status == RMI_SUCCESS)
			status = block(map, map->oaddr.range.pa);
	} while (status == RMI_SUCCESS && advance(map));

	if (map->at == map->base || status == RMI_INCOMPLETE)
		return status;
	*out_top = map->at;
	return RMI_SUCCESS;
}
