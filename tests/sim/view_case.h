/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Cases about memory and faults, which run with guard regions and, as on an
 * older kernel, with mprotect.
 */
#ifndef TESTS_SIM_VIEW_CASE_H
#define TESTS_SIM_VIEW_CASE_H

#include <stdbool.h>
#include <stddef.h>

#include "tests/sim/realm.h"

#define PAGE 4096ull
#define PA(granule) (TEST_RAM + (granule) * PAGE)

/* The machine of TEST_MACHINE, guarded as the group wants. */
int view_case_setup(void **state);

/* Setups of groups. */
int view_case_guards(void **state);
int view_case_no_guards(void **state);
extern bool view_case_mprotect;

/* Runs the case that *@state points to, with our fault handler in place. */
void view_case_run(void **state);

#define VIEW_TEST(test) \
	{ #test, view_case_run, view_case_setup, stop_machine, (void *)(test) }

/* Runs @body in a child; its exit status, and what it said on stderr. */
int in_child(void (*body)(void), char *said, size_t size);

#endif
