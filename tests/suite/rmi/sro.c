/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stateful operations, by way of REC_CREATE, which wants memory, and
 * REC_DESTROY, which gives it back. An RMM that needs none for a REC answers at
 * once, and these conditions are skipped.
 */
#include "tests/suite/rmi/sro.h"

uint64_t sro_last, sro_request;

#define THE_REC (FRESH + 15 * GRANULE)

bool sro_is(uint64_t memory)
{
	return RMI_RETURN_STATUS(sro_last) == RMI_INCOMPLETE &&
	       RMI_RETURN_MEMREQ(sro_last) == memory;
}

static bool note(uint64_t ret)
{
	sro_last = ret;
	sro_request = answer[2];
	return true;
}

bool sro_open_create(void)
{
	scene_rec_params(value_of(PARAMS), 2, 0, 0, 0);
	note(rmi(REC_CREATE, value_of(RD), value_of(THE_REC),
		 value_of(PARAMS)));
	value_set(NAME_HANDLE, answer[1]);
	value_set(NAME_MINE, value_of(THE_REC));
	if (!sro_is(RMI_OP_MEM_REQ_DONATE))
		verdict_skip("a REC wants no memory");
	return !verdict.skipped;
}

bool sro_open_destroy(void)
{
	note(rmi(REC_DESTROY, value_of(REC2)));
	value_set(NAME_HANDLE, answer[1]);
	if (!sro_is(RMI_OP_MEM_REQ_RECLAIM))
		verdict_skip("a REC gives no memory back");
	return !verdict.skipped;
}

uint64_t sro_pages(void)
{
	return FIELD_GET(RMI_DONATE_COUNT, sro_request)
	       << (LEVEL_BITS * FIELD_GET(RMI_DONATE_SIZE, sro_request));
}

uint64_t sro_donate(const uint64_t *list, unsigned int count)
{
	list_put(list, count);
	note(rmi(OP_MEM_DONATE, value_of(HANDLE), value_of(LIST_PAGE), count));
	return sro_last;
}

void sro_finish(uint64_t want)
{
	expect_result("the end of the operation", want,
		      drive_on(value_of(HANDLE), sro_last, sro_request));
}

void sro_cancelled(uint64_t ret)
{
	uint64_t status = RMI_RETURN_STATUS(ret);

	if (status != RMI_INCOMPLETE && status != RMI_BUSY)
		return;
	if (port->irq)
		port->irq(false);
	status = RMI_RETURN_STATUS(drive_on(value_of(HANDLE), ret,
					    answer[2]));
	expect("an error that ends it",
	       status != RMI_INCOMPLETE && status != RMI_SUCCESS);
}

bool sro_simple_request(void)
{
	if (FIELD_GET(RMI_DONATE_SIZE, sro_request) ||
	    sro_request & (RMI_DONATE_CONTIG | RMI_DONATE_UNDELEGATED) ||
	    sro_pages() > 14)
		verdict_skip("no memory by the granule is wanted");
	return !verdict.skipped;
}

/* ---- Handles ------------------------------------------------------------- */

#define NO_HANDLE(NAME) \
	{ #NAME " of a handle that is none", .fid = SMC_RMI_##NAME, \
	  .x = { ALL_ONES, LIST_PAGE, 1 }, .want = ERR(INPUT) }, \
	{ #NAME " of handle 0 while nothing is open", \
	  .fid = SMC_RMI_##NAME, .x = { 0, LIST_PAGE, 1 }, \
	  .want = ERR(INPUT) }

static const struct effect effects[] = {
	NO_HANDLE(OP_CONTINUE),
	NO_HANDLE(OP_MEM_DONATE),
	NO_HANDLE(OP_MEM_RECLAIM),
	NO_HANDLE(OP_CANCEL),
};

static void handle_ends(void)
{
	if (!sro_open_create())
		return;
	sro_finish(RMI_SUCCESS);
	call_subject();
	expect_result("OP_CONTINUE", RMI_ERROR_INPUT,
		      rmi(OP_CONTINUE, value_of(HANDLE), 0));
}

/* Two at a time have two handles, and end in any order. */
static void two_operations(void)
{
	uint64_t first, last, request;

	if (!sro_open_create())
		return;
	first = value_of(HANDLE);
	last = sro_last;
	request = sro_request;
	call_subject();
	rmi(REC_DESTROY, value_of(REC2));
	if (!expect_result("REC_DESTROY", RMI_INCOMPLETE,
			   RMI_RETURN_STATUS(answer[0])))
		return;
	expect("another handle", answer[1] != first);
	expect_result("the end of the second", RMI_SUCCESS,
		      drive_on(answer[1], answer[0], answer[2]));
	expect_result("the end of the first", RMI_SUCCESS,
		      drive_on(first, last, request));
}

/* ---- One object, two operations ------------------------------------------ */

static void expect_away(const char *what, uint64_t ret)
{
	expect_either(what, RMI_ERROR_INPUT, RMI_BLOCKED, ret);
}

static void object_is_away(void)
{
	if (!sro_open_create())
		return;
	expect_away("UNDELEGATE",
		    rmi(GRANULE_RANGE_UNDELEGATE, value_of(MINE),
			value_of(MINE) + GRANULE));
	expect_away("REC_DESTROY", rmi(REC_DESTROY, value_of(MINE)));
	expect_away("REC_ENTER",
		    rmi(REC_ENTER, value_of(MINE), value_of(RUN)));
	expect_away("RTT_CREATE",
		    rmi(RTT_CREATE, value_of(RD), value_of(MINE), B_VOID, 3));
	call_subject();
	expect_away("REC_CREATE",
		    rmi(REC_CREATE, value_of(RD), value_of(MINE),
			value_of(PARAMS)));
	sro_finish(RMI_SUCCESS);
}

static void rec_is_gone_at_once(void)
{
	if (!sro_open_destroy())
		return;
	expect_away("REC_ENTER",
		    rmi(REC_ENTER, value_of(REC2), value_of(RUN)));
	call_subject();
	expect_away("REC_DESTROY", rmi(REC_DESTROY, value_of(REC2)));
	sro_finish(RMI_SUCCESS);
	holds(GRANULE_IS(REC2, DELEGATED));
}

/* ---- Cancelling ---------------------------------------------------------- */

/* An answer that allows it, or the condition is skipped. */
static bool can_cancel(void)
{
	if (!(sro_last & RMI_RETURN_CAN_CANCEL))
		verdict_skip("OP_CANCEL is not allowed");
	return !verdict.skipped;
}

/* All is as if the operation had never been. */
static void cancelled(uint64_t ret)
{
	sro_cancelled(ret);
	world_is_same();
	expect_result("OP_CONTINUE", RMI_ERROR_INPUT,
		      rmi(OP_CONTINUE, value_of(HANDLE), 0));
}

static void cancel(void)
{
	world_remember();
	if (!sro_open_create() || !can_cancel())
		return;
	call_subject();
	cancelled(rmi(OP_CANCEL, value_of(HANDLE)));
}

static void cancel_with_memory(void)
{
	world_remember();
	if (!sro_open_create() || !sro_simple_request() || !can_cancel())
		return;
	donate(PAGES(FRESH, 1));
	if (!can_cancel())
		return;
	call_subject();
	cancelled(rmi(OP_CANCEL, value_of(HANDLE)));
}

/* Whatever can be cancelled, this cannot: the REC is gone already. */
static void cancel_refused(void)
{
	if (!sro_open_destroy())
		return;
	if (sro_last & RMI_RETURN_CAN_CANCEL) {
		verdict_skip("OP_CANCEL is allowed");
		return;
	}
	call_subject();
	expect_result("OP_CANCEL", RMI_ERROR_INPUT,
		      rmi(OP_CANCEL, value_of(HANDLE)));
	sro_finish(RMI_SUCCESS);
	holds(GRANULE_IS(REC2, DELEGATED));
}

static const struct story stories[] = {
	{ "a handle ends with its operation", .tell = handle_ends },
	{ "two operations have two handles", .tell = two_operations },
	{ "no other call has the granule meanwhile", "6.1",
	  .tell = object_is_away },
	{ "a REC that is being destroyed is none any more", "5.3",
	  .tell = rec_is_gone_at_once },
	{ "OP_CANCEL undoes it", .tell = cancel },
	{ "OP_CANCEL gives back what was donated",
	  .tell = cancel_with_memory },
	{ "OP_CANCEL that is not allowed", .tell = cancel_refused },
};

const struct table sro_table = {
	.name = "operations", .section = "5.9", .scene = SCENE_RECS,
	EFFECTS(effects), STORIES(stories),
};
