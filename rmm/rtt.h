/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Realm translation tables (Arm DEN 0137, chapter "Realm memory management"):
 * stage 2 tables in Arm's own format (VMSAv8-64, any granule), so that the
 * PE walks what we write. An entry that translates nothing keeps its HIPAS and
 * RIPAS in the bits that the PE then ignores; rtt_format.c has the encoding.
 *
 * Functions of a struct rd or a walk want the lock of the RD.
 */
#ifndef RMM_RTT_H
#define RMM_RTT_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/rmi_smc.h"
#include "rmm/realm.h"

#define RTT_LEVEL_LAST 3

enum hipas {
	HIPAS_VOID, /* protected half: nothing mapped */
	HIPAS_DATA, /* protected half: a granule or block of the realm */
	HIPAS_UNMAPPED_NS, /* unprotected half */
	HIPAS_MAPPED_NS, /* unprotected half: the host's memory */
	HIPAS_TABLE, /* either half: the next table */
};

/* An entry, decoded. Only the fields that its HIPAS has are not 0. */
struct rtte {
	enum hipas hipas;
	enum rmi_ripas ripas; /* VOID, DATA */
	bool open; /* VOID: an operation is at work here (rmm/block.h) */
	uint64_t pa; /* DATA, MAPPED_NS, TABLE */
	unsigned int memattr; /* MAPPED_NS: MemAttr[2:0] */
	unsigned int s2ap; /* MAPPED_NS: RMI_S2AP_* */
};

/* Where a walk ended. */
struct rtt_walk {
	struct granule *granule; /* the table of the last level reached */
	uint64_t *table; /* its contents */
	unsigned int index; /* of the entry in it */
	int level; /* of that table */
	uint64_t ipa; /* first address that the entry translates */
	struct rtte entry;
};

/* log2 of the entries of a table, which is a granule. */
static inline unsigned int rtt_stride(void)
{
	return granule_shift() - 3;
}

static inline unsigned int rtt_entries(void)
{
	return 1u << rtt_stride();
}

/* Bytes that one entry at @level translates, and their log2. */
static inline unsigned int rtt_entry_shift(int level)
{
	return granule_shift() +
	       rtt_stride() * (unsigned int)(RTT_LEVEL_LAST - level);
}

static inline uint64_t rtt_entry_size(int level)
{
	return (uint64_t)1 << rtt_entry_shift(level);
}

/* The level of the largest blocks, without LPA2. */
static inline int rtt_level_block(void)
{
	return granule_shift() == 12 ? 1 : 2;
}

/*
 * Walks towards the entry for @ipa at @level and stops there, or earlier at an
 * entry that is no table. @ipa must be inside the IPA space.
 */
void rtt_walk(const struct rd *rd, uint64_t ipa, int level,
	      struct rtt_walk *walk);

/* The same, as far down as the tables go. */
static inline void rtt_walk_deep(const struct rd *rd, uint64_t ipa,
				 struct rtt_walk *walk)
{
	rtt_walk(rd, ipa, RTT_LEVEL_LAST, walk);
}

/* On to the next entry; false, and no change, at the end of the table. */
bool rtt_walk_next(const struct rd *rd, struct rtt_walk *walk);

/*
 * Writes the entry at which @walk ended, and keeps the table's live count. The
 * old entry translated nothing, or the caller sees to the TLB.
 */
void rtt_write(struct rtt_walk *walk, const struct rtte *entry);

/*
 * Opens or closes the entry of a block (a page is done at once). While an
 * operation is at work there, a mapping that comes to it is BUSY, RTT_CREATE is
 * BLOCKED, and to all other commands it is in the way: ERROR_RTT.
 */
void rtt_set_open(struct rtt_walk *walk, bool open);

/* rtt_write() with break-before-make: no PE uses the old entry any more. */
void rtt_replace(const struct rd *rd, struct rtt_walk *walk,
		 const struct rtte *entry);

/*
 * What an entry is once nothing is mapped there any more: VOID with @ripas in
 * the protected half, else UNMAPPED_NS.
 */
struct rtte rtte_unmapped(const struct rd *rd, uint64_t ipa,
			  enum rmi_ripas ripas);

/* True if the entry leads to memory, the realm's or the host's. */
bool rtte_maps(const struct rtte *entry);

bool rtte_same(const struct rtte *a, const struct rtte *b);

/*
 * First address from @walk's entry on whose entry in this table holds anything
 * (also MAPPED_NS), or the end of the table.
 */
uint64_t rtt_vacant_end(const struct rd *rd, const struct rtt_walk *walk);

/*
 * Fills the granule @table, as a table of @level, with what @parent means an
 * entry at a time.
 */
void rtt_unfold(struct granule *table, int level, const struct rtte *parent);

/*
 * The inverse: true if all entries of the table to which @parent leads together
 * mean one entry of @parent's level, which is *@entry then.
 */
bool rtt_fold(const struct rd *rd, const struct rtt_walk *parent,
	      struct rtte *entry);

/*
 * True if the table in which @walk ended agrees with itself: its live entries
 * are as many as it says, each belongs in its half of the IPA space, and leads
 * to granules of the right state.
 */
bool rtt_table_sound(const struct rd *rd, const struct rtt_walk *walk);

/*
 * rtt_walk_next() of checks: past entries that are 0, which are sound and lead
 * nowhere. Of a table's up to 8192 most are.
 */
bool rtt_walk_past_sound(const struct rd *rd, struct rtt_walk *walk);

/* True if [@base, @top) is in the protected half, or in the other one. */
bool rtt_inside_half(const struct rd *rd, uint64_t base, uint64_t top,
		     bool protected);

/* True if RTT_* commands may name the table at @level that translates @ipa. */
bool rtt_table_args_ok(const struct rd *rd, uint64_t ipa, uint64_t level);

/* Checks (start level, number of roots) against an IPA width. */
bool rtt_geometry_ok(unsigned int ipa_bits, int level_start,
		     unsigned int num_start);

/* Fills the root tables of a new realm: VOID/EMPTY and UNMAPPED_NS. */
void rtt_init_roots(const struct rd *rd);

/* True if an entry of a root table is live. */
bool rtt_roots_live(const struct rd *rd);

/* VTCR_EL2 and VTTBR_EL2 that make a PE walk this realm's tables. */
uint64_t rtt_vtcr(const struct rd *rd);
uint64_t rtt_vttbr(const struct rd *rd);

#endif
