/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mistakes of an RMM by which a secret gets out, each by what it does to the
 * answer of a right one.
 */
#ifndef TESTS_TAINT_LEAKS_H
#define TESTS_TAINT_LEAKS_H

#include "tests/taint/host.h"

struct leak {
	const char *name;
	host_leak_fn *leak;
	const char *finding; /* part of what must be said */
};

extern const struct leak leaks[];
extern const unsigned int leaks_count;

#endif
