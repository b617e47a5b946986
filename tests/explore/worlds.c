/* SPDX-License-Identifier: BSD-3-Clause */
/* The realms that worlds are made of, and all worlds; see worlds.h. */
#include "tests/explore/worlds.h"

static void build_tables(void)
{
	must(RTT_CREATE, RD, G(2), 0, 2);
	must(RTT_CREATE, RD, G(3), 0, 3);
	must(RTT_CREATE, RD, G(4), HOST_SHARED, 2);
	must(RTT_CREATE, RD, G(5), HOST_SHARED, 3);
	must(RTT_CREATE, RD, G(17), HOST_BLOCK, 3);
}

void build_other(void)
{
	must(REALM_CREATE, OTHER_RD, N(PAGE_OTHER_REALM));
	must(RTT_CREATE, OTHER_RD, G(14), 0, 2);
	must(RTT_CREATE, OTHER_RD, G(15), 0, 3);
}

void build_realm(enum host_does does0, enum host_does does1, bool runnable1)
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

void build_running(enum host_does does0, enum host_does does1)
{
	build_realm(does0, does1, true);
	must(REALM_ACTIVATE, RD);
}

static const struct world *const files[] = {
	worlds_of_realms,
	worlds_of_recs,
	worlds_of_operations,
};

const struct world *world_at(unsigned int index)
{
	for (unsigned int i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		const struct world *world = files[i];

		for (; world->name; world++) {
			if (!index--)
				return world;
		}
	}
	return NULL;
}
