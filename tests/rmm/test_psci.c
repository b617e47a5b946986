/* SPDX-License-Identifier: BSD-3-Clause */
/* PSCI of a realm. */
#include <string.h>

#include "smc_kit.h"

#define NOT_SUPPORTED SMCCC_NOT_SUPPORTED

static int setup(void **state)
{
	(void)state;
	kit_start();
	return 0;
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
		{ PSCI_SYSTEM_OFF, 0 },
		{ SMCCC_VERSION, 0 },
		{ PSCI_SYSTEM_RESET, NOT_SUPPORTED },
		{ PSCI_CPU_ON, NOT_SUPPORTED },
		{ PSCI_64(PSCI_CPU_ON), NOT_SUPPORTED },
		{ PSCI_CPU_OFF, NOT_SUPPORTED },
		{ 0x8400000e, NOT_SUPPORTED },
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
		PSCI_CPU_SUSPEND, PSCI_64(PSCI_CPU_SUSPEND), PSCI_CPU_OFF,
		PSCI_CPU_ON, PSCI_64(PSCI_CPU_ON), PSCI_AFFINITY_INFO,
		PSCI_SYSTEM_RESET, 0x84000006, 0x8400001f, 0xc400001f,
	};

	for (unsigned int i = 0; i < sizeof(fids) / sizeof(fids[0]); i++) {
		setup(state);
		SMC(fids[i], 1, 2, 3);
		assert_answer(NOT_SUPPORTED, 1, 2, 3);
	}
}

static void system_off_ends_the_realm(void **state)
{
	struct rec_exit want;

	(void)state;
	SMC(PSCI_SYSTEM_OFF, 1, 2, 3);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	memset(&want, 0, sizeof(want));
	want.exit_reason = RMI_EXIT_PSCI;
	want.gprs[0] = PSCI_SYSTEM_OFF;
	kit_assert_exit(&want);
	assert_int_equal(kit_rd()->state, REALM_SYSTEM_OFF);
	assert_int_equal(kit_enter(0), RET(ERROR_REALM));
	assert_int_equal(rmi(REALM_ACTIVATE, kit.rd), RET(ERROR_REALM));
	assert_int_equal(rmi(REALM_TERMINATE, kit.rd), RET(SUCCESS));
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

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(psci_version_is_1_1),
		CASE(psci_features_are_those_that_work),
		CASE(psci_refuses_the_rest),
		CASE(system_off_ends_the_realm),
		CASE(a_rec_of_a_realm_that_went_off_leaves_at_its_exit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
