/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Realms of other shapes: tables from other start levels, and over more than
 * one root; IPAs as wide as the RMM has them.
 */
#include "abi/rsi_smc.h"
#include "tests/suite/rmi/mapped.h"
#include "tests/suite/rmi/yield.h"

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

/* Tables from @level on down to 3, for a page at @ipa. */
static bool tables_at(uint64_t ipa, uint64_t level)
{
	for (; level <= 3; level++) {
		uint64_t size = LEVEL_SIZE(level - 1);

		expect_result("RTT_CREATE", RMI_SUCCESS,
			      make_table(ipa / size * size, level));
	}
	return !verdict.failed;
}

/* The same, all of them empty, and the page. */
static void page_at(uint64_t ipa, uint64_t level)
{
	tables_at(ipa, level);
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

/*
 * A table full of the largest blocks, which is the other half of the realm. One
 * level up no entry could be a block; that the level in the error is that one's
 * is where sources differ.
 */
static void largest_blocks(uint64_t also)
{
	uint64_t half = LEVEL_SIZE(LEVEL_FIRST), level = BLOCK_LEVEL_FIRST;

	if (!create(LEVEL_SHIFT(LEVEL_FIRST) + 1, LEVEL_FIRST, 1))
		return;
	verdict_setup(true);
	expect_result("RTT_CREATE", RMI_SUCCESS, make_table(half, level));
	map_shared(half, 0, WORDS, BLOCK_LEVEL_FIRST, NS_RW);
	verdict_setup(false);
	call_subject();
	expect_either("RTT_FOLD", RTT(level - 1), also,
		      driven(RTT_FOLD, value_of(RD), half, level));
	holds(ENTRY(half, level, DATA, EMPTY, 0));
	holds(ENTRY(2 * half - LEVEL_SIZE(BLOCK_LEVEL_FIRST), level, DATA,
		    EMPTY, half - LEVEL_SIZE(BLOCK_LEVEL_FIRST)));
}

static void largest_blocks_stay(void)
{
	largest_blocks(RTT(BLOCK_LEVEL_FIRST));
}

static void largest_blocks_say_above(void)
{
	largest_blocks(0);
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

/* While a block of a root is in work, the realm may end but not go. */
static bool in_work_keeps(bool (*open)(uint64_t ipa))
{
	uint64_t status;

	if (!create(LEVEL_2_BITS, 2, 4) || !open(0))
		return false;
	port->irq(false);
	status = RMI_RETURN_STATUS(rmi(REALM_TERMINATE, value_of(RD)));
	expect("REALM_TERMINATE, or that it has to wait",
	       status == RMI_SUCCESS || status == RMI_BUSY ||
		       status == RMI_BLOCKED);
	call_subject();
	status = RMI_RETURN_STATUS(rmi(REALM_DESTROY, value_of(RD)));
	return expect("ERROR_REALM, BUSY or BLOCKED of REALM_DESTROY",
		      status == RMI_ERROR_REALM || status == RMI_BUSY ||
			      status == RMI_BLOCKED);
}

static void unmapping_in_root(void)
{
	if (!in_work_keeps(yield_unmap))
		return;
	yield_finish(0);
	/* It has waited until now, or has been done. */
	driven(REALM_TERMINATE, value_of(RD));
	expect_result("REALM_DESTROY", RMI_SUCCESS,
		      driven(REALM_DESTROY, value_of(RD)));
}

static void mapping_in_root(void)
{
	if (in_work_keeps(yield_map)) {
		yield_finish(0);
		holds(ENTRY(0, 2, DATA, EMPTY, BLOCK_PA));
	}
	/* It does not go with a table, and may be there without yielding. */
	driven(RTT_DATA_UNMAP, value_of(RD), 0, BLOCK, RMI_OADDR_NONE);
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

/* ---- A realm that runs --------------------------------------------------- */

/*
 * The realm with the widest IPAs that are offered, from where its tables are
 * the fewest: their width, or 0.
 */
static unsigned int create_widest(unsigned int *level)
{
	unsigned int bits, all;

	rmi(FEATURES, 0);
	bits = (unsigned int)FIELD_GET(RMI_FEATURE_REGISTER_0_S2SZ, answer[1]);
	*level = LEVEL_FIRST;
	while (*level < 2 && bits <= LEVEL_SHIFT(*level))
		++*level;
	all = LEVEL_SHIFT(*level) + LEVEL_BITS;
	if (!create(bits, *level, 1u << (bits > all ? bits - all : 0)))
		return 0;
	return bits;
}

/* The agent at @code, and what it shares with the host at @box. */
static bool populate(uint64_t code, uint64_t box)
{
	uint64_t page = pool_take(1, GRANULE);

	value_set(NAME_BOX, page);
	guest_put_agent(port->memory(value_of(SRC)));
	return expect_result("RTT_DATA_MAP_INIT", RMI_SUCCESS,
			     driven(RTT_DATA_MAP_INIT, value_of(RD),
				    value_of(FRESH), code, value_of(SRC),
				    RMI_MEASURE_CONTENT)) &&
	       expect_result("RTT_UNPROT_MAP", RMI_SUCCESS,
			     driven(RTT_UNPROT_MAP, value_of(RD), box,
				    box + GRANULE, RMI_OADDR_SINGLE | NS_RW,
				    PAGES(page, 1) | UNDELEGATED));
}

static bool make_rec(uint64_t code, uint64_t box)
{
	struct rec_params *params = port->memory(value_of(PARAMS));

	value_set(NAME_REC, pool_take_delegated(1, GRANULE));
	scene_rec_params(value_of(PARAMS), 0, RMI_REC_PARAM_FLAG_RUNNABLE, box,
			 value_of(BOX));
	params->pc = code;
	return expect_result("REC_CREATE", RMI_SUCCESS,
			     driven(REC_CREATE, value_of(RD), value_of(REC),
				    value_of(PARAMS)));
}

/*
 * A realm has its code at the end of the protected half, and is told where its
 * box is: before the end of all, but not in the last page, which emulators are
 * known to get wrong. It reads the one, and has nothing in front of the other.
 */
static void widest(void)
{
	unsigned int level, bits = create_widest(&level);
	uint64_t code = (1ull << bits) / 2 - GRANULE;
	uint64_t box = (1ull << bits) - 2 * GRANULE;

	verdict_setup(true);
	if (!bits || !tables_at(code, level + 1) ||
	    !tables_at(box, level + 1) || !populate(code, box) ||
	    !make_rec(code, box) || !scene_activate() || !guest_begin())
		return;
	verdict_setup(false);
	expect_value("x0 of the REC", box, guest_box()->boot_x[0]);
	call_subject();
	if (!guest_does(AGENT_LDR, code, 0))
		return;
	expect_value("what the realm reads of its code",
		     *(uint64_t *)port->memory(value_of(SRC)),
		     guest_box()->x[0]);
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_start_with(AGENT_LDR, box - GRANULE, 0));
	left(RMI_EXIT_SYNC,
	     EXIT_MASKED(hpfar, HPFAR_FIPA, IPA_TO_HPFAR(box - GRANULE)));
}

static const struct story stories[] = {
	{ "from level 2", .tell = level_2 },
	{ "from level 1, over two roots", .tell = level_1_two_roots },
	{ "from level 0", .tell = level_0 },
	{ "the middle of the IPA space", "7.3", .tell = middle },
	{ "from one root to the next", .tell = second_root },
	{ "a block in the root keeps the realm", "7.5", true,
	  .tell = block_in_root },
	{ "a block that is being unmapped from the root keeps the realm",
	  "5.2, 5.9", .tell = unmapping_in_root },
	{ "a block that is being mapped in the root keeps the realm",
	  "5.2, 5.9", true, .tell = mapping_in_root },
	{ "the largest blocks are not folded", "5.4, 7.4",
	  .tell = largest_blocks_stay },
	{ "the largest blocks are not folded: the level above", "10.25",
	  true, .tell = largest_blocks_say_above },
	{ "two realms", "6.1", .scene = SCENE_NEW, .tell = two_realms },
	{ "the widest runs, at both its ends", .tell = widest },
};

const struct table geometry_table = {
	.name = "shapes", .section = "7.2", .scene = SCENE_RMM,
	STORIES(stories),
};
