/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The report on standard output.
 */
#ifndef SUITE_REPORT_H
#define SUITE_REPORT_H

#include "tests/suite/run.h"

#define REPORT_COMMANDS 64

enum report_style {
	REPORT_FAILURES, /* and a line a command, and a sum */
	REPORT_ALL,
	REPORT_LIST,
	REPORT_TAP,
	REPORT_JSON,
};

struct report {
	enum report_style style;
	const char *only;
	unsigned int number; /* conditions told of */
	unsigned int commands;
	struct report_command {
		const char *name;
		struct suite_totals totals;
	} command[REPORT_COMMANDS];
};

/* Callbacks of struct suite_options; @context is the report. */
bool report_wants(void *context, const struct suite_condition *condition);
suite_told report_condition;

/* Sums by command, and the sum of all. */
void report_end(const struct report *report, const char *rmm,
		const struct suite_totals *totals);

#endif
