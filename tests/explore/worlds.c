/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The worlds and their commands. Every two commands of a world meet, also one
 * with itself, so each list is of commands on the same few granules.
 *
 *	G(0)	RD; G(1) its root; G(2), G(3) tables of levels 2 and 3 at 0;
 *		G(4), G(5) the same in the other half; G(6), G(7) its memory at
 *		0; G(8), G(10) its RECs with their memory behind them; G(17) an
 *		empty table at HOST_BLOCK
 *	G(12)	RD of another realm; G(13) its root; G(14), G(15) tables at 0
 *	G(16), G(18) to G(27)	delegated; from G(28) on: the host's
 */
#include "abi/rmi_table.h"
#include "tests/explore/host.h"

#define RD G(0)
#define REC0 G(8)
#define REC1 G(10)
#define OTHER_RD G(12)
#define FREE G(18)
#define FREE_REC G(20)
#define DENIED ((uint64_t)(int64_t)-3)

#define GIVE(NAME, ...) { #NAME, SMC_RMI_##NAME, { __VA_ARGS__ } }
#define GIVE_AS(text, NAME, ...) \
	{ #NAME ", " text, SMC_RMI_##NAME, { __VA_ARGS__ } }

/* ---- Granules without a realm ------------------------------------------ */

static void build_bare(void)
{
	must(GRANULE_RANGE_DELEGATE, G(0), G(16));
}

static const struct command bare[] = {
	GIVE_AS("four", GRANULE_RANGE_DELEGATE, G(16), G(20)),
	GIVE_AS("one of them", GRANULE_RANGE_DELEGATE, G(17), G(18)),
	GIVE_AS("the parameters", GRANULE_RANGE_DELEGATE, N(PAGE_REALM),
		N(PAGE_REALM + 1)),
	GIVE_AS("six", GRANULE_RANGE_UNDELEGATE, G(0), G(6)),
	GIVE_AS("a root", GRANULE_RANGE_UNDELEGATE, G(1), G(2)),
	GIVE_AS("a descriptor", GRANULE_RANGE_UNDELEGATE, G(0), G(1)),
	GIVE(REALM_CREATE, G(0), N(PAGE_REALM)),
	GIVE_AS("same root", REALM_CREATE, G(2), N(PAGE_REALM)),
	GIVE_AS("crossed", REALM_CREATE, G(1), N(PAGE_CROSS)),
	GIVE_AS("two roots", REALM_CREATE, G(0), N(PAGE_TWO_ROOTS)),
	GIVE_AS("another", REALM_CREATE, OTHER_RD, N(PAGE_OTHER_REALM)),
};

/* ---- A realm that is being built --------------------------------------- */

static void build_tables(void)
{
	must(RTT_CREATE, RD, G(2), 0, 2);
	must(RTT_CREATE, RD, G(3), 0, 3);
	must(RTT_CREATE, RD, G(4), HOST_SHARED, 2);
	must(RTT_CREATE, RD, G(5), HOST_SHARED, 3);
	must(RTT_CREATE, RD, G(17), HOST_BLOCK, 3);
}

static void build_other(void)
{
	must(REALM_CREATE, OTHER_RD, N(PAGE_OTHER_REALM));
	must(RTT_CREATE, OTHER_RD, G(14), 0, 2);
	must(RTT_CREATE, OTHER_RD, G(15), 0, 3);
}

static void build_realm(enum host_does does0, enum host_does does1,
			bool runnable1)
{
	must(GRANULE_RANGE_DELEGATE, G(0), G(28));
	must(REALM_CREATE, RD, N(PAGE_REALM));
	build_tables();
	must(RTT_INIT_RIPAS, RD, 0, 0x4000);
	must(RTT_DATA_MAP, RD, 0, 0x2000, RMI_OADDR_SINGLE, HOST_TWO(G(6)));
	host_rec(RD, REC0, 0, does0, true);
	host_rec(RD, REC1, 1, does1, runnable1);
	host_rec_params(2, DOES_NOTHING, true);
	host_list(PAGE_LIST, G(21));
	host_list(PAGE_OTHER_LIST, G(22));
}

static void build_new(void)
{
	build_realm(DOES_NOTHING, DOES_NOTHING, false);
	build_other();
}

static const struct command new[] = {
	GIVE(REALM_ACTIVATE, RD),
	GIVE(REALM_TERMINATE, RD),
	GIVE(REALM_DESTROY, RD),
	GIVE(RTT_CREATE, RD, FREE, 2 * HOST_BLOCK, 3),
	GIVE_AS("the other realm's", RTT_CREATE, OTHER_RD, FREE,
		2 * HOST_BLOCK, 3),
	GIVE(RTT_DESTROY, RD, HOST_BLOCK, 3),
	GIVE(RTT_FOLD, RD, HOST_BLOCK, 3),
	GIVE(RTT_READ_ENTRY, RD, HOST_BLOCK, 3),
	GIVE(RTT_INIT_RIPAS, RD, HOST_BLOCK, HOST_BLOCK + 0x2000),
	GIVE(RTT_DATA_MAP_INIT, RD, FREE, 0x2000, N(PAGE_SRC), 1),
	GIVE(RTT_DATA_MAP, RD, HOST_BLOCK, HOST_BLOCK + 0x2000,
	     RMI_OADDR_SINGLE, HOST_TWO(FREE)),
	GIVE_AS("the other realm's", RTT_DATA_MAP, OTHER_RD, 0, 0x2000,
		RMI_OADDR_SINGLE, HOST_TWO(FREE)),
	GIVE(RTT_DATA_UNMAP, RD, 0, 0x2000, RMI_OADDR_LIST | 4 << 2,
	     N(PAGE_ANSWER)),
	GIVE(RTT_UNPROT_MAP, RD, HOST_SHARED, HOST_SHARED + 0x1000,
	     RMI_OADDR_SINGLE | 3 << 19,
	     HOST_ONE(N(PAGE_SHARED)) | RMI_ADDR_RANGE_UNDELEGATED),
	GIVE(RTT_UNPROT_UNMAP, RD, HOST_SHARED, HOST_SHARED + 0x1000,
	     RMI_OADDR_SINGLE),
	GIVE(REC_CREATE, RD, FREE, N(PAGE_REC)),
	GIVE_AS("the other realm's", REC_CREATE, OTHER_RD, FREE, N(PAGE_REC)),
	GIVE(REC_DESTROY, REC1),
	GIVE(REC_ENTER, REC0, N(PAGE_RUN)),
	GIVE(GRANULE_RANGE_UNDELEGATE, FREE, FREE + 0x2000),
	GIVE_AS("the source", GRANULE_RANGE_DELEGATE, N(PAGE_SRC),
		N(PAGE_SRC + 1)),
};

/* ---- A realm that runs ------------------------------------------------- */

static void build_active(void)
{
	build_realm(DOES_HOST_CALL, DOES_SYSTEM_OFF, true);
	must(REALM_ACTIVATE, RD);
}

static const struct command active[] = {
	GIVE(REC_ENTER, REC0, N(PAGE_RUN)),
	GIVE_AS("that switches off", REC_ENTER, REC1, N(PAGE_RUN)),
	GIVE(REC_DESTROY, REC0),
	GIVE_AS("the other", REC_DESTROY, REC1),
	GIVE(REALM_TERMINATE, RD),
	GIVE(REALM_DESTROY, RD),
	GIVE(REALM_ACTIVATE, RD),
	GIVE(RTT_SET_RIPAS, RD, REC0, 0, 0x1000),
	GIVE(RTT_DATA_UNMAP, RD, 0, 0x2000, RMI_OADDR_SINGLE),
	GIVE(RTT_DATA_MAP, RD, 0x2000, 0x3000, RMI_OADDR_SINGLE,
	     HOST_ONE(FREE)),
	GIVE(RTT_DESTROY, RD, HOST_BLOCK, 3),
	GIVE(PSCI_COMPLETE, REC0, REC1, 0),
	GIVE_AS("the run page", GRANULE_RANGE_DELEGATE, N(PAGE_RUN),
		N(PAGE_RUN + 1)),
};

/* Two RECs that have asked for each other. */
static void build_psci(void)
{
	build_realm(DOES_CPU_ON, DOES_AFFINITY_INFO, true);
	must(REALM_ACTIVATE, RD);
	must(REC_ENTER, REC0, N(PAGE_RUN));
	must(REC_ENTER, REC1, N(PAGE_RUN));
}

/* One that has asked for another one, which is off. */
static void build_cpu_on(void)
{
	build_realm(DOES_CPU_ON, DOES_NOTHING, false);
	must(REALM_ACTIVATE, RD);
	must(REC_ENTER, REC0, N(PAGE_RUN));
}

/* And one that runs and is about to switch itself off. */
static void build_cpu_off(void)
{
	build_realm(DOES_CPU_ON, DOES_CPU_OFF, true);
	must(REALM_ACTIVATE, RD);
	must(REC_ENTER, REC0, N(PAGE_RUN));
}

static const struct command psci[] = {
	GIVE(PSCI_COMPLETE, REC0, REC1, 0),
	GIVE_AS("the other way", PSCI_COMPLETE, REC1, REC0, 0),
	GIVE_AS("denied", PSCI_COMPLETE, REC0, REC1, DENIED),
	GIVE(REC_ENTER, REC0, N(PAGE_RUN)),
	GIVE_AS("the other", REC_ENTER, REC1, N(PAGE_RUN)),
	GIVE(REC_DESTROY, REC0),
	GIVE_AS("the other", REC_DESTROY, REC1),
	GIVE(REALM_TERMINATE, RD),
};

static void build_ripas(void)
{
	build_realm(DOES_ASK_EMPTY, DOES_NOTHING, true);
	must(REALM_ACTIVATE, RD);
	must(REC_ENTER, REC0, N(PAGE_RUN));
}

static const struct command ripas[] = {
	GIVE(RTT_SET_RIPAS, RD, REC0, 0, 0x1000),
	GIVE_AS("more", RTT_SET_RIPAS, RD, REC0, 0, 0x3000),
	GIVE_AS("the rest", RTT_SET_RIPAS, RD, REC0, 0x1000, 0x4000),
	GIVE(REC_ENTER, REC0, N(PAGE_RUN)),
	GIVE_AS("the other", REC_ENTER, REC1, N(PAGE_RUN)),
	GIVE(RTT_DATA_UNMAP, RD, 0, 0x2000, RMI_OADDR_SINGLE),
	GIVE(RTT_DATA_MAP, RD, 0x2000, 0x3000, RMI_OADDR_SINGLE,
	     HOST_ONE(FREE)),
	GIVE(REC_DESTROY, REC0),
	GIVE(REALM_TERMINATE, RD),
	GIVE(RTT_FOLD, RD, HOST_BLOCK, 3),
};

/* ---- A realm that ends ------------------------------------------------- */

static void build_zombie(void)
{
	must(GRANULE_RANGE_DELEGATE, G(0), G(28));
	must(REALM_CREATE, RD, N(PAGE_REALM));
	must(RTT_CREATE, RD, G(2), 0, 2);
	must(REALM_TERMINATE, RD);
	build_other();
}

static const struct command zombie[] = {
	GIVE(REALM_DESTROY, RD),
	GIVE(REALM_TERMINATE, RD),
	GIVE(REALM_ACTIVATE, RD),
	GIVE(RTT_DESTROY, RD, 0, 2),
	GIVE(RTT_CREATE, RD, FREE, 0x40000000, 2),
	GIVE(RTT_READ_ENTRY, RD, 0, 2),
	GIVE(REC_CREATE, RD, FREE, N(PAGE_REC)),
	GIVE(GRANULE_RANGE_UNDELEGATE, RD, G(3)),
	GIVE_AS("again", REALM_CREATE, RD, N(PAGE_REALM)),
	GIVE_AS("of the root", RTT_CREATE, OTHER_RD, G(1), HOST_BLOCK, 3),
};

/* It has a REC, and nothing else. */
static void build_last_rec(void)
{
	must(GRANULE_RANGE_DELEGATE, G(0), G(28));
	must(REALM_CREATE, RD, N(PAGE_REALM));
	host_rec(RD, REC0, 0, DOES_NOTHING, true);
	must(REALM_TERMINATE, RD);
}

static const struct command last_rec[] = {
	GIVE(REC_DESTROY, REC0),
	GIVE(REALM_DESTROY, RD),
	GIVE(REC_ENTER, REC0, N(PAGE_RUN)),
	GIVE(REALM_TERMINATE, RD),
	GIVE(OP_MEM_RECLAIM, 0, N(PAGE_ANSWER), 8),
	GIVE(OP_CONTINUE, 0),
	GIVE(GRANULE_RANGE_UNDELEGATE, G(0), G(12)),
	GIVE(REC_CREATE, RD, REC0, N(PAGE_REC)),
};

/* ---- Operations -------------------------------------------------------- */

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

#define WORLD(name, build, list, nested) \
	{ name, build, list, sizeof(list) / sizeof((list)[0]), nested, false }
#define WITH_BLOCK(name, build, list) \
	{ name, build, list, sizeof(list) / sizeof((list)[0]), false, true }

const struct world worlds[] = {
	WORLD("granules_without_a_realm", build_bare, bare, true),
	WORLD("a_new_realm", build_new, new, true),
	WORLD("a_realm_that_runs", build_active, active, true),
	WORLD("recs_that_ask_for_each_other", build_psci, psci, false),
	WORLD("a_rec_asks_for_one_that_is_off", build_cpu_on, psci, false),
	WORLD("a_rec_asks_for_one_that_goes_off", build_cpu_off, psci, false),
	WORLD("a_rec_gives_up_memory", build_ripas, ripas, true),
	WORLD("a_realm_that_ends", build_zombie, zombie, true),
	WORLD("a_realm_with_its_last_rec", build_last_rec, last_rec, false),
	WORLD("an_operation_wants_memory", build_wanting, creating, true),
	WORLD("an_operation_has_memory", build_ready, creating, false),
	WORLD("an_operation_gives_memory_back", build_giving, destroying,
	      false),
	WORLD("an_operation_gave_memory_back", build_given, destroying, false),
	WITH_BLOCK("a_block_comes", build_mapping, moving),
	WITH_BLOCK("a_block_goes", build_unmapping, moving),
};

const unsigned int worlds_count = sizeof(worlds) / sizeof(worlds[0]);
