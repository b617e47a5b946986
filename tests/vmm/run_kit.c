// SPDX-License-Identifier: BSD-3-Clause
/*
 * Whole runs of cca.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/vmm/run_kit.h"

struct capture capture;

void run(const char *options, const char *guest)
{
	char words[4096];

	snprintf(words, sizeof(words), "run %s %s", options,
		 guest_path(guest));
	capture_cca(&capture, words);
}

void run_until(const char *options, const char *guest, const char *text,
	       int signal)
{
	struct capture_child child;
	char words[4096];

	snprintf(words, sizeof(words), "run %s %s", options,
		 guest_path(guest));
	capture_cca_start(&child, words);
	assert_true(capture_wait_for(&child, text));
	kill(child.pid, signal);
	capture_end(&child, &capture);
}

void rim_agrees(const char *options, const char *guest)
{
	const char *at = strstr(capture.out, "\nRIM ");
	struct capture measured;
	char words[4096];

	assert_non_null(at);
	snprintf(words, sizeof(words), "measure %s %s", options,
		 guest_path(guest));
	capture_cca(&measured, words);
	assert_int_equal(measured.status, 0);
	assert_string_equal(measured.err, "");
	assert_memory_equal(at + 5, measured.out, strlen(measured.out));
	capture_free(&measured);
}

int forget(void **state)
{
	(void)state;
	capture_free(&capture);
	return 0;
}

void says(const char *text)
{
	if (!strstr(capture.out, text))
		fail_msg("no '%s' in:\n%s%s", text, capture.out, capture.err);
}

void ended_with(int status)
{
	if (capture.status != status)
		fail_msg("exit %d, not %d:\n%s%s", capture.status, status,
			 capture.out, capture.err);
}

void failed(int status, const char *text)
{
	ended_with(status);
	if (!capture_one_error(&capture) || !strstr(capture.err, text))
		fail_msg("'%s' is not one line with '%s'", capture.err, text);
}
