/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The suite as a whole.
 */
#ifndef SUITE_RUN_H
#define SUITE_RUN_H

#include <stdbool.h>

#include "tests/suite/port.h"
#include "tests/suite/verdict.h"

struct suite_condition {
	const char *command;
	const char *section;
	struct text name; /* unique within the command */
	bool strict;
};

struct suite_totals {
	unsigned int passed;
	unsigned int failed;
	unsigned int skipped; /* the port has not what they need */
};

/* Is told of each condition as soon as it has run. */
typedef void suite_told(void *context, const struct suite_condition *condition,
			const struct verdict *verdict);

struct suite_options {
	bool strict; /* also what only a strict RMM must do */
	bool list; /* tell of the conditions without running them */

	/* Which conditions to run; NULL: all. */
	bool (*wanted)(void *context, const struct suite_condition *condition);

	suite_told *told;
	void *context;
};

/*
 * Runs the suite over @port: NULL, and @totals says how it went; or why it
 * could not be run. A core runs it with granules of one size, and is called
 * suite_run as long as it is alone in a program.
 */
typedef const char *suite_run_function(const struct suite_port *port,
				       const struct suite_options *options,
				       struct suite_totals *totals);

suite_run_function suite_run, suite_run_4k, suite_run_16k, suite_run_64k;

#endif
