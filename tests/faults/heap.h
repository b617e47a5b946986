/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The simulated kernel's heap: in these programs the host's object calls
 * host_malloc() and its like in place of the C library's (see the Makefile), so
 * that one allocation of the host, and of nobody else, can fail.
 */
#ifndef TESTS_FAULTS_HEAP_H
#define TESTS_FAULTS_HEAP_H

#include <linux/types.h>

/* The @nth allocation from now fails, 0 for none. Returns what was left. */
u64 heap_fail(u64 nth);

#endif
