// SPDX-License-Identifier: BSD-3-Clause
/*
 * A small whole life of a realm, from the boot of the kernel on, in which one
 * call after the other fails. Whatever fails: nothing crashes, the ledger says
 * exactly what the RMM kept, and the log names the call.
 */
#include <stdio.h>
#include <string.h>

#include <linux/errno.h>

#include "sim/machine/conduit.h"
#include "tests/host/rig.h"

#define COMMANDS_MAX 48

/* Touches RAM that comes on demand, private and shared, and the UART. */
static const u32 program[] = {
	A64_SET(1, REALM_BASE + 0x201000), A64_STR_X(2, 1),
	A64_SET(1, (REALM_BASE + 0x3000) | REALM_SHARED_BIT), A64_STR_X(2, 1),
	A64_SET(1, REALM_UART | REALM_SHARED_BIT), A64_STR_X(2, 1),
	PROGRAM_OFF,
};

/* Runs until something is user space's that does not belong to the program. */
static bool run_to_off(struct guest *guest)
{
	unsigned int exits;
	long ret;

	for (exits = 0; exits < 20; exits++) {
		ret = guest_run(guest);
		if (ret == -EAGAIN)
			continue;
		if (ret || guest->run->exit_reason != KVM_EXIT_MMIO)
			break;
	}
	return !ret && guest->run->exit_reason == KVM_EXIT_SYSTEM_EVENT;
}

/* True if all went well. Whatever was opened is closed again. */
static bool live(void)
{
	struct guest guest;
	bool ok = false;

	if (!guest_try_open(&guest))
		return false;
	memcpy(guest.ram, program, sizeof(program));
	if (!guest_populate(&guest) &&
	    !guest_set_reg(&guest, KVM_REG_ARM64_CORE_PC, REALM_BASE) &&
	    !guest_attributes(&guest, REALM_BASE + 0x3000, PAGE_SIZE, 0))
		ok = run_to_off(&guest);
	guest_close(&guest);
	return ok;
}

/* One life on a machine of its own, with @spec, or several with commas. */
static bool live_with(const char *spec)
{
	bool ok;

	rig_prepare("rme", NULL);
	if (spec)
		rig_fault(spec);
	rig_boot();
	ok = live();
	rig_assert_accounted();
	return ok;
}

static unsigned int commands(struct conduit_stat *stats)
{
	assert_true(live_with(NULL));
	rig_assert_clean();
	return conduit_stats(stats, COMMANDS_MAX);
}

static void check_named(const char *name, const char *spec)
{
	char call[40];

	/* A failing REC_ENTER is reported to the VMM, by status. */
	if (!strcmp(name, "REC_ENTER"))
		return;
	/* Without an RMM the kernel has nothing to say. */
	if (!strcmp(sim_kvm_rmi_reason(), "no-rmm"))
		return;
	/*
	 * Steps of an operation go by the name of the call that opened it; and
	 * what follows a wrong level fails in RTT_CREATE.
	 */
	if (!strncmp(name, "OP_", 3))
		name = "RE";
	else if (strstr(spec, "ERROR_RTT") && rig_log_count("RTT_CREATE"))
		name = "RTT_CREATE";
	snprintf(call, sizeof(call), "RMI_%s", name);
	if (!rig_log_count(call) && !rig_log_count("no realms") &&
	    !rig_log_count("Unsupported RMI ABI"))
		fail_msg("%s: nothing in the log", spec);
}

static void check_nth(const char *name, u64 nth, const char *status)
{
	char spec[80];

	snprintf(spec, sizeof(spec), "%s#%llu=%s", name, nth, status);
	if (!live_with(spec))
		check_named(name, spec);
	rig_stop();
}

static void check_each(const char *status)
{
	struct conduit_stat stats[COMMANDS_MAX];
	unsigned int i, count = commands(stats);

	rig_stop();
	assert_true(count > 15);
	for (i = 0; i < count; i++) {
		check_nth(stats[i].name, 1, status);
		if (stats[i].calls > 1)
			check_nth(stats[i].name, 2, status);
		if (stats[i].calls > 2)
			check_nth(stats[i].name, stats[i].calls, status);
	}
}

static void each_call_may_answer_input(void **state)
{
	check_each("ERROR_INPUT");
}

static void each_call_may_answer_rtt(void **state)
{
	check_each("ERROR_RTT:2");
}

static void each_call_may_be_unknown(void **state)
{
	check_each("NOT_SUPPORTED");
}

/* What passes is waited for: the life goes on, where the ABI allows that. */
static void a_busy_call_is_repeated(void **state)
{
	static const char *const calls[] = {
		"GRANULE_RANGE_DELEGATE", "GRANULE_RANGE_UNDELEGATE",
		"REALM_CREATE", "REC_CREATE", "RTT_CREATE", "RTT_DATA_MAP_INIT",
		"RTT_DATA_MAP", "RTT_UNPROT_MAP", "RTT_DATA_UNMAP",
		"OP_MEM_DONATE", "OP_CONTINUE", "REALM_ACTIVATE",
		"REC_DESTROY", "RTT_DESTROY", "REALM_DESTROY",
	};
	char spec[80];

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		snprintf(spec, sizeof(spec), "%s#1=BUSY", calls[i]);
		assert_true(live_with(spec));
		rig_assert_clean();
		rig_stop();
	}
}

/*
 * A step of an open operation that is refused does not leave it open: what it
 * holds comes back.
 */
static void refused_steps_of_an_operation_lose_nothing(void **state)
{
	static const struct {
		const char *first, *second;
		bool lives;
	} rows[] = {
		{ "OP_MEM_DONATE#1=ERROR_INPUT", NULL, true },
		{ "OP_MEM_DONATE#1=ERROR_INPUT",
		  "OP_MEM_DONATE#2=ERROR_INPUT", false },
		{ "OP_MEM_DONATE#1=BUSY", "OP_MEM_DONATE#2=ERROR_INPUT", true },
		{ "OP_MEM_DONATE=ERROR_INPUT", NULL, false },
		{ "OP_CONTINUE#1=ERROR_INPUT", NULL, true },
		{ "OP_CONTINUE#1=ERROR_INPUT", "OP_CONTINUE#2=BUSY", true },
		{ "OP_MEM_RECLAIM#1=ERROR_INPUT", NULL, true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		rig_prepare("rme", NULL);
		rig_fault(rows[i].first);
		if (rows[i].second)
			rig_fault(rows[i].second);
		rig_boot();
		assert_int_equal(live(), rows[i].lives);
		rig_assert_clean();
		rig_stop();
	}
}

/* What cannot be got back is counted, and to the granule. */
static void what_the_rmm_keeps_is_counted(void **state)
{
	static const struct {
		const char *spec;
		u64 leaked;
	} rows[] = {
		/* The REC's page, and one that it was given. */
		{ "OP_CONTINUE=ERROR_INPUT", 2 },
		/* One that was mapped, and what held its table up. */
		{ "GRANULE_RANGE_UNDELEGATE#1=ERROR_INPUT", 1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		live_with(rows[i].spec);
		assert_int_equal(rig_ledger().leaked, rows[i].leaked);
		rig_stop();
	}
}

#define TEST(name) cmocka_unit_test_teardown(name, rig_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(each_call_may_answer_input),
		TEST(each_call_may_answer_rtt),
		TEST(each_call_may_be_unknown),
		TEST(a_busy_call_is_repeated),
		TEST(refused_steps_of_an_operation_lose_nothing),
		TEST(what_the_rmm_keeps_is_counted),
	};

	return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
