/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RECs made and destroyed.
 */
#include "tests/suite/rmi/tables.h"

#define FLAGS 0x0
#define MPIDR 0x100

/* ---- RMI_REC_CREATE ------------------------------------------------------ */

/* The scene has RECs 0 and 1. */
static void fill(void)
{
	scene_rec_params(value_of(PARAMS), 2, 0, 0, 0);
}

static const struct deviation create_deviations[] = {
	GRANULE_DEVIATIONS(1, 2, "rec"),
	{ 3, CHECK_OBJECT, "the parameters are not aligned",
	  { X(3, PARAMS + HALF) }, .want = ERR(INPUT) },
	{ 3, CHECK_OBJECT, "the parameters are where no memory is",
	  { X(3, NO_RAM) }, .want = ERR(INPUT) },
	{ 3, CHECK_OBJECT, "the parameters are delegated",
	  { X(3, FRESH + GRANULE) }, .want = ERR(INPUT) },
	RD_DEVIATIONS(4),
	{ 4, CHECK_OBJECT, "rd is the new REC", { X(1, FRESH + 8 * GRANULE) },
	  .want = ERR(INPUT), .alone = true },
	{ 6, CHECK_ATTRIBUTE, "the realm is ACTIVE", .twist = scene_activate,
	  .want = ERR(REALM) },
	{ 6, CHECK_ATTRIBUTE, "the realm is a ZOMBIE",
	  .twist = scene_terminate, .want = ERR(REALM) },
	{ 7, CHECK_OTHER, "bits 7:4 of the MPIDR are set",
	  { F64(MPIDR, 0x12) }, .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "bit 32 of the MPIDR is set",
	  { F64(MPIDR, 1ull << 32 | 2) }, .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "bit 31 of MPIDR_EL1 is in the MPIDR",
	  { F64(MPIDR, 1ull << 31 | 2) }, .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "the MPIDR is the first REC's", { F64(MPIDR, 0) },
	  .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "the MPIDR is not the next", { F64(MPIDR, 3) },
	  .want = ERR(INPUT) },
	{ 7, CHECK_OTHER, "the MPIDR is the next in Aff1",
	  { F64(MPIDR, 2 << 8) }, .want = ERR(INPUT) },
};

static const struct effect create_effects[] = {
	{ "the granule is used", .x = { RD, FRESH + 8 * GRANULE, PARAMS },
	  .want = OK,
	  .after = { GRANULE_IS(FRESH + 8 * GRANULE, USED) } },
	{ "the granule is used, of a runnable one",
	  .x = { RD, FRESH + 8 * GRANULE, PARAMS },
	  .set = { F64(FLAGS, RMI_REC_PARAM_FLAG_RUNNABLE) }, .want = OK,
	  .after = { GRANULE_IS(FRESH + 8 * GRANULE, USED) } },
	{ "refused in SYSTEM_OFF", "6.2", .scene = SCENE_OFF,
	  .x = { RD, FRESH + 8 * GRANULE, PARAMS }, .want = ERR(REALM),
	  .after = { GRANULE_IS(FRESH + 8 * GRANULE, DELEGATED) } },
};

static uint64_t create(uint64_t mpidr)
{
	scene_rec_params(value_of(PARAMS), mpidr, 0, 0, 0);
	return driven(REC_CREATE, value_of(RD),
		      pool_take_delegated(1, GRANULE), value_of(PARAMS));
}

/* RECs 2 to 15. */
static bool create_to_15(void)
{
	bool done = true;

	verdict_setup(true);
	for (uint64_t i = 2; i < 16; i++)
		done = done && expect_result("REC_CREATE", RMI_SUCCESS,
					     create(i));
	verdict_setup(false);
	return done;
}

/* Aff0 has four bits. */
static void sixteen(void)
{
	if (!create_to_15())
		return;
	expect_result("MPIDR 0x10", RMI_ERROR_INPUT, create(0x10));
	call_subject();
	expect_result("MPIDR 0x100", RMI_SUCCESS, create(0x100));
	expect_result("MPIDR 0x101", RMI_SUCCESS, create(0x101));
}

/* A number that was given is never given again. */
static void after_destroy(void)
{
	verdict_setup(true);
	expect_result("REC_DESTROY", RMI_SUCCESS,
		      driven(REC_DESTROY, value_of(REC2)));
	verdict_setup(false);
	call_subject();
	expect_result("MPIDR 2", RMI_SUCCESS, create(2));
}

#define RECS_MAX 1100

/* Index of a REC as its affinity: bits 3:0, 15:8, 23:16. */
static uint64_t mpidr_of(uint64_t index)
{
	return (index & 0xf) | (index & 0xff0) << 4 | (index & 0xff000) << 4;
}

/* True if the pool has the memory of that many. */
static bool affordable(uint64_t recs)
{
	unsigned int before = pool_left();

	expect_result("REC_CREATE", RMI_SUCCESS, create(mpidr_of(2)));
	if (recs > RECS_MAX || recs * (before - pool_left()) > pool_left())
		verdict_skip("not enough RAM for so many RECs");
	return !verdict.skipped && !verdict.failed;
}

static void as_many_as_offered(void)
{
	uint64_t most;

	rmi(FEATURES, 1);
	most = (1ull << FIELD_GET(RMI_FEATURE_REGISTER_1_MAX_RECS_ORDER,
				  answer[1])) - 1;
	if (!affordable(most))
		return;
	for (uint64_t i = 3; i < most && !verdict.failed; i++)
		expect_result("REC_CREATE", RMI_SUCCESS, create(mpidr_of(i)));
	scene_rec_params(value_of(PARAMS), mpidr_of(most), 0, 0, 0);
	call_subject();
	expect_result("one more", RMI_ERROR_REALM,
		      driven(REC_CREATE, value_of(RD), value_of(FRESH),
			     value_of(PARAMS)));
	holds(GRANULE_IS(FRESH, DELEGATED));
}

static const struct story create_stories[] = {
	{ "as many as register 1 offers", "5.3",
	  .tell = as_many_as_offered },
	{ "the 17th has Aff1", "4.2", .tell = sixteen },
	{ "a destroyed REC leaves its number used", "5.3", true,
	  .tell = after_destroy },
};

const struct table rec_create_table = {
	.name = "REC_CREATE", .section = "5.3", .scene = SCENE_RECS,
	.fid = SMC_RMI_REC_CREATE, .x = { RD, FRESH + 8 * GRANULE, PARAMS },
	.fill = fill,
	DEVIATIONS(create_deviations), EFFECTS(create_effects),
	STORIES(create_stories),
};

/* ---- RMI_REC_DESTROY ----------------------------------------------------- */

static const struct deviation destroy_deviations[] = {
	{ 2, CHECK_OBJECT, "rec is not aligned", { X(1, REC + HALF) },
	  .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "rec is Non-secure", { X(1, NS) },
	  .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "rec is DELEGATED", { X(1, FRESH) },
	  .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "rec is a realm descriptor", { X(1, RD) },
	  .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "rec is a table", { X(1, TABLE) },
	  .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "rec is DATA", { X(1, DATA_RAM) },
	  .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "rec is where no memory is", { X(1, NO_RAM) },
	  .want = ERR(INPUT) },
};

#define DESTROYED_IN(what, in) \
	{ what, "6.2", .scene = in, .x = { REC }, .want = OK, \
	  .after = { GRANULE_IS(REC, DELEGATED), GRANULE_IS(REC2, USED) } }

static bool not_a_rec(void)
{
	return expect_result("REC_ENTER", RMI_ERROR_INPUT,
			     rmi(REC_ENTER, value_of(REC), value_of(RUN)));
}

static const struct effect destroy_effects[] = {
	DESTROYED_IN("in NEW", SCENE_RECS),
	DESTROYED_IN("in ACTIVE", SCENE_ACTIVE),
	DESTROYED_IN("in ACTIVE, after it has run", SCENE_RUN),
	DESTROYED_IN("in SYSTEM_OFF", SCENE_OFF),
	DESTROYED_IN("in ZOMBIE", SCENE_ZOMBIE),
	{ "it is no REC any more", .scene = SCENE_ACTIVE, .x = { REC },
	  .want = OK, .check = not_a_rec },
};

/* All but the memory that the operation gave back was there before. */
static void all_memory(void)
{
	scene_rec_params(value_of(PARAMS), 2, 0, 0, 0);
	world_remember();
	verdict_setup(true);
	expect_result("REC_CREATE", RMI_SUCCESS,
		      driven(REC_CREATE, value_of(RD), value_of(FRESH),
			     value_of(PARAMS)));
	verdict_setup(false);
	call_subject();
	expect_result("x0", RMI_SUCCESS, driven(REC_DESTROY, value_of(FRESH)));
	world_is_same();
}

static const struct story destroy_stories[] = {
	{ "all that the REC was made of comes back", .tell = all_memory },
};

const struct table rec_destroy_table = {
	.name = "REC_DESTROY", .section = "5.3", .scene = SCENE_RECS,
	.fid = SMC_RMI_REC_DESTROY, .x = { REC },
	DEVIATIONS(destroy_deviations), EFFECTS(destroy_effects),
	STORIES(destroy_stories),
};
