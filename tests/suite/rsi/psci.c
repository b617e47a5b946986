/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PSCI as a realm calls it, and RMI_PSCI_COMPLETE by which the host answers.
 */
#include "abi/smccc.h"
#include "tests/suite/rsi/tables.h"

#define NOT_SUPPORTED ((uint64_t)(int64_t)PSCI_NOT_SUPPORTED)
#define INVALID_PARAMETERS ((uint64_t)(int64_t)PSCI_INVALID_PARAMETERS)
#define DENIED ((uint64_t)(int64_t)PSCI_DENIED)
#define ALREADY_ON ((uint64_t)(int64_t)PSCI_ALREADY_ON)
#define INVALID_ADDRESS ((uint64_t)(int64_t)PSCI_INVALID_ADDRESS)

/* The first REC's affinity is 0, the second's 1; there is no third. */
#define SELF 0
#define SECOND 1
#define THIRD 2
#define ENTRY_POINT P_CODE

#define ANSWERS(what, result, ...) \
	{ what, .x = { __VA_ARGS__ }, .out = { R(0, result) } }
#define LEAVES_BY(what, fid) \
	{ what, .x = { fid }, .end = LEAVES, .reason = RMI_EXIT_PSCI, \
	  .exit = { EXIT(gprs[0], fid) } }

static const struct inside insides[] = {
	ANSWERS("VERSION", PSCI_VERSION_1_1, PSCI_VERSION),
	ANSWERS("FEATURES of CPU_SUSPEND", 0, PSCI_FEATURES,
		PSCI_CPU_SUSPEND),
	ANSWERS("FEATURES of CPU_SUSPEND, SMC64", 0, PSCI_FEATURES,
		PSCI_64(PSCI_CPU_SUSPEND)),
	ANSWERS("FEATURES of CPU_OFF", 0, PSCI_FEATURES, PSCI_CPU_OFF),
	ANSWERS("FEATURES of CPU_ON", 0, PSCI_FEATURES, PSCI_CPU_ON),
	ANSWERS("FEATURES of CPU_ON, SMC64", 0, PSCI_FEATURES,
		PSCI_64(PSCI_CPU_ON)),
	ANSWERS("FEATURES of AFFINITY_INFO", 0, PSCI_FEATURES,
		PSCI_AFFINITY_INFO),
	ANSWERS("FEATURES of AFFINITY_INFO, SMC64", 0, PSCI_FEATURES,
		PSCI_64(PSCI_AFFINITY_INFO)),
	ANSWERS("FEATURES of SYSTEM_OFF", 0, PSCI_FEATURES, PSCI_SYSTEM_OFF),
	ANSWERS("FEATURES of SYSTEM_RESET", 0, PSCI_FEATURES,
		PSCI_SYSTEM_RESET),
	ANSWERS("FEATURES of FEATURES", 0, PSCI_FEATURES, PSCI_FEATURES),
	ANSWERS("FEATURES of SMCCC_VERSION", 0, PSCI_FEATURES, SMCCC_VERSION),
	ANSWERS("FEATURES of SYSTEM_SUSPEND", NOT_SUPPORTED, PSCI_FEATURES,
		0xc400000e),
	ANSWERS("FEATURES of SYSTEM_RESET2", NOT_SUPPORTED, PSCI_FEATURES,
		0xc4000012),
	ANSWERS("FEATURES of an RSI call", NOT_SUPPORTED, PSCI_FEATURES,
		SMC_RSI_VERSION),
	ANSWERS("MIGRATE_INFO_TYPE", NOT_SUPPORTED, 0x84000006),
	ANSWERS("SYSTEM_SUSPEND", NOT_SUPPORTED, 0xc400000e),
	ANSWERS("the last number of PSCI", NOT_SUPPORTED, 0x8400001f),
	ANSWERS("CPU_ON of oneself", ALREADY_ON, PSCI_64(PSCI_CPU_ON), SELF,
		ENTRY_POINT, 0),
	ANSWERS("CPU_ON of a CPU that is not there", INVALID_PARAMETERS,
		PSCI_64(PSCI_CPU_ON), THIRD, ENTRY_POINT, 0),
	{ "CPU_ON with bits that no affinity has", "RSI 2", true,
	  .x = { PSCI_64(PSCI_CPU_ON), 1ull << 40 | SECOND, ENTRY_POINT },
	  .out = { R(0, INVALID_PARAMETERS) } },
	ANSWERS("CPU_ON into the unprotected half", INVALID_ADDRESS,
		PSCI_64(PSCI_CPU_ON), SECOND, U_BOX, 0),
	ANSWERS("CPU_ON behind the IPA space", INVALID_ADDRESS,
		PSCI_64(PSCI_CPU_ON), SECOND, 1ull << 52, 0),
	ANSWERS("AFFINITY_INFO of oneself", PSCI_AFFINITY_ON,
		PSCI_64(PSCI_AFFINITY_INFO), SELF, 0),
	ANSWERS("AFFINITY_INFO of a CPU that is not there",
		INVALID_PARAMETERS, PSCI_64(PSCI_AFFINITY_INFO), THIRD, 0),
	ANSWERS("AFFINITY_INFO of a cluster", INVALID_PARAMETERS,
		PSCI_64(PSCI_AFFINITY_INFO), SECOND, 1),
	LEAVES_BY("CPU_SUSPEND leaves", PSCI_CPU_SUSPEND),
	LEAVES_BY("CPU_SUSPEND leaves, SMC64", PSCI_64(PSCI_CPU_SUSPEND)),
	LEAVES_BY("CPU_OFF leaves", PSCI_CPU_OFF),
	LEAVES_BY("SYSTEM_OFF leaves", PSCI_SYSTEM_OFF),
	LEAVES_BY("SYSTEM_RESET leaves", PSCI_SYSTEM_RESET),
	{ "CPU_ON leaves, and says of whom",
	  .x = { PSCI_64(PSCI_CPU_ON), SECOND, ENTRY_POINT, 0x77 },
	  .end = LEAVES, .reason = RMI_EXIT_PSCI,
	  .exit = { EXIT(gprs[0], PSCI_64(PSCI_CPU_ON)),
		    EXIT(gprs[1], SECOND), EXIT(esr, 0) } },
	{ "CPU_ON leaves, SMC32", .x = { PSCI_CPU_ON, SECOND, ENTRY_POINT },
	  .end = LEAVES, .reason = RMI_EXIT_PSCI,
	  .exit = { EXIT(gprs[0], PSCI_CPU_ON), EXIT(gprs[1], SECOND) } },
	{ "CPU_ON does not show the host where, or with what", "RSI 2", true,
	  .x = { PSCI_64(PSCI_CPU_ON), SECOND, ENTRY_POINT, 0x77 },
	  .end = LEAVES, .reason = RMI_EXIT_PSCI,
	  .exit = { EXIT(gprs[2], 0), EXIT(gprs[3], 0) } },
	{ "AFFINITY_INFO leaves",
	  .x = { PSCI_64(PSCI_AFFINITY_INFO), SECOND, 0 }, .end = LEAVES,
	  .reason = RMI_EXIT_PSCI,
	  .exit = { EXIT(gprs[0], PSCI_64(PSCI_AFFINITY_INFO)),
		    EXIT(gprs[1], SECOND) } },
};

/* ---- Afterwards ---------------------------------------------------------- */

static bool leaves(uint64_t fid, uint64_t x1, uint64_t x2, uint64_t x3)
{
	bool left;

	verdict_setup(true);
	left = guest_leaves_by(RMI_EXIT_PSCI, fid, x1, x2, x3, 0);
	verdict_setup(false);
	return left;
}

static bool asks_on(void)
{
	return leaves(PSCI_64(PSCI_CPU_ON), SECOND, ENTRY_POINT, U_BOX2);
}

static bool asks_info(void)
{
	return leaves(PSCI_64(PSCI_AFFINITY_INFO), SECOND, 0, 0);
}

static void suspend(void)
{
	leaves(PSCI_CPU_SUSPEND, 0, 0, 0);
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(0));
	if (expect("the realm goes on", guest_done()))
		expect_value("x0", PSCI_SUCCESS, guest_box()->x[0]);
}

static void off_does_not_run(void)
{
	leaves(PSCI_CPU_OFF, 0, 0, 0);
	call_subject();
	expect_result("REC_ENTER", RMI_ERROR_REC,
		      RMI_RETURN_STATUS(guest_goes_on(0)));
}

static void expect_system_off(uint64_t fid)
{
	leaves(fid, 0, 0, 0);
	call_subject();
	expect_result("REC_ENTER", RMI_ERROR_REALM,
		      RMI_RETURN_STATUS(guest_goes_on(0)));
	expect_result("REALM_ACTIVATE", RMI_ERROR_REALM,
		      rmi(REALM_ACTIVATE, value_of(RD)));
}

static void system_off(void)
{
	expect_system_off(PSCI_SYSTEM_OFF);
}

static void system_reset(void)
{
	expect_system_off(PSCI_SYSTEM_RESET);
}

static void index_of_off(void)
{
	leaves(PSCI_SYSTEM_OFF, 0, 0, 0);
	call_subject();
	expect_result("REC_ENTER", RMI_ERROR_REALM, guest_goes_on(0));
}

static void pending_does_not_run(void)
{
	asks_on();
	call_subject();
	expect_result("REC_ENTER", RMI_ERROR_REC,
		      RMI_RETURN_STATUS(guest_goes_on(0)));
}

/* The host completes, and the realm sees @result. */
static void completed(uint64_t status, uint64_t ret, uint64_t result)
{
	const uint64_t *x = guest_box()->x;

	call_subject();
	expect_result("PSCI_COMPLETE", ret,
		      rmi(PSCI_COMPLETE, value_of(REC), value_of(REC2),
			  status));
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(0));
	if (!expect("the realm goes on", guest_done()))
		return;
	expect_value("x0 of the realm", result, x[0]);
	expect_value("x1 of the realm", 0, x[1]);
	expect_value("x2 of the realm", 0, x[2]);
	expect_value("x3 of the realm", 0, x[3]);
}

static void on(void)
{
	if (asks_on())
		completed(PSCI_SUCCESS, RMI_SUCCESS, PSCI_SUCCESS);
}

static void on_denied(void)
{
	if (asks_on())
		completed(DENIED, RMI_SUCCESS, DENIED);
}

static void on_again(void)
{
	verdict_setup(true);
	on();
	verdict_setup(false);
	if (asks_on())
		completed(PSCI_SUCCESS, RMI_SUCCESS, ALREADY_ON);
}

static void on_again_denied(void)
{
	verdict_setup(true);
	on();
	verdict_setup(false);
	if (asks_on())
		completed(DENIED, RMI_ERROR_INPUT, ALREADY_ON);
}

static void info_of_off(void)
{
	if (asks_info())
		completed(PSCI_SUCCESS, RMI_SUCCESS, PSCI_AFFINITY_OFF);
}

static void info_of_on(void)
{
	verdict_setup(true);
	on();
	verdict_setup(false);
	if (asks_info())
		completed(PSCI_SUCCESS, RMI_SUCCESS, PSCI_AFFINITY_ON);
}

/* The second REC begins where it was told to, with the context in x0. */
static void target_runs(void)
{
	const struct agent_box *box = port->memory(value_of(BOX2));

	verdict_setup(true);
	on();
	verdict_setup(false);
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_enter(value_of(REC2), 0));
	expect_value("the agent has begun", 1, box->done);
	expect_value("x0", U_BOX2, box->boot_x[0]);
	expect_value("MPIDR_EL1", MPIDR_RES1 | SECOND, box->boot_mpidr);
	expect_value("CurrentEL", 1 << 2, box->boot_el);
	expect_value("DAIF", PSTATE_DAIF, box->boot_daif);
}

/* The parameters of its creation are not the registers of its start. */
static void target_is_reset(void)
{
	const struct agent_box *box = port->memory(value_of(BOX2));

	verdict_setup(true);
	on();
	verdict_setup(false);
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_enter(value_of(REC2), 0));
	for (unsigned int i = 2; i < 31; i++)
		expect_value("x2 to x30", 0, box->boot_x[i]);
	expect_value("SCTLR_EL1", SCTLR_EL1_RESET, box->boot_sctlr);
}

static const struct story stories[] = {
	{ "CPU_SUSPEND comes back with SUCCESS", .tell = suspend },
	{ "a CPU that is off is not entered", .tell = off_does_not_run },
	{ "after SYSTEM_OFF the realm is", "6.2", .tell = system_off },
	{ "SYSTEM_RESET is the same", "6.2", .tell = system_reset },
	{ "REC_ENTER has index 0 after SYSTEM_OFF", "10.20", true,
	  .tell = index_of_off },
	{ "a REC whose request is pending is not entered",
	  .tell = pending_does_not_run },
	{ "CPU_ON succeeds", .tell = on },
	{ "CPU_ON is denied", .tell = on_denied },
	{ "CPU_ON of a CPU that is on", .tell = on_again },
	{ "CPU_ON of a CPU that is on is denied", "RSI 2.1", true,
	  .tell = on_again_denied },
	{ "AFFINITY_INFO of a CPU that is off", .tell = info_of_off },
	{ "AFFINITY_INFO of a CPU that is on", .tell = info_of_on },
	{ "what is turned on begins at its entry", .tell = target_runs },
	{ "what is turned on is reset", "RSI 2.1", true,
	  .tell = target_is_reset },
};

const struct table psci_table = {
	.name = "PSCI", .section = "RSI 2", .scene = SCENE_RUN,
	.op = AGENT_SMC, INSIDES(insides), STORIES(stories),
};

/* ---- RMI_PSCI_COMPLETE --------------------------------------------------- */

static bool prepare(void)
{
	return guest_leaves_by(RMI_EXIT_PSCI, PSCI_64(PSCI_CPU_ON), SECOND,
			       ENTRY_POINT, 0, 0);
}

static const struct deviation deviations[] = {
	{ 1, CHECK_OBJECT, "calling is not aligned", { X(1, REC + HALF) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "calling is DELEGATED", { X(1, FRESH) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "calling is a realm descriptor", { X(1, RD) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "target is not aligned", { X(2, REC2 + HALF) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "target is DELEGATED", { X(2, FRESH) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "target is a realm descriptor", { X(2, RD) },
	  .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "target is the calling REC", { X(2, REC) },
	  .want = ERR(INPUT) },
	{ 3, CHECK_ATTRIBUTE, "calling has not asked",
	  { X(1, REC2), X(2, REC) }, .want = ERR(INPUT) },
	{ 4, CHECK_ATTRIBUTE, "target is another realm's",
	  { X(2, OTHER_REC) }, .twist = scene_other, .want = ERR(INPUT) },
	{ 6, CHECK_OTHER, "the status is -1", { X(3, ALL_ONES) },
	  .want = ERR(INPUT) },
	{ 6, CHECK_OTHER, "the status is 1", { X(3, 1) },
	  .want = ERR(INPUT) },
	{ 6, CHECK_OTHER, "the status is DENIED in 32 bits",
	  { X(3, 0xfffffffd) }, .want = ERR(INPUT), .strict = true },
};

static void info_denied(void)
{
	asks_info();
	call_subject();
	expect_result("x0", RMI_ERROR_INPUT,
		      rmi(PSCI_COMPLETE, value_of(REC), value_of(REC2),
			  DENIED));
	completed(PSCI_SUCCESS, RMI_SUCCESS, PSCI_AFFINITY_OFF);
}

static void completed_once(void)
{
	verdict_setup(true);
	on();
	verdict_setup(false);
	call_subject();
	expect_result("x0", RMI_ERROR_INPUT,
		      rmi(PSCI_COMPLETE, value_of(REC), value_of(REC2), 0));
}

/* A REC that was not asked for, and is told so by the RMM. */
static void third_completes(void)
{
	uint64_t third;

	verdict_setup(true);
	third = pool_take_delegated(1, GRANULE);
	scene_rec_params(value_of(PARAMS), THIRD, 0, 0, 0);
	expect_result("REC_CREATE", RMI_SUCCESS,
		      driven(REC_CREATE, value_of(RD), third,
			     value_of(PARAMS)));
	if (!scene_activate() || !guest_begin() || !asks_on())
		return;
	verdict_setup(false);
	call_subject();
	expect_result("PSCI_COMPLETE", RMI_ERROR_INPUT,
		      rmi(PSCI_COMPLETE, value_of(REC), third, 0));
	completed(PSCI_SUCCESS, RMI_SUCCESS, PSCI_SUCCESS);
}

/* Off and on again: it begins from its entry, not where it was. */
static void on_and_off(void)
{
	struct agent_box *box = port->memory(value_of(BOX2));

	verdict_setup(true);
	on();
	guest_enter(value_of(REC2), 0);
	box->op = AGENT_SMC;
	box->x[0] = PSCI_CPU_OFF;
	guest_enter(value_of(REC2), 0);
	expect_value("gprs[0] of the exit", PSCI_CPU_OFF,
		     guest_exit()->gprs[0]);
	expect_result("REC_ENTER of what is off", RMI_ERROR_REC,
		      RMI_RETURN_STATUS(guest_enter(value_of(REC2), 0)));
	verdict_setup(false);
	if (!asks_on())
		return;
	box->boot_x[0] = 0;
	completed(PSCI_SUCCESS, RMI_SUCCESS, PSCI_SUCCESS);
	expect_result("REC_ENTER of what is on", RMI_SUCCESS,
		      guest_enter(value_of(REC2), 0));
	expect_value("x0 of the second", U_BOX2, box->boot_x[0]);
}

static const struct story complete_stories[] = {
	{ "target is not the REC that was asked for",
	  .scene = SCENE_RECS, .tell = third_completes },
	{ "a REC goes off and on again", "6.3", .tell = on_and_off },
	{ "AFFINITY_INFO cannot be denied", .tell = info_denied },
	{ "a request is completed once", .tell = completed_once },
};

const struct table psci_complete_table = {
	.name = "PSCI_COMPLETE", .section = "5.3", .scene = SCENE_RUN,
	.fid = SMC_RMI_PSCI_COMPLETE, .x = { REC, REC2, 0 },
	.prepare = prepare, DEVIATIONS(deviations),
	STORIES(complete_stories),
};
