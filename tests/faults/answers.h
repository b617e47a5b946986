/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Answers that an RMM may give to a call, as specifications of the conduit.
 */
#ifndef TESTS_FAULTS_ANSWERS_H
#define TESTS_FAULTS_ANSWERS_H

#include <linux/types.h>

#define ANSWER_SIZE 56

/* What is true of the RMM that answers so. */
enum answer_kind {
	/* It did nothing, and does not claim that it did. */
	ANSWER_HONEST,
	/* It says something else than what it did. */
	ANSWER_LIE,
	/* From now on it answers every call so. */
	ANSWER_FOR_EVER,
};

/* Columns of the table that `make faults` prints: statuses, and odd answers. */
enum answer_column {
	COLUMN_STATUS, /* and on: by number of the status */
	COLUMN_UNKNOWN = 17,
	COLUMN_ODD,
	COLUMN_STALL, /* SUCCESS without progress, or with too much */
	COLUMN_LIE,
	COLUMN_DEAD,
	COLUMN_BUSY,
	COLUMN_COUNT
};

/**
 * struct answer - one of them
 * @column: enum answer_column, or a status
 * @text: "=BUSY": in the RMM's place; "~BUSY": the call is made, then denied
 */
struct answer {
	enum answer_kind kind;
	unsigned int column;
	char text[ANSWER_SIZE];
};

#define ANSWERS_MAX 256

/* Fills @answers for a command, by its name or NULL. Returns how many. */
unsigned int answers_of(const char *name, struct answer *answers);

/* Its head in the table: "inpu" for ERROR_INPUT. */
const char *answer_column_name(enum answer_column column);

#endif
