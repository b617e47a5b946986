/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The conduit: counting, canned answers, timing, observing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "sim/machine/calls.h"
#include "sim/machine/conduit.h"
#include "sim/machine/machine.h"
#include "sim/machine/version.h"
#include "tests/sim/realm.h"

#define HINT 0x10000u

static char err[128];

static void start(const char *text)
{
	struct machine_conf conf;

	if (!machine_conf_parse("test", text, &conf, err, sizeof(err)) ||
	    !machine_start(&conf, err, sizeof(err)))
		fail_msg("%s", err);
}

/* Makes an SMC with x1 = @x1 and a pattern in the other registers. */
static uint64_t smc(uint64_t fid, uint64_t x1, uint64_t x[SMC_REGS])
{
	for (unsigned int i = 0; i < SMC_REGS; i++)
		x[i] = 0xd00d0000 + i;
	x[0] = fid;
	x[1] = x1;
	conduit_smc(x);
	return x[0];
}

static uint64_t call(uint64_t fid)
{
	uint64_t x[SMC_REGS];

	return smc(fid, 0, x);
}

static void fault(const char *spec)
{
	if (!conduit_fault_add(spec, err, sizeof(err)))
		fail_msg("%s", err);
}

/* The row of a command, all zero if it was never called. */
static struct conduit_stat stat_of(const char *name)
{
	struct conduit_stat rows[CALLS];
	unsigned int n = conduit_stats(rows, CALLS);

	for (unsigned int i = 0; i < n; i++) {
		if (!strcmp(rows[i].name, name))
			return rows[i];
	}
	return (struct conduit_stat){ .name = name };
}

static void without_rmm_every_call_is_unknown(void **state)
{
	uint64_t x[SMC_REGS];

	(void)state;
	assert_true(smc(SMC_RMI_VERSION, 7, x) == SMCCC_NOT_SUPPORTED);
	assert_int_equal(x[1], 7);
	for (unsigned int i = 2; i < SMC_REGS; i++)
		assert_int_equal(x[i], 0xd00d0000 + i);
}

static void rmm_answers_if_there_is_one(void **state)
{
	uint64_t x[SMC_REGS];

	(void)state;
	machine_stop();
	start("ram = 0x80000000+16M\n");
	assert_int_equal(smc(SMC_RMI_VERSION, RMI_ABI_VERSION(2, 0), x),
			 RMI_SUCCESS);
	assert_int_equal(x[1], RMI_ABI_VERSION(2, 0));
	assert_true(smc(SMC_RMI_CALL(0x2c0), 0, x) == SMCCC_NOT_SUPPORTED);
	assert_int_equal(stat_of("VERSION").errors, 0);
}

static void machine_can_be_started_again(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		machine_stop();
		start("ram = 0x80000000+16M\n");
		assert_int_equal(conduit_total(), 0);
		assert_int_equal(machine_delegated(), 0);
		assert_int_equal(call(SMC_RMI_RMM_ACTIVATE), RMI_SUCCESS);
		assert_int_equal(call(SMC_RMI_RMM_ACTIVATE), RMI_ERROR_GLOBAL);
	}
}

static void second_machine_is_refused(void **state)
{
	struct machine_conf conf = *machine_conf();

	(void)state;
	assert_false(machine_start(&conf, err, sizeof(err)));
	assert_string_equal(err, "test: a machine runs already");
}

static void calls_and_errors_are_counted(void **state)
{
	struct conduit_stat rows[CALLS];

	(void)state;
	fault("RTT_CREATE#2=SUCCESS");
	fault("REC_CREATE=INCOMPLETE:5");
	for (int i = 0; i < 3; i++)
		call(SMC_RMI_RTT_CREATE);
	call(SMC_RMI_REC_CREATE);
	call(SMC_RMI_PSCI_COMPLETE);
	call(SMCCC_VERSION);
	assert_int_equal(stat_of("RTT_CREATE").calls, 3);
	assert_int_equal(stat_of("RTT_CREATE").errors, 2);
	assert_int_equal(stat_of("REC_CREATE").errors, 0);
	assert_int_equal(stat_of("PSCI_COMPLETE").calls, 1);
	assert_int_equal(conduit_total(), 6);
	/* In the order of the table; what is no command has no row. */
	assert_int_equal(conduit_stats(rows, CALLS), 3);
	assert_string_equal(rows[0].name, "REC_CREATE");
	assert_string_equal(rows[1].name, "PSCI_COMPLETE");
	assert_string_equal(rows[2].name, "RTT_CREATE");
	assert_int_equal(conduit_stats(rows, 2), 2);
}

static void sve_hint_names_the_same_call(void **state)
{
	(void)state;
	call(SMC_RMI_FEATURES | HINT);
	assert_int_equal(stat_of("FEATURES").calls, 1);
}

static void upper_half_of_x0_is_ignored(void **state)
{
	(void)state;
	call(SMC_RMI_FEATURES | 1ull << 40);
	assert_int_equal(stat_of("FEATURES").calls, 1);
}

static void fault_answers_every_call(void **state)
{
	uint64_t x[SMC_REGS];

	(void)state;
	fault("RTT_CREATE=ERROR_RTT:2");
	for (int i = 0; i < 2; i++) {
		assert_int_equal(smc(SMC_RMI_RTT_CREATE, 1, x),
				 RMI_RETURN(RMI_ERROR_RTT, 2));
		for (unsigned int r = 1; r <= 4; r++)
			assert_int_equal(x[r], 0);
		for (unsigned int r = 5; r < SMC_REGS; r++)
			assert_int_equal(x[r], 0xd00d0000 + r);
	}
	assert_true(call(SMC_RMI_RTT_DESTROY) == SMCCC_NOT_SUPPORTED);
}

static void fault_answers_the_nth_call_of_its_command(void **state)
{
	(void)state;
	fault("RTT_CREATE#2=BUSY");
	call(SMC_RMI_RTT_DESTROY);
	assert_true(call(SMC_RMI_RTT_CREATE) == SMCCC_NOT_SUPPORTED);
	call(SMC_RMI_RTT_DESTROY);
	assert_int_equal(call(SMC_RMI_RTT_CREATE), RMI_BUSY);
	assert_true(call(SMC_RMI_RTT_CREATE) == SMCCC_NOT_SUPPORTED);
}

static void star_counts_all_calls(void **state)
{
	(void)state;
	fault("*#3=BUSY");
	call(SMC_RMI_RTT_CREATE);
	call(SMC_RMI_RTT_DESTROY);
	assert_int_equal(call(SMC_RMI_REC_ENTER), RMI_BUSY);
	assert_true(call(SMC_RMI_REC_ENTER) == SMCCC_NOT_SUPPORTED);
}

static void first_fault_that_fits_answers(void **state)
{
	(void)state;
	fault("FEATURES#1=BLOCKED");
	fault("FEATURES=BUSY");
	assert_int_equal(call(SMC_RMI_FEATURES), RMI_BLOCKED);
	assert_int_equal(call(SMC_RMI_FEATURES), RMI_BUSY);
}

static void not_supported_leaves_registers_alone(void **state)
{
	uint64_t x[SMC_REGS];

	(void)state;
	fault("FEATURES=NOT_SUPPORTED");
	assert_true(smc(SMC_RMI_FEATURES, 9, x) == SMCCC_NOT_SUPPORTED);
	assert_int_equal(x[1], 9);
	assert_int_equal(x[2], 0xd00d0002);
}

static void faults_end_with_the_machine(void **state)
{
	(void)state;
	fault("FEATURES=BUSY");
	machine_stop();
	start(TEST_MACHINE);
	assert_true(call(SMC_RMI_FEATURES) == SMCCC_NOT_SUPPORTED);
}

static void faults_may_come_before_the_machine(void **state)
{
	(void)state;
	machine_stop();
	fault("FEATURES=BUSY");
	start(TEST_MACHINE);
	assert_int_equal(call(SMC_RMI_FEATURES), RMI_BUSY);
}

static void faults_of_the_machine_file_are_used(void **state)
{
	(void)state;
	machine_stop();
	start(TEST_MACHINE "answer = REALM_TERMINATE=ERROR_REALM\n");
	assert_int_equal(call(SMC_RMI_REALM_TERMINATE), RMI_ERROR_REALM);
}

static void too_many_faults_are_refused(void **state)
{
	(void)state;
	for (int i = 0; i < 64; i++)
		fault("FEATURES=BUSY");
	assert_false(conduit_fault_add("*=BUSY", err, sizeof(err)));
	assert_string_equal(err, "'*=BUSY': more than 64 canned answers");
}

static void bad_faults_are_refused(void **state)
{
	static const struct {
		const char *spec;
		const char *error;
	} rows[] = {
		{ "", "'': not COMMAND[#N]=STATUS[:INDEX]" },
		{ "RTT_CREATE",
		  "'RTT_CREATE': not COMMAND[#N]=STATUS[:INDEX]" },
		{ "=BUSY", "'': no RMI command (RTT_CREATE, *)" },
		{ "rtt_create=BUSY",
		  "'rtt_create': no RMI command (RTT_CREATE, *)" },
		{ "RTT_CREATE#=BUSY", "'#': no call number (1 to 4294967295)" },
		{ "RTT_CREATE#0=BUSY",
		  "'#0': no call number (1 to 4294967295)" },
		{ "RTT_CREATE#x=BUSY",
		  "'#x': no call number (1 to 4294967295)" },
		{ "RTT_CREATE#4294967296=BUSY",
		  "'#4294967296': no call number (1 to 4294967295)" },
		{ "FEATURES=", "'': no status (ERROR_INPUT, BUSY, "
		  "NOT_SUPPORTED)" },
		{ "FEATURES=BUSY:", "':': no index (0 to 255)" },
		{ "FEATURES=BUSY:256", "':256': no index (0 to 255)" },
		{ "FEATURES=BUSY:-1", "':-1': no index (0 to 255)" },
		{ "FEATURES=NOT_SUPPORTED:1",
		  "'NOT_SUPPORTED:1': NOT_SUPPORTED has no index" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_false(conduit_fault_add(rows[i].spec, err,
					       sizeof(err)));
		assert_string_equal(err, rows[i].error);
	}
}

static void every_status_has_a_name(void **state)
{
#define STATUS_FAULT(value, name) \
	{ \
		machine_stop(); \
		fault("FEATURES=" #name ":7"); \
		start(TEST_MACHINE); \
		assert_int_equal(call(SMC_RMI_FEATURES), (value) | 7 << 8); \
	}
	(void)state;
	RMI_STATUS_TABLE(STATUS_FAULT)
}

static void every_command_has_a_name(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < CALLS; i++) {
		const char *name = call_name(i);

		assert_int_equal(call_by_name(name, strlen(name)), i);
	}
	assert_null(call_name(CALL_UNKNOWN));
	assert_int_equal(call_by_fid(SMC_RMI_GPT_INFO), CALL_UNKNOWN);
}

/* The table of RMI_VERSION answers: what the RMM supports, and is asked. */
#define V(major, minor) RMI_ABI_VERSION(major, minor)

static const struct {
	uint64_t versions[3];
	unsigned int count;
	uint64_t request;
	struct version_answer answer;
} version_rows[] = {
	{ { V(2, 0) }, 1, V(2, 0), { 0, V(2, 0), V(2, 0) } },
	{ { V(2, 0) }, 1, V(1, 0), { 1, V(2, 0), V(2, 0) } },
	{ { V(2, 0) }, 1, V(1, 1), { 1, V(2, 0), V(2, 0) } },
	{ { V(2, 0) }, 1, V(2, 1), { 1, V(2, 0), V(2, 0) } },
	{ { V(2, 0) }, 1, V(3, 0), { 1, V(2, 0), V(2, 0) } },
	{ { V(2, 0), V(2, 1) }, 2, V(2, 0), { 0, V(2, 0), V(2, 1) } },
	{ { V(2, 0), V(2, 1) }, 2, V(1, 0), { 1, V(2, 1), V(2, 1) } },
	{ { V(1, 0), V(1, 1), V(2, 0) }, 3, V(1, 1), { 0, V(1, 1), V(2, 0) } },
	{ { V(1, 0), V(1, 1) }, 2, V(2, 0), { 1, V(1, 1), V(1, 1) } },
	{ { V(1, 0), V(1, 2) }, 2, V(1, 1), { 1, V(1, 0), V(1, 2) } },
};

static void version_answers_are_those_of_the_specification(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(version_rows) / sizeof(version_rows[0]);
	     i++) {
		struct version_answer answer =
			version_answer(version_rows[i].versions,
				       version_rows[i].count,
				       version_rows[i].request);

		assert_memory_equal(&answer, &version_rows[i].answer,
				    sizeof(answer));
	}
}

static void canned_versions_answer_version_only(void **state)
{
	uint64_t x[SMC_REGS];

	(void)state;
	machine_stop();
	start(TEST_MACHINE "versions = 1.0 1.1\n");
	assert_int_equal(smc(SMC_RMI_VERSION, V(2, 0), x), RMI_ERROR_INPUT);
	assert_int_equal(x[1], V(1, 1));
	assert_int_equal(x[2], V(1, 1));
	assert_int_equal(x[3], 0);
	assert_true(call(SMC_RMI_FEATURES) == SMCCC_NOT_SUPPORTED);
}

struct seen {
	unsigned int count;
	struct conduit_call last;
};

static void watch(void *context, const struct conduit_call *c)
{
	struct seen *seen = context;

	seen->count++;
	seen->last = *c;
}

static void observer_sees_calls_and_answers(void **state)
{
	struct seen seen = { 0 };
	uint64_t x[SMC_REGS];

	(void)state;
	machine_set_cpu(3);
	fault("FEATURES#2=SUCCESS");
	conduit_observe(watch, &seen);
	smc(SMC_RMI_FEATURES, 1, x);
	assert_string_equal(seen.last.name, "FEATURES");
	assert_int_equal(seen.last.number, 1);
	assert_int_equal(seen.last.cpu, 3);
	assert_false(seen.last.canned);
	assert_int_equal(seen.last.start_ns, 0);
	assert_int_equal(seen.last.ns, 0);
	smc(SMC_RMI_FEATURES, 1, x);
	assert_true(seen.last.canned);
	assert_int_equal(seen.last.in[0], SMC_RMI_FEATURES);
	assert_int_equal(seen.last.in[1], 1);
	assert_int_equal(seen.last.in[17], 0xd00d0011);
	assert_int_equal(seen.last.out[0], RMI_SUCCESS);
	assert_int_equal(seen.last.out[1], 0);
	smc(SMCCC_VERSION, 1, x);
	assert_null(seen.last.name);
	conduit_observe(NULL, NULL);
	smc(SMC_RMI_FEATURES, 1, x);
	assert_int_equal(seen.count, 3);
	machine_set_cpu(0);
}

static void time_is_kept_when_asked(void **state)
{
	struct seen seen = { 0 };

	(void)state;
	conduit_time(true);
	conduit_observe(watch, &seen);
	for (int i = 0; i < 100; i++)
		call(SMC_RMI_FEATURES);
	assert_true(seen.last.start_ns > 0);
	assert_true(stat_of("FEATURES").ns > 0);
	assert_true(stat_of("FEATURES").ns < 1000000000);
}

static void no_call_is_current_outside_of_one(void **state)
{
	(void)state;
	call(SMC_RMI_FEATURES);
	assert_int_equal(conduit_current(), 0);
}

#define CONDUIT_TEST(test) \
	cmocka_unit_test_setup_teardown(test, start_machine, stop_machine)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CONDUIT_TEST(without_rmm_every_call_is_unknown),
		CONDUIT_TEST(rmm_answers_if_there_is_one),
		CONDUIT_TEST(machine_can_be_started_again),
		CONDUIT_TEST(second_machine_is_refused),
		CONDUIT_TEST(calls_and_errors_are_counted),
		CONDUIT_TEST(sve_hint_names_the_same_call),
		CONDUIT_TEST(upper_half_of_x0_is_ignored),
		CONDUIT_TEST(fault_answers_every_call),
		CONDUIT_TEST(fault_answers_the_nth_call_of_its_command),
		CONDUIT_TEST(star_counts_all_calls),
		CONDUIT_TEST(first_fault_that_fits_answers),
		CONDUIT_TEST(not_supported_leaves_registers_alone),
		CONDUIT_TEST(faults_end_with_the_machine),
		CONDUIT_TEST(faults_may_come_before_the_machine),
		CONDUIT_TEST(faults_of_the_machine_file_are_used),
		CONDUIT_TEST(too_many_faults_are_refused),
		CONDUIT_TEST(bad_faults_are_refused),
		CONDUIT_TEST(every_status_has_a_name),
		CONDUIT_TEST(every_command_has_a_name),
		CONDUIT_TEST(version_answers_are_those_of_the_specification),
		CONDUIT_TEST(canned_versions_answer_version_only),
		CONDUIT_TEST(observer_sees_calls_and_answers),
		CONDUIT_TEST(time_is_kept_when_asked),
		CONDUIT_TEST(no_call_is_current_outside_of_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
