// SPDX-License-Identifier: BSD-3-Clause
/*
 * How long a run may last, and what is said of how far it is.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/vmm/capture.h"
#include "vmm/patience.h"
#include "vmm/progress.h"
#include "vmm/supervise.h"
#include "vmm/vcpu.h"

static struct err err;

static void patience_lasts_its_time(void **state)
{
	struct patience patience;

	(void)state;
	patience_start(&patience, 100);
	assert_false(patience_over(&patience));
	patience.end.tv_sec -= 101;
	assert_true(patience_over(&patience));
	assert_false(patience_wait(&patience));
	assert_int_equal(patience_status(&patience, "it ran", &err),
			 STATUS_TIMEOUT);
	assert_string_equal(err.text, "it ran after 100 seconds (--timeout)");
}

static void patience_ends_with_each_signal(void **state)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct patience patience;

		patience_start(&patience, 100);
		kill(getpid(), numbers[i]);
		assert_true(patience_over(&patience));
		assert_int_equal(patience_status(&patience, "it ran", &err),
				 128 + numbers[i]);
		assert_non_null(strstr(err.text, "taken down by signal"));

		patience_start(&patience, 100);
		kill(getpid(), numbers[i]);
		assert_false(patience_wait(&patience));
		assert_int_equal(patience.signal, numbers[i]);
	}
}

static void patience_waits_for_a_vcpu(void **state)
{
	struct patience patience;

	(void)state;
	patience_start(&patience, 100);
	kill(getpid(), VCPU_SIGNAL);
	assert_false(patience_over(&patience));
	assert_true(patience_wait(&patience));
}

static int quick_work(const void *context)
{
	struct progress progress;

	(void)context;
	progress_start(&progress, "working", 8 << 20);
	for (int i = 0; i < 8; i++)
		progress_add(&progress, 1 << 20);
	progress_end(&progress);
	return 0;
}

static int slow_work(const void *context)
{
	struct progress progress;

	(void)context;
	progress_start(&progress, "working", 8 << 20);
	for (int i = 0; i < 8; i++) {
		if (i % 4 == 3)
			progress.next.tv_sec -= 2;
		progress_add(&progress, 1 << 20);
	}
	progress_end(&progress);
	return 0;
}

static void a_second_of_work_is_silent(void **state)
{
	struct capture capture;

	(void)state;
	capture_run(&capture, quick_work, NULL);
	assert_string_equal(capture.err, "");
	assert_string_equal(capture.out, "");
	capture_free(&capture);
}

static void more_is_told_each_second(void **state)
{
	struct capture capture;

	(void)state;
	capture_run(&capture, slow_work, NULL);
	assert_string_equal(capture.err, "cca: working: 4 of 8 MiB\n"
					 "cca: working: 8 of 8 MiB\n");
	assert_string_equal(capture.out, "");
	capture_free(&capture);
}

static int block(void **state)
{
	(void)state;
	supervise_block_signals();
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(patience_lasts_its_time),
		cmocka_unit_test(patience_ends_with_each_signal),
		cmocka_unit_test(patience_waits_for_a_vcpu),
		cmocka_unit_test(a_second_of_work_is_silent),
		cmocka_unit_test(more_is_told_each_second),
	};

	return cmocka_run_group_tests_name("patience", tests, block, NULL);
}
