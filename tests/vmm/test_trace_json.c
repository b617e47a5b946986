// SPDX-License-Identifier: BSD-3-Clause
/*
 * Traces for viewers: valid whenever the run ends, with every call, each run of
 * a REC, and the realm's states.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/vmm/json.h"
#include "tests/vmm/run_kit.h"

static char path[] = "/tmp/cca-trace-XXXXXX.json";
static char option[64];
static char text[8 << 20];

static int make_file(void **state)
{
	int fd = mkstemps(path, 5);

	(void)state;
	snprintf(option, sizeof(option), "--trace=%s", path);
	return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
	(void)state;
	return unlink(path);
}

static void read_file(void)
{
	FILE *file = fopen(path, "r");
	size_t n;

	assert_non_null(file);
	n = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	text[n] = '\0';
	if (!json_valid(text))
		fail_msg("not JSON: %.2000s", text);
}

static unsigned int count(const char *what)
{
	unsigned int n = 0;

	for (const char *at = text; (at = strstr(at, what)); at++)
		n++;
	return n;
}

/* What the run counted, by the line that starts with @name. */
static unsigned int counted(const char *name)
{
	const char *at = strstr(capture.out, name);

	assert_non_null(at);
	return (unsigned int)strtoul(at + strlen(name), NULL, 10);
}

static void every_call_is_an_event(void **state)
{
	(void)state;
	run(option, "hello");
	ended_with(0);
	assert_string_equal(capture.err, "");
	read_file();
	assert_int_equal(count("\"ph\":\"X\",\"pid\":1,"),
			 counted("RMI calls:"));
	assert_int_equal(count("\"ph\":\"X\",\"pid\":2,"),
			 counted("  REC_ENTER"));
	assert_int_equal(count("{\"name\":\"RTT_CREATE\","),
			 counted("  RTT_CREATE"));
	assert_true(count("\"result\":\"SUCCESS\"") > 100);
	assert_true(count(",\"rd\":\"0x") > 10);
	assert_true(count("\"granules\":\"1 granule DELEGATED > DATA\"") > 0);
	assert_int_equal(count("{\"name\":\"PSCI\",\"ph\":\"X\",\"pid\":2"), 1);
}

static void each_track_has_a_name(void **state)
{
	(void)state;
	snprintf(text, sizeof(text), "--cpus 3 %s", option);
	run(text, "hello");
	ended_with(0);
	read_file();
	assert_int_equal(count("\"name\":\"RMI calls\""), 1);
	assert_int_equal(count("\"name\":\"RECs\""), 1);
	assert_int_equal(count("\"name\":\"Realm\""), 1);
	assert_int_equal(count("\"name\":\"CPU 0\""), 1);
	for (int i = 0; i < 3; i++) {
		char name[32];

		snprintf(name, sizeof(name), "\"name\":\"REC %d\"", i);
		assert_int_equal(count(name), 1);
	}
}

static void states_last_until_the_next(void **state)
{
	static const char *const states[] = { "NEW", "ACTIVE", "DYING",
					      "DEAD" };
	const char *at;

	(void)state;
	run(option, "hello");
	read_file();
	at = text;
	for (int i = 0; i < 4; i++) {
		for (int phase = 0; phase < 2; phase++) {
			char event[64];

			snprintf(event, sizeof(event),
				 "{\"name\":\"%s\",\"ph\":\"%c\",\"pid\":3",
				 states[i], "BE"[phase]);
			at = strstr(at, event);
			if (!at)
				fail_msg("%s is missing", event);
		}
	}
}

static void a_killed_run_leaves_valid_events(void **state)
{
	struct capture_child child;
	char words[4096];

	(void)state;
	snprintf(words, sizeof(words), "run %s %s", option,
		 guest_path("spin"));
	capture_cca_start(&child, words);
	assert_true(capture_wait_for(&child, "spinning\n"));
	kill(child.pid, SIGKILL);
	capture_end(&child, &capture);
	read_file();
	assert_true(count("\"ph\":\"X\",\"pid\":1,") > 50);
	assert_int_equal(count("{\"name\":\"ACTIVE\",\"ph\":\"B\""), 1);
	assert_int_equal(count("{\"name\":\"ACTIVE\",\"ph\":\"E\""), 0);
}

static void a_refused_run_leaves_valid_events(void **state)
{
	(void)state;
	snprintf(text, sizeof(text), "%s --fault REALM_CREATE=ERROR_INPUT",
		 option);
	run(text, "hello");
	ended_with(3);
	read_file();
	assert_int_equal(count("\"result\":\"ERROR_INPUT:0\",\"canned\":true"),
			 1);
}

static void a_file_that_cannot_be_is_refused(void **state)
{
	(void)state;
	run("--trace=/no/such/file.json", "hello");
	failed(2, "--trace=/no/such/file.json: No such file or directory");
}

static void the_validator_can_say_no(void **state)
{
	static const char *const bad[] = {
		"",	   "{",	       "[1,]",	 "{\"a\" 1}", "[1 2]", "01",
		"\"a\nb\"", "[] []", "nul", "{1:2}",	   "\"\\x\"",
	};
	static const char *const good[] = {
		"[]", "{\"a\":[1,2.5,-3,true,null,\"\\n\"]}", " {} ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (json_valid(bad[i]))
			fail_msg("'%s' was taken for JSON", bad[i]);
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_true(json_valid(good[i]));
}

#define TEST(name) cmocka_unit_test_teardown(name, forget)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_validator_can_say_no),
		TEST(every_call_is_an_event),
		TEST(each_track_has_a_name),
		TEST(states_last_until_the_next),
		TEST(a_killed_run_leaves_valid_events),
		TEST(a_refused_run_leaves_valid_events),
		TEST(a_file_that_cannot_be_is_refused),
	};

	return cmocka_run_group_tests_name("trace json", tests, make_file,
					   remove_file);
}
