/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A block of DATA in an entry of the root: 1 GiB with granules of 4 KiB, where
 * the port has that much RAM. It is one condition, since it takes seconds.
 */
#include "tests/suite/rmi/tables.h"

#define DESC(pa) (PAGES(pa, 1) + 2)
#define TOP (G_VOID + ROOT_ENTRY)
#define LAST_WORD (TOP - 8)
#define WORD 0x6c61726765ull

static uint64_t block; /* its PA */

static bool delegate_block(void)
{
	verdict_setup(true);
	expect_result("GRANULE_RANGE_DELEGATE", RMI_SUCCESS,
		      ranged(GRANULE_RANGE_DELEGATE, 1, block,
			     block + ROOT_ENTRY));
	expect_result("RTT_INIT_RIPAS", RMI_SUCCESS,
		      driven(RTT_INIT_RIPAS, value_of(RD), G_VOID, TOP));
	verdict_setup(false);
	return !verdict.failed;
}

static void is_mapped(unsigned int level)
{
	uint64_t last = ROOT_ENTRY - LEVEL_SIZE(level);

	holds(ENTRY(G_VOID, level, DATA, RAM, block));
	holds(ENTRY(G_VOID + last, level, DATA, RAM, block + last));
	holds(GRANULE_IS(block, USED));
	holds(GRANULE_IS(block + ROOT_ENTRY - GRANULE, USED));
}

static void map(void)
{
	call_subject();
	expect_result("RTT_DATA_MAP", RMI_SUCCESS,
		      driven(RTT_DATA_MAP, value_of(RD), G_VOID, TOP,
			     RMI_OADDR_SINGLE, DESC(block)));
	expect_value("x1", TOP, answer[1]);
	is_mapped(1);
}

static void write_last_word(void)
{
	if (!port->no_guest && scene_activate() && guest_begin())
		guest_does(AGENT_STR, LAST_WORD, WORD);
}

static void read_last_word(void)
{
	if (!port->no_guest && guest_does(AGENT_LDR, LAST_WORD, 0))
		expect_value("the last word", WORD, guest_box()->x[0]);
}

static void unfold_and_fold(void)
{
	uint64_t table = pool_take_delegated(1, GRANULE);

	expect_result("RTT_CREATE", RMI_SUCCESS,
		      driven(RTT_CREATE, value_of(RD), table, G_VOID, 2));
	is_mapped(2);
	read_last_word();
	expect_result("RTT_FOLD", RMI_SUCCESS,
		      driven(RTT_FOLD, value_of(RD), G_VOID, 2));
	expect_value("x1 of it", table, answer[1]);
	is_mapped(1);
	read_last_word();
}

static void unmap(void)
{
	expect_result("RTT_DATA_UNMAP", RMI_SUCCESS,
		      driven(RTT_DATA_UNMAP, value_of(RD), G_VOID, TOP,
			     RMI_OADDR_SINGLE, 0));
	expect_value("x1 of it", TOP, answer[1]);
	expect_value("x2 of it", DESC(block), answer[2]);
	holds(ENTRY(G_VOID, 1, VOID, DESTROYED, 0));
	holds(GRANULE_IS(block, DELEGATED));
	holds(GRANULE_IS(block + ROOT_ENTRY - GRANULE, DELEGATED));
}

static void undelegate_block(void)
{
	uint64_t last = block + ROOT_ENTRY - 8;

	if (expect_result("GRANULE_RANGE_UNDELEGATE", RMI_SUCCESS,
			  ranged(GRANULE_RANGE_UNDELEGATE, 1, block,
				 block + ROOT_ENTRY)) &&
	    expect("memory that is the host's", pool_is_accessible(last)))
		expect_value("its last word", 0,
			     *(uint64_t *)port->memory(last));
}

static void root_block(void)
{
	if (BLOCK_LEVEL_FIRST > LEVEL_START) {
		verdict_skip("no blocks of level 1 with these granules");
		return;
	}
	block = pool_outside(ROOT_ENTRY);
	if (!block || !delegate_block())
		return;
	map();
	write_last_word();
	unfold_and_fold();
	unmap();
	undelegate_block();
}

static const struct story stories[] = {
	{ "is mapped, unfolded, folded and unmapped", .tell = root_block },
};

const struct table large_block_table = {
	.name = "DATA block of level 1", .section = "5.6, 7.4",
	.scene = SCENE_RECS,
	STORIES(stories),
};
