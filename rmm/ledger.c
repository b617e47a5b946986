/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The ledger (rmm_ledger_ok() of rmm/rmm.h): all granules counted, and all that
 * realms and operations say of them checked against what the granules say
 * themselves. Every granule that somebody owns is marked, so that two owners of
 * one granule are found.
 */
#include "rmm/granule.h"
#include "rmm/rec.h"
#include "rmm/rmm.h"
#include "rmm/rtt.h"
#include "rmm/sro.h"

/* What realms and operations own, as found from their descriptors. */
struct ledger {
	uint64_t tables;
	uint64_t data; /* granules */
	uint64_t recs;
	uint64_t internal; /* granules that RECs and operations hold */
	uint64_t pending;
	bool ok;
};

/* One more thing that refers to @pa, which must be @state and its only one. */
static bool claim(struct ledger *ledger, uint64_t pa,
		  enum granule_state state)
{
	struct granule *granule = granule_find(pa);

	if (granule && granule_state(granule) == state &&
	    !granule_mark(granule))
		return true;
	ledger->ok = false;
	return false;
}

static void add_data(struct ledger *ledger, uint64_t pa, uint64_t size)
{
	for (uint64_t end = pa + size; pa < end; pa += granule_size()) {
		claim(ledger, pa, GRANULE_DATA);
		ledger->data++;
	}
}

static void add_table(struct ledger *ledger, const struct rd *rd, uint64_t ipa,
		      int level);

static void add_entry(struct ledger *ledger, const struct rd *rd,
		      const struct rtt_walk *walk)
{
	const struct rtte *entry = &walk->entry;

	if (entry->hipas == HIPAS_TABLE)
		add_table(ledger, rd, walk->ipa, walk->level + 1);
	else if (entry->hipas == HIPAS_DATA)
		add_data(ledger, entry->pa, rtt_entry_size(walk->level));
}

/* The table of @level that translates @ipa. */
static void add_table(struct ledger *ledger, const struct rd *rd, uint64_t ipa,
		      int level)
{
	struct rtt_walk walk;

	rtt_walk(rd, ipa, level, &walk);
	if (!claim(ledger, granule_pa(walk.granule), GRANULE_RTT))
		return;
	ledger->tables++;
	if (!rtt_table_sound(rd, &walk)) {
		ledger->ok = false;
		return;
	}
	do {
		add_entry(ledger, rd, &walk);
	} while (rtt_walk_past_sound(rd, &walk));
}

static void add_realm(struct ledger *ledger, const struct rd *rd)
{
	uint64_t root_size = rtt_entry_size(rd->rtt_level_start - 1);

	for (unsigned int i = 0; i < rd->rtt_num_start; i++)
		add_table(ledger, rd, i * root_size, rd->rtt_level_start);
	ledger->recs += rd->rec_live;
}

static void add_rec(struct ledger *ledger, const struct rec *rec)
{
	for (unsigned int i = 0; i < REC_AUX_GRANULES; i++)
		claim(ledger, rec->aux[i], GRANULE_INTERNAL);
	ledger->internal += REC_AUX_GRANULES;
}

/* An operation that waits for the host, for ever if it was abandoned. */
static void add_operation(struct ledger *ledger, const struct sro *sro)
{
	uint64_t base, end;

	for (unsigned int i = 0; i < sro->held; i++)
		claim(ledger, sro->granule[i], GRANULE_INTERNAL);
	ledger->internal += sro->held;
	if (sro->object != SRO_NO_OBJECT) {
		claim(ledger, sro->object, GRANULE_PENDING);
		ledger->pending++;
	}
	block_data(&sro->range.block, &base, &end);
	add_data(ledger, base, end - base);
}

static void add_granule(struct ledger *ledger, const struct granule *granule)
{
	if (granule_state(granule) == GRANULE_RD)
		add_realm(ledger, granule_view(granule));
	else if (granule_state(granule) == GRANULE_REC)
		add_rec(ledger, granule_view(granule));
}

/* What a granule must satisfy by itself. */
static bool possible(const struct granule *granule)
{
	enum granule_state state = granule_state(granule);

	return state < GRANULE_STATES && !granule_locked(granule) &&
	       (state == GRANULE_RTT || granule->refs == 0);
}

bool rmm_ledger_ok(void)
{
	struct ledger ledger = { .ok = true };
	uint64_t counts[GRANULE_STATES];

	for (uint64_t i = 0; i < granules_total(); i++) {
		const struct granule *granule = granule_at(i);

		if (!possible(granule))
			return false;
	}
	for (uint64_t i = 0; i < granules_total(); i++)
		add_granule(&ledger, granule_at(i));
	for (unsigned int i = 0; i < SRO_HANDLES; i++) {
		const struct sro *sro = sro_at(i);

		if (sro)
			add_operation(&ledger, sro);
	}
	for (uint64_t i = 0; i < granules_total(); i++)
		granule_unmark(granule_at(i));

	rmm_ledger_count(counts, GRANULE_STATES);
	return ledger.ok && ledger.tables == counts[GRANULE_RTT] &&
	       ledger.data == counts[GRANULE_DATA] &&
	       ledger.recs == counts[GRANULE_REC] &&
	       ledger.internal == counts[GRANULE_INTERNAL] &&
	       ledger.pending == counts[GRANULE_PENDING];
}

void rmm_ledger_count(uint64_t *counts, unsigned int states)
{
	for (unsigned int i = 0; i < states; i++)
		counts[i] = 0;
	for (uint64_t i = 0; i < granules_total(); i++) {
		enum granule_state state = granule_state(granule_at(i));

		if (state < states)
			counts[state]++;
	}
}
