/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What must hold of a granule by itself, of a realm and its RECs, and of every
 * table on the way to an entry that was written. The rest is the ledger's: only
 * a look at everything finds two owners of one granule.
 */
#include "rmm/audit.h"

#ifdef RMM_DEBUG

#include "rmm/debug_cpu.h"
#include "rmm/platform.h"
#include "rmm/rec.h"
#include "rmm/rtt.h"

/*
 * Parts of the IPA space whose tables each CPU has written since it locked a
 * realm. A command writes entries of one table; a few more do no harm.
 */
#define AUDIT_PARTS 4
#define PART_SIZE rtt_entry_size(RTT_LEVEL_LAST - 1)

static struct {
	unsigned int count;
	uint64_t ipa[AUDIT_PARTS];
} written[DEBUG_CPUS];

void audit_begin(void)
{
	written[debug_cpu()].count = 0;
}

void audit_entry(uint64_t ipa)
{
	unsigned int cpu = debug_cpu();
	unsigned int count = written[cpu].count;

	ipa &= ~(PART_SIZE - 1);
	if (count && written[cpu].ipa[count - 1] == ipa)
		return;
	if (count < AUDIT_PARTS)
		written[cpu].ipa[written[cpu].count++] = ipa;
}

/* All tables on the way to @ipa. */
static void audit_path(const struct rd *rd, uint64_t ipa)
{
	struct rtt_walk walk;
	int level = rd->rtt_level_start;

	do {
		rtt_walk(rd, ipa, level, &walk);
		rmm_assert(rtt_table_sound(rd, &walk));
	} while (walk.entry.hipas == HIPAS_TABLE && ++level <= RTT_LEVEL_LAST);
}

static void audit_realm(const struct rd *rd)
{
	unsigned int cpu = debug_cpu();

	rmm_assert(rd->state <= REALM_ZOMBIE);
	rmm_assert(rd->rec_running <= rd->rec_live);
	rmm_assert(rd->rec_live <= rd->rec_count);
	rmm_assert(rd->rec_count <= REC_MAX);
	for (unsigned int i = 0; i < rd->rtt_num_start; i++) {
		uint64_t root = rd->rtt_base + i * granule_size();

		rmm_assert(granule_state(granule_find(root)) == GRANULE_RTT);
	}
	for (unsigned int i = 0; i < written[cpu].count; i++)
		audit_path(rd, written[cpu].ipa[i]);
	written[cpu].count = 0;
}

/* Of a REC that may be running, what does not change while it lives. */
static void audit_rec(const struct rec *rec)
{
	const struct granule *owner = granule_find(rec->owner);

	rmm_assert(owner && granule_state(owner) == GRANULE_RD);
	rmm_assert(rec->index == rec_mpidr_to_index(rec->mpidr));
	for (unsigned int i = 0; i < REC_AUX_GRANULES; i++) {
		const struct granule *aux = granule_find(rec->aux[i]);

		rmm_assert(aux && granule_state(aux) == GRANULE_INTERNAL);
	}
}

void audit_granule(const struct granule *granule)
{
	enum granule_state state = granule_state(granule);

	rmm_assert(state < GRANULE_STATES);
	rmm_assert(state == GRANULE_RTT || granule->refs == 0);
	rmm_assert(granule->refs <= rtt_entries());
	if (state == GRANULE_RD)
		audit_realm(granule_view(granule));
	else if (state == GRANULE_REC)
		audit_rec(granule_view(granule));
}

#endif
