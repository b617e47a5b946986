/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Who watches the two runs: everything that is seen in the first is kept, and
 * has to be seen again in the second. The first thing that is wrong is a
 * finding; what comes after it is not looked at.
 */
#ifndef TESTS_TAINT_WATCH_H
#define TESTS_TAINT_WATCH_H

#include <stddef.h>
#include <stdint.h>

/* Before the run of the secrets of secret_run; the first forgets everything. */
void watch_begin(void);

/* At the end of a run: it must have seen as much as the first. */
void watch_end(void);

/* What follows is seen after a call by this name. */
void watch_call(const char *name);

/* Somebody sees @bytes who must not learn secrets. @what is for the finding. */
void watch_see(const char *what, uint64_t at, const void *bytes, size_t size);

/* Something is wrong without a second run. */
void watch_wrong(const char *what, uint64_t at);

/* The finding; NULL if there is none. */
const char *watch_finding(void);

#endif
