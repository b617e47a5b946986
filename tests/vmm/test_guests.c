// SPDX-License-Identifier: BSD-3-Clause
/*
 * The guests, each with what it needs: all that they check holds, in the order
 * of every day and in any other.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/vmm/run_kit.h"

/* A guest that ends with 0 and says @text. */
static const struct row {
	const char *guest;
	const char *options;
	const char *text;
} rows[] = {
	{ "smp", "--cpus 4", "CPU 1 was off and on again\n" },
	{ "share", "", "message: good morning\n" },
	{ "fault", "", "16384 pages touched, 0 wrong\n" },
	{ "blocks", "--blocks", "32 blocks touched, 0 words wrong\n" },
	{ "timer", "", "ok - no other interrupt came\n" },
	{ "measure", "", "measurements are right\n" },
	{ "measure", "--hash sha512", "measurements are right\n" },
	{ "bad", "", "ok - wild arguments are refused\n" },
};

static void check_row(const struct row *row, const char *sched)
{
	char options[128];

	snprintf(options, sizeof(options), "%s %s", row->options, sched);
	run(options, row->guest);
	if (strstr(capture.out, "not ok"))
		fail_msg("%s", capture.out);
	ended_with(0);
	says(row->text);
	says(CLEAN);
}

static void guest_ends_well_in_fixed_order(void **state)
{
	check_row(*state, "--sched fixed");
}

static void guest_ends_well_in_free_order(void **state)
{
	check_row(*state, "--sched free");
}

/* A run says how many calls it made: "  COMMAND   n". */
static unsigned int calls(const char *command)
{
	const char *at = strstr(capture.out, command);
	unsigned int n = 0;

	if (!at || sscanf(at + strlen(command), "%u", &n) != 1)
		fail_msg("no count of %s in\n%s", command, capture.out);
	return n;
}

static void block_takes_one_map(void **state)
{
	(void)state;
	run("--blocks", "blocks");
	ended_with(0);
	assert_in_range(calls("  RTT_DATA_MAP "), 32, 64);
}

static void storm_ends_at_the_time_limit(void **state)
{
	(void)state;
	run("--cpus 2 --timeout 1", "storm");
	says("a storm, and a sleeper\n");
	says(CLEAN);
	failed(124, "--timeout");
}

static void smp_without_cpus_says_so(void **state)
{
	(void)state;
	run("", "smp");
	says("are there four?\n");
	says(CLEAN);
	ended_with(1);
}

/* Two runs in fixed order are one, call for call. */
static void fixed_order_is_the_same_each_time(void **state)
{
	struct capture first;

	(void)state;
	run("--cpus 4 --trace --sched fixed", "smp");
	first = capture;
	run("--cpus 4 --trace --sched fixed", "smp");
	/* The teardown frees the second. */
	assert_string_equal(first.out, capture.out);
	assert_string_equal(first.err, capture.err);
	capture_free(&first);
}

#define ROWS (sizeof(rows) / sizeof(rows[0]))

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test_teardown(block_takes_one_map, forget),
		cmocka_unit_test_teardown(storm_ends_at_the_time_limit, forget),
		cmocka_unit_test_teardown(smp_without_cpus_says_so, forget),
		cmocka_unit_test_teardown(fixed_order_is_the_same_each_time,
					  forget),
	};
	static struct CMUnitTest each[2 * ROWS];
	static char names[2 * ROWS][96];
	int bad;

	for (size_t i = 0; i < 2 * ROWS; i++) {
		const struct row *row = &rows[i / 2];

		snprintf(names[i], sizeof(names[i]), "%s %s ends well, %s",
			 row->guest, row->options, i % 2 ? "free" : "fixed");
		each[i] = (struct CMUnitTest){
			.name = names[i],
			.test_func = i % 2 ? guest_ends_well_in_free_order :
					     guest_ends_well_in_fixed_order,
			.teardown_func = forget,
			.initial_state = (void *)row,
		};
	}
	bad = _cmocka_run_group_tests("guests", each, 2 * ROWS, NULL, NULL);
	return bad + cmocka_run_group_tests_name("guests, more", others, NULL,
						 NULL);
}
