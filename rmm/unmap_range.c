/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An unmapping goes in steps: blocks that are neighbours in both address spaces
 * are first written to the answer, which may fail, then leave the table, then
 * the TLBs, and only then are given back.
 */
#include "rmm/unmap_range.h"

#include "rmm/interrupt.h"

static bool inside_half(const struct unmap_range *unmap)
{
	if (unmap->protected)
		return unmap->top <= realm_par_end(unmap->rd);
	return unmap->base >= realm_par_end(unmap->rd) &&
	       unmap->top <= realm_ipa_end(unmap->rd);
}

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
	if (!GRANULE_ALIGNED(unmap->base | unmap->top) ||
	    unmap->base >= unmap->top || !inside_half(unmap))
		return RMI_ERROR_INPUT;
	if (!addr_sink_open(&unmap->oaddr, in[4], in[5]))
		return RMI_ERROR_INPUT;

	rtt_walk_deep(rd, unmap->base, &unmap->walk);
	if (unmap->walk.ipa != unmap->base ||
	    unmap->top - unmap->base < size_of(unmap))
		return RMI_RETURN(RMI_ERROR_RTT, unmap->walk.level);
	return RMI_SUCCESS;
}

static bool mapped(const struct unmap_range *unmap, const struct rtte *entry)
{
	return entry->hipas ==
	       (unmap->protected ? HIPAS_DATA : HIPAS_MAPPED_NS);
}

/* True if the entry is inside the range, and no table. */
static bool fits(const struct unmap_range *unmap)
{
	return unmap->top - unmap->at >= size_of(unmap) &&
	       unmap->walk.entry.hipas != HIPAS_TABLE;
}

/* On to the next entry; false at the end of the table. */
static bool advance(struct unmap_range *unmap)
{
	unmap->at += size_of(unmap);
	return rtt_walk_next(unmap->rd, &unmap->walk);
}

/*
 * Blocks of the step that starts here: mapped to adjacent memory, and no more
 * than 512 granules, so that an interrupt does not wait for long.
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
	} while (!interrupt_at_granule() && advance(&ahead) && fits(&ahead) &&
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

/* Unmaps a step; false if it was the last. */
static bool step(struct unmap_range *unmap, unmap_release *release)
{
	struct addr_range range = {
		.pa = unmap->walk.entry.pa,
		.count = step_blocks(unmap),
		.level = unmap->walk.level,
		.undelegated = !unmap->protected,
	};
	bool more;

	if (!addr_sink_add(&unmap->oaddr, &range))
		return false;
	more = clear(unmap, range.count);
	if (release)
		release(range.pa, range.count * rtt_entry_size(range.level));
	if (range.level < RTT_LEVEL_LAST && plat_irq_pending())
		return false;
	return more;
}

uint64_t unmap_range_run(struct unmap_range *unmap, unmap_release *release,
			 uint64_t out[5])
{
	bool more = true;

	while (more && fits(unmap)) {
		if (mapped(unmap, &unmap->walk.entry))
			more = step(unmap, release);
		else
			more = advance(unmap);
		more = more && !interrupt_at_granule();
	}

	/* Only a list that cannot be written stops us before the first. */
	if (unmap->at == unmap->base)
		return RMI_ERROR_INPUT;
	out[1] = unmap->at;
	out[2] = addr_sink_single(&unmap->oaddr);
	out[3] = addr_sink_count(&unmap->oaddr);
	return RMI_SUCCESS;
}
