// SPDX-License-Identifier: BSD-3-Clause
/*
 * Whole runs in which the RMM refuses something: cca says what that was, where
 * a user looks first, and in the words of the kernel.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/vmm/json.h"
#include "tests/vmm/run_kit.h"

static void good_run_refuses_nothing(void **state)
{
	(void)state;
	run("--stats", "hello");
	ended_with(0);
	says("realm: ended: off\n");
	assert_null(strstr(capture.out, "refused"));
	assert_null(strstr(capture.out, "kept"));
}

static void error_names_the_call_that_was_refused(void **state)
{
	(void)state;
	run("--fault RTT_CREATE#2=ERROR_INPUT:1", "hello");
	failed(3, "; the RMM refused RTT_CREATE=ERROR_INPUT:1\n");
	says("kvm: RMI_RTT_CREATE: ERROR_INPUT:1 (0x101)\n");
	says("realm: ended: refused RTT_CREATE=ERROR_INPUT:1\n");
	says("\nrefused: 1 RTT_CREATE=ERROR_INPUT:1\n");
}

static void error_names_what_was_refused_at_boot(void **state)
{
	(void)state;
	run("--fault RMM_ACTIVATE=ERROR_GLOBAL", "hello");
	failed(3, "no realms on this machine: activate; "
	       "the RMM refused RMM_ACTIVATE=ERROR_GLOBAL:0\n");
}

static void refused_entry_ends_the_realm(void **state)
{
	(void)state;
	run("--fault REC_ENTER#4=ERROR_INPUT:2", "hello");
	failed(3, "; the RMM refused REC_ENTER=ERROR_INPUT:2\n");
	says("realm: ended: refused REC_ENTER=ERROR_INPUT:2\n");
}

/* What the RMM keeps is an error, even of a realm that knows nothing of it. */
static void granules_that_are_kept_are_named(void **state)
{
	(void)state;
	run("--fault GRANULE_RANGE_UNDELEGATE#5=ERROR_INPUT", "hello");
	failed(3, "the ledger is not clean; "
	       "the RMM refused GRANULE_RANGE_UNDELEGATE=ERROR_INPUT:0\n");
	says("hello from a realm\n");
	says("realm: ended: off\n");
	says("\nrefused: 1 GRANULE_RANGE_UNDELEGATE=ERROR_INPUT:0\n");
	says("\nkept: 1 cannot be undelegated\n");
}

static void refusals_are_in_the_trace_where_they_came(void **state)
{
	const char *call, *said;

	(void)state;
	run("--trace --fault RTT_CREATE#2=ERROR_INPUT:1", "hello");
	ended_with(3);
	call = strstr(capture.err, "-> ERROR_INPUT:1");
	said = strstr(capture.err, "\n-- refused: RTT_CREATE=ERROR_INPUT:1\n");
	assert_non_null(call);
	assert_non_null(said);
	assert_true(said > call);
	assert_non_null(strstr(said, "\n-- ended: refused RTT_CREATE="));
}

static void refusals_are_events_of_a_trace_viewer(void **state)
{
	static char text[4 << 20];
	char path[] = "/tmp/cca-trace-XXXXXX.json", options[96];
	int fd = mkstemps(path, 5);
	ssize_t length;

	(void)state;
	assert_true(fd >= 0);
	snprintf(options, sizeof(options), "--trace=%s "
		 "--fault GRANULE_RANGE_UNDELEGATE#5=ERROR_INPUT", path);
	run(options, "hello");
	ended_with(3);
	length = read(fd, text, sizeof(text) - 1);
	close(fd);
	unlink(path);
	assert_true(length > 0);
	text[length] = '\0';
	assert_true(json_valid(text));
	assert_non_null(strstr(text, "{\"name\":\"refused: GRANULE_RANGE_"
			       "UNDELEGATE=ERROR_INPUT:0\",\"ph\":\"i\""));
	assert_non_null(strstr(text, "{\"name\":\"kept: 1 cannot be "
			       "undelegated\",\"ph\":\"i\""));
	assert_non_null(strstr(text, "{\"name\":\"ended: off\",\"ph\":\"i\""));
}

#define TEST(name) cmocka_unit_test_teardown(name, forget)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(good_run_refuses_nothing),
		TEST(error_names_the_call_that_was_refused),
		TEST(error_names_what_was_refused_at_boot),
		TEST(refused_entry_ends_the_realm),
		TEST(granules_that_are_kept_are_named),
		TEST(refusals_are_in_the_trace_where_they_came),
		TEST(refusals_are_events_of_a_trace_viewer),
	};

	return cmocka_run_group_tests_name("reasons", tests, NULL, NULL);
}
