// SPDX-License-Identifier: BSD-3-Clause
/*
 * Work in a child: its status, its crash, and the signals on their way to it.
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

#include "tests/vmm/capture.h"
#include "vmm/supervise.h"

static int ends_with(const void *context)
{
	printf("worked\n");
	return *(const int *)context;
}

static int crashes(const void *context)
{
	(void)context;
	printf("before\n");
	fflush(stdout);
	raise(SIGKILL);
	return 0;
}

/* Waits for one of the signals, as a run does, and says which it was. */
static int waits(const void *context)
{
	sigset_t set;
	int number;

	(void)context;
	printf("waiting %d\n", (int)getpid());
	fflush(stdout);
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigwait(&set, &number);
	return STATUS_SIGNAL(number);
}

static int supervise_ends(const void *context)
{
	return supervise(ends_with, context, 60);
}

static int supervise_crash(const void *context)
{
	return supervise(crashes, context, 60);
}

static int supervise_wait(const void *context)
{
	return supervise(waits, context, 60);
}

static void status_and_output_are_the_childs(void **state)
{
	static const int statuses[] = { 0, 1, 2, 3, 42, 124, 255 };
	struct capture capture;

	(void)state;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
		capture_run(&capture, supervise_ends, &statuses[i]);
		assert_int_equal(capture.status, statuses[i]);
		assert_string_equal(capture.out, "worked\n");
		assert_string_equal(capture.err, "");
		capture_free(&capture);
	}
}

static void a_crash_is_exit_3_and_one_line(void **state)
{
	struct capture capture;

	(void)state;
	capture_run(&capture, supervise_crash, NULL);
	assert_int_equal(capture.status, STATUS_FAILED);
	assert_string_equal(capture.out, "before\n");
	assert_string_equal(capture.err,
			    "cca: the run crashed: signal 9 (Killed)\n");
	capture_free(&capture);
}

static void signals_are_passed_on(void **state)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct capture_child child;
	struct capture capture;

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		capture_start(&child, supervise_wait, NULL);
		assert_true(capture_wait_for(&child, "waiting"));
		kill(child.pid, numbers[i]);
		capture_end(&child, &capture);
		assert_int_equal(capture.status, 128 + numbers[i]);
		capture_free(&capture);
	}
}

static void the_child_does_not_outlive_its_parent(void **state)
{
	struct capture_child child;
	struct capture capture;
	int pid, tries = 0;

	(void)state;
	capture_start(&child, supervise_wait, NULL);
	assert_true(capture_wait_for(&child, "waiting"));
	kill(child.pid, SIGKILL);
	capture_end(&child, &capture);
	assert_int_equal(sscanf(capture.out, "waiting %d", &pid), 1);
	while (!kill(pid, 0) && tries++ < 50)
		usleep(10000);
	/* Where nobody reaps orphans it stays as a zombie, dead as well. */
	if (!kill(pid, 0)) {
		char path[64], line[256] = "";
		FILE *file;

		snprintf(path, sizeof(path), "/proc/%d/stat", pid);
		file = fopen(path, "r");
		assert_true(!file || fgets(line, sizeof(line), file));
		if (file)
			fclose(file);
		assert_true(!file || strstr(line, ") Z "));
	}
	capture_free(&capture);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(status_and_output_are_the_childs),
		cmocka_unit_test(a_crash_is_exit_3_and_one_line),
		cmocka_unit_test(signals_are_passed_on),
		cmocka_unit_test(the_child_does_not_outlive_its_parent),
	};

	return cmocka_run_group_tests_name("supervise", tests, NULL, NULL);
}
