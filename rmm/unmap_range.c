/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An unmapping goes in steps: blocks that are neighbours in both address spaces
 * are first written to the answer, which may fail, then leave the table, then
 * the TLBs, and only then are given back.
 */
#include "rmm/unmap_range.h"

#include "rmm/interrupt.h"

static uint64_t size_of(const struct unmap_range *unmap)
{
	return rtt_entry_size(unmap->walk.level);
}

uint64_t unmap_range_check(struct unmap_range *unmap, struct rd *rd,
			   const uint64_t in[7], bool protected)
{
	*unmap = (struct unmap_range){
		.rd = rd,
		.base = in[2],
		.at = in[2],
		.top = in[3],
		.protected = protected,
	};
	if (!granule_aligned(unmap->base | unmap->top) ||
	    unmap->base >= unmap->top ||
	    !rtt_inside_half(rd, unmap->base, unmap->top, protected))
		return RMI_ERROR_INPUT;
	if (!addr_sink_open(&unmap->oaddr, in[4], in[5]))
		return RMI_ERROR_INPUT;

	rtt_walk_deep(rd, unmap->base, &unmap->walk);
	if (unmap->walk.ipa != unmap->base ||
	    unmap->top - unmap->base < size_of(unmap))
		return RMI_RETURN(RMI_ERROR_RTT, unmap->walk.level);
	return unmap->walk.entry.open ? RMI_BUSY : RMI_SUCCESS;
}

static bool mapped(const struct unmap_range *unmap, const struct rtte *entry)
{
	return entry->hipas ==
	       (unmap->protected ? HIPAS_DATA : HIPAS_MAPPED_NS);
}

/* True if the entry is inside the range, no table, and nobody works on it. */
static bool fits(const struct unmap_range *unmap)
{
	return unmap->top - unmap->at >= size_of(unmap) &&
	       unmap->walk.entry.hipas != HIPAS_TABLE &&
	       !unmap->walk.entry.open;
}

/* On to the next entry; false at the end of the table. */
static bool advance(struct unmap_range *unmap)
{
	unmap->at += size_of(unmap);
	return rtt_walk_next(unmap->rd, &unmap->walk);
}

/*
 * Blocks of the step that starts here: mapped to adjacent memory, up to where a
 * look for interrupts is due.
 */
static unsigned int step_blocks(const struct unmap_range *unmap)
{
	struct unmap_range ahead = *unmap;
	uint64_t pa = unmap->walk.entry.pa;
	unsigned int blocks = 0;

	if (unmap->walk.level < RTT_LEVEL_LAST)
		return 1;
	do {
		blocks++;
		pa += size_of(unmap);
	} while (advance(&ahead) && ahead.at % INTERRUPT_SIZE &&
		 !interrupt_at_granule() && fits(&ahead) &&
		 mapped(&ahead, &ahead.walk.entry) &&
		 ahead.walk.entry.pa == pa);
	return blocks;
}

/* What the realm sees of its memory once the host has taken it away. */
static enum rmi_ripas ripas_after(enum rmi_ripas ripas)
{
	return ripas == RMI_RAM ? RMI_DESTROYED : ripas;
}

/* Takes @blocks from the table and the TLBs; false at the table's end. */
static bool clear(struct unmap_range *unmap, unsigned int blocks)
{
	uint64_t ipa = unmap->at;
	bool more = true;

	for (unsigned int i = 0; i < blocks; i++) {
		struct rtt_walk *walk = &unmap->walk;
		struct rtte entry = rtte_unmapped(unmap->rd, walk->ipa,
				ripas_after(walk->entry.ripas));

		rtt_write(walk, &entry);
		more = advance(unmap);
	}
	plat_tlbi_range(unmap->rd->vmid, ipa, unmap->at - ipa);
	return more;
}

static void set_open(const struct rd *rd, uint64_t ipa, int level, bool open)
{
	struct rtt_walk walk;

	rtt_walk(rd, ipa, level, &walk);
	rmm_assert(walk.entry.open != open);
	rtt_set_open(&walk, open);
}

void unmap_range_close(const struct rd *rd, uint64_t ipa, int level)
{
	set_open(rd, ipa, level, false);
}

/*
 * Gives a step back, from @ipa on. Pages were counted with a look for
 * interrupts at each, and are given back without.
 */
static void give_back(struct unmap_range *unmap, uint64_t ipa,
		      const struct addr_range *range)
{
	uint64_t size = range->count * rtt_entry_size(range->level);
	enum block_end end;

	unmap->block = block_leaving(range->pa, size);
	do {
		end = block_move(&unmap->block);
	} while (end == BLOCK_STOPPED && range->level == RTT_LEVEL_LAST);
	if (end == BLOCK_DONE)
		return;
	unmap->open = true;
	unmap->open_ipa = ipa;
	set_open(unmap->rd, ipa, range->level, true);
}

/* Unmaps a step; false if it was the last. */
static bool step(struct unmap_range *unmap)
{
	struct addr_range range = {
		.pa = unmap->walk.entry.pa,
		.count = step_blocks(unmap),
		.level = unmap->walk.level,
		.undelegated = !unmap->protected,
	};
	uint64_t ipa = unmap->at;
	bool more;

	if (!addr_sink_add(&unmap->oaddr, &range))
		return false;
	more = clear(unmap, range.count);
	if (unmap->protected)
		give_back(unmap, ipa, &range);
	if (unmap->open)
		return false;
	return more && !interrupt_after(unmap->at);
}

/* Past what is not mapped; false if it was the last. */
static bool skip(struct unmap_range *unmap)
{
	unsigned int index = unmap->walk.index;

	return advance(unmap) && !interrupt_after_entry(index);
}

uint64_t unmap_range_run(struct unmap_range *unmap, uint64_t out[5])
{
	bool more = true;

	while (more && fits(unmap))
		more = mapped(unmap, &unmap->walk.entry) ? step(unmap) :
							   skip(unmap);

	/* Only a list that cannot be written stops us before the first. */
	if (unmap->at == unmap->base)
		return RMI_ERROR_INPUT;
	out[1] = unmap->at;
	out[2] = addr_sink_single(&unmap->oaddr);
	out[3] = addr_sink_count(&unmap->oaddr);
	return unmap->open ? RMI_INCOMPLETE : RMI_SUCCESS;
}
