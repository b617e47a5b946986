/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Walking and changing a realm's tables. A PE may walk them at any moment, so
 * every entry is written whole.
 */
#include "rmm/rtt.h"

#include <string.h>

#include "abi/arm_arch.h"
#include "rmm/audit.h"
#include "rmm/platform.h"
#include "rmm/rtt_format.h"

static uint64_t entry_read(const uint64_t *table, unsigned int index)
{
	return __atomic_load_n(&table[index], __ATOMIC_RELAXED);
}

static void entry_write(uint64_t *table, unsigned int index, uint64_t word)
{
	__atomic_store_n(&table[index], word, __ATOMIC_RELEASE);
}

/* Points @walk at the entry for @ipa in the table at @table_pa. */
static void walk_at(const struct rd *rd, struct rtt_walk *walk,
		    uint64_t table_pa, uint64_t ipa, int level)
{
	unsigned int shift = rtt_entry_shift(level);

	walk->granule = granule_find(table_pa);
	rmm_assert(walk->granule);
	walk->table = granule_view(walk->granule);
	walk->index = (unsigned int)(ipa >> shift) & (rtt_entries() - 1);
	walk->level = level;
	walk->ipa = ipa >> shift << shift;
	walk->entry = rtte_decode(entry_read(walk->table, walk->index), level,
				  ipa < realm_par_end(rd));
}

void rtt_walk(const struct rd *rd, uint64_t ipa, int level,
	      struct rtt_walk *walk)
{
	int at = rd->rtt_level_start;
	uint64_t root = ipa >> rtt_entry_shift(at) >> rtt_stride();

	rmm_assert(root < rd->rtt_num_start);
	walk_at(rd, walk, rd->rtt_base + root * granule_size(), ipa, at);
	while (at < level && walk->entry.hipas == HIPAS_TABLE)
		walk_at(rd, walk, walk->entry.pa, ipa, ++at);
}

bool rtt_walk_next(const struct rd *rd, struct rtt_walk *walk)
{
	uint64_t ipa = walk->ipa + rtt_entry_size(walk->level);

	if (walk->index + 1 == rtt_entries() || ipa >= realm_ipa_end(rd))
		return false;
	walk->index++;
	walk->ipa = ipa;
	walk->entry = rtte_decode(entry_read(walk->table, walk->index),
				  walk->level, ipa < realm_par_end(rd));
	return true;
}

/*
 * True if the entry maps something of the realm's, is about to, or leads to a
 * table, so that the table which holds it may not go (not MAPPED_NS).
 */
static bool is_live(const struct rtte *entry)
{
	return entry->hipas == HIPAS_DATA || entry->hipas == HIPAS_TABLE ||
	       entry->open;
}

bool rtte_maps(const struct rtte *entry)
{
	return entry->hipas == HIPAS_DATA || entry->hipas == HIPAS_MAPPED_NS;
}

bool rtte_same(const struct rtte *a, const struct rtte *b)
{
	return a->hipas == b->hipas && a->ripas == b->ripas &&
	       a->open == b->open && a->pa == b->pa &&
	       a->memattr == b->memattr && a->s2ap == b->s2ap;
}

void rtt_write(struct rtt_walk *walk, const struct rtte *entry)
{
	if (is_live(&walk->entry))
		walk->granule->refs--;
	if (is_live(entry))
		walk->granule->refs++;
	entry_write(walk->table, walk->index, rtte_encode(entry, walk->level));
	audit_entry(walk->ipa);
	walk->entry = *entry;
}

void rtt_set_open(struct rtt_walk *walk, bool open)
{
	struct rtte entry = walk->entry;

	entry.open = open;
	rtt_write(walk, &entry);
}

void rtt_replace(const struct rd *rd, struct rtt_walk *walk,
		 const struct rtte *entry)
{
	if (rtte_is_valid(&walk->entry)) {
		entry_write(walk->table, walk->index, 0);
		plat_tlbi_range(rd->vmid, walk->ipa,
				rtt_entry_size(walk->level));
	}
	rtt_write(walk, entry);
}

struct rtte rtte_unmapped(const struct rd *rd, uint64_t ipa,
			  enum rmi_ripas ripas)
{
	if (ipa >= realm_par_end(rd))
		return (struct rtte){ .hipas = HIPAS_UNMAPPED_NS };
	return (struct rtte){ .hipas = HIPAS_VOID, .ripas = ripas };
}

uint64_t rtt_vacant_end(const struct rd *rd, const struct rtt_walk *walk)
{
	struct rtt_walk at = *walk;

	do {
		if (is_live(&at.entry) || rtte_maps(&at.entry))
			return at.ipa;
	} while (rtt_walk_next(rd, &at));
	return at.ipa + rtt_entry_size(at.level);
}

void rtt_unfold(struct granule *table, int level, const struct rtte *parent)
{
	uint64_t *entries = granule_view(table);
	struct rtte entry = *parent;

	for (unsigned int i = 0; i < rtt_entries(); i++) {
		entry_write(entries, i, rtte_encode(&entry, level));
		entry.pa += rtt_entry_size(level);
	}
	table->refs = is_live(parent) ? rtt_entries() : 0;
}

bool rtt_fold(const struct rd *rd, const struct rtt_walk *parent,
	      struct rtte *entry)
{
	struct rtt_walk at;
	struct rtte want;

	rtt_walk(rd, parent->ipa, parent->level + 1, &at);
	want = at.entry;
	if (want.hipas == HIPAS_TABLE || want.open ||
	    want.pa % rtt_entry_size(parent->level))
		return false;
	*entry = want;
	while (rtt_walk_next(rd, &at)) {
		/* Of what maps nothing the address is 0 throughout. */
		if (rtte_maps(&want))
			want.pa += rtt_entry_size(at.level);
		if (!rtte_same(&at.entry, &want))
			return false;
	}
	return true;
}

/* The granules at both ends of what an entry maps for the realm. */
static bool data_sound(const struct rtte *entry, int level)
{
	uint64_t last = entry->pa + rtt_entry_size(level) - granule_size();
	const struct granule *from = granule_find(entry->pa);
	const struct granule *to = granule_find(last);

	return from && to && granule_state(from) == GRANULE_DATA &&
	       granule_state(to) == GRANULE_DATA;
}

static bool table_sound(const struct rtte *entry)
{
	const struct granule *table = granule_find(entry->pa);

	return table && granule_state(table) == GRANULE_RTT;
}

static bool entry_sound(const struct rd *rd, const struct rtt_walk *at)
{
	bool protected = at->ipa < realm_par_end(rd);

	switch (at->entry.hipas) {
	case HIPAS_VOID:
		return protected &&
		       (!at->entry.open || at->level < RTT_LEVEL_LAST);
	case HIPAS_DATA:
		return protected && data_sound(&at->entry, at->level);
	case HIPAS_TABLE:
		return table_sound(&at->entry);
	default:
		return !protected;
	}
}

bool rtt_walk_past_sound(const struct rd *rd, struct rtt_walk *walk)
{
	unsigned int last = rtt_entries() - 1, index = walk->index;

	while (index < last && !entry_read(walk->table, index + 1))
		index++;
	walk->ipa += (index - walk->index) * rtt_entry_size(walk->level);
	walk->index = index;
	return rtt_walk_next(rd, walk);
}

bool rtt_table_sound(const struct rd *rd, const struct rtt_walk *walk)
{
	uint64_t start = walk->ipa - walk->index * rtt_entry_size(walk->level);
	struct rtt_walk at;
	uint32_t live = 0;

	rtt_walk(rd, start, walk->level, &at);
	do {
		if (!entry_sound(rd, &at))
			return false;
		live += is_live(&at.entry);
	} while (rtt_walk_past_sound(rd, &at));
	return live == at.granule->refs;
}

bool rtt_inside_half(const struct rd *rd, uint64_t base, uint64_t top,
		     bool protected)
{
	if (protected)
		return top <= realm_par_end(rd);
	return base >= realm_par_end(rd) && top <= realm_ipa_end(rd);
}

bool rtt_table_args_ok(const struct rd *rd, uint64_t ipa, uint64_t level)
{
	if (level > RTT_LEVEL_LAST || (int)level <= rd->rtt_level_start)
		return false;
	return ipa < realm_ipa_end(rd) &&
	       ipa % rtt_entry_size((int)level - 1) == 0;
}

/* IPA bits that one table at @level translates. */
static unsigned int table_bits(int level)
{
	return rtt_entry_shift(level) + rtt_stride();
}

/*
 * Widths of physical addresses below which a level may not be the start, by the
 * size of granules (Arm DDI 0487, AArch64.S2InvalidSL); 0 is never, as it would
 * want LPA2 or lead nowhere.
 */
static unsigned int start_pa_bits(int level)
{
	static const uint8_t bits[3][3] = {
		/* level	0   1	2 */
		/*  4K */     { 44, 1, 1 },
		/* 16K */     { 0, 42, 1 },
		/* 64K */     { 0, 44, 1 },
	};

	if (level < 0 || level > 2)
		return 0;
	return bits[(granule_shift() - 12) / 2][level];
}

bool rtt_geometry_ok(unsigned int ipa_bits, int level_start,
		     unsigned int num_start)
{
	unsigned int needs = start_pa_bits(level_start), bits, roots;
	struct plat_features features;

	plat_features(&features);
	if (!needs || features.pa_bits < needs)
		return false;

	bits = table_bits(level_start);
	/* A root of one entry would be the next level's. */
	if (ipa_bits <= bits - rtt_stride() || ipa_bits > bits + 4)
		return false;
	/* Only LPA2 joins roots at level 0. */
	if (level_start == 0 && ipa_bits > bits)
		return false;
	roots = ipa_bits > bits ? 1u << (ipa_bits - bits) : 1;
	return num_start == roots;
}

void rtt_init_roots(const struct rd *rd)
{
	/* Zero is VOID and EMPTY, or UNMAPPED_NS. */
	for (unsigned int i = 0; i < rd->rtt_num_start; i++)
		granule_wipe(rd->rtt_base + i * granule_size());
}

bool rtt_roots_live(const struct rd *rd)
{
	for (unsigned int i = 0; i < rd->rtt_num_start; i++) {
		if (granule_find(rd->rtt_base + i * granule_size())->refs)
			return true;
	}
	return false;
}

/* VTCR_EL2.PS for a width of physical addresses: the widest that fits. */
static unsigned int vtcr_ps(unsigned int pa_bits)
{
	static const uint8_t widths[] = { 32, 36, 40, 42, 44, 48 };
	unsigned int ps = 0;

	while (ps + 1 < sizeof(widths) && widths[ps + 1] <= pa_bits)
		ps++;
	return ps;
}

/* VTCR_EL2.TG0, and the level that SL0 counts back from. */
static uint64_t vtcr_start(int level)
{
	switch (granule_shift()) {
	case 14:
		return VTCR_TG0_16K | FIELD_PREP(VTCR_SL0, 3 - level);
	case 16:
		return VTCR_TG0_64K | FIELD_PREP(VTCR_SL0, 3 - level);
	default:
		return VTCR_TG0_4K | FIELD_PREP(VTCR_SL0, 2 - level);
	}
}

uint64_t rtt_vtcr(const struct rd *rd)
{
	struct plat_features features;

	plat_features(&features);
	return FIELD_PREP(VTCR_T0SZ, 64 - rd->ipa_bits) |
	       vtcr_start(rd->rtt_level_start) | VTCR_IRGN0_WBRAWA |
	       VTCR_ORGN0_WBRAWA | VTCR_SH0_INNER |
	       FIELD_PREP(VTCR_PS, vtcr_ps(features.pa_bits)) | VTCR_NSA |
	       VTCR_RES1;
}

uint64_t rtt_vttbr(const struct rd *rd)
{
	return FIELD_PREP(VTTBR_VMID, rd->vmid) | rd->rtt_base;
}
