/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the condition that runs has come to: it holds until something is not as
 * it should be, and only the first such thing is kept.
 */
#ifndef SUITE_EXPECT_H
#define SUITE_EXPECT_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/suite/verdict.h"

extern struct verdict verdict;

void verdict_clear(void);

/*
 * Compare; false if it is not so, or if something before was not. @what names
 * it: "x1", "entry at 0x40000000".
 */
bool expect_value(const char *what, uint64_t want, uint64_t got);
bool expect_result(const char *what, uint64_t want, uint64_t got);
bool expect(const char *what, bool holds);

/* One of two results, where sources differ; @also 0 is none. */
bool expect_either(const char *what, uint64_t want, uint64_t also,
		   uint64_t got);

/*
 * While a condition is being set up, what is not as expected does not speak
 * against what it is about; the verdict says so.
 */
void verdict_setup(bool on);

/* There is not what the condition needs: @why, in a few words. */
void verdict_skip(const char *why);

#endif
