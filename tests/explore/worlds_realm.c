/* SPDX-License-Identifier: BSD-3-Clause */
/* Worlds of granules, and of realms that come and go. */
#include "abi/rmi_layout.h"
#include "tests/explore/worlds.h"

/* ---- Before the RMM is active ------------------------------------------ */

static void build_cold(void)
{
	struct rmm_config *other = fake_view(N(PAGE_OTHER_CONFIG));

	other->rmi_granule_size = RMI_GRANULE_SIZE_16KB;
}

/* Granules of 16 KiB begin at G(0), G(4), N(4); not at N(PAGE_ANSWER). */
static const struct command cold[] = {
	GIVE(VERSION, RMI_ABI_VERSION(2, 0)),
	GIVE(RMM_CONFIG_SET, N(PAGE_CONFIG)),
	GIVE_AS("16 KiB", RMM_CONFIG_SET, N(PAGE_OTHER_CONFIG)),
	GIVE(RMM_CONFIG_GET, N(PAGE_ANSWER)),
	GIVE_AS("on 16 KiB", RMM_CONFIG_GET, N(PAGE_RUN + 1)),
	GIVE(RMM_ACTIVATE),
	GIVE(GRANULE_TRACKING_GET, G(0), G(4)),
	GIVE_AS("on 4 KiB", GRANULE_TRACKING_GET, G(0), G(3)),
	GIVE(GRANULE_RANGE_DELEGATE, G(0), G(4)),
};

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

const struct world worlds_of_realms[] = {
	COLD("an_rmm_that_is_not_active", build_cold, cold),
	WORLD("granules_without_a_realm", build_bare, bare, true),
	WORLD("a_new_realm", build_new, new, true),
	WORLD("a_realm_that_ends", build_zombie, zombie, true),
	WORLD("a_realm_with_its_last_rec", build_last_rec, last_rec, false),
	{ 0 },
};
