/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A command's work in a child process, with what it printed and how it ended.
 */
#ifndef TESTS_VMM_CAPTURE_H
#define TESTS_VMM_CAPTURE_H

#include <stdbool.h>
#include <sys/types.h>

#define CAPTURE_MAX (1 << 20)

struct capture {
	int status; /* exit status, or 1000 + the signal that ended it */
	char *out;
	char *err;
};

/* In two steps, for a test that does something to the child meanwhile. */
struct capture_child {
	pid_t pid;
	int out;
	int err;
};

void capture_start(struct capture_child *child,
		   int (*work)(const void *context), const void *context);
void capture_end(struct capture_child *child, struct capture *capture);

/* Both; capture_free() afterwards. */
void capture_run(struct capture *capture, int (*work)(const void *context),
		 const void *context);
void capture_free(struct capture *capture);

/* The child has printed @text; waits for that, at most 20 seconds. */
bool capture_wait_for(const struct capture_child *child, const char *text);

/* Runs `cca @words` (at most 30, separated by single spaces) as main would. */
void capture_cca(struct capture *capture, const char *words);
void capture_cca_start(struct capture_child *child, const char *words);

/* Exactly one line, and it starts with "cca: ". */
bool capture_one_error(const struct capture *capture);

/* Path of a guest: $CCA_GUESTS/NAME.elf, or build/guests/NAME.elf. */
const char *guest_path(const char *name);

#endif
