/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The audit: every condition against every wrong answer.
 */
#ifndef SUITE_AUDIT_H
#define SUITE_AUDIT_H

#include <stdbool.h>

#include "tests/suite/run.h"

/* The suite for one size of granules. */
struct suite_core {
	const char *name; /* "16K" */
	uint64_t granule; /* bytes */
	suite_run_function *run;
};

/*
 * Runs the suite over @port as it is, where it should pass, and then each
 * condition over one that lies: with @all every lie, else until one is noticed.
 * Prints how many conditions noticed which lie, and those that noticed none, as
 * TAP if @tap. False if there is such a one, or if the port cannot be opened.
 */
bool audit(const struct suite_core *core, const struct suite_port *port,
	   const struct suite_options *options, bool all, bool tap);

#endif
