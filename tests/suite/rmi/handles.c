/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Handles of operations are finite: what a command that may need one says when
 * all are taken, by RECs that wait for their memory. Only REC_CREATE asks for
 * its granule first; where that is the order, strict conditions say so.
 */
#include "tests/suite/rmi/sro.h"

#define HANDLES_MAX 320

static uint64_t create_rec(uint64_t granule)
{
	return driven(REC_CREATE, value_of(RD), granule, value_of(PARAMS));
}

/* All of them, of which HANDLE is the first; else the condition is skipped. */
static bool take_all(void)
{
	uint64_t ret;

	if (!sro_open_create())
		return false;
	for (unsigned int i = 1; i < HANDLES_MAX; i++) {
		ret = rmi(REC_CREATE, value_of(RD),
			  pool_take_delegated(1, GRANULE), value_of(PARAMS));
		if (RMI_RETURN_STATUS(ret) != RMI_INCOMPLETE)
			return expect_either("with no handle left",
					     RMI_BLOCKED, RMI_BUSY, ret);
	}
	verdict_skip("handles without end");
	return false;
}

static bool all_are_taken(void)
{
	bool taken;

	verdict_setup(true);
	taken = take_all();
	verdict_setup(false);
	return taken;
}

/* Refused for want of a handle, and with one comes to @end. */
static void waits(uint64_t (*call)(void), uint64_t end)
{
	if (!all_are_taken())
		return;
	call_subject();
	if (!expect_either("with no handle left", RMI_BLOCKED, RMI_BUSY,
			   call()))
		return;
	sro_finish(RMI_SUCCESS);
	expect_result("with one handle left", end, call());
}

/* ---- REC_CREATE ---------------------------------------------------------- */

static void finite(void)
{
	scene_rec_params(value_of(PARAMS), 2, 0, 0, 0);
	expect_result("REC_CREATE", RMI_SUCCESS,
		      create_rec(value_of(FRESH + GRANULE)));
	if (!take_all())
		return;
	/* Its number is taken: that is the error, and the handle is free. */
	sro_finish(RMI_ERROR_INPUT);
	call_subject();
	expect_result("with one handle left", RMI_INCOMPLETE,
		      RMI_RETURN_STATUS(rmi(REC_CREATE, value_of(RD),
					    value_of(FRESH),
					    value_of(PARAMS))));
}

static void granule_before_handle(void)
{
	if (!all_are_taken())
		return;
	call_subject();
	expect_result("REC_CREATE", RMI_ERROR_INPUT, create_rec(value_of(NS)));
	expect_either("with a good granule", RMI_BLOCKED, RMI_BUSY,
		      create_rec(value_of(FRESH)));
	holds(GRANULE_IS(FRESH, DELEGATED));
}

/* ---- REC_DESTROY --------------------------------------------------------- */

/* Skipped where it needs no handle. */
static bool destroying_opens(void)
{
	if (!sro_open_destroy())
		return false;
	sro_finish(RMI_SUCCESS);
	return !verdict.failed;
}

static uint64_t destroy(void)
{
	return driven(REC_DESTROY, value_of(REC));
}

static uint64_t destroy_none(void)
{
	return driven(REC_DESTROY, value_of(RD));
}

static void rec_destroy(void)
{
	if (!destroying_opens())
		return;
	waits(destroy, RMI_SUCCESS);
	holds(GRANULE_IS(REC, DELEGATED));
}

static void handle_before_rec(void)
{
	if (destroying_opens())
		waits(destroy_none, RMI_ERROR_INPUT);
}

/* ---- RTT_DATA_MAP and RTT_DATA_UNMAP ------------------------------------- */

static uint64_t map_in(uint64_t rd)
{
	return driven(RTT_DATA_MAP, rd, P_VOID_RAM, P_VOID_RAM + GRANULE,
		      RMI_OADDR_SINGLE, value_of(PAGES(FRESH, 1)));
}

static uint64_t map(void)
{
	return map_in(value_of(RD));
}

static uint64_t map_in_none(void)
{
	return map_in(value_of(NS));
}

static uint64_t unmap_in(uint64_t rd)
{
	return driven(RTT_DATA_UNMAP, rd, P_DATA_RAM, P_DATA_RAM + GRANULE,
		      RMI_OADDR_NONE);
}

static uint64_t unmap(void)
{
	return unmap_in(value_of(RD));
}

static uint64_t unmap_in_none(void)
{
	return unmap_in(value_of(NS));
}

static void data_map(void)
{
	waits(map, RMI_SUCCESS);
}

static void handle_before_rd_of_map(void)
{
	waits(map_in_none, RMI_ERROR_INPUT);
}

static void data_unmap(void)
{
	waits(unmap, RMI_SUCCESS);
}

static void handle_before_rd_of_unmap(void)
{
	waits(unmap_in_none, RMI_ERROR_INPUT);
}

static const struct story stories[] = {
	{ "they are finite, and come back", .tell = finite },
	{ "REC_CREATE: the granule before the handle", "5.3", true,
	  .tell = granule_before_handle },
	{ "REC_DESTROY waits for one", "5.3", .tell = rec_destroy },
	{ "REC_DESTROY: the handle before the REC", "5.3", true,
	  .tell = handle_before_rec },
	{ "RTT_DATA_MAP waits for one", "5.6", true, .tell = data_map },
	{ "RTT_DATA_MAP: the handle before the realm", "5.6", true,
	  .tell = handle_before_rd_of_map },
	{ "RTT_DATA_UNMAP waits for one", "5.6", true, .tell = data_unmap },
	{ "RTT_DATA_UNMAP: the handle before the realm", "5.6", true,
	  .tell = handle_before_rd_of_unmap },
};

const struct table handles_table = {
	.name = "handles", .section = "5.9", .scene = SCENE_RECS,
	STORIES(stories),
};
