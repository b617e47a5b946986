/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RSI_IPA_STATE_GET (Arm DEN 0137): what the realm's memory is at an address,
 * and how far it stays so, as far as one table reaches.
 */
#include "rmm/rsi/rsi.h"

#include "abi/rsi_layout.h"
#include "rmm/rtt.h"

/* End of the entries from @walk on that say the same. */
static uint64_t same_end(const struct rd *rd, const struct rtt_walk *walk)
{
	struct rtt_walk at = *walk;

	while (rtt_walk_next(rd, &at)) {
		if (at.entry.hipas == HIPAS_TABLE ||
		    at.entry.ripas != walk->entry.ripas)
			return at.ipa;
	}
	return at.ipa + rtt_entry_size(at.level);
}

static void answer(const struct rd *rd, uint64_t base, uint64_t top,
		   uint64_t out[4])
{
	struct rtt_walk walk;
	uint64_t end;

	if ((base | top) % RSI_GRANULE_SIZE || base >= top ||
	    top > realm_par_end(rd)) {
		out[0] = RSI_ERROR_INPUT;
		return;
	}
	rtt_walk_deep(rd, base, &walk);
	end = same_end(rd, &walk);
	out[1] = end < top ? end : top;
	out[2] = walk.entry.ripas;
}

enum rsi_then rsi_ipa_state_get(struct rec *rec, uint64_t out[4],
				struct rec_exit *exit)
{
	struct rd *rd = realm_lock_owner(rec->owner);

	(void)exit;
	answer(rd, rec->pe.x[1], rec->pe.x[2], out);
	realm_unlock(rd);
	return RSI_ANSWER;
}
