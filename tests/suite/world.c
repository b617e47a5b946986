/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The world: delegated granules, and the entries of the scene's realm.
 */
#include "tests/suite/world.h"

#include <stddef.h>

#include "tests/suite/call.h"
#include "tests/suite/scene.h"
#include "tests/suite/expect.h"

/* Of a large pool the granules of blocks are looked at now and then only. */
#define GRANULES_MAX 256
#define EACH_UP_TO 128
#define STRIDE 64

static const uint64_t points[] = {
	0, G_TABLE, G_VOID,
	P_CODE, P_VOID_EMPTY, P_VOID_RAM, P_VOID_DESTROYED, P_DATA_EMPTY,
	P_DATA_RAM, P_DATA_DESTROYED, P_BUFFER, P_EMPTY2, P_EMPTY2 + GRANULE,
	B_VOID - GRANULE, B_VOID, B_RAM, B_TABLE, B_DATA, B_DATA + BLOCK,
	UG_TABLE, UG_VOID, U_BOX, U_BOX2, U_RO, U_FREE, U_FREE + GRANULE,
	UB_VOID, UB_TABLE,
};

#define POINTS (sizeof(points) / sizeof(points[0]))
#define RESULTS 4

static struct {
	uint64_t entry[POINTS][RESULTS];
	unsigned int granules;
	uint64_t pa[GRANULES_MAX];
	enum granule_is is[GRANULES_MAX];
} world;

enum granule_is world_granule(uint64_t pa)
{
	if (rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + GRANULE) == RMI_SUCCESS) {
		rmi(GRANULE_RANGE_DELEGATE, pa, pa + GRANULE);
		return IS_DELEGATED;
	}
	if (rmi(GRANULE_RANGE_DELEGATE, pa, pa + GRANULE) == RMI_SUCCESS) {
		rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + GRANULE);
		return IS_NS;
	}
	return IS_USED;
}

/* The host's own pages are not tried: that would wipe them. */
static void remember_granules(void)
{
	uint64_t pa = pool_base();

	world.granules = 0;
	while (pa < pool_top() && world.granules < GRANULES_MAX) {
		if (pool_is_delegated(pa)) {
			world.pa[world.granules] = pa;
			world.is[world.granules++] = world_granule(pa);
		}
		pa += world.granules < EACH_UP_TO ? GRANULE : STRIDE * GRANULE;
	}
}

static void read_entry(uint64_t ipa, uint64_t result[RESULTS])
{
	uint64_t ret = rmi(RTT_READ_ENTRY, value_of(RD), ipa, 3);

	for (unsigned int i = 0; i < RESULTS; i++)
		result[i] = ret == RMI_SUCCESS ? answer[1 + i] : ret;
}

void world_remember(void)
{
	remember_granules();
	for (unsigned int i = 0; i < POINTS && value_of(RD); i++)
		read_entry(points[i], world.entry[i]);
}

static bool entry_is_same(unsigned int point)
{
	static const char *const names[RESULTS] = {
		"level", "state", "descriptor", "RIPAS"
	};
	uint64_t now[RESULTS];
	struct text what;

	read_entry(points[point], now);
	for (unsigned int i = 0; i < RESULTS; i++) {
		if (now[i] == world.entry[point][i])
			continue;
		text_clear(&what);
		text_add(&what, "unchanged, at IPA ");
		text_hex(&what, points[point]);
		text_add(&what, ", ");
		text_add(&what, names[i]);
		return expect_value(what.s, world.entry[point][i], now[i]);
	}
	return true;
}

static bool granule_is_same(unsigned int index)
{
	enum granule_is is = world_granule(world.pa[index]);
	struct text what;

	if (is == world.is[index])
		return true;
	text_clear(&what);
	text_add(&what, "unchanged, state of granule ");
	text_hex(&what, world.pa[index]);
	return expect_value(what.s, world.is[index], is);
}

bool world_is_same(void)
{
	for (unsigned int i = 0; i < world.granules; i++) {
		if (!granule_is_same(i))
			return false;
	}
	for (unsigned int i = 0; i < POINTS && value_of(RD); i++) {
		if (!entry_is_same(i))
			return false;
	}
	return true;
}
