/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Range commands that an interrupt ends: SUCCESS and progress, by whole
 * entries, and what they say of the rest is so. How soon is the RMM's own
 * choice; a strict one looks at least after 512 entries, or 2 MiB of mappings.
 */
#include "tests/suite/rmi/lists.h"
#include "tests/suite/rmi/tables.h"

#define LOOK_ENTRIES 512
#define LOOK_SIZE 0x200000ull

/* Two entries of level 2, and a table of level 3 that is empty. */
#define BLOCKS_BASE UB_VOID
#define BLOCKS_TOP (UB_VOID + 2 * BLOCK)
#define PAGES_BASE UB_TABLE
#define PAGES_TOP (UB_TABLE + BLOCK)

/* What entries of a range are; those that map, to MINE and what follows. */
struct kind {
	enum rmi_rtte_state state;
	enum rmi_ripas ripas;
};

struct range {
	uint64_t base;
	uint64_t top;
	unsigned int level;
	uint64_t most; /* that a strict RMM does before it looks */
	struct kind before;
	struct kind after;
	bool (*prepare)(void);
	uint64_t (*call)(uint64_t base);
};

static bool entry_is(const struct range *range, uint64_t ipa,
		     const struct kind *kind)
{
	const struct after entry = {
		.kind = AFTER_ENTRY,
		.where = ipa,
		.level = range->level,
		.state = kind->state,
		.ripas = kind->ripas,
		.pa = kind->state == RMI_DATA ? MINE + ipa - range->base : 0,
	};

	return after_holds(&entry);
}

/* The command while an interrupt waits: where it has ended; 0 is nowhere. */
static uint64_t ended(const struct range *range)
{
	uint64_t ret, end;

	verdict_setup(true);
	if ((range->prepare && !range->prepare()) || !irq_is_pending())
		return 0;
	verdict_setup(false);
	call_subject();
	ret = range->call(range->base);
	end = answer[1];
	port->irq(false);
	expect_result("x0", RMI_SUCCESS, ret);
	expect("progress by whole entries, and not behind top",
	       end > range->base && end <= range->top &&
		       end % LEVEL_SIZE(range->level) == 0);
	return verdict.failed ? 0 : end;
}

/* All before that is done, nothing behind it is, and it can go on there. */
static void goes_on(const struct range *range)
{
	uint64_t size = LEVEL_SIZE(range->level), end = ended(range);

	if (!end)
		return;
	entry_is(range, range->base, &range->after);
	entry_is(range, end - size, &range->after);
	if (end < range->top) {
		entry_is(range, end, &range->before);
		entry_is(range, range->top - size, &range->before);
		expect_result("the rest", RMI_SUCCESS, range->call(end));
		expect_value("x1 after it", range->top, answer[1]);
	}
	entry_is(range, range->top - size, &range->after);
}

static void ends_soon(const struct range *range)
{
	uint64_t end;

	if (range->top - range->base <= range->most) {
		verdict_skip("a table ends before a look is due");
		return;
	}
	end = ended(range);
	if (end)
		expect("an end where a look is due",
		       end - range->base <= range->most);
}

/* ---- The commands -------------------------------------------------------- */

static uint64_t call_init_ripas(uint64_t base)
{
	return driven(RTT_INIT_RIPAS, value_of(RD), base, B_TABLE + BLOCK);
}

static bool asked(void)
{
	return realm_asks(&(const struct request){ B_TABLE, B_TABLE + BLOCK,
						   RMI_RAM, 0 });
}

static uint64_t call_set_ripas(uint64_t base)
{
	return driven(RTT_SET_RIPAS, value_of(RD), value_of(REC), base,
		      B_TABLE + BLOCK);
}

static bool host_memory(void)
{
	scene_host_block();
	return true;
}

static uint64_t map_pages(uint64_t base)
{
	uint64_t pa = value_of(MINE) + base - PAGES_BASE;

	return driven(RTT_UNPROT_MAP, value_of(RD), base, PAGES_TOP,
		      RMI_OADDR_SINGLE | NS_RW,
		      PAGES(pa, (PAGES_TOP - base) / GRANULE) | UNDELEGATED);
}

static uint64_t map_blocks(uint64_t base)
{
	uint64_t pa = value_of(MINE) + base - BLOCKS_BASE;

	return driven(RTT_UNPROT_MAP, value_of(RD), base, BLOCKS_TOP,
		      RMI_OADDR_SINGLE | NS_RW,
		      BLOCKS(pa, (BLOCKS_TOP - base) / BLOCK) | UNDELEGATED);
}

static bool mapped(uint64_t (*map)(uint64_t base), uint64_t base, uint64_t top)
{
	host_memory();
	while (base < top) {
		if (!expect_result("RTT_UNPROT_MAP", RMI_SUCCESS, map(base)) ||
		    !expect("progress of it", answer[1] > base))
			return false;
		base = answer[1];
	}
	return true;
}

static bool pages_mapped(void)
{
	return mapped(map_pages, PAGES_BASE, PAGES_TOP);
}

static bool blocks_mapped(void)
{
	return mapped(map_blocks, BLOCKS_BASE, BLOCKS_TOP);
}

static uint64_t unmap_pages(uint64_t base)
{
	return driven(RTT_UNPROT_UNMAP, value_of(RD), base, PAGES_TOP,
		      RMI_OADDR_NONE);
}

static uint64_t unmap_blocks(uint64_t base)
{
	return driven(RTT_UNPROT_UNMAP, value_of(RD), base, BLOCKS_TOP,
		      RMI_OADDR_NONE);
}

#define NOTHING { RMI_VOID, RMI_EMPTY }
#define RAM { RMI_VOID, RMI_RAM }
#define SHARED_MEMORY { RMI_DATA, RMI_EMPTY }
#define BLOCK_MOST (BLOCK > LOOK_SIZE ? BLOCK : LOOK_SIZE)

static const struct range init_range = {
	B_TABLE, B_TABLE + BLOCK, 3, LOOK_ENTRIES * GRANULE, NOTHING, RAM,
	NULL, call_init_ripas,
};
static const struct range set_range = {
	B_TABLE, B_TABLE + BLOCK, 3, LOOK_ENTRIES * GRANULE, NOTHING, RAM,
	asked, call_set_ripas,
};
static const struct range map_range = {
	PAGES_BASE, PAGES_TOP, 3, LOOK_SIZE, NOTHING, SHARED_MEMORY,
	host_memory, map_pages,
};
static const struct range map_block_range = {
	BLOCKS_BASE, BLOCKS_TOP, 2, BLOCK_MOST, NOTHING, SHARED_MEMORY,
	host_memory, map_blocks,
};
static const struct range unmap_range = {
	PAGES_BASE, PAGES_TOP, 3, LOOK_SIZE, SHARED_MEMORY, NOTHING,
	pages_mapped, unmap_pages,
};
static const struct range unmap_block_range = {
	BLOCKS_BASE, BLOCKS_TOP, 2, BLOCK_MOST, SHARED_MEMORY, NOTHING,
	blocks_mapped, unmap_blocks,
};

#define TELL(range) \
	static void range##_goes_on(void) { goes_on(&range); } \
	static void range##_ends_soon(void) { ends_soon(&range); }

TELL(init_range)
TELL(set_range)
TELL(map_range)
TELL(map_block_range)
TELL(unmap_range)
TELL(unmap_block_range)

#define ENDS(what, section, in, range) \
	{ what " goes on where it ended", section, false, in, \
	  range##_goes_on }, \
	{ what " ends soon", section, true, in, range##_ends_soon }

static const struct story stories[] = {
	ENDS("RTT_INIT_RIPAS", "5.5", SCENE_RECS, init_range),
	ENDS("RTT_SET_RIPAS", "5.5", SCENE_RUN, set_range),
	ENDS("RTT_UNPROT_MAP of pages", "5.7", SCENE_RECS, map_range),
	ENDS("RTT_UNPROT_MAP of blocks", "5.7", SCENE_RECS, map_block_range),
	ENDS("RTT_UNPROT_UNMAP of pages", "5.7", SCENE_RECS, unmap_range),
	ENDS("RTT_UNPROT_UNMAP of blocks", "5.7", SCENE_RECS,
	     unmap_block_range),
};

const struct table interrupted_table = {
	.name = "interrupted", .section = "5.5, 5.7", .scene = SCENE_RECS,
	STORIES(stories),
};
