/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Whole runs of cca, and what a test may ask of one afterwards.
 */
#ifndef TESTS_VMM_RUN_KIT_H
#define TESTS_VMM_RUN_KIT_H

#include "tests/vmm/capture.h"

#define CLEAN \
	"granules delegated 0, leaked 0, host touches of realm memory 0\n"

extern struct capture capture; /* of the last run */

/* Runs `cca run @options @guest`; the result is in capture. */
void run(const char *options, const char *guest);

/* The same, but that @signal comes when it has said @text. */
void run_until(const char *options, const char *guest, const char *text,
	       int signal);

/*
 * `cca measure @options @guest` is what that guest, which prints it, read as
 * its RIM in the last run.
 */
void rim_agrees(const char *options, const char *guest);

/* A cmocka teardown: frees capture. */
int forget(void **state);

/* It printed @text. */
void says(const char *text);

/* Its exit status was @status. */
void ended_with(int status);

/* The same, and it printed one error, with @text in it. */
void failed(int status, const char *text);

#endif
