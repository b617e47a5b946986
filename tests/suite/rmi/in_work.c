/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * An entry that an operation works on, and the commands that would change it
 * meanwhile. It is the only one of its table with anything in it, so that what
 * is refused is refused for its sake: once an unmapping is done, the same call
 * does.
 */
#include "tests/suite/rmi/yield.h"

/* The table's second entry is the block's, and two blocks follow. */
#define TABLE_BASE G_VOID
#define AT (G_VOID + BLOCK)
#define BEHIND (AT + BLOCK)
#define TOP (BEHIND + 2 * BLOCK)

static bool create_table(void)
{
	return expect_result("RTT_CREATE", RMI_SUCCESS,
			     driven(RTT_CREATE, value_of(RD),
				    pool_take_delegated(1, GRANULE),
				    TABLE_BASE, 2));
}

/* Opened, with the line down, so that no other call is cut short. */
static bool begin(bool (*open)(uint64_t ipa))
{
	bool begun;

	verdict_setup(true);
	begun = create_table() && open(AT);
	verdict_setup(false);
	if (begun)
		port->irq(false);
	return begun && !verdict.failed;
}

static void end(bool (*open)(uint64_t ipa))
{
	yield_finish(AT);
	if (open == yield_map)
		holds(ENTRY(AT, 2, DATA, EMPTY, BLOCK_PA));
	else
		holds(ENTRY(AT, 2, VOID, EMPTY, 0));
}

static void refused(bool (*open)(uint64_t ipa), const char *what,
		    uint64_t (*call)(void))
{
	if (!begin(open))
		return;
	call_subject();
	if (!yield_refuses(what, call()))
		return;
	end(open);
	if (open == yield_unmap)
		expect_result("the same after it", RMI_SUCCESS, call());
}

/* A range that comes to the entry ends there, and what is behind it stays. */
static void stops(bool (*open)(uint64_t ipa), const char *what,
		  uint64_t (*call)(void))
{
	if (!begin(open))
		return;
	call_subject();
	expect_result(what, RMI_SUCCESS, call());
	expect_value("x1, where the entry in work is", AT, answer[1]);
	if (!holds(ENTRY(TABLE_BASE, 2, VOID, RAM, 0)) ||
	    !holds(ENTRY(BEHIND, 2, VOID, EMPTY, 0)))
		return;
	end(open);
}

/* ---- The calls ----------------------------------------------------------- */

static uint64_t call_map(void)
{
	return rmi(RTT_DATA_MAP, value_of(RD), AT, BEHIND, RMI_OADDR_SINGLE,
		   value_of(BLOCKS(BLOCK_PA, 1)));
}

static uint64_t call_create(void)
{
	return rmi(RTT_CREATE, value_of(RD), value_of(FRESH), AT, 3);
}

static uint64_t call_destroy(void)
{
	return rmi(RTT_DESTROY, value_of(RD), TABLE_BASE, 2);
}

static uint64_t call_fold(void)
{
	return rmi(RTT_FOLD, value_of(RD), TABLE_BASE, 2);
}

static uint64_t call_init_ripas(void)
{
	return rmi(RTT_INIT_RIPAS, value_of(RD), AT, BEHIND);
}

static uint64_t call_init_ripas_before(void)
{
	return rmi(RTT_INIT_RIPAS, value_of(RD), TABLE_BASE, TOP);
}

static uint64_t call_set_ripas(void)
{
	return rmi(RTT_SET_RIPAS, value_of(RD), value_of(REC), AT, BEHIND);
}

static uint64_t call_set_ripas_before(void)
{
	return rmi(RTT_SET_RIPAS, value_of(RD), value_of(REC), TABLE_BASE,
		   TOP);
}

/* The realm asks for RAM before anything is in work. */
static bool asks(uint64_t base)
{
	bool asked;

	verdict_setup(true);
	asked = realm_asks(&(const struct request){ base, TOP, RMI_RAM, 0 });
	verdict_setup(false);
	return asked;
}

/* ---- Conditions ---------------------------------------------------------- */

#define REFUSED(open, call, what) \
	static void open##_##call(void) \
	{ \
		refused(yield_##open, what, call_##call); \
	}
#define STOPS(open, call, what) \
	static void open##_##call(void) \
	{ \
		stops(yield_##open, what, call_##call); \
	}

#define BOTH(HOW, call, what) HOW(map, call, what) HOW(unmap, call, what)

BOTH(REFUSED, map, "RTT_DATA_MAP")
BOTH(REFUSED, create, "RTT_CREATE")
BOTH(REFUSED, destroy, "RTT_DESTROY")
BOTH(REFUSED, fold, "RTT_FOLD")
BOTH(REFUSED, init_ripas, "RTT_INIT_RIPAS")
BOTH(STOPS, init_ripas_before, "RTT_INIT_RIPAS")

#define ASKED(open, how, base, call) \
	static void open##_##call(void) \
	{ \
		if (asks(base)) \
			how(yield_##open, "RTT_SET_RIPAS", call_##call); \
	}

ASKED(map, refused, AT, set_ripas)
ASKED(unmap, refused, AT, set_ripas)
ASKED(map, stops, TABLE_BASE, set_ripas_before)
ASKED(unmap, stops, TABLE_BASE, set_ripas_before)

/* A mapping has its entry for itself; what is gone is in nobody's reach. */
#define MEANWHILE(what, section, in, call) \
	{ "a block is being mapped: " what, section, .scene = in, \
	  .tell = map_##call }, \
	{ "a block is being unmapped: " what, section, .scene = in, \
	  .tell = unmap_##call }

static const struct story stories[] = {
	MEANWHILE("RTT_DATA_MAP of it", "5.6, 5.9", 0, map),
	MEANWHILE("RTT_CREATE under it", "5.4, 5.9", 0, create),
	MEANWHILE("RTT_DESTROY of its table", "5.4, 5.9", 0, destroy),
	MEANWHILE("RTT_FOLD of its table", "5.4, 5.9", 0, fold),
	MEANWHILE("RTT_INIT_RIPAS of it", "5.5, 5.9", 0, init_ripas),
	MEANWHILE("RTT_INIT_RIPAS comes to it", "5.5, 5.9", 0,
		  init_ripas_before),
	MEANWHILE("RTT_SET_RIPAS of it", "5.5, 5.9", SCENE_RUN, set_ripas),
	MEANWHILE("RTT_SET_RIPAS comes to it", "5.5, 5.9", SCENE_RUN,
		  set_ripas_before),
};

const struct table in_work_table = {
	.name = "in work", .section = "5.9", .scene = SCENE_RECS,
	STORIES(stories),
};
