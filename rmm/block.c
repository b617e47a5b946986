/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Moving blocks. Granules are only DELEGATED or DATA on the way, so that there
 * is nothing to undo but the direction.
 */
#include "rmm/block.h"

#include "rmm/granule.h"
#include "rmm/interrupt.h"
#include "rmm/platform.h"

struct block block_entering(uint64_t base, uint64_t size)
{
	return (struct block){ base, base, base + size, false };
}

struct block block_leaving(uint64_t base, uint64_t size)
{
	return (struct block){ base, base, base + size, true };
}

static bool move_granule(const struct block *block)
{
	if (block->leaving) {
		rmm_assert(granule_move(block->at, GRANULE_DATA,
					GRANULE_DELEGATED));
		return true;
	}
	if (!granule_move(block->at, GRANULE_DELEGATED, GRANULE_DATA))
		return false;
	granule_wipe(block->at);
	return true;
}

/* Up to interrupt_granules() granules; false if one is bad. */
static bool move_run(struct block *block)
{
	uint64_t from = block->at, top = from + INTERRUPT_SIZE;
	bool good = true;

	if (top > block->end)
		top = block->end;
	while (block->at < top) {
		good = move_granule(block);
		if (!good)
			break;
		block->at += granule_size();
		if (block->at < top && interrupt_at_granule())
			break;
	}
	if (!block->leaving && block->at > from)
		plat_icache_invalidate(from, block->at - from);
	return good;
}

enum block_end block_move(struct block *block)
{
	while (block->at < block->end) {
		if (!move_run(block))
			return BLOCK_BAD;
		if (block->at < block->end && plat_irq_pending())
			return BLOCK_STOPPED;
	}
	return BLOCK_DONE;
}

void block_turn(struct block *block)
{
	*block = block_leaving(block->base, block->at - block->base);
}

void block_data(const struct block *block, uint64_t *base, uint64_t *end)
{
	*base = block->leaving ? block->at : block->base;
	*end = block->leaving ? block->end : block->at;
}
