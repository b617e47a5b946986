/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_INIT_RIPAS (Arm DEN 0137): memory that a new realm is to start with,
 * RIPAS RAM, as far as one table reaches. It is not measured.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/interrupt.h"
#include "rmm/rtt.h"

/* On SUCCESS @walk ends at the entry that starts at @base. */
static uint64_t check(const struct rd *rd, uint64_t base, uint64_t top,
		      struct rtt_walk *walk)
{
	if (!granule_aligned(base | top) || top > realm_par_end(rd))
		return RMI_ERROR_INPUT;
	if (rd->state != REALM_NEW)
		return RMI_ERROR_REALM;
	rtt_walk_deep(rd, base, walk);
	if (walk->ipa != base)
		return RMI_RETURN(RMI_ERROR_RTT, walk->level);
	return RMI_SUCCESS;
}

/* True if the entry is inside the range and RAM, or may become it. */
static bool fits(const struct rtt_walk *walk, uint64_t top)
{
	return top - walk->ipa >= rtt_entry_size(walk->level) &&
	       walk->entry.hipas != HIPAS_TABLE && !walk->entry.open &&
	       (walk->entry.ripas == RMI_EMPTY ||
		walk->entry.ripas == RMI_RAM);
}

/* Where the first entry is that stays as it is. */
static uint64_t commit(const struct rd *rd, uint64_t top,
		       struct rtt_walk *walk)
{
	do {
		struct rtte entry = walk->entry;

		if (walk->ipa >= top || !fits(walk, top))
			return walk->ipa;
		entry.ripas = RMI_RAM;
		rtt_write(walk, &entry);
	} while (!interrupt_after_entry(walk->index) &&
		 rtt_walk_next(rd, walk));
	return walk->ipa + rtt_entry_size(walk->level);
}

uint64_t rmi_rtt_init_ripas(const uint64_t in[7], uint64_t out[5])
{
	uint64_t base = in[2], top = in[3], end, status;
	struct rtt_walk walk;
	struct rd *rd;

	if (base >= top)
		return RMI_ERROR_INPUT;
	rd = realm_lock(in[1]);
	if (!rd)
		return RMI_ERROR_INPUT;
	status = check(rd, base, top, &walk);
	if (status == RMI_SUCCESS) {
		end = commit(rd, top, &walk);
		if (end == base)
			status = RMI_RETURN(RMI_ERROR_RTT, walk.level);
		else
			out[1] = end;
	}
	realm_unlock(rd);
	return status;
}
