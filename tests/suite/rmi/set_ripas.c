/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_SET_RIPAS: the host grants what the realm has asked for.
 */
#include "abi/rsi_smc.h"
#include "tests/suite/rmi/tables.h"

static bool page_is_asked_for(void)
{
	return realm_asks(&(const struct request){ P_VOID_EMPTY, P_VOID_RAM,
						   RMI_RAM, 0 });
}

static const struct deviation deviations[] = {
	{ 1, CHECK_OTHER, "the range is empty", { X(4, P_VOID_EMPTY) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "top is below base", { X(4, P_CODE) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OTHER, "top is not aligned", { X(4, P_VOID_EMPTY + HALF) },
	  .want = ERR(INPUT) },
	RD_DEVIATIONS(2),
	{ 2, CHECK_OBJECT, "rec is not aligned", { X(2, REC + HALF) },
	  .want = ERR(INPUT), .alone = true },
	{ 2, CHECK_OBJECT, "rec is Non-secure", { X(2, NS) },
	  .want = ERR(INPUT), .alone = true },
	{ 2, CHECK_OBJECT, "rec is DELEGATED", { X(2, FRESH) },
	  .want = ERR(INPUT), .alone = true },
	{ 2, CHECK_OBJECT, "rec is the realm descriptor", { X(2, RD) },
	  .want = ERR(INPUT), .alone = true },
	{ 4, CHECK_ATTRIBUTE, "rec is another realm's", { X(2, OTHER_REC) },
	  .twist = scene_other, .want = ERR(REC) },
	{ 5, CHECK_OTHER, "base is not where the request is",
	  { X(3, P_CODE) }, .want = ERR(INPUT) },
	{ 5, CHECK_OTHER, "base is behind the request",
	  { X(3, P_VOID_RAM), X(4, P_VOID_DESTROYED) }, .want = ERR(INPUT) },
	{ 5, CHECK_OTHER, "top is behind the request",
	  { X(4, P_VOID_DESTROYED) }, .want = ERR(INPUT) },
	{ 5, CHECK_OTHER, "this REC has not asked", { X(2, REC2) },
	  .want = ERR(INPUT) },
};

#define ASK(base, top, to, flags) \
	.request = { base, top, RMI_##to, flags }
#define CELL(what, ipa, to, flags, state, ripas_after, pa) \
	{ what, "5.5, 6.4", ASK(ipa, (ipa) + GRANULE, to, flags), \
	  .x = { RD, REC, ipa, (ipa) + GRANULE }, .want = OK, \
	  .out = { { 1, (ipa) + GRANULE } }, \
	  .after = { ENTRY(ipa, 3, state, ripas_after, pa) } }
#define STOPS(what, ipa, state, pa) \
	{ what, "5.5, 6.4", ASK(ipa, (ipa) + GRANULE, RAM, 0), \
	  .x = { RD, REC, ipa, (ipa) + GRANULE }, .want = RTT(3), \
	  .after = { ENTRY(ipa, 3, state, DESTROYED, pa) } }
#define BLOCK_CELL(what, before, ipa, to, flags, status, ripas_after) \
	{ what, "5.5, 6.4", .twist = before, \
	  ASK(ipa, (ipa) + BLOCK, to, flags), \
	  .x = { RD, REC, ipa, (ipa) + BLOCK }, .want = status, \
	  .after = { ENTRY(ipa, 2, DATA, ripas_after, BLOCK_PA) } }
#define ALLOWED RSI_CHANGE_DESTROYED

/* The request goes on where the last call has stopped. */
static bool goes_on(void)
{
	if (!expect_result("the same again", RMI_ERROR_INPUT,
			   rmi(RTT_SET_RIPAS, value_of(RD), value_of(REC),
			       P_EMPTY2, P_EMPTY2 + GRANULE)))
		return false;
	return expect_result("the rest", RMI_SUCCESS,
			     driven(RTT_SET_RIPAS, value_of(RD),
				    value_of(REC), P_EMPTY2 + GRANULE,
				    P_EMPTY2 + 2 * GRANULE));
}

static const struct effect effects[] = {
	CELL("VOID/EMPTY to RAM", P_VOID_EMPTY, RAM, 0, VOID, RAM, 0),
	CELL("VOID/RAM to RAM", P_VOID_RAM, RAM, 0, VOID, RAM, 0),
	CELL("VOID/DESTROYED to RAM, as allowed", P_VOID_DESTROYED, RAM,
	     ALLOWED, VOID, RAM, 0),
	STOPS("VOID/DESTROYED to RAM, not allowed", P_VOID_DESTROYED, VOID,
	      0),
	CELL("DATA/EMPTY to RAM", P_DATA_EMPTY, RAM, 0, DATA, RAM,
	     DATA_EMPTY),
	CELL("DATA/RAM to RAM", P_DATA_RAM, RAM, 0, DATA, RAM, DATA_RAM),
	CELL("DATA/DESTROYED to RAM, as allowed", P_DATA_DESTROYED, RAM,
	     ALLOWED, DATA, RAM, DATA_DESTROYED),
	STOPS("DATA/DESTROYED to RAM, not allowed", P_DATA_DESTROYED, DATA,
	      DATA_DESTROYED),
	CELL("VOID/EMPTY to EMPTY", P_VOID_EMPTY, EMPTY, 0, VOID, EMPTY, 0),
	CELL("VOID/RAM to EMPTY", P_VOID_RAM, EMPTY, 0, VOID, EMPTY, 0),
	CELL("VOID/DESTROYED to EMPTY", P_VOID_DESTROYED, EMPTY, 0, VOID,
	     EMPTY, 0),
	CELL("DATA/EMPTY to EMPTY", P_DATA_EMPTY, EMPTY, 0, DATA, EMPTY,
	     DATA_EMPTY),
	CELL("DATA/RAM to EMPTY", P_DATA_RAM, EMPTY, 0, DATA, EMPTY,
	     DATA_RAM),
	CELL("DATA/DESTROYED to EMPTY", P_DATA_DESTROYED, EMPTY, 0, DATA,
	     EMPTY, DATA_DESTROYED),
	{ "a block", ASK(B_VOID, B_RAM, RAM, 0),
	  .x = { RD, REC, B_VOID, B_RAM }, .want = OK,
	  .out = { { 1, B_RAM } },
	  .after = { ENTRY(B_VOID, 2, VOID, RAM, 0) } },
	BLOCK_CELL("a DATA/EMPTY block to RAM", scene_empty_block, B_DATA, RAM,
		   0, OK, RAM),
	BLOCK_CELL("a DATA/RAM block to RAM", scene_ram_block, B_RAM, RAM, 0,
		   OK, RAM),
	BLOCK_CELL("a DATA/DESTROYED block to RAM, as allowed",
		   scene_destroyed_block, B_RAM, RAM, ALLOWED, OK, RAM),
	BLOCK_CELL("a DATA/DESTROYED block to RAM, not allowed",
		   scene_destroyed_block, B_RAM, RAM, 0, RTT(2), DESTROYED),
	BLOCK_CELL("a DATA/EMPTY block to EMPTY", scene_empty_block, B_DATA,
		   EMPTY, 0, OK, EMPTY),
	BLOCK_CELL("a DATA/RAM block to EMPTY", scene_ram_block, B_RAM, EMPTY,
		   0, OK, EMPTY),
	BLOCK_CELL("a DATA/DESTROYED block to EMPTY", scene_destroyed_block,
		   B_RAM, EMPTY, 0, OK, EMPTY),
	{ "an entry of the root", ASK(G_VOID, G_VOID + ROOT_ENTRY, RAM, 0),
	  .x = { RD, REC, G_VOID, G_VOID + ROOT_ENTRY }, .want = OK,
	  .out = { { 1, G_VOID + ROOT_ENTRY } },
	  .after = { ENTRY(G_VOID, 1, VOID, RAM, 0) } },
	{ "the block at base passes the end of the request",
	  ASK(B_VOID, B_VOID + GRANULE, RAM, 0),
	  .x = { RD, REC, B_VOID, B_VOID + GRANULE }, .want = RTT(2),
	  .after = { ENTRY(B_VOID, 2, VOID, EMPTY, 0) } },
	{ "base is inside a block",
	  ASK(B_VOID + GRANULE, B_VOID + 2 * GRANULE, RAM, 0),
	  .x = { RD, REC, B_VOID + GRANULE, B_VOID + 2 * GRANULE },
	  .want = RTT(2), .after = { ENTRY(B_VOID, 2, VOID, EMPTY, 0) } },
	{ "DESTROYED ends it with progress",
	  ASK(P_VOID_EMPTY, P_DATA_RAM, RAM, 0),
	  .x = { RD, REC, P_VOID_EMPTY, P_DATA_RAM }, .want = OK,
	  .out = { { 1, P_VOID_DESTROYED } },
	  .after = { ENTRY(P_VOID_EMPTY, 3, VOID, RAM, 0),
		     ENTRY(P_VOID_DESTROYED, 3, VOID, DESTROYED, 0) } },
	{ "the end of the table ends it with progress",
	  ASK(B_VOID - GRANULE, B_RAM, RAM, 0),
	  .x = { RD, REC, B_VOID - GRANULE, B_RAM }, .want = OK,
	  .out = { { 1, B_VOID } },
	  .after = { ENTRY(B_VOID, 2, VOID, EMPTY, 0) } },
	{ "a part of the request, and then the rest",
	  ASK(P_EMPTY2, P_EMPTY2 + 2 * GRANULE, RAM, 0),
	  .x = { RD, REC, P_EMPTY2, P_EMPTY2 + GRANULE }, .want = OK,
	  .out = { { 1, P_EMPTY2 + GRANULE } }, .check = goes_on,
	  .after = { ENTRY(P_EMPTY2, 3, VOID, RAM, 0),
		     ENTRY(P_EMPTY2 + GRANULE, 3, VOID, RAM, 0) } },
};

const struct table rtt_set_ripas_table = {
	.name = "RTT_SET_RIPAS", .section = "5.5", .scene = SCENE_RUN,
	.fid = SMC_RMI_RTT_SET_RIPAS,
	.x = { RD, REC, P_VOID_EMPTY, P_VOID_RAM },
	.prepare = page_is_asked_for,
	DEVIATIONS(deviations), EFFECTS(effects),
};
