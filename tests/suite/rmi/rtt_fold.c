/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_FOLD: a table whose entries agree becomes one entry.
 */
#include "tests/suite/rmi/mapped.h"
#include "tests/suite/rmi/tables.h"

#define LAST (BLOCK - GRANULE)

static const struct deviation deviations[] = {
	RD_DEVIATIONS(1),
	{ 1, CHECK_OBJECT, "the level is the root's", { X(3, LEVEL_START) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "the level is 4", { X(3, 4) }, .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "the level is -1", { X(3, ALL_ONES) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "the IPA is not the start of a table",
	  { X(2, B_TABLE + GRANULE) }, .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "the IPA is behind the IPA space",
	  { X(2, IPA_END) }, .want = ERR(INPUT) },
	{ 2, CHECK_WALK, "there is no table above", { X(2, G_VOID) },
	  .want = RTT(1) },
	{ 3, CHECK_WALK, "there is no table", { X(2, B_VOID) },
	  .want = RTT(2) },
	{ 4, CHECK_WALK, "the entries differ", { X(2, P_CODE) },
	  .want = RTT(3) },
	{ 4, CHECK_WALK, "tables are below", { X(2, G_TABLE), X(3, 2) },
	  .want = RTT(2) },
};

/* ---- Tables with one kind of entry --------------------------------------- */

static bool create(uint64_t ipa, uint64_t level)
{
	uint64_t pa = pool_take_delegated(1, GRANULE);

	value_set(NAME_MINE, pa);
	return expect_result("RTT_CREATE", RMI_SUCCESS,
			     driven(RTT_CREATE, value_of(RD), pa, ipa, level));
}

static bool ram_table(void)
{
	return create(B_RAM, 3);
}

static bool destroyed_table(void)
{
	return expect_result("RTT_DESTROY", RMI_SUCCESS,
			     driven(RTT_DESTROY, value_of(RD), B_TABLE, 3)) &&
	       create(B_TABLE, 3);
}

static bool level_2_table(void)
{
	return create(G_VOID, 2);
}

static bool ns_table(void)
{
	return create(UB_VOID, 3);
}

static bool data_table(void)
{
	return scene_data_block() && create(B_DATA, 3);
}

static bool empty_data_table(void)
{
	return scene_empty_block() && create(B_DATA, 3);
}

static bool destroyed_data_table(void)
{
	return scene_destroyed_block() && create(B_RAM, 3);
}

/* One page of RAM among pages that are EMPTY. */
static bool mixed_data_table(void)
{
	return empty_data_table() &&
	       expect_result("RTT_INIT_RIPAS", RMI_SUCCESS,
			     driven(RTT_INIT_RIPAS, value_of(RD),
				    B_DATA + GRANULE, B_DATA + 2 * GRANULE));
}

/* DATA/RAM with one page that lies elsewhere. */
static bool scattered_table(void)
{
	uint64_t ipa = B_DATA + 7 * GRANULE;

	return data_table() &&
	       expect_result("RTT_DATA_UNMAP", RMI_SUCCESS,
			     driven(RTT_DATA_UNMAP, value_of(RD), ipa,
				    ipa + GRANULE, RMI_OADDR_NONE)) &&
	       expect_result("RTT_DATA_MAP", RMI_SUCCESS,
			     driven(RTT_DATA_MAP, value_of(RD), ipa,
				    ipa + GRANULE, RMI_OADDR_SINGLE,
				    value_of(PAGES(FRESH, 1))));
}

static bool table_with_hole(void)
{
	uint64_t ipa = B_DATA + BLOCK - GRANULE;

	return data_table() &&
	       expect_result("RTT_DATA_UNMAP", RMI_SUCCESS,
			     driven(RTT_DATA_UNMAP, value_of(RD), ipa,
				    ipa + GRANULE, RMI_OADDR_NONE));
}

static bool one_page_is_ram(void)
{
	value_set(NAME_MINE, value_of(EMPTY_TABLE));
	return expect_result("RTT_INIT_RIPAS", RMI_SUCCESS,
			     driven(RTT_INIT_RIPAS, value_of(RD),
				    B_TABLE + GRANULE, B_TABLE + 2 * GRANULE));
}

static bool one_page_is_data(void)
{
	value_set(NAME_MINE, value_of(EMPTY_TABLE));
	return expect_result("RTT_DATA_MAP", RMI_SUCCESS,
			     driven(RTT_DATA_MAP, value_of(RD), B_TABLE,
				    B_TABLE + GRANULE, RMI_OADDR_SINGLE,
				    value_of(PAGES(FRESH, 1))));
}

/* DATA that follows from a granule on at which no block can begin. */
static bool shifted_table(void)
{
	if (!scene_block())
		return false;
	if (!pool_left()) {
		verdict_skip("not enough RAM behind the block");
		return false;
	}
	return pool_take_delegated(1, GRANULE) && create(B_DATA, 3) &&
	       map_data(B_DATA, value_of(BLOCK_PA) + GRANULE, BLOCK / GRANULE,
			3);
}

/* Memory of the host from @pa on, but for @last pages at its end. */
static bool ns_pages(uint64_t pa, uint64_t last)
{
	return create(UB_VOID, 3) &&
	       map_shared(UB_VOID, pa, BLOCK / GRANULE - last, 3, NS_RW);
}

static uint64_t host_block(void)
{
	scene_host_block();
	value_set(NAME_BLOCK, value_of(MINE));
	return value_of(BLOCK_PA);
}

static bool mapped_ns_table(void)
{
	return ns_pages(host_block(), 0);
}

static bool shifted_ns_table(void)
{
	return ns_pages(host_block() + GRANULE, 0);
}

/* The same, but for the last page, which follows or not, and is as it says. */
static bool odd_ns_table(uint64_t offset, uint64_t attr)
{
	uint64_t pa = host_block();

	return ns_pages(pa, 1) &&
	       map_shared(UB_VOID + LAST, pa + offset, 1, 3, attr);
}

static bool scattered_ns_table(void)
{
	return odd_ns_table(BLOCK, NS_RW);
}

static bool ns_table_one_read_only(void)
{
	return odd_ns_table(LAST, ATTR(RMI_MEMATTR_NORMAL_WB, RMI_S2AP_READ));
}

static bool ns_table_one_not_cacheable(void)
{
	return odd_ns_table(LAST, ATTR(RMI_MEMATTR_NORMAL_NC, RMI_S2AP_RW));
}

static bool ns_table_with_hole(void)
{
	return ns_pages(host_block(), 1);
}

/* Only with 4 KiB granules, or with LPA2 or LPA, the root has blocks. */
static bool table_of_ns_blocks(void)
{
	if (BLOCK_LEVEL_FIRST > LEVEL_START) {
		verdict_skip("no blocks of level 1 with these granules");
		return false;
	}
	return create(UG_VOID, 2) && map_shared(UG_VOID, 0, WORDS, 2, NS_RW);
}

/* ---- Effects ------------------------------------------------------------- */

#define FOLDS(what, before, ipa, level, ...) \
	{ what, "5.4, 7.4", .twist = before, .x = { RD, ipa, level }, \
	  .want = OK, .out = { { 1, MINE } }, \
	  .after = { GRANULE_IS(MINE, DELEGATED), __VA_ARGS__ } }
#define DIFFERS(what, before, ipa) \
	{ what, "5.4, 7.4", .twist = before, .x = { RD, ipa, 3 }, \
	  .want = RTT(3), .after = { GRANULE_IS(MINE, USED) } }

#define FOLDED_IN(what, in) \
	{ what, "6.2", .scene = in, .x = { RD, B_TABLE, 3 }, .want = OK, \
	  .out = { { 1, EMPTY_TABLE } }, \
	  .after = { ENTRY(B_TABLE, 2, VOID, EMPTY, 0) } }

static const struct effect effects[] = {
	{ "VOID/EMPTY stays EMPTY", .x = { RD, B_TABLE, 3 }, .want = OK,
	  .out = { { 1, EMPTY_TABLE } },
	  .after = { ENTRY(B_TABLE, 2, VOID, EMPTY, 0),
		     GRANULE_IS(EMPTY_TABLE, DELEGATED) } },
	FOLDS("VOID/RAM stays RAM", ram_table, B_RAM, 3,
	      ENTRY(B_RAM, 2, VOID, RAM, 0)),
	FOLDS("VOID/DESTROYED stays DESTROYED", destroyed_table, B_TABLE, 3,
	      ENTRY(B_TABLE, 2, VOID, DESTROYED, 0)),
	FOLDS("a table of level 2", level_2_table, G_VOID, 2,
	      ENTRY(G_VOID, 1, VOID, EMPTY, 0)),
	FOLDS("UNMAPPED_NS", ns_table, UB_VOID, 3,
	      ENTRY(UB_VOID, 2, VOID, EMPTY, 0)),
	FOLDS("pages of DATA/EMPTY become a block", empty_data_table, B_DATA,
	      3, ENTRY(B_DATA, 2, DATA, EMPTY, BLOCK_PA)),
	FOLDS("pages of DATA/DESTROYED become a block", destroyed_data_table,
	      B_RAM, 3, ENTRY(B_RAM, 2, DATA, DESTROYED, BLOCK_PA)),
	FOLDS("pages of DATA/RAM become a block", data_table, B_DATA, 3,
	      ENTRY(B_DATA, 2, DATA, RAM, BLOCK_PA),
	      GRANULE_IS(BLOCK_PA, USED)),
	FOLDS("shared pages become a block", mapped_ns_table, UB_VOID, 3,
	      ENTRY(UB_VOID, 2, DATA, EMPTY, BLOCK_PA)),
	FOLDS("blocks of level 2 become one of level 1", table_of_ns_blocks,
	      UG_VOID, 2, ENTRY(UG_VOID, 1, DATA, EMPTY, 0)),
	DIFFERS("DATA pages that do not follow each other", scattered_table,
		B_DATA),
	DIFFERS("DATA pages of two RIPAS", mixed_data_table, B_DATA),
	DIFFERS("DATA with a hole", table_with_hole, B_DATA),
	DIFFERS("DATA pages from where no block can begin", shifted_table,
		B_DATA),
	DIFFERS("shared pages from where no block can begin",
		shifted_ns_table, UB_VOID),
	DIFFERS("shared pages that do not follow each other",
		scattered_ns_table, UB_VOID),
	DIFFERS("shared pages with a hole", ns_table_with_hole, UB_VOID),
	DIFFERS("one shared page with other access", ns_table_one_read_only,
		UB_VOID),
	DIFFERS("one shared page with another attribute",
		ns_table_one_not_cacheable, UB_VOID),
	DIFFERS("one entry with another RIPAS", one_page_is_ram, B_TABLE),
	DIFFERS("one entry with another HIPAS", one_page_is_data, B_TABLE),
	FOLDED_IN("in ACTIVE", SCENE_ACTIVE),
	FOLDED_IN("in SYSTEM_OFF", SCENE_OFF),
	FOLDED_IN("in ZOMBIE", SCENE_ZOMBIE),
};

const struct table rtt_fold_table = {
	.name = "RTT_FOLD", .section = "5.4", .scene = SCENE_RECS,
	.fid = SMC_RMI_RTT_FOLD, .x = { RD, B_TABLE, 3 },
	DEVIATIONS(deviations), EFFECTS(effects),
};
