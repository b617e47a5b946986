/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_DATA_MAP.
 */
#include "tests/suite/rmi/lists.h"
#include "tests/suite/rmi/tables.h"

#define ONE PAGES(FRESH, 1)
#define SINGLE RMI_OADDR_SINGLE

#define NOT_DELEGATED(what, pa) \
	{ 10, CHECK_OBJECT, "the memory is " what, { X(5, PAGES(pa, 1)) }, \
	  .want = ERR(INPUT) }

static const struct deviation deviations[] = {
	RD_DEVIATIONS(2),
	{ 3, CHECK_ATTRIBUTE, "the realm is a ZOMBIE",
	  .twist = scene_terminate, .want = ERR(REALM) },
	{ 4, CHECK_OTHER, "the range is empty", { X(3, P_VOID_RAM) },
	  .want = ERR(INPUT) },
	{ 4, CHECK_OTHER, "top is below base", { X(3, P_CODE) },
	  .want = ERR(INPUT) },
	{ 5, CHECK_OTHER, "no descriptor is given", { X(4, RMI_OADDR_NONE) },
	  .want = ERR(INPUT) },
	LIST_DEVIATIONS(5, 0),
	{ 6, CHECK_OTHER, "the descriptor says undelegated",
	  { X(5, ONE | UNDELEGATED) }, .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "the descriptor has blocks of level 0",
	  { X(5, ONE + 3) }, .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "base is not aligned", { X(2, P_VOID_RAM + HALF) },
	  .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "base is not aligned to the descriptor's blocks",
	  { X(2, B_DATA + GRANULE), X(3, B_DATA + 2 * BLOCK),
	    X(5, BLOCKS(FRESH, 1)) }, .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "top is not aligned",
	  { X(3, P_VOID_DESTROYED + HALF) }, .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "the range is unprotected",
	  { X(2, U_FREE), X(3, U_FREE + GRANULE) }, .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "the range ends behind the protected half",
	  { X(3, PAR_END + GRANULE) }, .want = ERR(INPUT) },
	{ 8, CHECK_OTHER, "the range is smaller than a block",
	  { X(2, B_DATA), X(3, B_DATA + GRANULE), X(5, BLOCKS(FRESH, 1)) },
	  .want = RTT(2) },
	{ 9, CHECK_WALK, "there is no table of level 3",
	  { X(2, B_VOID), X(3, B_VOID + GRANULE) }, .want = RTT(2) },
	{ 9, CHECK_WALK, "there is no table of level 2",
	  { X(2, G_VOID), X(3, G_VOID + GRANULE) }, .want = RTT(1) },
	{ 9, CHECK_WALK, "there is no table for a block",
	  { X(2, G_VOID), X(3, G_VOID + BLOCK), X(5, BLOCKS(FRESH, 1)) },
	  .want = RTT(1) },
	{ 10, CHECK_WALK, "the entry is DATA of another granule",
	  { X(2, P_DATA_RAM), X(3, P_DATA_RAM + GRANULE) }, .want = RTT(3) },
	{ 10, CHECK_OTHER, "the descriptor is empty", { X(5, FRESH) },
	  .want = ERR(INPUT) },
	NOT_DELEGATED("Non-secure", NS),
	NOT_DELEGATED("where no memory is", NO_RAM),
	NOT_DELEGATED("a realm descriptor", RD),
	NOT_DELEGATED("a root table", ROOT),
	NOT_DELEGATED("a table", TABLE),
	NOT_DELEGATED("DATA", DATA_RAM),
	NOT_DELEGATED("a REC", REC),
};

/* ---- One page: HIPAS and RIPAS ------------------------------------------- */

#define MAPS(what, ipa, ripas_after) \
	{ what, "5.6, 6.4", .x = { RD, ipa, (ipa) + GRANULE, SINGLE, ONE }, \
	  .want = OK, .out = { { 1, (ipa) + GRANULE } }, \
	  .after = { ENTRY(ipa, 3, DATA, ripas_after, FRESH), \
		     GRANULE_IS(FRESH, USED) } }
#define OCCUPIED(what, ipa, ripas_after, pa) \
	{ what, "5.6, 6.4", .x = { RD, ipa, (ipa) + GRANULE, SINGLE, ONE }, \
	  .want = RTT(3), \
	  .after = { ENTRY(ipa, 3, DATA, ripas_after, pa), \
		     GRANULE_IS(FRESH, DELEGATED) } }
#define AGAIN(what, ipa, ripas_after, pa) \
	{ what, "5.6, 6.4", \
	  .x = { RD, ipa, (ipa) + GRANULE, SINGLE, PAGES(pa, 1) }, \
	  .want = OK, .out = { { 1, (ipa) + GRANULE } }, \
	  .after = { ENTRY(ipa, 3, DATA, ripas_after, pa) } }

/* ---- Blocks and ranges --------------------------------------------------- */

#define RANGE(ipa, count) RD, ipa, (ipa) + (count) * GRANULE

static bool list_of_two(void)
{
	list_of(PAGES(FRESH + 4 * GRANULE, 1), PAGES(FRESH, 1));
	return true;
}

static bool list_with_gap(void)
{
	list_of(PAGES(FRESH, 1), PAGES(FRESH + GRANULE, 0),
		PAGES(FRESH + 2 * GRANULE, 1));
	return true;
}

static bool list_good_then_ns(void)
{
	list_of(PAGES(FRESH, 1), PAGES(NS, 1));
	return true;
}

/* The granule is good, and the descriptor says that it is not. */
static bool list_good_then_undelegated(void)
{
	list_of(PAGES(FRESH, 1), PAGES(FRESH + GRANULE, 1) | UNDELEGATED);
	return true;
}

/* Two that follow each other, so that nothing but top ends it. */
static bool two_blocks(void)
{
	if (!scene_block())
		return false;
	if (pool_left() < BLOCK / GRANULE) {
		verdict_skip("not enough RAM for a second block");
		return false;
	}
	return pool_take_delegated(BLOCK / GRANULE, GRANULE);
}

static bool root_has_none(void)
{
	if (BLOCK_LEVEL_FIRST <= LEVEL_START)
		verdict_skip("these granules have blocks of level 1");
	return !verdict.skipped;
}

static bool list_page_then_block(void)
{
	list_of(PAGES(FRESH, 1), BLOCKS(FRESH, 1));
	return true;
}

/* The last word of the page, and the next behind it, which is the host's. */
static bool list_at_end(void)
{
	uint64_t *list = port->memory(value_of(LIST_PAGE));

	list[WORDS - 1] = value_of(PAGES(FRESH, 1));
	return true;
}

static bool block_and_irq(void)
{
	return scene_block() && irq_is_pending();
}

static bool block_with_hole(void)
{
	return scene_block() &&
	       expect_result("GRANULE_RANGE_UNDELEGATE", RMI_SUCCESS,
			     rmi(GRANULE_RANGE_UNDELEGATE,
				 value_of(BLOCK_PA + 9 * GRANULE),
				 value_of(BLOCK_PA + 10 * GRANULE)));
}

static bool progress_of_two(void)
{
	return expect("one page at least, two at most",
		      answer[1] == P_EMPTY2 + GRANULE ||
			      answer[1] == P_EMPTY2 + 2 * GRANULE);
}

static const struct effect effects[] = {
	MAPS("VOID/EMPTY to DATA/EMPTY", P_VOID_EMPTY, EMPTY),
	MAPS("VOID/RAM to DATA/RAM", P_VOID_RAM, RAM),
	MAPS("VOID/DESTROYED to DATA/DESTROYED", P_VOID_DESTROYED, DESTROYED),
	OCCUPIED("DATA/EMPTY is occupied", P_DATA_EMPTY, EMPTY, DATA_EMPTY),
	OCCUPIED("DATA/RAM is occupied", P_DATA_RAM, RAM, DATA_RAM),
	OCCUPIED("DATA/DESTROYED is occupied", P_DATA_DESTROYED, DESTROYED,
		 DATA_DESTROYED),
	AGAIN("DATA/EMPTY, the same granule again", P_DATA_EMPTY, EMPTY,
	      DATA_EMPTY),
	AGAIN("DATA/RAM, the same granule again", P_DATA_RAM, RAM, DATA_RAM),
	AGAIN("DATA/DESTROYED, the same granule again", P_DATA_DESTROYED,
	      DESTROYED, DATA_DESTROYED),
	{ "a descriptor of two pages",
	  .x = { RANGE(P_EMPTY2, 2), SINGLE, PAGES(FRESH, 2) }, .want = OK,
	  .check = progress_of_two,
	  .after = { ENTRY(P_EMPTY2, 3, DATA, EMPTY, FRESH) } },
	{ "a descriptor of two pages is done whole", .strict = true,
	  .x = { RANGE(P_EMPTY2, 2), SINGLE, PAGES(FRESH, 2) }, .want = OK,
	  .out = { { 1, P_EMPTY2 + 2 * GRANULE } },
	  .after = { ENTRY(P_EMPTY2, 3, DATA, EMPTY, FRESH),
		     ENTRY(P_EMPTY2 + GRANULE, 3, DATA, EMPTY,
			   FRESH + GRANULE),
		     GRANULE_IS(FRESH + GRANULE, USED) } },
	{ "more memory than range: the rest is not taken",
	  .x = { RANGE(P_EMPTY2, 1), SINGLE, PAGES(FRESH, 2) }, .want = OK,
	  .out = { { 1, P_EMPTY2 + GRANULE } },
	  .after = { ENTRY(P_EMPTY2, 3, DATA, EMPTY, FRESH),
		     GRANULE_IS(FRESH + GRANULE, DELEGATED),
		     ENTRY(P_EMPTY2 + GRANULE, 3, VOID, EMPTY, 0) } },
	{ "more range than memory: ends with progress",
	  .x = { RANGE(P_EMPTY2, 2), SINGLE, PAGES(FRESH, 1) }, .want = OK,
	  .out = { { 1, P_EMPTY2 + GRANULE } },
	  .after = { ENTRY(P_EMPTY2, 3, DATA, EMPTY, FRESH),
		     ENTRY(P_EMPTY2 + GRANULE, 3, VOID, EMPTY, 0) } },
	{ "an occupied entry ends a range with progress",
	  .x = { RD, P_VOID_DESTROYED, P_DATA_RAM, SINGLE, PAGES(FRESH, 2) },
	  .want = OK, .out = { { 1, P_DATA_EMPTY } },
	  .after = { ENTRY(P_VOID_DESTROYED, 3, DATA, DESTROYED, FRESH),
		     GRANULE_IS(FRESH + GRANULE, DELEGATED) } },
	{ "a granule that is not delegated ends it with progress",
	  .twist = list_good_then_ns,
	  .x = { RANGE(P_EMPTY2, 2), LIST_OF(2), LIST_PAGE }, .want = OK,
	  .out = { { 1, P_EMPTY2 + GRANULE } },
	  .after = { ENTRY(P_EMPTY2, 3, DATA, EMPTY, FRESH),
		     GRANULE_IS(NS, NS) } },
	{ "the end of the table ends it with progress",
	  .x = { RANGE(B_VOID - GRANULE, 2), SINGLE, PAGES(FRESH, 2) },
	  .want = OK, .out = { { 1, B_VOID } },
	  .after = { ENTRY(B_VOID - GRANULE, 3, DATA, EMPTY, FRESH),
		     ENTRY(B_VOID, 2, VOID, EMPTY, 0),
		     GRANULE_IS(FRESH + GRANULE, DELEGATED) } },
	{ "a list of two", .strict = true, .twist = list_of_two,
	  .x = { RANGE(P_EMPTY2, 2), LIST_OF(2), LIST_PAGE }, .want = OK,
	  .out = { { 1, P_EMPTY2 + 2 * GRANULE } },
	  .after = { ENTRY(P_EMPTY2, 3, DATA, EMPTY, FRESH + 4 * GRANULE),
		     ENTRY(P_EMPTY2 + GRANULE, 3, DATA, EMPTY, FRESH) } },
	{ "a list is not read behind its count", .twist = list_of_two,
	  .x = { RANGE(P_EMPTY2, 2), LIST_OF(1), LIST_PAGE }, .want = OK,
	  .out = { { 1, P_EMPTY2 + GRANULE } },
	  .after = { ENTRY(P_EMPTY2, 3, DATA, EMPTY, FRESH + 4 * GRANULE),
		     GRANULE_IS(FRESH, DELEGATED) } },
	{ "an empty descriptor of a list", .twist = list_with_gap,
	  .strict = true,
	  .x = { RANGE(P_EMPTY2, 2), LIST_OF(3), LIST_PAGE }, .want = OK,
	  .after = { ENTRY(P_EMPTY2, 3, DATA, EMPTY, FRESH) } },
	{ "a list goes on with what is not delegated: ends with progress",
	  .twist = list_good_then_undelegated,
	  .x = { RANGE(P_EMPTY2, 2), LIST_OF(2), LIST_PAGE }, .want = OK,
	  .out = { { 1, P_EMPTY2 + GRANULE } },
	  .after = { ENTRY(P_EMPTY2, 3, DATA, EMPTY, FRESH),
		     ENTRY(P_EMPTY2 + GRANULE, 3, VOID, EMPTY, 0),
		     GRANULE_IS(FRESH + GRANULE, DELEGATED) } },
	{ "a list goes on in another size: ends with progress",
	  .twist = list_page_then_block,
	  .x = { RANGE(P_EMPTY2, 2), LIST_OF(2), LIST_PAGE }, .want = OK,
	  .out = { { 1, P_EMPTY2 + GRANULE } },
	  .after = { ENTRY(P_EMPTY2, 3, DATA, EMPTY, FRESH) } },
	{ "a block", .twist = scene_block,
	  .x = { RD, B_DATA, B_DATA + BLOCK, SINGLE, BLOCKS(BLOCK_PA, 1) },
	  .want = OK, .out = { { 1, B_DATA + BLOCK } },
	  .after = { ENTRY(B_DATA, 2, DATA, EMPTY, BLOCK_PA),
		     GRANULE_IS(BLOCK_PA, USED),
		     GRANULE_IS(BLOCK_PA + BLOCK - GRANULE, USED) } },
	{ "a block keeps RAM", .twist = scene_block,
	  .x = { RD, B_RAM, B_RAM + BLOCK, SINGLE, BLOCKS(BLOCK_PA, 1) },
	  .want = OK, .out = { { 1, B_RAM + BLOCK } },
	  .after = { ENTRY(B_RAM, 2, DATA, RAM, BLOCK_PA) } },
	{ "a block keeps DESTROYED", .twist = scene_lost_block,
	  .x = { RD, B_RAM, B_RAM + BLOCK, SINGLE, BLOCKS(BLOCK_PA, 1) },
	  .want = OK, .out = { { 1, B_RAM + BLOCK } },
	  .after = { ENTRY(B_RAM, 2, DATA, DESTROYED, BLOCK_PA) } },
	{ "a block that passes top ends it with progress",
	  .twist = two_blocks,
	  .x = { RD, B_DATA, B_DATA + BLOCK + BLOCK / 2, SINGLE,
		 BLOCKS(BLOCK_PA, 2) },
	  .want = OK, .out = { { 1, B_DATA + BLOCK } },
	  .after = { ENTRY(B_DATA, 2, DATA, EMPTY, BLOCK_PA),
		     ENTRY(B_DATA + BLOCK, 2, VOID, EMPTY, 0),
		     GRANULE_IS(BLOCK_PA + BLOCK, DELEGATED) } },
	{ "a block of level 1 where there is none", .twist = root_has_none,
	  .strict = true,
	  .x = { RD, G_VOID, G_VOID + BLOCK, SINGLE, ONE + 2 },
	  .want = ERR(INPUT), /* not that the range is too small for it */
	  .after = { ENTRY(G_VOID, 1, VOID, EMPTY, 0) } },
	{ "a block whose memory is not aligned", .twist = scene_block,
	  .x = { RD, B_DATA, B_DATA + BLOCK, SINGLE,
		 BLOCKS(BLOCK_PA + GRANULE, 1) },
	  .want = ERR(INPUT),
	  .after = { ENTRY(B_DATA, 2, VOID, EMPTY, 0) } },
	{ "a block with one granule that is not delegated",
	  .twist = block_with_hole,
	  .x = { RD, B_DATA, B_DATA + BLOCK, SINGLE, BLOCKS(BLOCK_PA, 1) },
	  .want = ERR(INPUT),
	  .after = { ENTRY(B_DATA, 2, VOID, EMPTY, 0),
		     GRANULE_IS(BLOCK_PA, DELEGATED),
		     GRANULE_IS(BLOCK_PA + 8 * GRANULE, DELEGATED),
		     GRANULE_IS(BLOCK_PA + 10 * GRANULE, DELEGATED) } },
	{ "a block where a table is", .twist = scene_block,
	  .x = { RD, B_TABLE, B_TABLE + BLOCK, SINGLE, BLOCKS(BLOCK_PA, 1) },
	  .want = RTT(2),
	  .after = { GRANULE_IS(BLOCK_PA, DELEGATED) } },
	{ "an interrupt leaves progress", .twist = irq_is_pending,
	  .x = { RANGE(P_EMPTY2, 2), SINGLE, PAGES(FRESH, 2) }, .want = OK,
	  .check = progress_of_two, .strict = true,
	  .after = { ENTRY(P_EMPTY2, 3, DATA, EMPTY, FRESH) } },
	{ "a list is not read behind the end of its granule", .strict = true,
	  .twist = list_at_end,
	  .x = { RANGE(P_EMPTY2, 2), LIST_OF(2), LIST_PAGE + GRANULE - 8 },
	  .want = OK, .out = { { 1, P_EMPTY2 + GRANULE } },
	  .after = { ENTRY(P_EMPTY2, 3, DATA, EMPTY, FRESH) } },
	{ "a block and an interrupt", "5.6, 5.9", .twist = block_and_irq,
	  .x = { RD, B_DATA, B_DATA + BLOCK, SINGLE, BLOCKS(BLOCK_PA, 1) },
	  .want = OK, .out = { { 1, B_DATA + BLOCK } }, .strict = true,
	  .after = { ENTRY(B_DATA, 2, DATA, EMPTY, BLOCK_PA),
		     GRANULE_IS(BLOCK_PA + BLOCK - GRANULE, USED) } },
	{ "in ACTIVE", "6.2", .scene = SCENE_ACTIVE,
	  .x = { RANGE(P_VOID_RAM, 1), SINGLE, ONE }, .want = OK,
	  .out = { { 1, P_VOID_DESTROYED } },
	  .after = { ENTRY(P_VOID_RAM, 3, DATA, RAM, FRESH) } },
	{ "refused in SYSTEM_OFF", "6.2", .scene = SCENE_OFF,
	  .x = { RANGE(P_VOID_RAM, 1), SINGLE, ONE }, .want = ERR(REALM),
	  .after = { ENTRY(P_VOID_RAM, 3, VOID, RAM, 0),
		     GRANULE_IS(FRESH, DELEGATED) } },
};

const struct table rtt_data_map_table = {
	.name = "RTT_DATA_MAP", .section = "5.6", .scene = SCENE_RECS,
	.fid = SMC_RMI_RTT_DATA_MAP,
	.x = { RD, P_VOID_RAM, P_VOID_RAM + GRANULE, SINGLE, ONE },
	DEVIATIONS(deviations), EFFECTS(effects),
};
