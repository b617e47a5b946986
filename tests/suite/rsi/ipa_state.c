/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RSI_IPA_STATE_GET and _SET: what the realm's memory is, and asking for it to
 * be something else.
 */
#include "tests/suite/rsi/tables.h"

/* ---- RSI_IPA_STATE_GET --------------------------------------------------- */

#define GET(base, top) { SMC_RSI_IPA_STATE_GET, base, top }
#define GET_REFUSED(what, base, top) \
	{ what, .x = GET(base, top), .out = { R(0, RSI_ERROR_INPUT) } }
#define GET_IS(what, ipa, ripas) \
	{ what, .x = GET(ipa, (ipa) + GRANULE), \
	  .out = { R(0, RSI_SUCCESS), R(1, (ipa) + GRANULE), \
		   R(2, RMI_##ripas) } }

static bool stretch_is_part(void)
{
	uint64_t out_top = guest_box()->x[1];

	return expect("the stretch has a length, and ends before it changes",
		      out_top > P_DATA_RAM && out_top <= P_DATA_DESTROYED);
}

static const struct inside get_insides[] = {
	GET_REFUSED("base is not aligned", P_CODE + 8, P_VOID_EMPTY),
	GET_REFUSED("top is not aligned", P_CODE, P_VOID_EMPTY + 8),
	GET_REFUSED("the range is empty", P_CODE, P_CODE),
	GET_REFUSED("top is below base", P_VOID_EMPTY, P_CODE),
	GET_REFUSED("the range is unprotected", U_BOX, U_BOX2),
	GET_REFUSED("the range ends behind the protected half", P_CODE,
		    PAR_END + GRANULE),
	GET_IS("VOID/EMPTY", P_VOID_EMPTY, EMPTY),
	GET_IS("VOID/RAM", P_VOID_RAM, RAM),
	GET_IS("VOID/DESTROYED", P_VOID_DESTROYED, DESTROYED),
	GET_IS("DATA/EMPTY", P_DATA_EMPTY, EMPTY),
	GET_IS("DATA/RAM", P_DATA_RAM, RAM),
	GET_IS("DATA/DESTROYED", P_DATA_DESTROYED, DESTROYED),
	GET_IS("inside a block", B_RAM + GRANULE, RAM),
	GET_IS("inside an entry of the root", G_VOID + GRANULE, EMPTY),
	{ "ends where the RIPAS changes", .x = GET(P_DATA_RAM, P_EMPTY2),
	  .out = { R(0, RSI_SUCCESS), R(2, RMI_RAM) },
	  .check = stretch_is_part },
	{ "goes to where the RIPAS changes", "RSI 1.9", true,
	  .x = GET(P_VOID_RAM, P_EMPTY2),
	  .out = { R(0, RSI_SUCCESS), R(1, P_VOID_DESTROYED),
		   R(2, RMI_RAM) } },
	{ "HIPAS does not matter", "RSI 1.9", true,
	  .x = GET(P_DATA_RAM - 2 * GRANULE, P_DATA_RAM),
	  .out = { R(0, RSI_SUCCESS), R(1, P_DATA_EMPTY),
		   R(2, RMI_DESTROYED) } },
};

const struct table rsi_ipa_state_get_table = {
	.name = "RSI_IPA_STATE_GET", .section = "RSI 1.9", .scene = SCENE_RUN,
	.op = AGENT_SMC, INSIDES(get_insides),
};

/* ---- RSI_IPA_STATE_SET --------------------------------------------------- */

#define SET(base, top, ripas, flags) \
	{ SMC_RSI_IPA_STATE_SET, base, top, ripas, flags }
#define SET_REFUSED(what, base, top, ripas) \
	{ what, .x = SET(base, top, ripas, 0), \
	  .out = { R(0, RSI_ERROR_INPUT) } }
#define SET_LEAVES(what, base, top, ripas, flags) \
	{ what, .x = SET(base, top, ripas, flags), .end = LEAVES, \
	  .reason = RMI_EXIT_RIPAS_CHANGE, \
	  .exit = { EXIT(ripas_base, base), EXIT(ripas_top, top), \
		    EXIT(ripas_value, ripas), EXIT(gprs[0], 0), \
		    EXIT(gprs[1], 0), EXIT(esr, 0), EXIT(hpfar, 0) } }

static const struct inside set_insides[] = {
	SET_REFUSED("base is not aligned", P_CODE + 8, P_VOID_EMPTY, RMI_RAM),
	SET_REFUSED("top is not aligned", P_CODE, P_VOID_EMPTY + 8, RMI_RAM),
	SET_REFUSED("the range is empty", P_CODE, P_CODE, RMI_RAM),
	SET_REFUSED("top is below base", P_VOID_EMPTY, P_CODE, RMI_RAM),
	SET_REFUSED("the range is unprotected", U_BOX, U_BOX2, RMI_RAM),
	SET_REFUSED("the range ends behind the protected half", P_CODE,
		    PAR_END + GRANULE, RMI_RAM),
	SET_REFUSED("to DESTROYED", P_VOID_RAM, P_VOID_DESTROYED,
		    RMI_DESTROYED),
	SET_REFUSED("to DEV", P_VOID_RAM, P_VOID_DESTROYED, RMI_DEV),
	SET_REFUSED("to RIPAS 4", P_VOID_RAM, P_VOID_DESTROYED, 4),
	SET_REFUSED("to RIPAS 257", P_VOID_RAM, P_VOID_DESTROYED, 257),
	SET_LEAVES("to RAM leaves", P_VOID_EMPTY, P_VOID_RAM, RMI_RAM, 0),
	SET_LEAVES("to EMPTY leaves", P_VOID_RAM, P_VOID_DESTROYED, RMI_EMPTY,
		   0),
	SET_LEAVES("of what is RAM leaves, too", P_DATA_RAM, P_DATA_DESTROYED,
		   RMI_RAM, 0),
	SET_LEAVES("up to the end of the protected half", P_CODE, PAR_END,
		   RMI_RAM, RSI_CHANGE_DESTROYED),
};

/* ---- The host's answer --------------------------------------------------- */

static const struct request to_ram = {
	P_VOID_EMPTY, P_VOID_DESTROYED, RMI_RAM, 0
};

static const struct request to_empty = {
	P_VOID_RAM, P_VOID_DESTROYED, RMI_EMPTY, 0
};

/* The realm asks, the host does it up to @top, and enters with @flags. */
static void answer_is(const struct request *request, uint64_t top,
		      uint64_t flags, uint64_t new_base, uint64_t response)
{
	const uint64_t *x = guest_box()->x;

	verdict_setup(true);
	realm_asks(request);
	if (top > request->base)
		expect_result("RTT_SET_RIPAS", RMI_SUCCESS,
			      ranged(RTT_SET_RIPAS, 3, value_of(RD),
				     value_of(REC), request->base, top));
	verdict_setup(false);
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(flags));
	if (!expect("the realm goes on", guest_done()))
		return;
	expect_value("x0", RSI_SUCCESS, x[0]);
	expect_value("x1", new_base, x[1]);
	expect_value("x2", response, x[2]);
}

static void nothing_done(void)
{
	answer_is(&to_ram, 0, 0, P_VOID_EMPTY, RSI_ACCEPT);
}

static void all_done(void)
{
	answer_is(&to_ram, P_VOID_DESTROYED, 0, P_VOID_DESTROYED, RSI_ACCEPT);
}

static void half_done(void)
{
	answer_is(&to_ram, P_VOID_RAM, 0, P_VOID_RAM, RSI_ACCEPT);
}

static void rejected(void)
{
	answer_is(&to_ram, 0, RMI_ENTRY_RIPAS_REJECT, P_VOID_EMPTY,
		  RSI_REJECT);
}

static void half_rejected(void)
{
	answer_is(&to_ram, P_VOID_RAM, RMI_ENTRY_RIPAS_REJECT, P_VOID_RAM,
		  RSI_REJECT);
}

static void all_done_and_rejected(void)
{
	answer_is(&to_ram, P_VOID_DESTROYED, RMI_ENTRY_RIPAS_REJECT,
		  P_VOID_DESTROYED, RSI_ACCEPT);
}

static void empty_rejected(void)
{
	answer_is(&to_empty, 0, RMI_ENTRY_RIPAS_REJECT, P_VOID_RAM,
		  RSI_ACCEPT);
}

/* A request is forgotten at the next entry. */
static void consumed(void)
{
	verdict_setup(true);
	realm_asks(&to_ram);
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(0));
	verdict_setup(false);
	call_subject();
	expect_result("RTT_SET_RIPAS", RMI_ERROR_INPUT,
		      rmi(RTT_SET_RIPAS, value_of(RD), value_of(REC),
			  P_VOID_EMPTY, P_VOID_RAM));
}

/* The flag does not survive an entry: the next request is not rejected. */
static void flag_is_consumed(void)
{
	verdict_setup(true);
	realm_asks(&to_ram);
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_goes_on(RMI_ENTRY_RIPAS_REJECT));
	verdict_setup(false);
	answer_is(&to_ram, 0, 0, P_VOID_EMPTY, RSI_ACCEPT);
}

/* What is EMPTY is no memory any more, and RAM is again. */
static void access_follows(void)
{
	static const struct request away = {
		P_DATA_RAM, P_DATA_DESTROYED, RMI_EMPTY, 0
	};
	static const struct request back = {
		P_DATA_RAM, P_DATA_DESTROYED, RMI_RAM, 0
	};

	verdict_setup(true);
	guest_does(AGENT_LDR, P_DATA_RAM, 0);
	verdict_setup(false);
	answer_is(&away, P_DATA_DESTROYED, 0, P_DATA_DESTROYED, RSI_ACCEPT);
	guest_does(AGENT_LDR, P_DATA_RAM, 0);
	expect_value("external aborts in the realm", 1,
		     guest_box()->exceptions);
	answer_is(&back, P_DATA_DESTROYED, 0, P_DATA_DESTROYED, RSI_ACCEPT);
	guest_does(AGENT_LDR, P_DATA_RAM, 0);
	expect_value("external aborts in the realm", 0,
		     guest_box()->exceptions);
}

static const struct story set_stories[] = {
	{ "the host does nothing: new_base is base", .tell = nothing_done },
	{ "the host does all: new_base is top", .tell = all_done },
	{ "the host does a part: new_base is its end", .tell = half_done },
	{ "the host rejects RAM", .tell = rejected },
	{ "the host does a part and rejects the rest",
	  .tell = half_rejected },
	{ "what is done whole cannot be rejected",
	  .tell = all_done_and_rejected },
	{ "EMPTY cannot be rejected", .tell = empty_rejected },
	{ "a request ends with the next entry", "6.3", .tell = consumed },
	{ "a rejection is for one request", "5.3", .tell = flag_is_consumed },
	{ "accesses follow the RIPAS", "6.4", .tell = access_follows },
};

const struct table rsi_ipa_state_set_table = {
	.name = "RSI_IPA_STATE_SET", .section = "RSI 1.8", .scene = SCENE_RUN,
	.op = AGENT_SMC, INSIDES(set_insides), STORIES(set_stories),
};
