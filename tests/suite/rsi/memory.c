/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The host changes the realm's memory under its feet: contents stay or go, and
 * no translation is older than the call that has changed it.
 */
#include "tests/suite/rsi/tables.h"

#define WORD 0x6a6b6c6d6e6f7071ull

/* The realm reads @ipa: @want. */
static void reads(uint64_t ipa, uint64_t want)
{
	if (!guest_does(AGENT_LDR, ipa, 0))
		return;
	expect_value("exceptions in the realm", 0, guest_box()->exceptions);
	expect_value("what the realm reads", want, guest_box()->x[0]);
}

static void writes(uint64_t ipa, uint64_t value)
{
	if (guest_does(AGENT_STR, ipa, value))
		expect_value("exceptions in the realm", 0,
			     guest_box()->exceptions);
}

/* The realm reads @ipa, and leaves because nothing is there. */
static void misses(uint64_t ipa)
{
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_start_with(AGENT_LDR, ipa, 0));
	left(RMI_EXIT_SYNC,
	     EXIT_MASKED(esr, ESR_EC,
			 FIELD_PREP(ESR_EC, ESR_EC_DATA_ABORT_LOWER)),
	     EXIT_MASKED(hpfar, HPFAR_FIPA, IPA_TO_HPFAR(ipa)));
}

static bool ok(const char *what, uint64_t ret)
{
	return expect_result(what, RMI_SUCCESS, ret);
}

static bool map(uint64_t ipa, uint64_t pa)
{
	return ok("RTT_DATA_MAP",
		  driven(RTT_DATA_MAP, value_of(RD), ipa, ipa + GRANULE,
			 RMI_OADDR_SINGLE, value_of(PAGES(pa, 1))));
}

static bool unmap(uint64_t ipa)
{
	return ok("RTT_DATA_UNMAP",
		  driven(RTT_DATA_UNMAP, value_of(RD), ipa, ipa + GRANULE,
			 RMI_OADDR_NONE));
}

/* ---- Protected ----------------------------------------------------------- */

static void keeps_contents(void)
{
	writes(P_DATA_RAM, WORD);
	call_subject();
	reads(P_DATA_RAM, WORD);
}

static void new_page_is_zero(void)
{
	misses(P_VOID_RAM);
	map(P_VOID_RAM, FRESH);
	call_subject();
	ok("REC_ENTER", guest_goes_on(0));
	expect("the realm goes on", guest_done());
	reads(P_VOID_RAM + GRANULE - 8, 0);
}

static void unmapped_is_gone(void)
{
	writes(P_DATA_RAM, WORD);
	unmap(P_DATA_RAM);
	call_subject();
	misses(P_DATA_RAM);
}

/* What was unmapped is lost, even if the same granule comes back. */
static void page_comes_back_unusable(void)
{
	writes(P_DATA_RAM, WORD);
	unmap(P_DATA_RAM);
	map(P_DATA_RAM, DATA_RAM);
	call_subject();
	misses(P_DATA_RAM);
}

/* The realm takes it as RAM again, and finds zeros. */
static void page_comes_back_empty(void)
{
	static const struct request back = {
		P_DATA_RAM, P_DATA_RAM + GRANULE, RMI_RAM, RSI_CHANGE_DESTROYED
	};

	writes(P_DATA_RAM, WORD);
	unmap(P_DATA_RAM);
	map(P_DATA_RAM, DATA_RAM);
	realm_asks(&back);
	ok("RTT_SET_RIPAS",
	   driven(RTT_SET_RIPAS, value_of(RD), value_of(REC), back.base,
		  back.top));
	ok("REC_ENTER", guest_goes_on(0));
	call_subject();
	reads(P_DATA_RAM, 0);
}

/* A word of a block that is in none of its corners. */
#define WORD_PAGE (B_DATA + 5 * GRANULE)
#define WORD_AT (WORD_PAGE + 8)

static bool block(void)
{
	bool there;

	verdict_setup(true);
	there = scene_data_block() && scene_activate() && guest_begin();
	verdict_setup(false);
	return there;
}

/* Unfolded and folded again, a block is the same memory. */
static void block_unfolds(void)
{
	if (!block())
		return;
	writes(WORD_AT, WORD);
	ok("RTT_CREATE", driven(RTT_CREATE, value_of(RD), value_of(FRESH),
				B_DATA, 3));
	call_subject();
	reads(WORD_AT, WORD);
	ok("RTT_FOLD", driven(RTT_FOLD, value_of(RD), B_DATA, 3));
	reads(WORD_AT, WORD);
}

static void page_of_block_is_gone(void)
{
	if (!block())
		return;
	writes(WORD_AT, WORD);
	ok("RTT_CREATE", driven(RTT_CREATE, value_of(RD), value_of(FRESH),
				B_DATA, 3));
	unmap(WORD_PAGE);
	call_subject();
	misses(WORD_PAGE);
}

/* ---- Unprotected --------------------------------------------------------- */

static uint64_t *shared(void)
{
	return port->memory(value_of(BOX2));
}

static void host_reads(void)
{
	call_subject();
	writes(U_BOX2 + 0x800, WORD);
	expect_value("what the host reads", WORD, shared()[0x800 / 8]);
}

static void host_writes(void)
{
	shared()[0x800 / 8] = WORD;
	call_subject();
	reads(U_BOX2 + 0x800, WORD);
}

static void unshared_is_gone(void)
{
	reads(U_BOX2 + 0x800, 0);
	ok("RTT_UNPROT_UNMAP",
	   driven(RTT_UNPROT_UNMAP, value_of(RD), U_BOX2, U_BOX2 + GRANULE,
		  RMI_OADDR_NONE));
	call_subject();
	misses(U_BOX2);
}

/* Delegated, shared memory stays mapped, and is out of reach (RSI 5.2). */
static void shared_is_delegated(void)
{
	uint64_t pa = value_of(BOX2);

	reads(U_BOX2 + 0x800, 0);
	ok("GRANULE_RANGE_DELEGATE",
	   rmi(GRANULE_RANGE_DELEGATE, pa, pa + GRANULE));
	expect_result("RTT_READ_ENTRY", RMI_SUCCESS,
		      rmi(RTT_READ_ENTRY, value_of(RD), U_BOX2, 3));
	expect_value("state of the entry", RMI_DATA, answer[2]);
	call_subject();
	misses(U_BOX2);
	ok("GRANULE_RANGE_UNDELEGATE",
	   rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + GRANULE));
	ok("REC_ENTER", guest_goes_on(0));
	expect("the realm goes on", guest_done());
	reads(U_BOX2 + 0x800, 0);
}

/* ---- From one place to another ------------------------------------------- */

/* A granule that was used shows nothing of it where it is used next. */
static void moved_page_is_zero(void)
{
	writes(P_DATA_RAM, WORD);
	unmap(P_DATA_RAM);
	map(P_EMPTY2, DATA_RAM);
	realm_asks(&(const struct request){ P_EMPTY2, P_EMPTY2 + GRANULE,
					    RMI_RAM, 0 });
	ok("RTT_SET_RIPAS",
	   driven(RTT_SET_RIPAS, value_of(RD), value_of(REC), P_EMPTY2,
		  P_EMPTY2 + GRANULE));
	ok("REC_ENTER", guest_goes_on(0));
	call_subject();
	reads(P_EMPTY2, 0);
}

static const struct story stories[] = {
	{ "a realm's memory keeps what it writes", .tell = keeps_contents },
	{ "a page that the host adds is zero", "5.6",
	  .tell = new_page_is_zero },
	{ "a page that the host takes is gone at once", "5.6",
	  .tell = unmapped_is_gone },
	{ "a page that comes back cannot be used", "6.4",
	  .tell = page_comes_back_unusable },
	{ "a page that the realm takes back is zero", "6.4",
	  .tell = page_comes_back_empty },
	{ "a page that moves inside the realm is zero", "6.1",
	  .tell = moved_page_is_zero },
	{ "a block keeps its contents through tables", "7.4",
	  .scene = SCENE_RECS, .tell = block_unfolds },
	{ "a page of a block is gone at once", "5.6", .scene = SCENE_RECS,
	  .tell = page_of_block_is_gone },
	{ "the host reads what the realm writes", "5.7", .tell = host_reads },
	{ "the realm reads what the host writes", "5.7",
	  .tell = host_writes },
	{ "shared memory that the host takes is gone at once", "5.7",
	  .tell = unshared_is_gone },
	{ "shared memory can be delegated and come back", "5.7",
	  .tell = shared_is_delegated },
};

const struct table memory_table = {
	.name = "memory", .section = "6.4", .scene = SCENE_RUN,
	STORIES(stories),
};
