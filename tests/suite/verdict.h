/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The verdict on a condition.
 */
#ifndef SUITE_VERDICT_H
#define SUITE_VERDICT_H

#include <stdbool.h>

#include "tests/suite/text.h"

struct verdict {
	bool failed;
	bool setup; /* failed before what it is about */
	const char *skipped; /* why; NULL: it was not */
	struct text expected;
	struct text got;
};

#endif
