/* SPDX-License-Identifier: BSD-3-Clause */
/* Worlds of realms that run. */
#include "tests/explore/worlds.h"

#define DENIED ((uint64_t)(int64_t)-3)

/* ---- A realm that runs ------------------------------------------------- */

static void build_active(void)
{
	build_running(DOES_HOST_CALL, DOES_SYSTEM_OFF);
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
	build_running(DOES_CPU_ON, DOES_AFFINITY_INFO);
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
	build_running(DOES_CPU_ON, DOES_CPU_OFF);
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
	build_running(DOES_ASK_EMPTY, DOES_NOTHING);
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

/* ---- What a REC does by itself ----------------------------------------- */

/* It has an abort below a table that may go. */
static void build_aborting(void)
{
	build_realm(DOES_ABORT, DOES_NOTHING, false);
	must(RTT_INIT_RIPAS, RD, HOST_BLOCK, 2 * HOST_BLOCK);
	must(REALM_ACTIVATE, RD);
}

static const struct command below[] = {
	GIVE(REC_ENTER, REC0, N(PAGE_RUN)),
	GIVE(RTT_CREATE, RD, FREE, 2 * HOST_BLOCK, 3),
	GIVE(RTT_FOLD, RD, HOST_BLOCK, 3),
	GIVE(RTT_DATA_MAP, RD, HOST_BLOCK, HOST_BLOCK + 0x1000,
	     RMI_OADDR_SINGLE, HOST_ONE(FREE)),
	GIVE(RTT_UNPROT_MAP, RD, HOST_SHARED, HOST_SHARED + 0x1000,
	     RMI_OADDR_SINGLE | 3 << 19,
	     HOST_ONE(N(PAGE_SHARED)) | RMI_ADDR_RANGE_UNDELEGATED),
	GIVE(RTT_UNPROT_UNMAP, RD, HOST_SHARED, HOST_SHARED + 0x1000,
	     RMI_OADDR_SINGLE),
};

/* One wants its configuration in memory that may go, one looks at it. */
static void build_asking(void)
{
	build_running(DOES_CONFIG, DOES_STATE_GET);
}

static const struct command asking[] = {
	GIVE(REC_ENTER, REC0, N(PAGE_RUN)),
	GIVE_AS("the other", REC_ENTER, REC1, N(PAGE_RUN)),
	GIVE(RTT_DATA_UNMAP, RD, 0, 0x2000, RMI_OADDR_SINGLE),
	GIVE(REALM_TERMINATE, RD),
};

/* Two extend one measurement. */
static void build_measuring(void)
{
	build_running(DOES_EXTEND, DOES_EXTEND);
}

static const struct command measuring[] = {
	GIVE(REC_ENTER, REC0, N(PAGE_RUN)),
	GIVE_AS("the other", REC_ENTER, REC1, N(PAGE_RUN)),
	GIVE(REC_DESTROY, REC0),
	GIVE(REALM_TERMINATE, RD),
};

const struct world worlds_of_recs[] = {
	WORLD("a_realm_that_runs", build_active, active, true),
	WORLD("recs_that_ask_for_each_other", build_psci, psci, false),
	WORLD("a_rec_asks_for_one_that_is_off", build_cpu_on, psci, false),
	WORLD("a_rec_asks_for_one_that_goes_off", build_cpu_off, psci, false),
	WORLD("a_rec_gives_up_memory", build_ripas, ripas, true),
	WORLD("a_rec_aborts", build_aborting, below, true),
	WORLD("recs_that_ask_about_memory", build_asking, asking, false),
	WORLD("recs_that_extend_one_measurement", build_measuring, measuring,
	      false),
	{ 0 },
};
