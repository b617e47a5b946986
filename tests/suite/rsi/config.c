/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RSI_REALM_CONFIG, and with it the rules for all buffers of RSI calls.
 */
#include "tests/suite/rsi/tables.h"

#define CONFIG(ipa) { SMC_RSI_REALM_CONFIG, ipa }
#define REFUSED(what, ipa) \
	{ what, .x = CONFIG(ipa), .out = { R(0, RSI_ERROR_INPUT) } }

/* As if the realm had touched the page: a translation fault at @level. */
#define ABSENT(what, ipa, level) \
	{ what, "RSI 1.5", .x = CONFIG(ipa), .end = LEAVES, \
	  .reason = RMI_EXIT_SYNC, \
	  .exit = { EXIT_MASKED(esr, ESR_EC, \
				FIELD_PREP(ESR_EC, ESR_EC_DATA_ABORT_LOWER)), \
		    EXIT_MASKED(esr, ESR_ABORT_FSC, \
				FSC_TRANSLATION + (level)), \
		    EXIT_MASKED(esr, ESR_ABORT_ISV, 0), \
		    EXIT_MASKED(hpfar, HPFAR_FIPA, IPA_TO_HPFAR(ipa)), \
		    EXIT(far, 0) } }

static const struct inside insides[] = {
	REFUSED("a buffer that is not aligned", P_BUFFER + 8),
	REFUSED("a buffer in the unprotected half", U_BOX),
	REFUSED("a buffer behind the IPA space", IPA_END),
	REFUSED("a buffer far behind the IPA space", 1ull << 52),
	REFUSED("a buffer that is VOID/EMPTY", P_VOID_EMPTY),
	REFUSED("a buffer that is DATA/EMPTY", P_DATA_EMPTY),
	REFUSED("a buffer in an EMPTY block", B_VOID),
	ABSENT("a buffer that is VOID/RAM leaves", P_VOID_RAM, 3),
	ABSENT("a buffer that is VOID/DESTROYED leaves", P_VOID_DESTROYED, 3),
	ABSENT("a buffer that is DATA/DESTROYED leaves", P_DATA_DESTROYED, 3),
	ABSENT("a buffer without a table of level 3 leaves", B_RAM, 2),
	{ "a buffer that is DATA/RAM", .x = CONFIG(P_BUFFER),
	  .out = { R(0, RSI_SUCCESS), R(1, 0), R(2, 0), R(3, 0) } },
};

/* A word of the page, as the realm reads it. */
static void expect_word(const char *what, unsigned int offset, uint64_t want)
{
	if (guest_does(AGENT_LDR, P_BUFFER + offset, 0))
		expect_value(what, want, guest_box()->x[0]);
}

static bool config(void)
{
	return expect_result("REC_ENTER", RMI_SUCCESS,
			     guest_smc(SMC_RSI_REALM_CONFIG, P_BUFFER, 0, 0,
				       0)) &&
	       expect("the realm goes on", guest_done()) &&
	       expect_value("x0", RSI_SUCCESS, guest_box()->x[0]);
}

static void contents(void)
{
	uint64_t rpv = 0;

	call_subject();
	if (!config())
		return;
	for (unsigned int i = 0; i < 8; i++)
		rpv |= (uint64_t)(unsigned char)"personal"[i] << (8 * i);
	expect_word("ipa_width", 0, IPA_BITS);
	expect_word("hash_algo", 8, RMI_HASH_SHA_256);
	expect_word("num_aux_planes", 0x10, 0);
	expect_word("rpv", 0x200, rpv);
	expect_word("behind rpv", 0x240, 0);
}

/* What was in the page before is not taken for a field. */
static void zeroed(void)
{
	verdict_setup(true);
	guest_does(AGENT_STR, P_BUFFER + 0x18, ~0ull);
	guest_does(AGENT_STR, P_BUFFER + 0xff8, ~0ull);
	verdict_setup(false);
	call_subject();
	if (!config())
		return;
	expect_word("gap", 0x18, 0);
	expect_word("end of the page", 0xff8, 0);
}

/* The host maps the page, and the same SMC succeeds. */
static void tried_again(void)
{
	if (!guest_leaves_by(RMI_EXIT_SYNC, SMC_RSI_REALM_CONFIG, P_VOID_RAM,
			     0, 0, 0))
		return;
	expect_result("RTT_DATA_MAP", RMI_SUCCESS,
		      driven(RTT_DATA_MAP, value_of(RD), P_VOID_RAM,
			     P_VOID_RAM + GRANULE, RMI_OADDR_SINGLE,
			     value_of(PAGES(FRESH, 1))));
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(0));
	if (expect("the realm goes on", guest_done()) &&
	    expect_value("x0", RSI_SUCCESS, guest_box()->x[0]) &&
	    guest_does(AGENT_LDR, P_VOID_RAM, 0))
		expect_value("ipa_width", IPA_BITS, guest_box()->x[0]);
}

static const struct story stories[] = {
	{ "the page says what the realm is", "RSI 1.6", .tell = contents },
	{ "the rest of the page is zero", "RSI 1.6", true, .tell = zeroed },
	{ "once the page is there, the SMC is made again", "RSI 1.5",
	  .tell = tried_again },
};

const struct table rsi_realm_config_table = {
	.name = "RSI_REALM_CONFIG", .section = "RSI 1.5", .scene = SCENE_RUN,
	.op = AGENT_SMC, INSIDES(insides), STORIES(stories),
};
