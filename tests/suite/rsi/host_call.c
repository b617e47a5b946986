/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RSI_HOST_CALL.
 */
#include "tests/suite/rsi/tables.h"

#define CALL(ipa) { SMC_RSI_HOST_CALL, ipa }
#define REFUSED(what, ipa) \
	{ what, .x = CALL(ipa), .out = { R(0, RSI_ERROR_INPUT) } }
#define ABSENT(what, ipa, level) \
	{ what, .x = CALL(ipa), .end = LEAVES, .reason = RMI_EXIT_SYNC, \
	  .exit = { EXIT_MASKED(esr, ESR_EC, \
				FIELD_PREP(ESR_EC, ESR_EC_DATA_ABORT_LOWER)), \
		    EXIT_MASKED(esr, ESR_ABORT_FSC, \
				FSC_TRANSLATION + (level)), \
		    EXIT_MASKED(hpfar, HPFAR_FIPA, IPA_TO_HPFAR(ipa)) } }

static const struct inside insides[] = {
	REFUSED("a structure that is not aligned", P_BUFFER + 8),
	REFUSED("a structure that is aligned to 128 bytes", P_BUFFER + 0x80),
	REFUSED("a structure in the unprotected half", U_BOX),
	REFUSED("a structure behind the IPA space", IPA_END),
	REFUSED("a structure that is VOID/EMPTY", P_VOID_EMPTY),
	REFUSED("a structure that is DATA/EMPTY", P_DATA_EMPTY),
	ABSENT("a structure that is VOID/RAM leaves", P_VOID_RAM, 3),
	ABSENT("a structure that is VOID/DESTROYED leaves", P_VOID_DESTROYED,
	       3),
	ABSENT("a structure that is DATA/DESTROYED leaves", P_DATA_DESTROYED,
	       3),
	{ "the last structure of a page", .x = CALL(P_BUFFER + GRANULE - 0x100),
	  .end = LEAVES, .reason = RMI_EXIT_HOST_CALL,
	  .exit = { EXIT(imm, 0), EXIT(gprs[0], 0), EXIT(gprs[30], 0) } },
};

/* Word @index of the structure at P_BUFFER: imm, and the registers. */
static bool put(unsigned int index, uint64_t value)
{
	return guest_does(AGENT_STR, P_BUFFER + 8 * index, value);
}

static void expect_word(unsigned int index, uint64_t want)
{
	if (guest_does(AGENT_LDR, P_BUFFER + 8 * index, 0))
		expect_value("a register in the structure", want,
			     guest_box()->x[0]);
}

static bool calls(void)
{
	return guest_leaves_by(RMI_EXIT_HOST_CALL, SMC_RSI_HOST_CALL,
			       P_BUFFER, 2, 3, 4);
}

/* The host is shown the structure, and none of the realm's registers. */
static void shows(void)
{
	const struct rec_exit *exit = guest_exit();

	verdict_setup(true);
	put(0, 0x1234);
	put(1, 0x1111222233334444);
	put(31, 0x5555666677778888);
	verdict_setup(false);
	call_subject();
	if (!calls())
		return;
	expect_value("imm", 0x1234, exit->imm);
	expect_value("plane", 0, exit->plane);
	expect_value("gprs[0]", 0x1111222233334444, exit->gprs[0]);
	expect_value("gprs[1]", 0, exit->gprs[1]);
	expect_value("gprs[30]", 0x5555666677778888, exit->gprs[30]);
	expect_value("esr", 0, exit->esr);
	expect_value("hpfar", 0, exit->hpfar);
}

static void answers(void)
{
	struct rec_enter *enter = guest_said();

	verdict_setup(true);
	calls();
	verdict_setup(false);
	enter->gprs[0] = 0xaaaa;
	enter->gprs[30] = 0xbbbb;
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(0));
	if (!expect("the realm goes on", guest_done()) ||
	    !expect_value("x0", RSI_SUCCESS, guest_box()->x[0]))
		return;
	expect_value("x2 of the realm", 2, guest_box()->x[2]);
	expect_value("x4 of the realm", 4, guest_box()->x[4]);
	expect_word(1, 0xaaaa);
	expect_word(31, 0xbbbb);
}

static bool unmap_buffer(void)
{
	return expect_result("RTT_DATA_UNMAP", RMI_SUCCESS,
			     driven(RTT_DATA_UNMAP, value_of(RD), P_BUFFER,
				    P_BUFFER + GRANULE, RMI_OADDR_NONE));
}

/* The answer finds no page: an abort, and it stays due. */
static void page_is_gone(void)
{
	verdict_setup(true);
	calls();
	unmap_buffer();
	verdict_setup(false);
	guest_said()->gprs[0] = 0xaaaa;
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(0));
	left(RMI_EXIT_SYNC,
	     EXIT_MASKED(esr, ESR_EC,
			 FIELD_PREP(ESR_EC, ESR_EC_DATA_ABORT_LOWER)),
	     EXIT_MASKED(hpfar, HPFAR_FIPA, IPA_TO_HPFAR(P_BUFFER)));
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(0));
	left(RMI_EXIT_SYNC,
	     EXIT_MASKED(hpfar, HPFAR_FIPA, IPA_TO_HPFAR(P_BUFFER)));
}

static const struct story stories[] = {
	{ "the host is shown the structure", "RSI 1.7", .tell = shows },
	{ "the host's answer is in the structure", "RSI 1.7",
	  .tell = answers },
	{ "an answer without a page leaves, and is still due", "RSI 1.7",
	  .tell = page_is_gone },
};

const struct table rsi_host_call_table = {
	.name = "RSI_HOST_CALL", .section = "RSI 1.5", .scene = SCENE_RUN,
	.op = AGENT_SMC, INSIDES(insides), STORIES(stories),
};
