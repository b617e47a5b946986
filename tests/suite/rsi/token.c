/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RSI_ATTESTATION_TOKEN_INIT and _CONTINUE: the calls, not what is in a token.
 * An RMM that has none answers -1, and these are skipped.
 */
#include "abi/smccc.h"
#include "tests/suite/rsi/tables.h"

#define TOKEN_MAX 4096
#define STEPS_MAX 4096

static uint64_t last; /* x0 of the realm, and x1 */
static uint64_t number;

/* False if the RMM has no tokens. */
static bool call(uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3)
{
	if (!expect_result("REC_ENTER", RMI_SUCCESS,
			   guest_smc(fid, x1, x2, x3, 0)))
		return false;
	/* Work on a signature may leave to the host in between. */
	for (unsigned int i = 0; i < STEPS_MAX && !guest_done(); i++) {
		if (!guest_left(RMI_EXIT_IRQ))
			break;
		guest_goes_on(0);
	}
	last = guest_box()->x[0];
	number = guest_box()->x[1];
	if (last == SMCCC_NOT_SUPPORTED)
		verdict_skip("there are no tokens");
	return !verdict.skipped;
}

static bool init(void)
{
	return call(SMC_RSI_ATTESTATION_TOKEN_INIT, 1, 2, 3) &&
	       expect_value("x0 of INIT", RSI_SUCCESS, last);
}

static bool carry_on(uint64_t ipa, uint64_t offset, uint64_t size)
{
	return call(SMC_RSI_ATTESTATION_TOKEN_CONTINUE, ipa, offset, size);
}

static void bound(void)
{
	call_subject();
	if (init())
		expect("the bound is from 1 to a granule",
		       number >= 1 && number <= TOKEN_MAX);
}

static void without_init(void)
{
	call_subject();
	if (carry_on(P_BUFFER, 0, GRANULE))
		expect_value("x0 of CONTINUE", RSI_ERROR_STATE, last);
}

static void refused(uint64_t ipa, uint64_t offset, uint64_t size)
{
	if (!init())
		return;
	call_subject();
	if (carry_on(ipa, offset, size))
		expect_value("x0 of CONTINUE", RSI_ERROR_INPUT, last);
}

static void unaligned(void)
{
	refused(P_BUFFER + 8, 0, 16);
}

static void unprotected(void)
{
	refused(U_BOX2, 0, 16);
}

static void empty_page(void)
{
	refused(P_VOID_EMPTY, 0, 16);
}

static void offset_of_granule(void)
{
	refused(P_BUFFER, GRANULE, 0);
}

static void behind_granule(void)
{
	refused(P_BUFFER, 8, GRANULE);
}

static void wraps(void)
{
	refused(P_BUFFER, 8, ~0ull);
}

static void no_room(void)
{
	if (!init())
		return;
	call_subject();
	if (!carry_on(P_BUFFER, 0, 0))
		return;
	expect_value("x0 of CONTINUE", RSI_INCOMPLETE, last);
	expect_value("bytes written", 0, number);
}

/* To the end, in pieces of @size: the bytes of the token. */
static uint64_t whole(uint64_t size)
{
	uint64_t bytes = 0;

	for (unsigned int i = 0; i < STEPS_MAX; i++) {
		if (!carry_on(P_BUFFER, bytes % GRANULE,
			      size < GRANULE - bytes % GRANULE ?
				      size :
				      GRANULE - bytes % GRANULE))
			return 0;
		bytes += number;
		if (last != RSI_INCOMPLETE)
			return bytes;
	}
	return 0;
}

static void to_the_end(void)
{
	uint64_t most, bytes;

	if (!init())
		return;
	most = number;
	call_subject();
	bytes = whole(GRANULE);
	expect_value("x0 at the end", RSI_SUCCESS, last);
	expect("no more bytes than the bound, and some",
	       bytes > 0 && bytes <= most);
	if (carry_on(P_BUFFER, 0, GRANULE))
		expect_value("x0 behind the end", RSI_ERROR_STATE, last);
}

static void in_pieces(void)
{
	uint64_t at_once, pieces;

	if (!init())
		return;
	at_once = whole(GRANULE);
	if (!init())
		return;
	call_subject();
	pieces = whole(100);
	expect_value("x0 at the end", RSI_SUCCESS, last);
	expect_value("bytes", at_once, pieces);
}

static void begins_anew(void)
{
	uint64_t bytes;

	if (!init() || !carry_on(P_BUFFER, 0, 64) || !init())
		return;
	call_subject();
	bytes = whole(GRANULE);
	expect_value("x0 at the end", RSI_SUCCESS, last);
	expect("the token is whole", bytes > 64);
}

static const struct story stories[] = {
	{ "INIT says how many bytes there may be", .tell = bound },
	{ "CONTINUE without INIT", .tell = without_init },
	{ "a buffer that is not aligned", .tell = unaligned },
	{ "a buffer in the unprotected half", .tell = unprotected },
	{ "a buffer that is EMPTY", .tell = empty_page },
	{ "an offset of a granule", .tell = offset_of_granule },
	{ "a size behind the granule", .tell = behind_granule },
	{ "a size that wraps", .tell = wraps },
	{ "no room is no error", .tell = no_room },
	{ "to the end, and no further", .tell = to_the_end },
	{ "in pieces", .tell = in_pieces },
	{ "INIT begins anew", .tell = begins_anew },
};

const struct table token_table = {
	.name = "RSI tokens", .section = "RSI 1.10", .scene = SCENE_RUN,
	STORIES(stories),
};
