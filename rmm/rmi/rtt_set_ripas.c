/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_SET_RIPAS (Arm DEN 0137): the host grants a part of what a realm
 * asked for by RSI_IPA_STATE_SET, from where it stopped, as far as one table
 * reaches. What the memory becomes is the realm's word, in the REC.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/interrupt.h"
#include "rmm/platform.h"
#include "rmm/rec.h"
#include "rmm/rtt.h"
#include "rmm/rtt_format.h"

/* On SUCCESS @walk ends at the entry that starts at @base. */
static uint64_t check(const struct rd *rd, const struct rec *rec,
		      uint64_t base, uint64_t top, struct rtt_walk *walk)
{
	if (rec->running || rec->owner != realm_pa(rd))
		return RMI_ERROR_REC;
	if (rec->pending != REC_PENDING_RIPAS || base != rec->ripas.next ||
	    top > rec->ripas.top)
		return RMI_ERROR_INPUT;
	rtt_walk_deep(rd, base, walk);
	if (walk->ipa != base)
		return RMI_RETURN(RMI_ERROR_RTT, walk->level);
	return RMI_SUCCESS;
}

/* True if the entry is inside the range and may become what is asked for. */
static bool fits(const struct rtt_walk *walk, uint64_t top,
		 const struct rec_ripas *change)
{
	const struct rtte *entry = &walk->entry;

	if (top - walk->ipa < rtt_entry_size(walk->level) ||
	    entry->hipas == HIPAS_TABLE || entry->open)
		return false;
	return change->ripas == RMI_EMPTY || entry->ripas != RMI_DESTROYED ||
	       change->change_destroyed;
}

/* Where the first entry is that stays as it is. */
static uint64_t commit(const struct rd *rd, uint64_t top,
		       struct rtt_walk *walk, const struct rec_ripas *change)
{
	uint64_t base = walk->ipa, end = base;
	bool forget = false;

	while (fits(walk, top, change)) {
		struct rtte entry = walk->entry;

		/* From RAM, that is: to RAM, nothing valid changes. */
		if (change->ripas != RMI_RAM)
			forget |= rtte_is_valid(&entry);
		entry.ripas = change->ripas;
		rtt_write(walk, &entry);
		end = walk->ipa + rtt_entry_size(walk->level);
		if (interrupt_after_entry(walk->index) ||
		    !rtt_walk_next(rd, walk))
			break;
	}
	if (forget)
		plat_tlbi_range(rd->vmid, base, end - base);
	return end;
}

static uint64_t set_ripas(const struct rd *rd, struct rec *rec,
			  const uint64_t in[7], uint64_t out[5])
{
	uint64_t base = in[3], top = in[4], end, status;
	struct rtt_walk walk;

	status = check(rd, rec, base, top, &walk);
	if (status != RMI_SUCCESS)
		return status;
	end = commit(rd, top, &walk, &rec->ripas);
	if (end == base)
		return RMI_RETURN(RMI_ERROR_RTT, walk.level);
	rec->ripas.next = end;
	out[1] = end;
	return RMI_SUCCESS;
}

uint64_t rmi_rtt_set_ripas(const uint64_t in[7], uint64_t out[5])
{
	uint64_t status = RMI_ERROR_INPUT;
	struct rec *rec;
	struct rd *rd;

	if (in[3] >= in[4] || !granule_aligned(in[4]))
		return RMI_ERROR_INPUT;
	rd = realm_lock(in[1]);
	if (!rd)
		return RMI_ERROR_INPUT;
	rec = rec_lock(in[2]);
	if (rec) {
		status = set_ripas(rd, rec, in, out);
		rec_unlock(rec);
	}
	realm_unlock(rd);
	return status;
}
