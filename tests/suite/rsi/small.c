/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granules of RSI, which are 4 KiB whatever those of RMI are: a realm may name
 * a part of a granule, which the host cannot grant. With 4 KiB granules there
 * is no such part, and these are skipped.
 */
#include "tests/suite/rsi/tables.h"

#define STEP RSI_GRANULE_SIZE

static bool has_parts(void)
{
	if (GRANULE == STEP)
		verdict_skip("granules of RMI are those of RSI");
	return !verdict.skipped;
}

static const struct inside insides[] = {
	{ "RIPAS of a part", "RSI 1.9", .twist = has_parts,
	  .x = { SMC_RSI_IPA_STATE_GET, P_DATA_RAM + STEP,
		 P_DATA_RAM + 2 * STEP },
	  .out = { R(0, RSI_SUCCESS), R(1, P_DATA_RAM + 2 * STEP),
		   R(2, RMI_RAM) } },
	{ "RIPAS from the middle of a granule on", "RSI 1.9", true, has_parts,
	  .x = { SMC_RSI_IPA_STATE_GET, P_VOID_RAM + STEP, P_EMPTY2 },
	  .out = { R(0, RSI_SUCCESS), R(1, P_VOID_DESTROYED),
		   R(2, RMI_RAM) } },
	{ "a change of a part leaves", "RSI 1.8", .twist = has_parts,
	  .x = { SMC_RSI_IPA_STATE_SET, P_VOID_EMPTY + STEP,
		 P_VOID_EMPTY + 2 * STEP, RMI_RAM, 0 },
	  .end = LEAVES, .reason = RMI_EXIT_RIPAS_CHANGE,
	  .exit = { EXIT(ripas_base, P_VOID_EMPTY + STEP),
		    EXIT(ripas_top, P_VOID_EMPTY + 2 * STEP),
		    EXIT(ripas_value, RMI_RAM) } },
	{ "a buffer in the middle of a granule that is not there leaves",
	  "RSI 1.5", .twist = has_parts,
	  .x = { SMC_RSI_REALM_CONFIG, P_VOID_RAM + STEP }, .end = LEAVES,
	  .reason = RMI_EXIT_SYNC,
	  .exit = { EXIT_MASKED(esr, ESR_ABORT_FSC, FSC_TRANSLATION + 3) } },
	{ "a buffer that is aligned to half of it", "RSI 1.5",
	  .twist = has_parts,
	  .x = { SMC_RSI_REALM_CONFIG, P_BUFFER + STEP + STEP / 2 },
	  .out = { R(0, RSI_ERROR_INPUT) } },
};

/*
 * The realm asks for [@base, @top); the host grants up to @said, is refused,
 * and the realm finds that nothing was done.
 */
static void not_granted(uint64_t base, uint64_t top, uint64_t said,
			uint64_t want)
{
	if (!has_parts())
		return;
	verdict_setup(true);
	realm_asks(&(const struct request){ base, top, RMI_RAM, 0 });
	verdict_setup(false);
	call_subject();
	expect_result("RTT_SET_RIPAS", want,
		      driven(RTT_SET_RIPAS, value_of(RD), value_of(REC), base,
			     said));
	holds(ENTRY(P_EMPTY2, 3, VOID, EMPTY, 0));
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(0));
	expect("the realm goes on", guest_done());
	expect_value("x1 of the realm", base, guest_box()->x[1]);
}

static void end_of_granule(void)
{
	not_granted(P_EMPTY2 + STEP, P_EMPTY2 + GRANULE, P_EMPTY2 + GRANULE,
		    RTT(3));
}

static void start_of_granule(void)
{
	not_granted(P_EMPTY2, P_EMPTY2 + STEP, P_EMPTY2 + STEP,
		    RMI_ERROR_INPUT);
}

static void more_than_asked(void)
{
	not_granted(P_EMPTY2, P_EMPTY2 + STEP, P_EMPTY2 + GRANULE,
		    RMI_ERROR_INPUT);
}

static void expect_word(uint64_t ipa, uint64_t want)
{
	if (guest_does(AGENT_LDR, ipa, 0))
		expect_value("a word of the granule", want,
			     guest_box()->x[0]);
}

/* RSI_REALM_CONFIG fills its 4 KiB, and nothing before or behind them. */
static void config_fills_a_part(void)
{
	if (!has_parts())
		return;
	verdict_setup(true);
	guest_does(AGENT_STR, P_BUFFER + STEP - 8, 0x55);
	guest_does(AGENT_STR, P_BUFFER + 2 * STEP, 0x66);
	verdict_setup(false);
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_smc(SMC_RSI_REALM_CONFIG, P_BUFFER + STEP, 0, 0,
				0));
	if (!expect("the realm goes on", guest_done()) ||
	    !expect_value("x0", RSI_SUCCESS, guest_box()->x[0]))
		return;
	expect_word(P_BUFFER + STEP, IPA_BITS);
	expect_word(P_BUFFER + STEP - 8, 0x55);
	expect_word(P_BUFFER + 2 * STEP, 0x66);
}

static const struct story stories[] = {
	{ "RSI_REALM_CONFIG fills a part", "RSI 1.6",
	  .tell = config_fills_a_part },
	{ "the end of a granule cannot be granted", "5.5", true,
	  .tell = end_of_granule },
	{ "the start of a granule cannot be granted", "5.5",
	  .tell = start_of_granule },
	{ "a granule cannot be granted for its start", "5.5",
	  .tell = more_than_asked },
};

const struct table rsi_small_table = {
	.name = "RSI granules", .section = "RSI 1.5", .scene = SCENE_RUN,
	.op = AGENT_SMC, INSIDES(insides), STORIES(stories),
};
