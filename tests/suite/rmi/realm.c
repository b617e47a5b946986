/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The life of a realm after its creation, and what each of its states allows.
 */
#include "tests/suite/rmi/tables.h"

/* ---- RMI_REALM_ACTIVATE -------------------------------------------------- */

static const struct deviation activate_deviations[] = {
	RD_DEVIATIONS(1),
	{ 2, CHECK_ATTRIBUTE, "the realm is ACTIVE", .twist = scene_activate,
	  .want = ERR(REALM) },
	{ 2, CHECK_ATTRIBUTE, "the realm is a ZOMBIE",
	  .twist = scene_terminate, .want = ERR(REALM) },
};

/* Now it has what the other states have not: it can be entered. */
static bool runs(void)
{
	uint64_t ret = rmi(REC_ENTER, value_of(REC), value_of(RUN));

	return port->no_guest || expect_result("REC_ENTER", RMI_SUCCESS, ret);
}

static bool not_new(void)
{
	return expect_result("REALM_ACTIVATE", RMI_ERROR_REALM,
			     RMI_RETURN_STATUS(rmi(REALM_ACTIVATE,
						   value_of(RD))));
}

static const struct effect activate_effects[] = {
	{ "the realm is ACTIVE", "6.2", .x = { RD }, .want = OK,
	  .check = runs },
	{ "refused in SYSTEM_OFF", "6.2", .scene = SCENE_OFF, .x = { RD },
	  .want = ERR(REALM) },
	{ "a realm without RECs", .scene = SCENE_BARE, .x = { RD },
	  .want = OK, .check = not_new },
};

const struct table realm_activate_table = {
	.name = "REALM_ACTIVATE", .section = "5.2", .scene = SCENE_RECS,
	.fid = SMC_RMI_REALM_ACTIVATE, .x = { RD },
	DEVIATIONS(activate_deviations), EFFECTS(activate_effects),
};

/* ---- RMI_REALM_TERMINATE ------------------------------------------------- */

static const struct deviation terminate_deviations[] = {
	RD_DEVIATIONS(1),
};

static bool runs_no_more(void)
{
	return expect_result("REC_ENTER", RMI_ERROR_REALM,
			     RMI_RETURN_STATUS(rmi(REC_ENTER, value_of(REC),
						   value_of(RUN))));
}

static const struct effect terminate_effects[] = {
	{ "from NEW", .x = { RD }, .want = OK, .check = not_new },
	{ "from ACTIVE", .scene = SCENE_ACTIVE, .x = { RD }, .want = OK,
	  .check = runs_no_more },
	{ "from SYSTEM_OFF", .scene = SCENE_OFF, .x = { RD }, .want = OK,
	  .check = runs_no_more },
	{ "from ZOMBIE has no effect", "10.8", true, .scene = SCENE_ZOMBIE,
	  .x = { RD }, .want = OK, .check = runs_no_more },
	{ "leaves RECs, tables and DATA where they are",
	  .scene = SCENE_ACTIVE, .x = { RD }, .want = OK,
	  .check = runs_no_more,
	  .after = { GRANULE_IS(REC, USED), GRANULE_IS(TABLE, USED),
		     GRANULE_IS(DATA_RAM, USED),
		     ENTRY(P_DATA_RAM, 3, DATA, RAM, DATA_RAM) } },
};

const struct table realm_terminate_table = {
	.name = "REALM_TERMINATE", .section = "5.2", .scene = SCENE_RECS,
	.fid = SMC_RMI_REALM_TERMINATE, .x = { RD },
	DEVIATIONS(terminate_deviations), EFFECTS(terminate_effects),
};

/* ---- RMI_REALM_DESTROY --------------------------------------------------- */

static bool table_is_left(void)
{
	return expect_result("RTT_CREATE", RMI_SUCCESS,
			     driven(RTT_CREATE, value_of(RD), value_of(FRESH),
				    0, 2));
}

static const struct deviation destroy_deviations[] = {
	RD_DEVIATIONS(1),
	{ 4, CHECK_ATTRIBUTE, "a table is left", .twist = table_is_left,
	  .want = ERR(REALM) },
};

static bool is_gone(void)
{
	return expect_result("REALM_ACTIVATE", RMI_ERROR_INPUT,
			     rmi(REALM_ACTIVATE, value_of(RD)));
}

/* Nothing but a REC, in a realm that is terminated. */
static bool rec_is_left(void)
{
	scene_rec_params(value_of(PARAMS), 0, 0, 0, 0);
	return expect_result("REC_CREATE", RMI_SUCCESS,
			     driven(REC_CREATE, value_of(RD), value_of(FRESH),
				    value_of(PARAMS))) &&
	       scene_terminate();
}

static const struct effect destroy_effects[] = {
	{ "refused while a REC is left", .scene = SCENE_BARE,
	  .twist = rec_is_left, .x = { RD }, .want = ERR(REALM),
	  .after = { GRANULE_IS(RD, USED), GRANULE_IS(FRESH, USED) } },
	{ "rd and root are DELEGATED again", .x = { RD }, .want = OK,
	  .after = { GRANULE_IS(RD, DELEGATED),
		     GRANULE_IS(ROOT, DELEGATED) } },
	{ "the realm is gone", .x = { RD }, .want = OK, .check = is_gone },
	{ "refused in NEW", "6.2", .scene = SCENE_BARE, .x = { RD },
	  .want = ERR(REALM), .after = { GRANULE_IS(RD, USED) } },
	{ "refused in NEW with RECs", .scene = SCENE_RECS, .x = { RD },
	  .want = ERR(REALM), .after = { GRANULE_IS(RD, USED) } },
	{ "refused in ACTIVE", "6.2", .scene = SCENE_ACTIVE, .x = { RD },
	  .want = ERR(REALM), .after = { GRANULE_IS(RD, USED) } },
	{ "refused in SYSTEM_OFF", "6.2", .scene = SCENE_OFF, .x = { RD },
	  .want = ERR(REALM), .after = { GRANULE_IS(RD, USED) } },
	{ "refused while RECs and tables are left", .scene = SCENE_ZOMBIE,
	  .x = { RD },
	  .want = ERR(REALM),
	  .after = { GRANULE_IS(RD, USED), GRANULE_IS(REC, USED) } },
};

/* The same granules make another realm, of which nothing is old. */
static void again(void)
{
	call_subject();
	if (!expect_result("x0", RMI_SUCCESS,
			   driven(REALM_DESTROY, value_of(RD))))
		return;
	scene_realm_params(value_of(PARAMS), value_of(ROOT));
	expect_result("REALM_CREATE", RMI_SUCCESS,
		      driven(REALM_CREATE, value_of(RD), value_of(PARAMS)));
	holds(ENTRY(G_TABLE, 1, VOID, EMPTY, 0));
	expect_result("REALM_ACTIVATE", RMI_SUCCESS,
		      rmi(REALM_ACTIVATE, value_of(RD)));
}

static const struct story destroy_stories[] = {
	{ "its granules make another realm", .tell = again },
};

const struct table realm_destroy_table = {
	.name = "REALM_DESTROY", .section = "5.2", .scene = SCENE_DEAD,
	.fid = SMC_RMI_REALM_DESTROY, .x = { RD },
	DEVIATIONS(destroy_deviations), EFFECTS(destroy_effects),
	STORIES(destroy_stories),
};
