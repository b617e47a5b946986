/* SPDX-License-Identifier: BSD-3-Clause */
/* Worlds of operations that are not over. */
#include "tests/explore/worlds.h"

/* REC_CREATE waits for memory. */
static void build_wanting(void)
{
	build_realm(DOES_NOTHING, DOES_NOTHING, false);
	must(REC_CREATE, RD, FREE_REC, N(PAGE_REC));
}

/* It has the memory. */
static void build_ready(void)
{
	build_wanting();
	must(OP_MEM_DONATE, 0, N(PAGE_LIST), 1);
}

static const struct command creating[] = {
	GIVE(OP_CONTINUE, 0),
	GIVE(OP_CANCEL, 0),
	GIVE(OP_MEM_DONATE, 0, N(PAGE_LIST), 1),
	GIVE_AS("other", OP_MEM_DONATE, 0, N(PAGE_OTHER_LIST), 1),
	GIVE(OP_MEM_RECLAIM, 0, N(PAGE_ANSWER), 8),
	GIVE_AS("what is waited for", GRANULE_RANGE_UNDELEGATE, G(21), G(22)),
	GIVE_AS("the list", GRANULE_RANGE_DELEGATE, N(PAGE_LIST),
		N(PAGE_LIST + 1)),
	GIVE_AS("the parameters", GRANULE_RANGE_DELEGATE, N(PAGE_REC),
		N(PAGE_REC + 1)),
	GIVE(REC_CREATE, RD, FREE_REC, N(PAGE_REC)),
	GIVE_AS("of what is waited for", REC_CREATE, RD, G(21), N(PAGE_REC)),
	GIVE(REC_DESTROY, FREE_REC),
	GIVE(REC_ENTER, FREE_REC, N(PAGE_RUN)),
	GIVE(REALM_ACTIVATE, RD),
	GIVE(REALM_TERMINATE, RD),
	GIVE(RTT_DATA_MAP, RD, 0x2000, 0x3000, RMI_OADDR_SINGLE,
	     HOST_ONE(G(21))),
};

/* REC_DESTROY has memory to give back. */
static void build_giving(void)
{
	build_realm(DOES_NOTHING, DOES_NOTHING, false);
	must(REC_DESTROY, REC1);
}

/* It has given it back. */
static void build_given(void)
{
	build_giving();
	must(OP_MEM_RECLAIM, 0, N(PAGE_ANSWER), 8);
}

static const struct command destroying[] = {
	GIVE(OP_MEM_RECLAIM, 0, N(PAGE_ANSWER), 8),
	GIVE_AS("elsewhere", OP_MEM_RECLAIM, 0, N(PAGE_ANSWER2), 8),
	GIVE(OP_CONTINUE, 0),
	GIVE(OP_CANCEL, 0),
	GIVE(REC_DESTROY, REC1),
	GIVE_AS("the other", REC_DESTROY, REC0),
	GIVE(REC_ENTER, REC1, N(PAGE_RUN)),
	GIVE(REC_CREATE, RD, REC1, N(PAGE_REC)),
	GIVE(GRANULE_RANGE_UNDELEGATE, G(11), G(12)),
	GIVE_AS("the REC", GRANULE_RANGE_UNDELEGATE, G(10), G(12)),
	GIVE_AS("the list", GRANULE_RANGE_DELEGATE, N(PAGE_ANSWER),
		N(PAGE_ANSWER + 1)),
	GIVE(REALM_TERMINATE, RD),
};

/* Two RECs wait for memory, of one number and by one list. */
static void build_two_wanting(void)
{
	build_wanting();
	must(REC_CREATE, RD, G(23), N(PAGE_REC));
}

static void build_two_ready(void)
{
	build_two_wanting();
	must(OP_MEM_DONATE, 0, N(PAGE_LIST), 1);
	must(OP_MEM_DONATE, 1, N(PAGE_OTHER_LIST), 1);
}

static const struct command creating_two[] = {
	GIVE(OP_CONTINUE, 0),
	GIVE_AS("the other", OP_CONTINUE, 1),
	GIVE(OP_CANCEL, 0),
	GIVE_AS("the other", OP_CANCEL, 1),
	GIVE(OP_MEM_DONATE, 0, N(PAGE_LIST), 1),
	GIVE_AS("to the other", OP_MEM_DONATE, 1, N(PAGE_LIST), 1),
	GIVE(REALM_ACTIVATE, RD),
	GIVE(REALM_TERMINATE, RD),
};

/*
 * A block on its way into a realm, or out of it, and an interrupt that always
 * waits: a debug build does one granule of it in each call.
 */
static void build_mapping(void)
{
	must(GRANULE_RANGE_DELEGATE, G(0), G(28));
	must(GRANULE_RANGE_DELEGATE, WORLD_BLOCK_PA,
	     WORLD_BLOCK_PA + WORLD_BLOCK);
	must(REALM_CREATE, RD, N(PAGE_REALM));
	must(RTT_CREATE, RD, G(2), 0, 2);
	fake.irq_pending = true;
	must(RTT_DATA_MAP, RD, 0, HOST_BLOCK, RMI_OADDR_SINGLE,
	     HOST_ONE(WORLD_BLOCK_PA) | 1);
}

static void build_unmapping(void)
{
	build_mapping();
	fake.irq_pending = false;
	fake_smc_array(SMC_RMI_OP_CONTINUE, (const uint64_t[6]){ 0 });
	fake.irq_pending = true;
	must(RTT_DATA_UNMAP, RD, 0, HOST_BLOCK, RMI_OADDR_SINGLE);
}

static const struct command moving[] = {
	GIVE(OP_CONTINUE, 0),
	GIVE(OP_CANCEL, 0),
	GIVE(RTT_DATA_MAP, RD, 0, HOST_BLOCK, RMI_OADDR_SINGLE,
	     HOST_ONE(WORLD_BLOCK_PA) | 1),
	GIVE(RTT_DATA_UNMAP, RD, 0, HOST_BLOCK, RMI_OADDR_SINGLE),
	GIVE(RTT_CREATE, RD, FREE, 0, 3),
	GIVE(RTT_DESTROY, RD, 0, 2),
	GIVE(RTT_FOLD, RD, 0, 2),
	GIVE(RTT_READ_ENTRY, RD, 0, 2),
	GIVE(RTT_INIT_RIPAS, RD, 0, HOST_BLOCK),
	GIVE(REALM_TERMINATE, RD),
	GIVE(REALM_DESTROY, RD),
	GIVE_AS("the first", GRANULE_RANGE_UNDELEGATE, WORLD_BLOCK_PA,
		WORLD_BLOCK_PA + WORLD_PAGE),
	GIVE_AS("the next", GRANULE_RANGE_UNDELEGATE,
		WORLD_BLOCK_PA + WORLD_PAGE, WORLD_BLOCK_PA + 2 * WORLD_PAGE),
};

const struct world worlds_of_operations[] = {
	WORLD("an_operation_wants_memory", build_wanting, creating, true),
	WORLD("an_operation_has_memory", build_ready, creating, false),
	WORLD("two_operations_want_memory", build_two_wanting, creating_two,
	      false),
	WORLD("two_operations_have_memory", build_two_ready, creating_two,
	      false),
	WORLD("an_operation_gives_memory_back", build_giving, destroying,
	      false),
	WORLD("an_operation_gave_memory_back", build_given, destroying, false),
	WITH_BLOCK("a_block_comes", build_mapping, moving),
	WITH_BLOCK("a_block_goes", build_unmapping, moving),
	{ 0 },
};
