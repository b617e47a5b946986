/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_DATA_UNMAP.
 */
#include "tests/suite/rmi/lists.h"
#include "tests/suite/rmi/tables.h"

#define RANGE(ipa, count) RD, ipa, (ipa) + (count) * GRANULE
#define SINGLE RMI_OADDR_SINGLE
#define NONE RMI_OADDR_NONE

static const struct deviation deviations[] = {
	RD_DEVIATIONS(2),
	{ 3, CHECK_OTHER, "base is not aligned", { X(2, P_DATA_RAM + HALF) },
	  .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "top is not aligned",
	  { X(3, P_DATA_DESTROYED + HALF) }, .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "the range is empty", { X(3, P_DATA_RAM) },
	  .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "top is below base", { X(3, P_CODE) },
	  .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "the range is unprotected",
	  { X(2, U_BOX), X(3, U_BOX + GRANULE) }, .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "the range ends behind the protected half",
	  { X(3, PAR_END + GRANULE) }, .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "the range ends behind the IPA space",
	  { X(3, IPA_END + GRANULE) }, .want = ERR(INPUT) },
	{ 4, CHECK_OTHER, "a list address without a list", { X(5, LIST_PAGE) },
	  .want = ERR(INPUT) },
	{ 4, CHECK_OTHER, "a list length without a list",
	  { X(4, SINGLE | 1 << 2) }, .want = ERR(INPUT) },
	LIST_DEVIATIONS(4, 0),
	{ 6, CHECK_WALK, "the block at base passes top",
	  { X(2, B_RAM), X(3, B_RAM + GRANULE) }, .want = RTT(2) },
	{ 5, CHECK_WALK, "base is inside a block",
	  { X(2, B_RAM + GRANULE), X(3, B_RAM + 2 * GRANULE) },
	  .want = RTT(2) },
	{ 6, CHECK_WALK, "the entry of the root passes top",
	  { X(2, G_VOID), X(3, G_VOID + BLOCK) }, .want = RTT(1) },
};

#define UNMAPS(what, ipa, ripas_after, pa) \
	{ what, "5.6, 6.4", .x = { RANGE(ipa, 1), SINGLE, 0 }, .want = OK, \
	  .out = { { 1, (ipa) + GRANULE }, { 2, PAGES(pa, 1) } }, \
	  .after = { ENTRY(ipa, 3, VOID, ripas_after, 0), \
		     GRANULE_IS(pa, DELEGATED) } }

/* Where sources differ: an entry with nothing in it is no error for all. */
#define SKIPS(what, ipa, ripas_after) \
	{ what, "6.4, 10.13", .x = { RANGE(ipa, 1), SINGLE, 0 }, \
	  .want = OK, .also = RTT(3), \
	  .after = { ENTRY(ipa, 3, VOID, ripas_after, 0) } }

static bool first_page_of_block(void)
{
	return expect("x1 names no progress", !answer[1]);
}

static bool written_1(void)
{
	return expect_value("the list", value_of(PAGES(DATA_EMPTY, 1)),
			    list_get(0));
}

static bool contiguous_two(void)
{
	return expect_result("RTT_DATA_MAP", RMI_SUCCESS,
			     ranged(RTT_DATA_MAP, 2, value_of(RD), P_EMPTY2,
				    P_EMPTY2 + 2 * GRANULE, SINGLE,
				    value_of(PAGES(FRESH, 2))));
}

/* Two pages whose memory does not follow each other. */
static bool scattered_two(void)
{
	list_of(PAGES(FRESH + 4 * GRANULE, 1), PAGES(FRESH, 1));
	return expect_result("RTT_DATA_MAP", RMI_SUCCESS,
			     ranged(RTT_DATA_MAP, 2, value_of(RD), P_EMPTY2,
				    P_EMPTY2 + 2 * GRANULE, LIST_OF(2),
				    value_of(LIST_PAGE))) &&
	       (list_of(0, 0), true);
}

static bool both_written(void)
{
	return expect_value("the list",
			    value_of(PAGES(FRESH + 4 * GRANULE, 1)),
			    list_get(0)) &&
	       expect_value("the list, second", value_of(PAGES(FRESH, 1)),
			    list_get(1));
}

static bool one_written(void)
{
	return expect_value("the list",
			    value_of(PAGES(FRESH + 4 * GRANULE, 1)),
			    list_get(0)) &&
	       expect_value("behind the list", 0, list_get(1));
}

static bool progress_of_two(void)
{
	return expect("one page at least, two at most",
		      answer[1] == P_EMPTY2 + GRANULE ||
			      answer[1] == P_EMPTY2 + 2 * GRANULE);
}

static bool contiguous_two_and_irq(void)
{
	return contiguous_two() && irq_is_pending();
}

static bool block_and_irq(void)
{
	return scene_data_block() && irq_is_pending();
}

static const struct effect effects[] = {
	UNMAPS("DATA/EMPTY to VOID/EMPTY", P_DATA_EMPTY, EMPTY, DATA_EMPTY),
	UNMAPS("DATA/RAM to VOID/DESTROYED", P_DATA_RAM, DESTROYED, DATA_RAM),
	UNMAPS("DATA/DESTROYED to VOID/DESTROYED", P_DATA_DESTROYED,
	       DESTROYED, DATA_DESTROYED),
	SKIPS("VOID/EMPTY is skipped", P_VOID_EMPTY, EMPTY),
	SKIPS("VOID/RAM is skipped", P_VOID_RAM, RAM),
	SKIPS("VOID/DESTROYED is skipped", P_VOID_DESTROYED, DESTROYED),
	{ "what is skipped is progress", "10.13", true,
	  .x = { RANGE(P_VOID_EMPTY, 3), SINGLE, 0 }, .want = OK,
	  .out = { { 1, P_DATA_EMPTY }, { 2, 0 }, { 3, 0 } } },
	{ "no descriptor is asked for", .x = { RANGE(P_DATA_RAM, 1), NONE, 0 },
	  .want = OK, .out = { { 1, P_DATA_DESTROYED } },
	  .after = { ENTRY(P_DATA_RAM, 3, VOID, DESTROYED, 0),
		     GRANULE_IS(DATA_RAM, DELEGATED) } },
	{ "into a list", .x = { RANGE(P_DATA_EMPTY, 1), LIST_OF(1),
				LIST_PAGE },
	  .want = OK, .out = { { 1, P_DATA_RAM }, { 3, 1 } },
	  .check = written_1,
	  .after = { ENTRY(P_DATA_EMPTY, 3, VOID, EMPTY, 0) } },
	{ "two pages that follow each other are one descriptor",
	  .strict = true, .twist = contiguous_two,
	  .x = { RANGE(P_EMPTY2, 2), SINGLE, 0 }, .want = OK,
	  .out = { { 1, P_EMPTY2 + 2 * GRANULE }, { 2, PAGES(FRESH, 2) } },
	  .after = { GRANULE_IS(FRESH, DELEGATED),
		     GRANULE_IS(FRESH + GRANULE, DELEGATED) } },
	{ "one descriptor stops where memory jumps", .twist = scattered_two,
	  .x = { RANGE(P_EMPTY2, 2), SINGLE, 0 }, .want = OK,
	  .out = { { 1, P_EMPTY2 + GRANULE },
		   { 2, PAGES(FRESH + 4 * GRANULE, 1) } },
	  .after = { ENTRY(P_EMPTY2, 3, VOID, EMPTY, 0),
		     ENTRY(P_EMPTY2 + GRANULE, 3, DATA, EMPTY, FRESH),
		     GRANULE_IS(FRESH, USED) } },
	{ "a list takes jumps", .strict = true, .twist = scattered_two,
	  .x = { RANGE(P_EMPTY2, 2), LIST_OF(2), LIST_PAGE }, .want = OK,
	  .out = { { 1, P_EMPTY2 + 2 * GRANULE }, { 3, 2 } },
	  .check = both_written,
	  .after = { GRANULE_IS(FRESH, DELEGATED) } },
	{ "a full list stops it", .twist = scattered_two,
	  .x = { RANGE(P_EMPTY2, 2), LIST_OF(1), LIST_PAGE }, .want = OK,
	  .out = { { 1, P_EMPTY2 + GRANULE }, { 3, 1 } },
	  .check = one_written,
	  .after = { ENTRY(P_EMPTY2, 3, VOID, EMPTY, 0),
		     ENTRY(P_EMPTY2 + GRANULE, 3, DATA, EMPTY, FRESH) } },
	{ "a block", .twist = scene_data_block,
	  .x = { RD, B_DATA, B_DATA + BLOCK, SINGLE, 0 }, .want = OK,
	  .out = { { 1, B_DATA + BLOCK }, { 2, BLOCKS(BLOCK_PA, 1) } },
	  .after = { ENTRY(B_DATA, 2, VOID, DESTROYED, 0),
		     GRANULE_IS(BLOCK_PA, DELEGATED),
		     GRANULE_IS(BLOCK_PA + BLOCK - GRANULE, DELEGATED) } },
	{ "a DATA/EMPTY block to VOID/EMPTY", "5.6, 6.4",
	  .twist = scene_empty_block,
	  .x = { RD, B_DATA, B_DATA + BLOCK, SINGLE, 0 }, .want = OK,
	  .out = { { 1, B_DATA + BLOCK }, { 2, BLOCKS(BLOCK_PA, 1) } },
	  .after = { ENTRY(B_DATA, 2, VOID, EMPTY, 0),
		     GRANULE_IS(BLOCK_PA, DELEGATED) } },
	{ "a DATA/DESTROYED block to VOID/DESTROYED", "5.6, 6.4",
	  .twist = scene_destroyed_block,
	  .x = { RD, B_RAM, B_RAM + BLOCK, SINGLE, 0 }, .want = OK,
	  .out = { { 1, B_RAM + BLOCK }, { 2, BLOCKS(BLOCK_PA, 1) } },
	  .after = { ENTRY(B_RAM, 2, VOID, DESTROYED, 0),
		     GRANULE_IS(BLOCK_PA, DELEGATED) } },
	{ "a block and an interrupt", "5.6, 5.9", .twist = block_and_irq,
	  .x = { RD, B_DATA, B_DATA + BLOCK, SINGLE, 0 }, .want = OK,
	  .out = { { 1, B_DATA + BLOCK }, { 2, BLOCKS(BLOCK_PA, 1) } },
	  .strict = true,
	  .after = { ENTRY(B_DATA, 2, VOID, DESTROYED, 0),
		     GRANULE_IS(BLOCK_PA, DELEGATED),
		     GRANULE_IS(BLOCK_PA + BLOCK - GRANULE, DELEGATED) } },
	{ "a page inside a block", .twist = scene_data_block,
	  .x = { RANGE(B_DATA + GRANULE, 1), SINGLE, 0 }, .want = RTT(2),
	  .check = first_page_of_block,
	  .after = { ENTRY(B_DATA, 2, DATA, RAM, BLOCK_PA) } },
	{ "the first page of a block", .twist = scene_data_block,
	  .x = { RANGE(B_DATA, 1), SINGLE, 0 }, .want = RTT(2),
	  .check = first_page_of_block,
	  .after = { ENTRY(B_DATA, 2, DATA, RAM, BLOCK_PA) } },
	{ "the end of the table ends it",
	  .x = { RD, P_BUFFER, B_VOID + BLOCK, NONE, 0 }, .want = OK,
	  .out = { { 1, B_VOID } },
	  .after = { GRANULE_IS(BUFFER, DELEGATED),
		     ENTRY(B_VOID, 2, VOID, EMPTY, 0) } },
	{ "an interrupt leaves progress", .strict = true,
	  .twist = contiguous_two_and_irq,
	  .x = { RANGE(P_EMPTY2, 2), SINGLE, 0 }, .want = OK,
	  .check = progress_of_two,
	  .after = { GRANULE_IS(FRESH, DELEGATED) } },
	{ "in ACTIVE", "6.2", .scene = SCENE_ACTIVE,
	  .x = { RANGE(P_DATA_RAM, 1), SINGLE, 0 }, .want = OK,
	  .out = { { 1, P_DATA_DESTROYED } },
	  .after = { GRANULE_IS(DATA_RAM, DELEGATED) } },
	{ "in SYSTEM_OFF", "10.13", true, .scene = SCENE_OFF,
	  .x = { RANGE(P_DATA_RAM, 1), SINGLE, 0 }, .want = OK,
	  .out = { { 1, P_DATA_DESTROYED } },
	  .after = { GRANULE_IS(DATA_RAM, DELEGATED) } },
	{ "in ZOMBIE", "10.13", true, .scene = SCENE_ZOMBIE,
	  .x = { RANGE(P_DATA_RAM, 1), SINGLE, 0 }, .want = OK,
	  .out = { { 1, P_DATA_DESTROYED } },
	  .after = { GRANULE_IS(DATA_RAM, DELEGATED) } },
};

const struct table rtt_data_unmap_table = {
	.name = "RTT_DATA_UNMAP", .section = "5.6", .scene = SCENE_RECS,
	.fid = SMC_RMI_RTT_DATA_UNMAP,
	.x = { RD, P_DATA_RAM, P_DATA_RAM + GRANULE, NONE, 0 },
	DEVIATIONS(deviations), EFFECTS(effects),
};
