/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host's memory in the unprotected half.
 */
#include "tests/suite/rmi/lists.h"
#include "tests/suite/rmi/tables.h"

#define RANGE(ipa, count) RD, ipa, (ipa) + (count) * GRANULE
#define SINGLE (RMI_OADDR_SINGLE | NS_RW)
#define ONE (PAGES(NS, 1) | UNDELEGATED)

/* ---- RMI_RTT_UNPROT_MAP -------------------------------------------------- */

static const struct deviation map_deviations[] = {
	RD_DEVIATIONS(2),
	{ 3, CHECK_ATTRIBUTE, "the realm is a ZOMBIE",
	  .twist = scene_terminate, .want = ERR(REALM) },
	{ 4, CHECK_OTHER, "the range is empty", { X(3, U_FREE) },
	  .want = ERR(INPUT) },
	{ 4, CHECK_OTHER, "top is below base", { X(3, U_BOX) },
	  .want = ERR(INPUT) },
	{ 5, CHECK_OTHER, "no descriptor is given",
	  { X(4, RMI_OADDR_NONE | NS_RW) }, .want = ERR(INPUT) },
	LIST_DEVIATIONS(5, NS_RW),
	{ 7, CHECK_OTHER, "the descriptor has blocks of level 0",
	  { X(5, ONE + 3) }, .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "base is not aligned", { X(2, U_FREE + HALF) },
	  .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "base is not aligned to the descriptor's blocks",
	  { X(2, UB_VOID + GRANULE), X(3, UB_VOID + 2 * BLOCK),
	    X(5, BLOCKS(NS, 1) | UNDELEGATED) }, .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "top is not aligned",
	  { X(3, U_FREE + GRANULE + HALF) }, .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "the range is protected",
	  { X(2, P_VOID_EMPTY), X(3, P_VOID_RAM) }, .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "the range begins in the protected half",
	  { X(2, PAR_END - GRANULE), X(3, PAR_END + GRANULE) },
	  .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "the range ends behind the IPA space",
	  { X(3, IPA_END + GRANULE) }, .want = ERR(INPUT) },
	{ 8, CHECK_OTHER, "the range is smaller than a block",
	  { X(2, UB_VOID), X(3, UB_VOID + GRANULE),
	    X(5, BLOCKS(NS, 1) | UNDELEGATED) }, .want = RTT(2) },
	{ 9, CHECK_OTHER, "bit 2 of the access is set",
	  { X(4, RMI_OADDR_SINGLE | ATTR(6, 7)) }, .want = ERR(INPUT) },
	{ 9, CHECK_OTHER, "bit 3 of the access is set",
	  { X(4, RMI_OADDR_SINGLE | ATTR(6, 11)) }, .want = ERR(INPUT) },
	{ 10, CHECK_WALK, "there is no table of level 3",
	  { X(2, UB_VOID), X(3, UB_VOID + GRANULE) }, .want = RTT(2) },
	{ 10, CHECK_WALK, "there is no table of level 2",
	  { X(2, UG_VOID), X(3, UG_VOID + GRANULE) }, .want = RTT(1) },
	{ 11, CHECK_OTHER, "the memory attribute is the reserved one",
	  { X(4, RMI_OADDR_SINGLE | ATTR(4, 3)) }, .want = ERR(INPUT) },
	{ 11, CHECK_OTHER, "the descriptor is empty",
	  { X(5, NS | UNDELEGATED) }, .want = ERR(INPUT) },
	{ 12, CHECK_WALK, "other memory is mapped there",
	  { X(2, U_BOX), X(3, U_BOX + GRANULE) }, .want = RTT(3) },
};

#define MAPS(what, attr, ...) \
	{ what, .x = { RANGE(U_FREE, 1), RMI_OADDR_SINGLE | (attr), ONE }, \
	  .want = OK, .out = { { 1, U_FREE + GRANULE } }, \
	  .after = { ENTRY(U_FREE, 3, DATA, EMPTY, NS), \
		     GRANULE_IS(NS, NS) } }

static bool progress_of_two(void)
{
	return expect("one page at least, two at most",
		      answer[1] == U_FREE + GRANULE ||
			      answer[1] == U_FREE + 2 * GRANULE);
}

static bool list_of_two(void)
{
	list_of(PAGES(NS + 4 * GRANULE, 1) | UNDELEGATED, ONE);
	return true;
}

static bool host_block(void)
{
	scene_host_block();
	return true;
}

/* Only with 4 KiB granules, or with LPA2 or LPA. */
static bool root_has_blocks(void)
{
	if (BLOCK_LEVEL_FIRST > LEVEL_START)
		verdict_skip("no blocks of level 1 with these granules");
	return !verdict.skipped;
}

static bool root_has_none(void)
{
	if (BLOCK_LEVEL_FIRST <= LEVEL_START)
		verdict_skip("these granules have blocks of level 1");
	return !verdict.skipped;
}

static const struct effect map_effects[] = {
	MAPS("Device-nGnRnE", ATTR(0, 3)),
	MAPS("Device-nGnRE", ATTR(1, 3)),
	MAPS("Device-nGRE", ATTR(2, 3)),
	MAPS("Device-GRE", ATTR(3, 3)),
	MAPS("Normal, not cacheable", ATTR(5, 3)),
	MAPS("Normal, write-back", ATTR(6, 3)),
	MAPS("Normal, as stage 1 says", ATTR(7, 3)),
	MAPS("without access", ATTR(6, 0)),
	MAPS("to write", ATTR(6, 1)),
	MAPS("to read", ATTR(6, 2)),
	{ "the same mapping again", .x = { RANGE(U_BOX, 1), SINGLE,
					   PAGES(BOX, 1) | UNDELEGATED },
	  .want = OK, .out = { { 1, U_BOX + GRANULE } } },
	{ "the same memory with other access",
	  .x = { RANGE(U_BOX, 1), RMI_OADDR_SINGLE | ATTR(6, 2),
		 PAGES(BOX, 1) | UNDELEGATED },
	  .want = RTT(3) },
	{ "the same memory with another attribute",
	  .x = { RANGE(U_BOX, 1), RMI_OADDR_SINGLE | ATTR(5, 3),
		 PAGES(BOX, 1) | UNDELEGATED },
	  .want = RTT(3) },
	{ "memory twice in one realm",
	  .x = { RANGE(U_FREE, 1), SINGLE, PAGES(BOX, 1) | UNDELEGATED },
	  .want = OK, .out = { { 1, U_FREE + GRANULE } },
	  .after = { ENTRY(U_FREE, 3, DATA, EMPTY, BOX) } },
	{ "delegated memory, which only the GPT protects",
	  .x = { RANGE(U_FREE, 1), SINGLE, PAGES(FRESH, 1) | UNDELEGATED },
	  .want = OK,
	  .after = { ENTRY(U_FREE, 3, DATA, EMPTY, FRESH),
		     GRANULE_IS(FRESH, DELEGATED) } },
	{ "where no memory is: a device, perhaps",
	  .x = { RANGE(U_FREE, 1), RMI_OADDR_SINGLE | ATTR(1, 3),
		 PAGES(NO_RAM, 1) | UNDELEGATED },
	  .want = OK, .out = { { 1, U_FREE + GRANULE } },
	  .after = { ENTRY(U_FREE, 3, DATA, EMPTY, NO_RAM) } },
	{ "two pages", .x = { RANGE(U_FREE, 2), SINGLE,
			      PAGES(NS, 2) | UNDELEGATED },
	  .want = OK, .check = progress_of_two,
	  .after = { ENTRY(U_FREE, 3, DATA, EMPTY, NS) } },
	{ "two pages are done whole", .strict = true,
	  .x = { RANGE(U_FREE, 2), SINGLE, PAGES(NS, 2) | UNDELEGATED },
	  .want = OK, .out = { { 1, U_FREE + 2 * GRANULE } },
	  .after = { ENTRY(U_FREE + GRANULE, 3, DATA, EMPTY,
			   NS + GRANULE) } },
	{ "a list of two", .strict = true, .twist = list_of_two,
	  .x = { RANGE(U_FREE, 2), LIST_OF(2) | NS_RW, LIST_PAGE },
	  .want = OK, .out = { { 1, U_FREE + 2 * GRANULE } },
	  .after = { ENTRY(U_FREE, 3, DATA, EMPTY, NS + 4 * GRANULE),
		     ENTRY(U_FREE + GRANULE, 3, DATA, EMPTY, NS) } },
	{ "an occupied entry ends a range with progress",
	  .x = { RANGE(U_BOX2, 2), SINGLE, PAGES(BOX2, 2) | UNDELEGATED },
	  .want = OK, .out = { { 1, U_RO } },
	  .after = { ENTRY(U_RO, 3, DATA, EMPTY, SHARED) } },
	{ "a block", .twist = host_block,
	  .x = { RD, UB_VOID, UB_VOID + BLOCK, SINGLE,
		 BLOCKS(MINE, 1) | UNDELEGATED },
	  .want = OK, .out = { { 1, UB_VOID + BLOCK } },
	  .after = { ENTRY(UB_VOID, 2, DATA, EMPTY, MINE) } },
	{ "a block that passes top ends it with progress",
	  .twist = host_block,
	  .x = { RD, UB_VOID, UB_VOID + BLOCK + BLOCK / 2, SINGLE,
		 BLOCKS(MINE, 2) | UNDELEGATED },
	  .want = OK, .out = { { 1, UB_VOID + BLOCK } },
	  .after = { ENTRY(UB_VOID, 2, DATA, EMPTY, MINE),
		     ENTRY(UB_VOID + BLOCK, 2, VOID, EMPTY, 0) } },
	{ "a block of level 1", .twist = root_has_blocks,
	  .x = { RD, UG_VOID, UG_VOID + ROOT_ENTRY, SINGLE,
		 (PAGES(0, 1) + 2) | UNDELEGATED },
	  .want = OK, .out = { { 1, UG_VOID + ROOT_ENTRY } },
	  .after = { ENTRY(UG_VOID, 1, DATA, EMPTY, 0) } },
	{ "a block of level 1 where there is none", .twist = root_has_none,
	  .strict = true,
	  .x = { RD, UG_VOID, UG_VOID + ROOT_ENTRY, SINGLE,
		 (PAGES(0, 1) + 2) | UNDELEGATED },
	  .want = ERR(INPUT),
	  .after = { ENTRY(UG_VOID, 1, VOID, EMPTY, 0) } },
	{ "a block whose memory is not aligned",
	  .x = { RD, UB_VOID, UB_VOID + BLOCK, SINGLE,
		 BLOCKS(NS + GRANULE, 1) | UNDELEGATED },
	  .want = ERR(INPUT),
	  .after = { ENTRY(UB_VOID, 2, VOID, EMPTY, 0) } },
	{ "in ACTIVE", "6.2", .scene = SCENE_ACTIVE,
	  .x = { RANGE(U_FREE, 1), SINGLE, ONE }, .want = OK,
	  .out = { { 1, U_FREE + GRANULE } },
	  .after = { ENTRY(U_FREE, 3, DATA, EMPTY, NS) } },
	{ "refused in SYSTEM_OFF", "6.2", .scene = SCENE_OFF,
	  .x = { RANGE(U_FREE, 1), SINGLE, ONE }, .want = ERR(REALM),
	  .after = { ENTRY(U_FREE, 3, VOID, EMPTY, 0) } },
};

const struct table rtt_unprot_map_table = {
	.name = "RTT_UNPROT_MAP", .section = "5.7", .scene = SCENE_RECS,
	.fid = SMC_RMI_RTT_UNPROT_MAP,
	.x = { RANGE(U_FREE, 1), SINGLE, ONE },
	DEVIATIONS(map_deviations), EFFECTS(map_effects),
};

/* ---- RMI_RTT_UNPROT_UNMAP ------------------------------------------------ */

static const struct deviation unmap_deviations[] = {
	RD_DEVIATIONS(2),
	{ 3, CHECK_OTHER, "base is not aligned", { X(2, U_BOX + HALF) },
	  .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "top is not aligned", { X(3, U_BOX2 + HALF) },
	  .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "the range is empty", { X(3, U_BOX) },
	  .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "the range is protected",
	  { X(2, P_DATA_RAM), X(3, P_DATA_DESTROYED) }, .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "the range begins in the protected half",
	  { X(2, PAR_END - GRANULE), X(3, PAR_END + GRANULE) },
	  .want = ERR(INPUT) },
	{ 3, CHECK_OTHER, "the range ends behind the IPA space",
	  { X(3, IPA_END + GRANULE) }, .want = ERR(INPUT) },
	{ 4, CHECK_OTHER, "a list address without a list", { X(5, LIST_PAGE) },
	  .want = ERR(INPUT) },
	{ 4, CHECK_OTHER, "a list length without a list",
	  { X(4, RMI_OADDR_SINGLE | 1 << 2) }, .want = ERR(INPUT) },
	LIST_DEVIATIONS(4, 0),
	{ 5, CHECK_WALK, "base is inside a block",
	  { X(2, UB_VOID + GRANULE), X(3, UB_VOID + 2 * GRANULE) },
	  .want = RTT(2) },
	{ 6, CHECK_WALK, "the block at base passes top",
	  { X(2, UB_VOID), X(3, UB_VOID + GRANULE) }, .want = RTT(2) },
	{ 6, CHECK_WALK, "the entry of the root passes top",
	  { X(2, UG_VOID), X(3, UG_VOID + BLOCK) }, .want = RTT(1) },
};

static bool names_the_page(void)
{
	return expect_value("x2, but for the state",
			    value_of(PAGES(BOX, 1)), answer[2] & ~UNDELEGATED);
}

static bool list_names_the_page(void)
{
	return expect_value("the list", value_of(PAGES(BOX, 1)) | UNDELEGATED,
			    list_get(0));
}

static bool shared_block(void)
{
	return host_block() &&
	       expect_result("RTT_UNPROT_MAP", RMI_SUCCESS,
			     driven(RTT_UNPROT_MAP, value_of(RD), UB_VOID,
				    UB_VOID + BLOCK, SINGLE,
				    value_of(BLOCKS(MINE, 1) | UNDELEGATED)));
}

static const struct effect unmap_effects[] = {
	{ "a page", .x = { RANGE(U_BOX, 1), RMI_OADDR_SINGLE, 0 }, .want = OK,
	  .out = { { 1, U_BOX2 } }, .check = names_the_page,
	  .after = { ENTRY(U_BOX, 3, VOID, EMPTY, 0), GRANULE_IS(BOX, NS) } },
	{ "no descriptor is asked for", .x = { RANGE(U_BOX, 1), 0, 0 },
	  .want = OK, .out = { { 1, U_BOX2 } },
	  .after = { ENTRY(U_BOX, 3, VOID, EMPTY, 0) } },
	{ "into a list", .x = { RANGE(U_BOX, 1), LIST_OF(1), LIST_PAGE },
	  .want = OK, .out = { { 1, U_BOX2 }, { 3, 1 } },
	  .check = list_names_the_page },
	{ "a block", .twist = shared_block,
	  .x = { RD, UB_VOID, UB_VOID + BLOCK, 0, 0 }, .want = OK,
	  .out = { { 1, UB_VOID + BLOCK } },
	  .after = { ENTRY(UB_VOID, 2, VOID, EMPTY, 0) } },
	{ "a page inside a block", .twist = shared_block,
	  .x = { RANGE(UB_VOID + GRANULE, 1), 0, 0 }, .want = RTT(2),
	  .after = { ENTRY(UB_VOID, 2, DATA, EMPTY, MINE) } },
	{ "an empty entry is skipped", "10.13",
	  .x = { RANGE(U_FREE, 1), 0, 0 }, .want = OK, .also = RTT(3),
	  .after = { ENTRY(U_FREE, 3, VOID, EMPTY, 0) } },
	{ "the end of the table ends it",
	  .x = { RD, U_BOX, UB_VOID + BLOCK, 0, 0 }, .want = OK,
	  .out = { { 1, UB_VOID } }, .strict = true,
	  .after = { ENTRY(U_BOX, 3, VOID, EMPTY, 0),
		     ENTRY(U_RO, 3, VOID, EMPTY, 0) } },
	{ "in ACTIVE", "6.2", .scene = SCENE_ACTIVE,
	  .x = { RANGE(U_BOX, 1), 0, 0 }, .want = OK,
	  .out = { { 1, U_BOX2 } },
	  .after = { ENTRY(U_BOX, 3, VOID, EMPTY, 0) } },
	{ "in SYSTEM_OFF", "10.13", true, .scene = SCENE_OFF,
	  .x = { RANGE(U_BOX, 1), 0, 0 }, .want = OK,
	  .out = { { 1, U_BOX2 } },
	  .after = { ENTRY(U_BOX, 3, VOID, EMPTY, 0) } },
	{ "in ZOMBIE", "10.13", true, .scene = SCENE_ZOMBIE,
	  .x = { RANGE(U_BOX, 1), 0, 0 }, .want = OK,
	  .out = { { 1, U_BOX2 } },
	  .after = { ENTRY(U_BOX, 3, VOID, EMPTY, 0) } },
};

const struct table rtt_unprot_unmap_table = {
	.name = "RTT_UNPROT_UNMAP", .section = "5.7", .scene = SCENE_RECS,
	.fid = SMC_RMI_RTT_UNPROT_UNMAP, .x = { RANGE(U_BOX, 1), 0, 0 },
	DEVIATIONS(unmap_deviations), EFFECTS(unmap_effects),
};
