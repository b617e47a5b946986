// SPDX-License-Identifier: BSD-3-Clause
/*
 * Whole runs: the guests as realms, with what cca prints and how it ends.
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

#include "abi/stdint/abi_types.h"
#include "tests/vmm/run_kit.h"

/* ---- What a good run prints --------------------------------------------- */

static void hello_prints_everything_in_order(void **state)
{
	static const char *const lines[] = {
		"kvm [1]: RMI ABI version 2.0\n",
		"realm: NONE -> NEW\n",
		"realm: NEW -> ACTIVE\n",
		"hello from a realm\n",
		"RSI 1.0\n",
		"IPA width 40, SHA-256\n",
		"RIM ",
		"RHI 1.0\n",
		"realm: ACTIVE -> DYING\n",
		"realm: DYING -> DEAD\n",
		"RMI calls: ",
		"  REC_ENTER ",
		CLEAN,
	};
	const char *at;

	(void)state;
	run("", "hello");
	ended_with(0);
	assert_string_equal(capture.err, "");
	at = capture.out;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		const char *next = strstr(at, lines[i]);

		if (!next)
			fail_msg("'%s' is not in its place", lines[i]);
		at = next + strlen(lines[i]);
	}
	assert_string_equal(at, "");
}

static void every_ipa_width_works(void **state)
{
	(void)state;
	for (unsigned int bits = 32; bits <= 44; bits++) {
		char options[64], text[64];

		snprintf(options, sizeof(options), "--ipa-bits %u", bits);
		run(options, "hello");
		ended_with(0);
		snprintf(text, sizeof(text), "IPA width %u,", bits);
		says(text);
		says(CLEAN);
		rim_agrees(options, "hello");
		capture_free(&capture);
	}
	run("", "hello");
}

static void memory_of_many_sizes_works(void **state)
{
	static const u64 sizes[] = { 0x201000, 0x400000, 0x4000000, 0x20000000,
				     0x40000000, 0x200000000 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		char options[64];

		snprintf(options, sizeof(options), "--memory 0x%llx",
			 (unsigned long long)sizes[i]);
		run(options, "hello");
		ended_with(0);
		says(CLEAN);
		rim_agrees(options, "hello");
		capture_free(&capture);
	}
	run("", "hello");
}

static void stats_adds_errors_and_time(void **state)
{
	(void)state;
	run("", "hello");
	assert_null(strstr(capture.out, "errors"));
	capture_free(&capture);
	run("--stats", "hello");
	ended_with(0);
	says("  command                       calls   errors         us  "
	     "us/call\n");
}

static void counts_are_the_same_each_time(void **state)
{
	char *first;

	(void)state;
	run("", "hello");
	first = strdup(strstr(capture.out, "RMI calls:"));
	capture_free(&capture);
	run("", "hello");
	assert_string_equal(strstr(capture.out, "RMI calls:"), first);
	free(first);
}

/* ---- How a realm ends --------------------------------------------------- */

static void exit_register_is_the_exit_status(void **state)
{
	(void)state;
	run("", "exitcode");
	ended_with(42);
	says("exit register kept\n");
	assert_string_equal(capture.err, "");
}

static void unexpected_exception_is_reported_by_the_guest(void **state)
{
	(void)state;
	run("", "outside");
	ended_with(99);
	says("unexpected exception: EC 0x25");
	says(CLEAN);
}

static void access_to_no_device_ends_the_run(void **state)
{
	(void)state;
	run("", "nodevice");
	failed(3, "writes 4 bytes at 0xa000000");
	says("writing to no device\n");
	says(CLEAN);
}

static void shared_memory_comes_and_goes(void **state)
{
	(void)state;
	run("", "shared");
	ended_with(0);
	says("shared memory: zero, and kept\n");
	says("  RTT_UNPROT_MAP ");
	says(CLEAN);
}

static void a_realm_passes_messages_in_shared_memory(void **state)
{
	(void)state;
	run("", "share");
	ended_with(0);
	says("message: good morning\n");
	says("ok - messages are answered\n");
	says(CLEAN);
}

static void a_flat_image_runs(void **state)
{
	/* PSCI SYSTEM_OFF: movz w0, #0x8400, lsl 16; movk w0, #8; smc #0 */
	static const u32 code[] = { 0x52b08000, 0x72800100, 0xd4000003 };
	char path[] = "/tmp/cca-flat-XXXXXX", words[64];
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, code, sizeof(code)), sizeof(code));
	close(fd);
	snprintf(words, sizeof(words), "run %s", path);
	capture_cca(&capture, words);
	unlink(path);
	ended_with(0);
	says(CLEAN);
}

static void time_out_is_124(void **state)
{
	(void)state;
	run("--timeout 1", "spin");
	failed(124, "the realm still ran after 1 seconds");
	says("spinning\n");
	says("realm: DYING -> DEAD\n");
	says(CLEAN);
}

static void interrupt_takes_the_realm_down(void **state)
{
	(void)state;
	run_until("", "spin", "spinning\n", SIGINT);
	failed(130, "taken down by signal 2");
	says("realm: DYING -> DEAD\n");
	says(CLEAN);
}

/* ---- The ledger and the trace ------------------------------------------- */

static void what_the_rmm_keeps_is_said(void **state)
{
	(void)state;
	run("--fault REALM_DESTROY=ERROR_REALM", "hello");
	failed(3, "the ledger is not clean");
	assert_null(strstr(capture.out, CLEAN));
	says("granules delegated 3, leaked 3,");
}

static void trace_shows_every_call(void **state)
{
	unsigned int lines = 0;
	char total[64];

	(void)state;
	run("--trace", "hello");
	ended_with(0);
	for (const char *at = capture.err; *at; at++)
		lines += *at == '\n' && strncmp(at, "\n--", 3);
	snprintf(total, sizeof(total), "RMI calls: %u\n", lines);
	says(total);
	assert_memory_equal(capture.err, "1 cpu", 5);
	assert_non_null(strstr(capture.err, " VERSION req=0x20000 -> SUCCESS"));
	assert_non_null(strstr(capture.err, " ipa=0x40000000 level=0x3 -> "));
	assert_non_null(strstr(capture.err, "-> SUCCESS exit=HOST_CALL\n"));
	assert_non_null(strstr(capture.err, "-> SUCCESS exit=PSCI\n"));
}

static void trace_goes_to_a_file(void **state)
{
	char path[] = "/tmp/cca-trace-XXXXXX", options[64], line[256] = "";
	int fd = mkstemp(path);
	FILE *file;

	(void)state;
	assert_true(fd >= 0);
	close(fd);
	snprintf(options, sizeof(options), "--trace=%s", path);
	run(options, "hello");
	ended_with(0);
	assert_string_equal(capture.err, "");
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof(line), file));
	fclose(file);
	unlink(path);
	assert_non_null(strstr(line, "1 cpu"));
}

static void trace_marks_canned_answers(void **state)
{
	(void)state;
	run("--trace --fault RTT_CREATE#2=BUSY", "hello");
	assert_non_null(strstr(capture.err, "-> BUSY:0 (canned)\n"));
}

#define TEST(name) cmocka_unit_test_teardown(name, forget)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(hello_prints_everything_in_order),
		TEST(every_ipa_width_works),
		TEST(memory_of_many_sizes_works),
		TEST(stats_adds_errors_and_time),
		TEST(counts_are_the_same_each_time),
		TEST(exit_register_is_the_exit_status),
		TEST(unexpected_exception_is_reported_by_the_guest),
		TEST(access_to_no_device_ends_the_run),
		TEST(shared_memory_comes_and_goes),
		TEST(a_realm_passes_messages_in_shared_memory),
		TEST(a_flat_image_runs),
		TEST(time_out_is_124),
		TEST(interrupt_takes_the_realm_down),
		TEST(what_the_rmm_keeps_is_said),
		TEST(trace_shows_every_call),
		TEST(trace_goes_to_a_file),
		TEST(trace_marks_canned_answers),
	};

	return cmocka_run_group_tests_name("run", tests, NULL, NULL);
}
