/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_DATA_MAP (Arm DEN 0137): delegated memory, wiped, becomes a realm's.
 * The RIPAS stays: what is EMPTY or DESTROYED is mapped but not accessible.
 *
 * A block that an interrupt finds half wiped becomes an operation, which wipes
 * the rest; what is mapped before it stays mapped.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/map_range.h"
#include "rmm/platform.h"
#include "rmm/sro.h"

static void set_data(struct rtt_walk *walk, uint64_t pa)
{
	struct rtte entry = {
		.hipas = HIPAS_DATA,
		.ripas = walk->entry.ripas,
		.pa = pa,
	};

	rtt_write(walk, &entry);
}

/*
 * Goes on with a block at its entry: SUCCESS if it is mapped, INCOMPLETE if an
 * interrupt waits. Else it cannot be, and all of it is DELEGATED.
 */
static uint64_t work(struct rtt_walk *walk, struct block *block)
{
	enum block_end end = block_move(block);

	if (end == BLOCK_BAD) {
		block_turn(block);
		end = block_move(block);
	}
	if (end == BLOCK_STOPPED) {
		rtt_set_open(walk, true);
		return RMI_INCOMPLETE;
	}
	if (block->leaving) {
		rtt_set_open(walk, false);
		return RMI_ERROR_INPUT;
	}
	set_data(walk, block->base);
	return RMI_SUCCESS;
}

static uint64_t map_data_block(struct map_range *map, uint64_t pa)
{
	const struct rtte *entry = &map->walk.entry;

	/* Mapped there already: as good as done. */
	if (entry->hipas == HIPAS_DATA && entry->pa == pa)
		return RMI_SUCCESS;
	if (entry->hipas != HIPAS_VOID)
		return RMI_RETURN(RMI_ERROR_RTT, map->level);
	if (entry->open)
		return RMI_BUSY;
	map->block = block_entering(pa, rtt_entry_size(map->level));
	return work(&map->walk, &map->block);
}

/* As long as nothing was mapped, there is nothing that cannot be undone. */
static bool can_cancel(const struct sro_range *range)
{
	return !range->progress && !range->block.leaving;
}

static uint64_t data_map_work(struct sro *sro, uint64_t out[5])
{
	struct sro_range *range = &sro->range;
	struct rd *rd = realm_lock_owner(range->rd);
	struct rtt_walk walk;
	uint64_t status;

	rtt_walk(rd, range->ipa, range->level, &walk);
	rmm_assert(walk.entry.open);
	status = work(&walk, &range->block);
	realm_unlock(rd);

	sro->cancellable = can_cancel(range);
	if (status == RMI_SUCCESS)
		out[1] = range->ipa + rtt_entry_size(range->level);
	else if (status != RMI_INCOMPLETE && range->progress)
		out[1] = range->ipa;
	return status != RMI_INCOMPLETE && range->progress ? RMI_SUCCESS :
							     status;
}

static void data_map_cancel(struct sro *sro)
{
	block_turn(&sro->range.block);
}

static const struct sro_kind data_map = {
	.work = data_map_work,
	.cancel = data_map_cancel,
};

/* What is left to do is the operation's. */
static void keep(struct sro *sro, const struct map_range *map)
{
	sro->range = (struct sro_range){
		.rd = realm_pa(map->rd),
		.ipa = map->at,
		.level = map->level,
		.block = map->block,
		.progress = map->at != map->base,
	};
	sro->cancellable = can_cancel(&sro->range);
}

static uint64_t run(struct sro *sro, const uint64_t in[7], uint64_t out[5])
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
	if (status == RMI_INCOMPLETE)
		keep(sro, &map);
	realm_unlock(rd);
	return status;
}

uint64_t rmi_rtt_data_map(const uint64_t in[7], uint64_t out[5])
{
	uint64_t status;
	struct sro *sro = sro_open(&data_map, &status);

	if (!sro)
		return status;
	status = run(sro, in, out);
	return sro_finish(sro, status, out);
}
