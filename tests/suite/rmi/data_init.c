/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the host does to the memory of a realm that is NEW: RTT_INIT_RIPAS and
 * RTT_DATA_MAP_INIT.
 */
#include <string.h>

#include "tests/suite/rmi/tables.h"

/* ---- RMI_RTT_INIT_RIPAS -------------------------------------------------- */

static const struct deviation ripas_deviations[] = {
	{ 1, CHECK_OTHER, "the range is empty", { X(3, P_VOID_EMPTY) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "top is below base", { X(3, P_CODE) },
	  .want = ERR(INPUT) },
	RD_DEVIATIONS(2),
	{ 3, CHECK_OTHER, "base is not aligned", { X(2, P_VOID_EMPTY + HALF) },
	  .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "top is not aligned", { X(3, P_VOID_RAM + HALF) },
	  .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "the range is unprotected",
	  { X(2, U_FREE), X(3, U_FREE + GRANULE) }, .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "the range ends behind the protected half",
	  { X(3, PAR_END + GRANULE) }, .want = ERR(INPUT) },
	{ 4, CHECK_ATTRIBUTE, "the realm is ACTIVE", .twist = scene_activate,
	  .want = ERR(REALM) },
	{ 4, CHECK_ATTRIBUTE, "the realm is a ZOMBIE",
	  .twist = scene_terminate, .want = ERR(REALM) },
	{ 5, CHECK_WALK, "base is inside a block",
	  { X(2, B_VOID + GRANULE), X(3, B_VOID + 2 * GRANULE) },
	  .want = RTT(2) },
	{ 6, CHECK_WALK, "the block at base passes top",
	  { X(2, B_VOID), X(3, B_VOID + GRANULE) }, .want = RTT(2) },
	{ 6, CHECK_WALK, "the entry of the root passes top",
	  { X(2, G_VOID), X(3, G_VOID + BLOCK) }, .want = RTT(1) },
	{ 6, CHECK_WALK, "the entry at base is VOID/DESTROYED",
	  { X(2, P_VOID_DESTROYED), X(3, P_DATA_EMPTY) }, .want = RTT(3) },
	{ 6, CHECK_WALK, "the entry at base is DATA/DESTROYED",
	  { X(2, P_DATA_DESTROYED), X(3, P_BUFFER) }, .want = RTT(3) },
};

#define INIT(what, base, top, end, ...) \
	{ what, "5.5, 6.4", .x = { RD, base, top }, .want = OK, \
	  .out = { { 1, end } }, .after = { __VA_ARGS__ } }

/* What the block is that @before puts there, and what it becomes. */
#define INIT_BLOCK(what, before, ipa, status, ripas_after) \
	{ what, "5.5, 6.4", .twist = before, .x = { RD, ipa, (ipa) + BLOCK }, \
	  .want = status, \
	  .after = { ENTRY(ipa, 2, DATA, ripas_after, BLOCK_PA) } }

static const struct effect ripas_effects[] = {
	INIT("VOID/EMPTY to VOID/RAM", P_VOID_EMPTY, P_VOID_RAM, P_VOID_RAM,
	     ENTRY(P_VOID_EMPTY, 3, VOID, RAM, 0)),
	INIT("VOID/RAM is kept", P_VOID_RAM, P_VOID_DESTROYED,
	     P_VOID_DESTROYED, ENTRY(P_VOID_RAM, 3, VOID, RAM, 0)),
	INIT("DATA/EMPTY to DATA/RAM", P_DATA_EMPTY, P_DATA_RAM, P_DATA_RAM,
	     ENTRY(P_DATA_EMPTY, 3, DATA, RAM, DATA_EMPTY)),
	INIT("DATA/RAM is kept", P_DATA_RAM, P_DATA_DESTROYED,
	     P_DATA_DESTROYED, ENTRY(P_DATA_RAM, 3, DATA, RAM, DATA_RAM)),
	INIT("stops at DESTROYED", P_VOID_EMPTY, P_DATA_RAM, P_VOID_DESTROYED,
	     ENTRY(P_VOID_EMPTY, 3, VOID, RAM, 0),
	     ENTRY(P_VOID_DESTROYED, 3, VOID, DESTROYED, 0),
	     ENTRY(P_DATA_EMPTY, 3, DATA, EMPTY, DATA_EMPTY)),
	INIT("a block", B_VOID, B_RAM, B_RAM,
	     ENTRY(B_VOID, 2, VOID, RAM, 0)),
	INIT_BLOCK("a DATA/EMPTY block to RAM", scene_empty_block, B_DATA, OK,
		   RAM),
	INIT_BLOCK("a DATA/RAM block is kept", scene_ram_block, B_RAM, OK,
		   RAM),
	INIT_BLOCK("stops at a DATA/DESTROYED block", scene_destroyed_block,
		   B_RAM, RTT(2), DESTROYED),
	INIT("blocks up to a table", B_VOID, B_DATA, B_TABLE,
	     ENTRY(B_VOID, 2, VOID, RAM, 0),
	     ENTRY(B_TABLE, 3, VOID, EMPTY, 0)),
	INIT("the end of the table", P_EMPTY2, B_RAM, B_VOID,
	     ENTRY(P_EMPTY2, 3, VOID, RAM, 0),
	     ENTRY(B_VOID - GRANULE, 3, VOID, RAM, 0),
	     ENTRY(B_VOID, 2, VOID, EMPTY, 0)),
	INIT("an entry of the root", G_VOID, G_VOID + ROOT_ENTRY,
	     G_VOID + ROOT_ENTRY,
	     ENTRY(G_VOID, 1, VOID, RAM, 0)),
	INIT("to the end of the protected half", PAR_END - ROOT_ENTRY, PAR_END,
	     PAR_END, ENTRY(PAR_END - ROOT_ENTRY, 1, VOID, RAM, 0)),
	{ "refused in SYSTEM_OFF", "6.2", .scene = SCENE_OFF,
	  .x = { RD, P_VOID_EMPTY, P_VOID_RAM }, .want = ERR(REALM),
	  .after = { ENTRY(P_VOID_EMPTY, 3, VOID, EMPTY, 0) } },
};

const struct table rtt_init_ripas_table = {
	.name = "RTT_INIT_RIPAS", .section = "5.5", .scene = SCENE_RECS,
	.fid = SMC_RMI_RTT_INIT_RIPAS, .x = { RD, P_VOID_EMPTY, P_VOID_RAM },
	DEVIATIONS(ripas_deviations), EFFECTS(ripas_effects),
};

/* ---- RMI_RTT_DATA_MAP_INIT ----------------------------------------------- */

static const struct deviation data_deviations[] = {
	{ 1, CHECK_OTHER, "flags 2", { X(5, 2) }, .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "flags 1 and a high bit", { X(5, 1ull << 32 | 1) },
	  .want = ERR(INPUT) },
	{ 3, CHECK_OBJECT, "the source is not aligned", { X(4, SRC + HALF) },
	  .want = ERR(INPUT) },
	{ 3, CHECK_OBJECT, "the source is where no memory is",
	  { X(4, NO_RAM) }, .want = ERR(INPUT) },
	{ 3, CHECK_OBJECT, "the source is delegated",
	  { X(4, FRESH + GRANULE) }, .want = ERR(INPUT) },
	RD_DEVIATIONS(4),
	{ 5, CHECK_ATTRIBUTE, "the realm is ACTIVE", .twist = scene_activate,
	  .want = ERR(REALM) },
	{ 5, CHECK_ATTRIBUTE, "the realm is a ZOMBIE",
	  .twist = scene_terminate, .want = ERR(REALM) },
	{ 6, CHECK_OTHER, "the IPA is not aligned",
	  { X(3, P_VOID_EMPTY + HALF) }, .want = ERR(INPUT) },
	{ 6, CHECK_OTHER, "the IPA is unprotected", { X(3, U_FREE) },
	  .want = ERR(INPUT) },
	{ 6, CHECK_OTHER, "the IPA is behind the IPA space",
	  { X(3, IPA_END) }, .want = ERR(INPUT) },
	{ 8, CHECK_WALK, "there is no table of level 3", { X(3, B_VOID) },
	  .want = RTT(2) },
	{ 8, CHECK_WALK, "there is no table of level 2", { X(3, G_VOID) },
	  .want = RTT(1) },
	{ 9, CHECK_WALK, "the entry is DATA/EMPTY", { X(3, P_DATA_EMPTY) },
	  .want = RTT(3) },
	{ 9, CHECK_WALK, "the entry is DATA/RAM", { X(3, P_DATA_RAM) },
	  .want = RTT(3) },
	{ 9, CHECK_WALK, "the entry is DATA/DESTROYED",
	  { X(3, P_DATA_DESTROYED) }, .want = RTT(3) },
	GRANULE_DEVIATIONS(11, 2, "data"),
};

#define FILLS(what, ipa) \
	{ what, "5.6, 6.4", .x = { RD, FRESH, ipa, SRC, 0 }, .want = OK, \
	  .after = { ENTRY(ipa, 3, DATA, RAM, FRESH), \
		     GRANULE_IS(FRESH, USED) } }

static const struct effect data_effects[] = {
	FILLS("VOID/EMPTY to DATA/RAM", P_VOID_EMPTY),
	FILLS("VOID/RAM to DATA/RAM", P_VOID_RAM),
	FILLS("VOID/DESTROYED to DATA/RAM", P_VOID_DESTROYED),
	{ "measured", .x = { RD, FRESH, P_VOID_EMPTY, SRC, 1 }, .want = OK,
	  .after = { ENTRY(P_VOID_EMPTY, 3, DATA, RAM, FRESH) } },
	{ "refused in SYSTEM_OFF", "6.2", .scene = SCENE_OFF,
	  .x = { RD, FRESH, P_VOID_EMPTY, SRC, 0 }, .want = ERR(REALM),
	  .after = { ENTRY(P_VOID_EMPTY, 3, VOID, EMPTY, 0),
		     GRANULE_IS(FRESH, DELEGATED) } },
};

/* The source is read, and stays the host's. */
static void source_stays(void)
{
	uint8_t *src = port->memory(value_of(SRC));

	memset(src, 0x5a, GRANULE);
	call_subject();
	expect_result("x0", RMI_SUCCESS,
		      driven(RTT_DATA_MAP_INIT, value_of(RD), value_of(FRESH),
			     P_VOID_EMPTY, value_of(SRC), 0));
	holds(ENTRY(P_VOID_EMPTY, 3, DATA, RAM, FRESH));
	expect("the source is as it was",
	       src[0] == 0x5a && src[GRANULE - 1] == 0x5a);
	expect_value("state of the source", IS_NS,
		     world_granule(value_of(SRC)));
}

static const struct story data_stories[] = {
	{ "the source stays the host's", .tell = source_stays },
};

const struct table rtt_data_map_init_table = {
	.name = "RTT_DATA_MAP_INIT", .section = "5.6", .scene = SCENE_RECS,
	.fid = SMC_RMI_RTT_DATA_MAP_INIT,
	.x = { RD, FRESH, P_VOID_EMPTY, SRC, 0 },
	DEVIATIONS(data_deviations), EFFECTS(data_effects),
	STORIES(data_stories),
};
