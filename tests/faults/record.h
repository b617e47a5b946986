/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What was said during a life: RMI calls, as the conduit saw them, and the
 * kernel's log.
 */
#ifndef TESTS_FAULTS_RECORD_H
#define TESTS_FAULTS_RECORD_H

#include <linux/types.h>

#define RECORD_CALLS_MAX 4096 /* that are kept; all are counted */
#define RECORD_LOG_SIZE 16384

/**
 * struct record_call - an RMI call
 * @name: without RMI_; NULL for what is in no table
 * @nth: of its name
 * @number: of all
 */
struct record_call {
	const char *name;
	u64 nth;
	u64 number;
};

/**
 * struct record - of a life
 * @limit: calls after which the process ends with RECORD_EXIT; 0: none
 * @count: calls
 * @hit: number of the first that was canned; 0: none was
 * @repeats: calls since then that repeat the one before in all arguments
 * @row: the same, of one call
 * @row_max: the most
 * @moves: granule commands since then that went well
 * @last: arguments of the call before
 * @refused: calls since then that ended with an error, by name
 */
struct record {
	u64 limit;
	u64 count;
	u64 hit;
	u64 repeats;
	u64 row;
	u64 row_max;
	u64 moves;
	u64 last[8];
	unsigned int call_count;
	struct record_call call[RECORD_CALLS_MAX];
	const char *refused[64];
	unsigned int refused_count;
	const char *opener;
	char log[RECORD_LOG_SIZE];
};

#define RECORD_EXIT 77

/* From the machine's start to its stop. */
void record_start(struct record *record);
void record_stop(void);

/* User space asks anew: what is called now repeats nothing. */
void record_request(void);

/* Does the log name a call that was refused? */
bool record_names_refused(const struct record *record);

#endif
