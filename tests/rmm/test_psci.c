/* SPDX-License-Identifier: BSD-3-Clause */
/* PSCI of a realm: what the RMM answers, and what goes to the host. */
#include <string.h>

#include "smc_kit.h"

#define NOT_SUPPORTED SMCCC_NOT_SUPPORTED
#define CPU_ON PSCI_64(PSCI_CPU_ON)
#define AFFINITY_INFO PSCI_64(PSCI_AFFINITY_INFO)
#define ERROR(code) ((uint64_t)(int64_t)PSCI_##code)

/* As if the realm had been made with this many RECs. */
static void claim_recs(unsigned int count)
{
	kit_rd()->rec_count = count;
}

static int setup(void **state)
{
	(void)state;
	kit_start();
	claim_recs(2);
	return 0;
}

/* The host saw the call and, maybe, an affinity, and nothing else. */
static void assert_left(uint64_t fid, uint64_t mpidr)
{
	struct rec_exit want;

	assert_int_equal(kit_enter(0), RET(SUCCESS));
	memset(&want, 0, sizeof(want));
	want.exit_reason = RMI_EXIT_PSCI;
	want.gprs[0] = fid;
	want.gprs[1] = mpidr;
	kit_assert_exit(&want);
	assert_int_equal(kit_pe.runs, 1);
	assert_int_equal(kit_rec()->pe.pc, KIT_CODE + 4);
}

static void psci_version_is_1_1(void **state)
{
	(void)state;
	SMC(PSCI_VERSION, 1, 2, 3);
	assert_answer(0x10001, 1, 2, 3);
}

static void psci_features_are_those_that_work(void **state)
{
	static const struct {
		uint64_t fid;
		uint64_t want;
	} rows[] = {
		{ PSCI_VERSION, 0 },
		{ PSCI_FEATURES, 0 },
		{ PSCI_CPU_SUSPEND, 0 },
		{ PSCI_64(PSCI_CPU_SUSPEND), 0 },
		{ PSCI_CPU_OFF, 0 },
		{ PSCI_CPU_ON, 0 },
		{ PSCI_64(PSCI_CPU_ON), 0 },
		{ PSCI_AFFINITY_INFO, 0 },
		{ PSCI_64(PSCI_AFFINITY_INFO), 0 },
		{ PSCI_SYSTEM_OFF, 0 },
		{ PSCI_SYSTEM_RESET, 0 },
		{ SMCCC_VERSION, 0 },
		{ PSCI_64(PSCI_CPU_OFF), NOT_SUPPORTED },
		{ PSCI_64(PSCI_SYSTEM_OFF), NOT_SUPPORTED },
		{ 0x84000006, NOT_SUPPORTED }, /* MIGRATE_INFO_TYPE */
		{ 0xc400000e, NOT_SUPPORTED }, /* SYSTEM_SUSPEND */
		{ 0xc4000012, NOT_SUPPORTED }, /* SYSTEM_RESET2 */
		{ 0xc4000015, NOT_SUPPORTED }, /* SYSTEM_OFF2 */
		{ SMC_RSI_VERSION, NOT_SUPPORTED },
	};

	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		setup(state);
		SMC(PSCI_FEATURES, rows[i].fid, 2, 3);
		assert_answer(rows[i].want, rows[i].fid, 2, 3);
	}
}

static void psci_refuses_the_rest(void **state)
{
	static const uint64_t fids[] = {
		0x84000005, 0x84000006, 0x8400001f, 0xc400001f,
		0xc400000e, 0xc4000012, PSCI_64(PSCI_CPU_OFF),
		PSCI_64(PSCI_SYSTEM_OFF), PSCI_64(PSCI_SYSTEM_RESET),
		PSCI_64(PSCI_VERSION), PSCI_64(PSCI_FEATURES),
	};

	for (unsigned int i = 0; i < sizeof(fids) / sizeof(fids[0]); i++) {
		setup(state);
		SMC(fids[i], 1, 2, 3);
		assert_answer(NOT_SUPPORTED, 1, 2, 3);
	}
}

/* ---- SYSTEM_OFF, SYSTEM_RESET ------------------------------------------ */

static void system_off_and_reset_end_the_realm(void **state)
{
	static const uint64_t fids[] = { PSCI_SYSTEM_OFF, PSCI_SYSTEM_RESET };

	for (unsigned int i = 0; i < 2; i++) {
		setup(state);
		SMC(fids[i], 1, 2, 3);
		assert_left(fids[i], 0);
		assert_int_equal(kit_rd()->state, REALM_SYSTEM_OFF);
		assert_int_equal(kit_enter(0), RET(ERROR_REALM));
		assert_int_equal(rmi(REALM_ACTIVATE, kit.rd),
				 RET(ERROR_REALM));
		assert_int_equal(rmi(REALM_TERMINATE, kit.rd), RET(SUCCESS));
	}
}

/* Another REC of the realm runs on to its next exit, and no further. */
static void off_meanwhile(struct pe *pe)
{
	(void)pe;
	kit_rd()->state = REALM_SYSTEM_OFF;
}

static void a_rec_of_a_realm_that_went_off_leaves_at_its_exit(void **state)
{
	(void)state;
	SMC(SMC_RSI_FEATURES, 0)->hook = off_meanwhile;
	assert_int_equal(after()->x[0], 0);
	assert_int_equal(kit_rd()->state, REALM_SYSTEM_OFF);
	assert_int_equal(kit_enter(0), RET(ERROR_REALM));
}

/* ---- CPU_SUSPEND, CPU_OFF ---------------------------------------------- */

static void cpu_suspend_wakes_up_behind_the_call(void **state)
{
	static const uint64_t fids[] = {
		PSCI_CPU_SUSPEND, PSCI_64(PSCI_CPU_SUSPEND),
	};
	struct pe before;

	for (unsigned int i = 0; i < 2; i++) {
		setup(state);
		/* Its arguments do not matter, nor do they leave. */
		SMC(fids[i], 0x1010000, KIT_EMPTY, 3);
		assert_left(fids[i], 0);
		before = kit_rec()->pe;
		assert_int_equal(before.x[0], 0);
		assert_int_equal(before.x[1], 0x1010000);
		assert_true(kit_rec()->runnable);
		assert_int_equal(kit_enter(0), RET(SUCCESS));
		assert_memory_equal(&kit_pe.found[1], &before, sizeof(before));
	}
}

static void cpu_off_is_for_good_until_cpu_on(void **state)
{
	(void)state;
	SMC(PSCI_CPU_OFF, 1, 2, 3);
	assert_left(PSCI_CPU_OFF, 0);
	assert_false(kit_rec()->runnable);
	assert_int_equal(kit_enter(0), RET(ERROR_REC));
	assert_int_equal(kit_rd()->state, REALM_ACTIVE);
}

/* ---- CPU_ON, AFFINITY_INFO: without the host --------------------------- */

static void refused(uint64_t fid, uint64_t x1, uint64_t x2, uint64_t want)
{
	setup(NULL);
	SMC(fid, x1, x2, 3);
	assert_answer(want, x1, x2, 3);
	assert_int_equal(kit_rec()->pending, REC_PENDING_NONE);
}

static void cpu_on_wants_a_protected_entry(void **state)
{
	(void)state;
	refused(CPU_ON, 1, KIT_UNPROTECTED, ERROR(INVALID_ADDRESS));
	refused(CPU_ON, 1, 1ull << 52, ERROR(INVALID_ADDRESS));
	refused(CPU_ON, 1, KIT_UNPROTECTED | KIT_CODE, ERROR(INVALID_ADDRESS));
	/* Before it asks whom. */
	refused(CPU_ON, 99, KIT_UNPROTECTED, ERROR(INVALID_ADDRESS));
}

static void cpu_on_wants_a_rec_of_the_realm(void **state)
{
	static const uint64_t bad[] = {
		2, 0x10, 0x100, 0x10000, 1ull << 32, 0x80000001, 1 | 1ull << 40,
		1 | 0x1000000,
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		refused(CPU_ON, bad[i], KIT_CODE, ERROR(INVALID_PARAMETERS));
		refused(AFFINITY_INFO, bad[i], 0, ERROR(INVALID_PARAMETERS));
	}
}

static void cpu_on_of_itself_is_already_on(void **state)
{
	(void)state;
	refused(CPU_ON, 0, KIT_CODE, ERROR(ALREADY_ON));
	refused(PSCI_CPU_ON, 0, KIT_CODE, ERROR(ALREADY_ON));
}

static void affinity_info_knows_level_0_only(void **state)
{
	(void)state;
	refused(AFFINITY_INFO, 1, 1, ERROR(INVALID_PARAMETERS));
	refused(AFFINITY_INFO, 0, 3, ERROR(INVALID_PARAMETERS));
}

static void affinity_info_of_itself_is_on(void **state)
{
	(void)state;
	refused(AFFINITY_INFO, 0, 0, PSCI_AFFINITY_ON);
	refused(PSCI_AFFINITY_INFO, 0, 0, PSCI_AFFINITY_ON);
}

/* ---- CPU_ON, AFFINITY_INFO: to the host -------------------------------- */

/* Entry and context are between the realm and the RMM. */
static void cpu_on_shows_the_host_the_affinity_alone(void **state)
{
	(void)state;
	SMC(CPU_ON, 1, KIT_CODE + 0x40, 0x77);
	assert_left(CPU_ON, 1);
	assert_int_equal(kit_rec()->pending, REC_PENDING_PSCI);
	assert_true(kit_rec()->psci.cpu_on);
	assert_int_equal(kit_rec()->psci.entry, KIT_CODE + 0x40);
	assert_int_equal(kit_rec()->psci.context, 0x77);
}

static void affinities_are_those_of_mpidr_el1(void **state)
{
	static const struct {
		uint64_t mpidr;
		unsigned int index;
	} rows[] = {
		{ 0xf, 15 },
		{ 0x100, 16 },
		{ 0x203, 35 },
		{ 0x3f0e, REC_MAX - 1 },
	};

	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		setup(state);
		claim_recs(REC_MAX);
		SMC(AFFINITY_INFO, rows[i].mpidr, 0);
		assert_left(AFFINITY_INFO, rows[i].mpidr);
		assert_int_equal(kit_rec()->psci.target, rows[i].index);
	}
}

static void smc32_arguments_are_words(void **state)
{
	uint64_t high = 0xffffffff00000000;

	(void)state;
	SMC(PSCI_CPU_ON, high | 1, high | KIT_CODE, high | 0x77);
	assert_left(PSCI_CPU_ON, 1);
	assert_int_equal(kit_rec()->psci.entry, KIT_CODE);
	assert_int_equal(kit_rec()->psci.context, 0x77);

	setup(state);
	SMC(PSCI_AFFINITY_INFO, high | 1, high);
	assert_left(PSCI_AFFINITY_INFO, 1);
	assert_false(kit_rec()->psci.cpu_on);
}

static void no_entry_while_a_request_is_pending(void **state)
{
	struct kit_world world;

	(void)state;
	SMC(AFFINITY_INFO, 1, 0);
	assert_left(AFFINITY_INFO, 1);
	kit_remember(&world);
	assert_int_equal(kit_enter(0), RET(ERROR_REC));
	assert_int_equal(kit_pe.runs, 1);
	kit_assert_same(&world);
	/* The realm's state is asked before. */
	kit_rd()->state = REALM_SYSTEM_OFF;
	assert_int_equal(kit_enter(0), RET(ERROR_REALM));
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(psci_version_is_1_1),
		CASE(psci_features_are_those_that_work),
		CASE(psci_refuses_the_rest),
		CASE(system_off_and_reset_end_the_realm),
		CASE(a_rec_of_a_realm_that_went_off_leaves_at_its_exit),
		CASE(cpu_suspend_wakes_up_behind_the_call),
		CASE(cpu_off_is_for_good_until_cpu_on),
		CASE(cpu_on_wants_a_protected_entry),
		CASE(cpu_on_wants_a_rec_of_the_realm),
		CASE(cpu_on_of_itself_is_already_on),
		CASE(affinity_info_knows_level_0_only),
		CASE(affinity_info_of_itself_is_on),
		CASE(cpu_on_shows_the_host_the_affinity_alone),
		CASE(affinities_are_those_of_mpidr_el1),
		CASE(smc32_arguments_are_words),
		CASE(no_entry_while_a_request_is_pending),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
