/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One run of a scenario on a machine of its own, with at most one fault.
 */
#ifndef TESTS_FAULTS_RUN_H
#define TESTS_FAULTS_RUN_H

#include "tests/faults/record.h"
#include "tests/faults/scenario.h"

/**
 * struct run_plan - what shall happen
 * @scenario: which life
 * @stop_after: steps; the rest is left out. STEPS_MAX: none is
 * @fault: a canned answer (sim/machine/conduit.h), or NULL
 * @fail_page: which allocation of pages fails, from 1; 0: none
 * @fail_heap: the same of the heap
 * @follow: an ordinary life afterwards, on the same machine
 */
struct run_plan {
	const struct scenario *scenario;
	unsigned int stop_after;
	const char *fault;
	u64 fail_page;
	u64 fail_heap;
	bool follow;
};

/**
 * struct run - what did happen
 * @lived: no step failed
 * @step: the last that was tried
 * @error: of the one that failed
 * @told: user space was told what the RMM answered
 * @no_realms: the kernel says why it has none
 * @calls_at: RMI calls before each step, and before the end
 * @calls: of the whole life
 * @in_use: pages that the host has not got back
 * @leaked: those that it counted
 * @delegated: granules that the RMM has
 * @stray: those of them that nobody keeps from being used again
 * @warnings: that fired
 * @bad_edges: of the realm's state
 * @touches: of the host, of what is the RMM's
 * @fired: the allocation that was to fail has
 * @pages: allocations of pages (if @fail_page is 0)
 * @heap: the same of the heap
 * @followed: the life afterwards went well, and lost nothing
 */
struct run {
	bool lived;
	unsigned int step;
	long error;
	bool told;
	bool no_realms;
	u64 calls_at[STEPS_MAX + 1];
	u64 calls;
	u64 in_use;
	u64 leaked;
	u64 delegated;
	u64 stray;
	u64 warnings;
	u64 bad_edges;
	u64 touches;
	bool fired;
	u64 pages;
	u64 heap;
	bool followed;
	struct record record;
};

/* False, with a line on stderr, if there is no machine. */
bool run(const struct run_plan *plan, struct run *run);

#endif
