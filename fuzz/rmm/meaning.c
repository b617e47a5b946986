/* SPDX-License-Identifier: BSD-3-Clause */
/* Tables that change, and what they say; see meaning.h. */
#include "fuzz/rmm/meaning.h"

/* The page at @ipa, as if there were an entry for it alone. */
static struct rtte seen_at(const struct rd *rd, uint64_t ipa)
{
	struct rtt_walk walk;

	rtt_walk_deep(rd, ipa, &walk);
	if (rtte_maps(&walk.entry))
		walk.entry.pa += ipa - walk.ipa;
	return walk.entry;
}

/* Pages all over what an entry above the table translates, and its last one. */
static void choose(struct meaning *meaning, uint64_t ipa, uint64_t size)
{
	uint64_t step = size / (MEANING_PLACES - 1);

	for (unsigned int i = 0; i < MEANING_PLACES - 1; i++)
		meaning->ipa[i] = ipa + i * step;
	meaning->ipa[MEANING_PLACES - 1] = ipa + size - PAGE;
}

void meaning_before(struct meaning *meaning, const struct call *call)
{
	const struct realm *realm = world_realm_at(call->in[1]);
	bool create = call->fid == SMC_RMI_RTT_CREATE;
	uint64_t ipa = call->in[create ? 3 : 2];
	uint64_t level = call->in[create ? 4 : 3];

	meaning->rd = NULL;
	if (!realm || (!create && call->fid != SMC_RMI_RTT_FOLD))
		return;
	if (level > 3 || (int)level <= realm->level_start ||
	    ipa >> realm->ipa_bits ||
	    ipa % rtt_entry_size((int)level - 1))
		return;
	meaning->rd = plat_realm_view(realm->rd);
	choose(meaning, ipa, rtt_entry_size((int)level - 1));
	for (unsigned int i = 0; i < MEANING_PLACES; i++)
		meaning->seen[i] = seen_at(meaning->rd, meaning->ipa[i]);
}

void meaning_after(const struct meaning *meaning, const struct call *call)
{
	if (!meaning->rd || call->out[0] != RMI_SUCCESS)
		return;
	for (unsigned int i = 0; i < MEANING_PLACES; i++) {
		struct rtte now = seen_at(meaning->rd, meaning->ipa[i]);

		if (!rtte_same(&now, &meaning->seen[i]))
			machine_fail("a realm sees something else now at",
				     meaning->ipa[i]);
	}
}
