/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Tables made, destroyed and read.
 */
#include "tests/suite/rmi/tables.h"

/* What every command on a table refuses: its level in @l, its IPA in @i. */
#define TABLE_DEVIATIONS(number, i, l) \
	{ number, CHECK_OBJECT, "the level is the root's", \
	  { X(l, LEVEL_START) }, .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, "the level is 4", { X(l, 4) }, \
	  .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, "the level is -1", { X(l, ALL_ONES) }, \
	  .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, "the level is 2^32 + 3", \
	  { X(l, 1ull << 32 | 3) }, .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, "the IPA is not the start of a table", \
	  { X(i, B_VOID + GRANULE) }, .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, "the IPA is not aligned at all", \
	  { X(i, B_VOID + 1) }, .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, "the IPA is behind the IPA space", \
	  { X(i, IPA_END) }, .want = ERR(INPUT) }, \
	{ number, CHECK_OBJECT, "the IPA is far behind the IPA space", \
	  { X(i, 1ull << 52) }, .want = ERR(INPUT) }

/* ---- RMI_RTT_CREATE ------------------------------------------------------ */

static const struct deviation create_deviations[] = {
	RD_DEVIATIONS(1),
	GRANULE_DEVIATIONS(1, 2, "rtt"),
	TABLE_DEVIATIONS(2, 3, 4),
	{ 4, CHECK_WALK, "there is no table of level 2", { X(3, G_VOID) },
	  .want = RTT(1) },
	{ 5, CHECK_WALK, "there is a table of level 3 already",
	  { X(3, P_CODE) }, .want = RTT(2) },
	{ 5, CHECK_WALK, "there is a table of level 2 already",
	  { X(3, G_TABLE), X(4, 2) }, .want = RTT(1) },
};

static bool void_destroyed_block(void)
{
	return expect_result("RTT_DESTROY", RMI_SUCCESS,
			     driven(RTT_DESTROY, value_of(RD), B_TABLE, 3));
}

/* A block of the host's memory at UB_VOID. */
static bool shared_block(void)
{
	scene_host_block();
	return expect_result("RTT_UNPROT_MAP", RMI_SUCCESS,
			     driven(RTT_UNPROT_MAP, value_of(RD), UB_VOID,
				    UB_VOID + BLOCK,
				    RMI_OADDR_SINGLE | NS_RW,
				    value_of(BLOCKS(MINE, 1) | UNDELEGATED)));
}

/* The pages that a block of DATA becomes. */
#define DATA_PAGES(ipa, ripas) \
	ENTRY(ipa, 3, DATA, ripas, BLOCK_PA), \
	ENTRY((ipa) + 5 * GRANULE, 3, DATA, ripas, BLOCK_PA + 5 * GRANULE), \
	ENTRY((ipa) + BLOCK - GRANULE, 3, DATA, ripas, \
	      BLOCK_PA + BLOCK - GRANULE)

#define MAKES(what, ipa, level, ...) \
	{ what, "5.4, 7.4", .x = { RD, FRESH, ipa, level }, .want = OK, \
	  .after = { GRANULE_IS(FRESH, USED), __VA_ARGS__ } }
#define MAKES_AFTER(what, before, ipa, level, ...) \
	{ what, "5.4, 7.4", .twist = before, .x = { RD, FRESH, ipa, level }, \
	  .want = OK, .after = { GRANULE_IS(FRESH, USED), __VA_ARGS__ } }

static const struct effect create_effects[] = {
	MAKES("VOID/EMPTY unfolds to the same", B_VOID, 3,
	      ENTRY(B_VOID, 3, VOID, EMPTY, 0),
	      ENTRY(B_VOID + BLOCK - GRANULE, 3, VOID, EMPTY, 0),
	      ENTRY(B_RAM, 2, VOID, RAM, 0)),
	MAKES("VOID/RAM unfolds to the same", B_RAM, 3,
	      ENTRY(B_RAM, 3, VOID, RAM, 0),
	      ENTRY(B_RAM + BLOCK - GRANULE, 3, VOID, RAM, 0)),
	MAKES_AFTER("VOID/DESTROYED unfolds to the same",
		    void_destroyed_block, B_TABLE, 3,
		    ENTRY(B_TABLE, 3, VOID, DESTROYED, 0),
		    ENTRY(B_TABLE + BLOCK - GRANULE, 3, VOID, DESTROYED, 0)),
	MAKES("UNMAPPED_NS unfolds to the same", UB_VOID, 3,
	      ENTRY(UB_VOID, 3, VOID, EMPTY, 0),
	      ENTRY(UB_VOID + BLOCK - GRANULE, 3, VOID, EMPTY, 0)),
	MAKES("at level 2", G_VOID, 2, ENTRY(G_VOID, 2, VOID, EMPTY, 0),
	      ENTRY(G_VOID + ROOT_ENTRY - BLOCK, 2, VOID, EMPTY, 0)),
	MAKES_AFTER("a DATA/EMPTY block unfolds to its pages",
		    scene_empty_block, B_DATA, 3, DATA_PAGES(B_DATA, EMPTY)),
	MAKES_AFTER("a DATA/RAM block unfolds to its pages",
		    scene_data_block, B_DATA, 3, DATA_PAGES(B_DATA, RAM)),
	MAKES_AFTER("a DATA/DESTROYED block unfolds to its pages",
		    scene_destroyed_block, B_RAM, 3,
		    DATA_PAGES(B_RAM, DESTROYED)),
	MAKES_AFTER("a MAPPED_NS block unfolds to its pages", shared_block,
		    UB_VOID, 3, ENTRY(UB_VOID, 3, DATA, EMPTY, MINE),
		    ENTRY(UB_VOID + BLOCK - GRANULE, 3, DATA, EMPTY,
			  MINE + BLOCK - GRANULE)),
	{ "in ACTIVE", "6.2", .scene = SCENE_ACTIVE,
	  .x = { RD, FRESH, B_VOID, 3 }, .want = OK,
	  .after = { ENTRY(B_VOID, 3, VOID, EMPTY, 0) } },
	{ "in SYSTEM_OFF", "6.2", .scene = SCENE_OFF,
	  .x = { RD, FRESH, B_VOID, 3 }, .want = OK,
	  .after = { ENTRY(B_VOID, 3, VOID, EMPTY, 0) } },
	{ "in ZOMBIE", "6.2", .scene = SCENE_ZOMBIE,
	  .x = { RD, FRESH, B_VOID, 3 }, .want = OK,
	  .after = { ENTRY(B_VOID, 3, VOID, EMPTY, 0) } },
};

const struct table rtt_create_table = {
	.name = "RTT_CREATE", .section = "5.4", .scene = SCENE_RECS,
	.fid = SMC_RMI_RTT_CREATE, .x = { RD, FRESH, B_VOID, 3 },
	DEVIATIONS(create_deviations), EFFECTS(create_effects),
};

/* ---- RMI_RTT_DESTROY ----------------------------------------------------- */

static const struct deviation destroy_deviations[] = {
	RD_DEVIATIONS(1),
	TABLE_DEVIATIONS(1, 2, 3),
	{ 2, CHECK_WALK, "there is no table above", { X(2, G_VOID) },
	  .want = RTT(1) },
	{ 2, CHECK_WALK, "there is no table", { X(2, B_VOID) },
	  .want = RTT(2) },
	{ 3, CHECK_WALK, "DATA is below", { X(2, P_CODE) }, .want = RTT(3) },
	{ 3, CHECK_WALK, "tables are below", { X(2, G_TABLE), X(3, 2) },
	  .want = RTT(2) },
};

/* The end of what is not live behind it. */
static bool says_empty_table(void)
{
	return expect("x2 is behind the table", answer[2] >= B_TABLE + BLOCK);
}

static bool says_behind_void(void)
{
	return expect("x2 is behind the IPA", answer[2] > B_VOID);
}

#define DESTROYED_IN(what, in) \
	{ what, "6.2", .scene = in, .x = { RD, B_TABLE, 3 }, .want = OK, \
	  .out = { { 1, EMPTY_TABLE } }, \
	  .after = { ENTRY(B_TABLE, 2, VOID, DESTROYED, 0) } }

static const struct effect destroy_effects[] = {
	{ "protected: VOID/DESTROYED", .x = { RD, B_TABLE, 3 }, .want = OK,
	  .out = { { 1, EMPTY_TABLE } }, .check = says_empty_table,
	  .after = { ENTRY(B_TABLE, 2, VOID, DESTROYED, 0),
		     GRANULE_IS(EMPTY_TABLE, DELEGATED) } },
	{ "unprotected: UNMAPPED_NS", .x = { RD, UB_TABLE, 3 }, .want = OK,
	  .after = { ENTRY(UB_TABLE, 2, VOID, EMPTY, 0) } },
	{ "shared memory does not keep a table", "7.5", .x = { RD, U_BOX, 3 },
	  .want = OK, .after = { ENTRY(U_BOX, 2, VOID, EMPTY, 0) } },
	{ "x2 is the end of the run that is not live", "5.4", true,
	  .x = { RD, B_TABLE, 3 }, .want = OK,
	  .out = { { 2, G_TABLE + ROOT_ENTRY } } },
	{ "where no table is, x2 says how far", .x = { RD, B_VOID, 3 },
	  .want = RTT(2), .check = says_behind_void },
	{ "where something is mapped, x2 is the IPA", .x = { RD, P_CODE, 3 },
	  .want = RTT(3), .out = { { 2, P_CODE } } },
	{ "a block is mapped there: x2 is the IPA", .twist = scene_data_block,
	  .x = { RD, B_DATA, 3 }, .want = RTT(2), .out = { { 2, B_DATA } },
	  .after = { ENTRY(B_DATA, 2, DATA, RAM, BLOCK_PA) } },
	{ "where the arguments are wrong, x2 is 0",
	  .x = { RD, B_VOID + GRANULE, 3 }, .want = ERR(INPUT),
	  .out = { { 2, 0 } } },
	DESTROYED_IN("in ACTIVE", SCENE_ACTIVE),
	DESTROYED_IN("in SYSTEM_OFF", SCENE_OFF),
	DESTROYED_IN("in ZOMBIE", SCENE_ZOMBIE),
};

/* HIPAS x RIPAS: what is below the table, by itself. */
static void destroy_below(uint64_t ipa, uint64_t want)
{
	verdict_setup(true);
	if (!expect_result("RTT_CREATE", RMI_SUCCESS,
			   driven(RTT_CREATE, value_of(RD), value_of(FRESH),
				  ipa, 3)))
		return;
	verdict_setup(false);
	call_subject();
	expect_result("x0", want, driven(RTT_DESTROY, value_of(RD), ipa, 3));
	if (want != RMI_SUCCESS)
		return;
	expect_value("x1", value_of(FRESH), answer[1]);
	holds(ENTRY(ipa, 2, VOID, DESTROYED, 0));
}

static void destroy_ram(void)
{
	destroy_below(B_RAM, OK);
}

static void destroy_destroyed(void)
{
	if (void_destroyed_block())
		destroy_below(B_TABLE, OK);
}

static void destroy_data(void)
{
	if (scene_data_block())
		destroy_below(B_DATA, RTT(3));
}

/* One page at the start of B_TABLE. */
static void destroy_page(uint64_t ripas)
{
	verdict_setup(true);
	if (ripas == RMI_RAM)
		ranged(RTT_INIT_RIPAS, 2, value_of(RD), B_TABLE,
		       B_TABLE + GRANULE);
	expect_result("RTT_DATA_MAP", RMI_SUCCESS,
		      driven(RTT_DATA_MAP, value_of(RD), B_TABLE,
			     B_TABLE + GRANULE, RMI_OADDR_SINGLE,
			     value_of(PAGES(FRESH, 1))));
	verdict_setup(false);
	call_subject();
	expect_result("x0", RTT(3),
		      driven(RTT_DESTROY, value_of(RD), B_TABLE, 3));
	expect_value("x2", B_TABLE, answer[2]);
}

/* Unmapped while it was RAM, and mapped again. */
static void destroy_page_destroyed(void)
{
	verdict_setup(true);
	ranged(RTT_INIT_RIPAS, 2, value_of(RD), B_TABLE, B_TABLE + GRANULE);
	driven(RTT_DATA_MAP, value_of(RD), B_TABLE, B_TABLE + GRANULE,
	       RMI_OADDR_SINGLE, value_of(PAGES(FRESH, 1)));
	driven(RTT_DATA_UNMAP, value_of(RD), B_TABLE, B_TABLE + GRANULE,
	       RMI_OADDR_NONE);
	holds(ENTRY(B_TABLE, 3, VOID, DESTROYED, 0));
	destroy_page(RMI_EMPTY);
}

static void destroy_page_empty(void)
{
	destroy_page(RMI_EMPTY);
}

static void destroy_page_ram(void)
{
	destroy_page(RMI_RAM);
}

static const struct story destroy_stories[] = {
	{ "below are VOID/RAM entries: DESTROYED", "6.4", .tell = destroy_ram },
	{ "below are VOID/DESTROYED entries: DESTROYED", "6.4",
	  .tell = destroy_destroyed },
	{ "below are DATA entries only: refused", "6.4",
	  .tell = destroy_data },
	{ "below is one DATA/EMPTY entry: refused", "6.4",
	  .tell = destroy_page_empty },
	{ "below is one DATA/RAM entry: refused", "6.4",
	  .tell = destroy_page_ram },
	{ "below is one DATA/DESTROYED entry: refused", "6.4",
	  .tell = destroy_page_destroyed },
};

const struct table rtt_destroy_table = {
	.name = "RTT_DESTROY", .section = "5.4", .scene = SCENE_RECS,
	.fid = SMC_RMI_RTT_DESTROY, .x = { RD, B_TABLE, 3 },
	DEVIATIONS(destroy_deviations), EFFECTS(destroy_effects),
	STORIES(destroy_stories),
};

/* ---- RMI_RTT_READ_ENTRY -------------------------------------------------- */

static const struct deviation read_deviations[] = {
	RD_DEVIATIONS(1),
	{ 2, CHECK_OBJECT, "the level is above the root", { X(3, 0) },
	  .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "the level is 4", { X(3, 4) },
	  .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "the level is -1", { X(3, ALL_ONES) },
	  .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "the IPA is not aligned to a granule",
	  { X(2, P_CODE + HALF) }, .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "the IPA is not aligned to the level",
	  { X(2, P_VOID_RAM), X(3, 2) }, .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "the IPA is behind the IPA space",
	  { X(2, IPA_END) }, .want = ERR(INPUT) },
};

#define READS(what, ipa, level, at, state, desc, ripas) \
	{ what, .x = { RD, ipa, level }, .want = OK, \
	  .out = { { 1, at }, { 2, RMI_##state }, { 3, desc }, \
		   { 4, RMI_##ripas } } }

static const struct effect read_effects[] = {
	READS("VOID/EMPTY", P_VOID_EMPTY, 3, 3, VOID, 0, EMPTY),
	READS("VOID/RAM", P_VOID_RAM, 3, 3, VOID, 0, RAM),
	READS("VOID/DESTROYED", P_VOID_DESTROYED, 3, 3, VOID, 0, DESTROYED),
	READS("DATA/EMPTY", P_DATA_EMPTY, 3, 3, DATA, DATA_EMPTY, EMPTY),
	READS("DATA/RAM", P_DATA_RAM, 3, 3, DATA, DATA_RAM, RAM),
	READS("DATA/DESTROYED", P_DATA_DESTROYED, 3, 3, DATA, DATA_DESTROYED,
	      DESTROYED),
	READS("a table", B_TABLE, 2, 2, TABLE, EMPTY_TABLE, EMPTY),
	READS("an entry above the one that was asked for", B_RAM, 3, 2, VOID,
	      0, RAM),
	READS("an entry of the root", G_VOID, 3, 1, VOID, 0, EMPTY),
	READS("UNMAPPED_NS", U_FREE, 3, 3, VOID, 0, EMPTY),
	{ "MAPPED_NS", .x = { RD, U_BOX, 3 }, .want = OK,
	  .out = { { 1, 3 }, { 2, RMI_DATA }, { 4, RMI_EMPTY } },
	  .after = { ENTRY(U_BOX, 3, DATA, EMPTY, BOX) } },
	{ "in SYSTEM_OFF", "6.2", .scene = SCENE_OFF,
	  .x = { RD, P_DATA_RAM, 3 }, .want = OK,
	  .out = { { 1, 3 }, { 2, RMI_DATA }, { 3, DATA_RAM },
		   { 4, RMI_RAM } } },
	{ "in ZOMBIE", "6.2", .scene = SCENE_ZOMBIE,
	  .x = { RD, P_DATA_RAM, 3 }, .want = OK,
	  .out = { { 1, 3 }, { 2, RMI_DATA }, { 3, DATA_RAM },
		   { 4, RMI_RAM } } },
};

const struct table rtt_read_entry_table = {
	.name = "RTT_READ_ENTRY", .section = "5.4", .scene = SCENE_RECS,
	.fid = SMC_RMI_RTT_READ_ENTRY, .x = { RD, P_DATA_RAM, 3 },
	DEVIATIONS(read_deviations), EFFECTS(read_effects),
};
