/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The verdict on the condition that runs.
 */
#include "tests/suite/expect.h"

#include <stddef.h>

struct verdict verdict;

static bool in_setup;

void verdict_clear(void)
{
	verdict.failed = false;
	verdict.setup = false;
	verdict.skipped = NULL;
	in_setup = false;
	text_clear(&verdict.expected);
	text_clear(&verdict.got);
}

void verdict_setup(bool on)
{
	in_setup = on;
}

void verdict_skip(const char *why)
{
	verdict.skipped = why;
}

/* True if this is the first failure, whose texts are to be written. */
static bool fail(const char *what)
{
	if (verdict.failed)
		return false;
	verdict.failed = true;
	verdict.setup = in_setup;
	text_add(&verdict.expected, what);
	text_add(&verdict.expected, " = ");
	return true;
}

bool expect_value(const char *what, uint64_t want, uint64_t got)
{
	if (want == got)
		return !verdict.failed;
	if (fail(what)) {
		text_hex(&verdict.expected, want);
		text_hex(&verdict.got, got);
	}
	return false;
}

bool expect_either(const char *what, uint64_t want, uint64_t also,
		   uint64_t got)
{
	if (want == got || (also && also == got))
		return !verdict.failed;
	if (fail(what)) {
		text_result(&verdict.expected, want);
		if (also) {
			text_add(&verdict.expected, " or ");
			text_result(&verdict.expected, also);
		}
		text_result(&verdict.got, got);
	}
	return false;
}

bool expect_result(const char *what, uint64_t want, uint64_t got)
{
	return expect_either(what, want, 0, got);
}

bool expect(const char *what, bool holds)
{
	if (holds)
		return !verdict.failed;
	if (fail(what)) {
		text_add(&verdict.expected, "true");
		text_add(&verdict.got, "false");
	}
	return false;
}
