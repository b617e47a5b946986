/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory of stateful operations: OP_MEM_DONATE and OP_MEM_RECLAIM.
 */
#include "tests/suite/rmi/sro.h"

/* ---- Donating ------------------------------------------------------------ */

static bool opened(void)
{
	return sro_open_create() && sro_simple_request();
}

/* The wrong call is refused, and the operation goes on as if it never was. */
static void refused(const char *what, uint64_t ret)
{
	if (expect_result(what, RMI_ERROR_INPUT, ret))
		sro_finish(RMI_SUCCESS);
	holds(GRANULE_IS(MINE, USED));
}

static void donate_wanted_continue(void)
{
	if (!opened())
		return;
	call_subject();
	refused("OP_CONTINUE", rmi(OP_CONTINUE, value_of(HANDLE), 0));
}

static void donate_wanted_reclaim(void)
{
	if (!opened())
		return;
	call_subject();
	refused("OP_MEM_RECLAIM", rmi(OP_MEM_RECLAIM, value_of(HANDLE),
				      value_of(LIST_PAGE), 1));
}

static void donate_from(const char *what, uint64_t list)
{
	if (!opened())
		return;
	list_of(PAGES(FRESH, 1));
	call_subject();
	refused(what, rmi(OP_MEM_DONATE, value_of(HANDLE), value_of(list), 1));
}

static void donate_list_unaligned(void)
{
	donate_from("a list that is not aligned", LIST_PAGE + 4);
}

static void donate_list_no_ram(void)
{
	donate_from("a list where no memory is", NO_RAM);
}

static void donate_list_delegated(void)
{
	donate_from("a list that is delegated", FRESH);
}

static void donate_bad(const char *what, uint64_t descriptor)
{
	uint64_t last, request, ret;

	if (!opened())
		return;
	last = sro_last;
	request = sro_request;
	call_subject();
	ret = donate(descriptor);
	sro_last = last;
	sro_request = request;
	refused(what, ret);
}

static void donate_undelegated(void)
{
	donate_bad("a descriptor that says undelegated",
		   PAGES(FRESH, 1) | UNDELEGATED);
}

static void donate_unaligned_block(void)
{
	donate_bad("a block that is not aligned", BLOCKS(FRESH + GRANULE, 1));
}

static void donate_too_much(void)
{
	donate_bad("more than was asked for", PAGES(FRESH, PAGES_MAX));
}

/*
 * A host that has no better list asks how it ends: what was given comes back
 * first. Sources differ in whether it may ask.
 */
static void refused_and_over(const char *what)
{
	uint64_t ret;

	list_of(PAGES(FRESH + GRANULE, 1) | UNDELEGATED);
	ret = rmi(OP_MEM_DONATE, value_of(HANDLE), value_of(LIST_PAGE), 1);
	expect_result("OP_MEM_DONATE of a bad list", RMI_ERROR_INPUT, ret);
	call_subject();
	sro_last = rmi(OP_CONTINUE, value_of(HANDLE), 0);
	expect(what, sro_is(RMI_OP_MEM_REQ_RECLAIM));
	sro_finish(RMI_ERROR_INPUT);
	holds(GRANULE_IS(MINE, DELEGATED));
	holds(GRANULE_IS(FRESH, DELEGATED));
}

static void donate_refused_first(void)
{
	if (opened())
		refused_and_over("a RECLAIM, also of nothing");
}

static void donate_refused_later(void)
{
	if (!opened())
		return;
	if (sro_pages() < 2) {
		verdict_skip("a REC wants one granule");
		return;
	}
	donate(PAGES(FRESH, 1));
	expect_value("granules taken", 1, answer[1]);
	refused_and_over("a RECLAIM of what was given");
}

/* ---- Donations that are taken -------------------------------------------- */

static void donate_exactly(void)
{
	uint64_t pages;

	if (!opened())
		return;
	pages = sro_pages();
	call_subject();
	donate(PAGES(FRESH, pages));
	expect_value("granules taken", pages, answer[1]);
	expect("no more memory is asked for", sro_is(RMI_OP_MEM_REQ_NONE));
	holds(GRANULE_IS(FRESH, USED));
	expect_result("OP_CONTINUE", RMI_SUCCESS,
		      rmi(OP_CONTINUE, value_of(HANDLE), 0));
	holds(GRANULE_IS(MINE, USED));
	holds(GRANULE_IS(FRESH, USED));
}

/* One descriptor a granule, from the last to the first. */
static void donate_backwards(void)
{
	uint64_t list[16], pages;

	if (!opened())
		return;
	pages = sro_pages();
	for (uint64_t i = 0; i < pages; i++)
		list[i] = PAGES(FRESH + (pages - 1 - i) * GRANULE, 1);
	call_subject();
	sro_donate(list, (unsigned int)pages);
	expect_value("granules taken", pages, answer[1]);
	sro_finish(RMI_SUCCESS);
}

static void donate_in_parts(void)
{
	uint64_t pages;

	if (!opened())
		return;
	pages = sro_pages();
	call_subject();
	for (uint64_t i = 0; i < pages; i++) {
		expect_value("pages that are still asked for", pages - i,
			     sro_pages());
		donate(PAGES(FRESH + i * GRANULE, 1));
		expect_value("granules taken", 1, answer[1]);
	}
	expect("no more memory is asked for", sro_is(RMI_OP_MEM_REQ_NONE));
	sro_finish(RMI_SUCCESS);
}

static void donate_nothing(void)
{
	uint64_t pages;

	if (!opened())
		return;
	pages = sro_pages();
	call_subject();
	sro_last = rmi(OP_MEM_DONATE, value_of(HANDLE), value_of(LIST_PAGE),
		       0);
	sro_request = answer[2];
	expect("the request is repeated", sro_is(RMI_OP_MEM_REQ_DONATE));
	expect_value("pages that are asked for", pages, sro_pages());
	expect_value("granules taken", 0, answer[1]);
	sro_finish(RMI_SUCCESS);
}

static void donate_empty_descriptor(void)
{
	if (!opened())
		return;
	call_subject();
	donate(PAGES(FRESH, 0), PAGES(FRESH, 1));
	expect_value("granules taken", 1, answer[1]);
	sro_finish(RMI_SUCCESS);
}

/* A granule that is not DELEGATED: alone, it ends the operation. */
static void donate_bad_first(void)
{
	if (!opened())
		return;
	call_subject();
	donate(PAGES(NS, 1));
	sro_finish(RMI_ERROR_INPUT);
	holds(GRANULE_IS(MINE, DELEGATED));
	holds(GRANULE_IS(NS, NS));
}

/* The first granule's operation is lost, all that it had comes back. */
static void donate_own_rec(void)
{
	if (!opened())
		return;
	call_subject();
	donate(PAGES(MINE, 1));
	sro_finish(RMI_ERROR_INPUT);
	holds(GRANULE_IS(MINE, DELEGATED));
}

static void donate_bad_later(void)
{
	if (!opened())
		return;
	if (sro_pages() < 2) {
		verdict_skip("a REC wants one granule");
		return;
	}
	call_subject();
	donate(PAGES(FRESH, 1), PAGES(NS, 1));
	expect_value("granules taken", 1, answer[1]);
	expect("the rest is asked for", sro_is(RMI_OP_MEM_REQ_DONATE));
	sro_finish(RMI_SUCCESS);
}

static const struct story donate_stories[] = {
	{ "OP_CONTINUE while memory is wanted",
	  .tell = donate_wanted_continue },
	{ "OP_MEM_RECLAIM while memory is wanted",
	  .tell = donate_wanted_reclaim },
	{ "a list that is not aligned", .tell = donate_list_unaligned },
	{ "a list where no memory is", .tell = donate_list_no_ram },
	{ "a list that is delegated", .tell = donate_list_delegated },
	{ "a descriptor in the wrong state", .tell = donate_undelegated },
	{ "a descriptor that is not aligned",
	  .tell = donate_unaligned_block },
	{ "more than was asked for", .tell = donate_too_much },
	{ "OP_CONTINUE after a bad list ends the operation", "10.14", true,
	  .tell = donate_refused_first },
	{ "OP_CONTINUE after a bad list gives back", "10.14", true,
	  .tell = donate_refused_later },
	{ "exactly what was asked for", .tell = donate_exactly },
	{ "a descriptor a granule, in any order", .tell = donate_backwards },
	{ "a call a granule", .tell = donate_in_parts },
	{ "an empty list repeats the request", .tell = donate_nothing },
	{ "an empty descriptor is skipped", .tell = donate_empty_descriptor },
	{ "a bad first granule ends the operation",
	  .tell = donate_bad_first },
	{ "the granule that it is about is a bad one",
	  .tell = donate_own_rec },
	{ "a bad granule behind good ones ends the list",
	  .tell = donate_bad_later },
};

const struct table donate_table = {
	.name = "OP_MEM_DONATE", .section = "5.9", .scene = SCENE_RECS,
	STORIES(donate_stories),
};

/* ---- Reclaiming ---------------------------------------------------------- */

/* Refused, and all memory still comes. */
static void reclaim_refused(const char *what, uint64_t ret)
{
	if (expect_result(what, RMI_ERROR_INPUT, ret))
		sro_finish(RMI_SUCCESS);
	holds(GRANULE_IS(REC2, DELEGATED));
}

static void reclaim_wanted_continue(void)
{
	if (!sro_open_destroy())
		return;
	call_subject();
	reclaim_refused("OP_CONTINUE", rmi(OP_CONTINUE, value_of(HANDLE), 0));
}

static void reclaim_wanted_donate(void)
{
	if (!sro_open_destroy())
		return;
	list_of(PAGES(FRESH, 1));
	call_subject();
	reclaim_refused("OP_MEM_DONATE",
			rmi(OP_MEM_DONATE, value_of(HANDLE),
			    value_of(LIST_PAGE), 1));
	holds(GRANULE_IS(FRESH, DELEGATED));
}

static void reclaim_to(const char *what, uint64_t list)
{
	if (!sro_open_destroy())
		return;
	call_subject();
	reclaim_refused(what, rmi(OP_MEM_RECLAIM, value_of(HANDLE),
				  value_of(list), 1));
}

static void reclaim_list_unaligned(void)
{
	reclaim_to("a list that is not aligned", LIST_PAGE + 4);
}

static void reclaim_list_no_ram(void)
{
	reclaim_to("a list where no memory is", NO_RAM);
}

static void reclaim_list_delegated(void)
{
	reclaim_to("a list that is delegated", FRESH);
}

static void reclaim_nothing(uint64_t list)
{
	if (!sro_open_destroy())
		return;
	call_subject();
	sro_last = rmi(OP_MEM_RECLAIM, value_of(HANDLE), value_of(list), 0);
	expect("it is still to be reclaimed",
	       sro_is(RMI_OP_MEM_REQ_RECLAIM));
	expect_value("descriptors written", 0, answer[1]);
	sro_finish(RMI_SUCCESS);
}

static void reclaim_no_room(void)
{
	reclaim_nothing(LIST_PAGE);
}

/* The order of the questions: aligned, room, writable. */
static void reclaim_no_room_no_ram(void)
{
	reclaim_nothing(NO_RAM);
}

static void reclaim_no_room_unaligned(void)
{
	if (!sro_open_destroy())
		return;
	call_subject();
	reclaim_refused("a list that is not aligned",
			rmi(OP_MEM_RECLAIM, value_of(HANDLE),
			    value_of(LIST_PAGE + 4), 0));
}

/* Bytes that a descriptor covers. */
static uint64_t bytes_of(uint64_t descriptor)
{
	return FIELD_GET(DESC_COUNT, descriptor) *
	       LEVEL_SIZE(3 - (descriptor & RMI_ADDR_RANGE_SIZE));
}

/*
 * Creates a REC from pages that follow each other at FRESH, and opens its
 * destruction; how many pages.
 */
static uint64_t open_with_fresh(void)
{
	uint64_t pages;

	verdict_setup(true);
	if (!opened())
		return 0;
	pages = sro_pages();
	donate(PAGES(FRESH, pages));
	expect_result("OP_CONTINUE", RMI_SUCCESS,
		      rmi(OP_CONTINUE, value_of(HANDLE), 0));
	sro_last = rmi(REC_DESTROY, value_of(MINE));
	value_set(NAME_HANDLE, answer[1]);
	verdict_setup(false);
	return pages;
}

/* Takes one descriptor a call; all together must be what was donated. */
static void reclaim_one_by_one(void)
{
	uint64_t pages = open_with_fresh(), bytes = 0;

	call_subject();
	while (sro_is(RMI_OP_MEM_REQ_RECLAIM) && !verdict.failed) {
		sro_last = rmi(OP_MEM_RECLAIM, value_of(HANDLE),
			       value_of(LIST_PAGE), 1);
		if (!expect_value("descriptors written", 1, answer[1]))
			return;
		expect("delegated, as it was given",
		       !(list_get(0) & UNDELEGATED));
		bytes += bytes_of(list_get(0));
	}
	expect_value("bytes that came back", pages * GRANULE, bytes);
	expect("no more memory is to be reclaimed",
	       sro_is(RMI_OP_MEM_REQ_NONE));
	holds(GRANULE_IS(FRESH, DELEGATED));
	sro_finish(RMI_SUCCESS);
}

static void reclaim_merged(void)
{
	uint64_t pages = open_with_fresh();

	if (!pages)
		return;
	call_subject();
	sro_last = rmi(OP_MEM_RECLAIM, value_of(HANDLE), value_of(LIST_PAGE),
		       WORDS);
	expect_value("descriptors written", 1, answer[1]);
	expect_value("the descriptor", value_of(PAGES(FRESH, pages)),
		     list_get(0));
	sro_finish(RMI_SUCCESS);
}

/* What was not written behind the descriptors stays. */
static void reclaim_writes_no_more(void)
{
	if (!sro_open_destroy())
		return;
	list_of(0x5a5a, 0x5a5a);
	call_subject();
	sro_last = rmi(OP_MEM_RECLAIM, value_of(HANDLE), value_of(LIST_PAGE),
		       1);
	expect_value("behind the list", 0x5a5a, list_get(1));
	sro_finish(RMI_SUCCESS);
}

static const struct story reclaim_stories[] = {
	{ "OP_CONTINUE while memory is due",
	  .tell = reclaim_wanted_continue },
	{ "OP_MEM_DONATE while memory is due", .tell = reclaim_wanted_donate },
	{ "a list that is not aligned", .tell = reclaim_list_unaligned },
	{ "a list where no memory is", .tell = reclaim_list_no_ram },
	{ "a list that is delegated", .tell = reclaim_list_delegated },
	{ "no room", .tell = reclaim_no_room },
	{ "no room, before a list where no memory is", "5.9", true,
	  .tell = reclaim_no_room_no_ram },
	{ "a list that is not aligned, before no room", "5.9", true,
	  .tell = reclaim_no_room_unaligned },
	{ "room for one descriptor", .tell = reclaim_one_by_one },
	{ "neighbours are one descriptor", "5.9", true,
	  .tell = reclaim_merged },
	{ "nothing is written behind the list",
	  .tell = reclaim_writes_no_more },
};

const struct table reclaim_table = {
	.name = "OP_MEM_RECLAIM", .section = "5.9", .scene = SCENE_RECS,
	STORIES(reclaim_stories),
};
