/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Realms of other shapes: tables from other start levels, and over more than
 * one root.
 */
#include "tests/suite/rmi/tables.h"

/* Widths of which 4 roots of level 2, and 2 of level 1, translate all. */
#define LEVEL_2_BITS (LEVEL_SHIFT(1) + 2)
#define LEVEL_1_BITS (LEVEL_SHIFT(0) + 1)

/* The realm RD with this shape; skipped if there cannot be one. */
static bool create(unsigned int s2sz, int64_t level, uint32_t roots)
{
	struct realm_params *params;
	uint64_t base;

	if (level < LEVEL_FIRST) {
		verdict_skip("no such level with these granules");
		return false;
	}
	rmi(FEATURES, 0);
	if (FIELD_GET(RMI_FEATURE_REGISTER_0_S2SZ, answer[1]) < s2sz) {
		verdict_skip("IPAs are not that wide");
		return false;
	}
	verdict_setup(true);
	base = pool_take_delegated(roots, roots * GRANULE);
	value_set(NAME_RD, pool_take_delegated(1, GRANULE));
	scene_realm_params(value_of(PARAMS), base);
	params = port->memory(value_of(PARAMS));
	params->s2sz = (uint8_t)s2sz;
	params->rtt_level_start = level;
	params->rtt_num_start = roots;
	expect_result("REALM_CREATE", RMI_SUCCESS,
		      driven(REALM_CREATE, value_of(RD), value_of(PARAMS)));
	verdict_setup(false);
	return !verdict.failed;
}

static uint64_t make_table(uint64_t ipa, uint64_t level)
{
	return driven(RTT_CREATE, value_of(RD),
		      pool_take_delegated(1, GRANULE), ipa, level);
}

/* Tables from @level on down to 3, and a page at @ipa, all of them empty. */
static void page_at(uint64_t ipa, uint64_t level)
{
	for (; level <= 3; level++) {
		uint64_t size = LEVEL_SIZE(level - 1);

		expect_result("RTT_CREATE", RMI_SUCCESS,
			      make_table(ipa / size * size, level));
	}
	expect_result("RTT_DATA_MAP", RMI_SUCCESS,
		      driven(RTT_DATA_MAP, value_of(RD), ipa, ipa + GRANULE,
			     RMI_OADDR_SINGLE, value_of(PAGES(FRESH, 1))));
	holds(ENTRY(ipa, 3, DATA, EMPTY, FRESH));
}

static void level_2(void)
{
	if (!create(LEVEL_2_BITS, 2, 4))
		return;
	call_subject();
	expect_result("a table of the root's level", RMI_ERROR_INPUT,
		      make_table(0, 2));
	page_at(ROOT_ENTRY + 3 * GRANULE, 3);
}

static void level_1_two_roots(void)
{
	if (!create(LEVEL_1_BITS, 1, 2))
		return;
	call_subject();
	expect_result("RTT_CREATE at the end of the protected half",
		      RMI_SUCCESS, make_table(LEVEL_SIZE(0) - ROOT_ENTRY, 2));
	page_at(145 * BLOCK + 0x145 * GRANULE, 2);
}

static void level_0(void)
{
	if (!create(LEVEL_1_BITS, 0, 1))
		return;
	call_subject();
	expect_result("a table of the root's level", RMI_ERROR_INPUT,
		      make_table(0, 0));
	page_at(72 * ROOT_ENTRY + 418 * BLOCK + 0x167 * GRANULE, 1);
}

/* The entry before the middle is protected, the one behind it is not. */
static void middle(void)
{
	uint64_t end = 1ull << (LEVEL_2_BITS - 1);

	if (!create(LEVEL_2_BITS, 2, 4))
		return;
	call_subject();
	expect_result("RTT_INIT_RIPAS up to the middle", RMI_SUCCESS,
		      driven(RTT_INIT_RIPAS, value_of(RD), end - BLOCK, end));
	expect_result("RTT_INIT_RIPAS behind the middle", RMI_ERROR_INPUT,
		      driven(RTT_INIT_RIPAS, value_of(RD), end, end + BLOCK));
	holds(ENTRY(end - BLOCK, 2, VOID, RAM, 0));
	holds(ENTRY(end, 2, VOID, EMPTY, 0));
}

/* A range ends at the end of a root, too. */
static void second_root(void)
{
	if (!create(LEVEL_2_BITS, 2, 4))
		return;
	call_subject();
	expect_result("RTT_INIT_RIPAS of the end of the first root",
		      RMI_SUCCESS,
		      driven(RTT_INIT_RIPAS, value_of(RD), ROOT_ENTRY - BLOCK,
			     ROOT_ENTRY + BLOCK));
	expect("progress to the end of the root, or behind it",
	       answer[1] == ROOT_ENTRY || answer[1] == ROOT_ENTRY + BLOCK);
	expect_result("RTT_INIT_RIPAS of the start of the second",
		      RMI_SUCCESS,
		      driven(RTT_INIT_RIPAS, value_of(RD), ROOT_ENTRY,
			     ROOT_ENTRY + BLOCK));
	holds(ENTRY(ROOT_ENTRY - BLOCK, 2, VOID, RAM, 0));
	holds(ENTRY(ROOT_ENTRY, 2, VOID, RAM, 0));
	holds(ENTRY(ROOT_ENTRY + BLOCK, 2, VOID, EMPTY, 0));
}

/* A block in an entry of the root itself. */
static void block_in_root(void)
{
	if (!create(LEVEL_2_BITS, 2, 4) || !scene_block())
		return;
	call_subject();
	expect_result("RTT_DATA_MAP of a block", RMI_SUCCESS,
		      driven(RTT_DATA_MAP, value_of(RD), 0, BLOCK,
			     RMI_OADDR_SINGLE, value_of(BLOCKS(BLOCK_PA, 1))));
	holds(ENTRY(0, 2, DATA, EMPTY, BLOCK_PA));
	expect_result("REALM_TERMINATE", RMI_SUCCESS,
		      rmi(REALM_TERMINATE, value_of(RD)));
	expect_result("REALM_DESTROY", RMI_ERROR_REALM,
		      rmi(REALM_DESTROY, value_of(RD)));
	expect_result("RTT_DATA_UNMAP", RMI_SUCCESS,
		      driven(RTT_DATA_UNMAP, value_of(RD), 0, BLOCK,
			     RMI_OADDR_NONE));
}

/* In two realms one IPA is two pages. */
static void two_realms(void)
{
	uint64_t first = value_of(RD);

	if (!create(LEVEL_2_BITS, 2, 4))
		return;
	call_subject();
	page_at(P_DATA_RAM, 3);
	value_set(NAME_RD, first);
	holds(ENTRY(P_DATA_RAM, 3, DATA, RAM, DATA_RAM));
}

static const struct story stories[] = {
	{ "from level 2", .tell = level_2 },
	{ "from level 1, over two roots", .tell = level_1_two_roots },
	{ "from level 0", .tell = level_0 },
	{ "the middle of the IPA space", "7.3", .tell = middle },
	{ "from one root to the next", .tell = second_root },
	{ "a block in the root keeps the realm", "7.5", true,
	  .tell = block_in_root },
	{ "two realms", "6.1", .scene = SCENE_NEW, .tell = two_realms },
};

const struct table geometry_table = {
	.name = "shapes", .section = "7.2", .scene = SCENE_RMM,
	STORIES(stories),
};
