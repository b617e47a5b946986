/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Cells of the fault matrix: a scenario, a call of it, an answer.
 */
#ifndef TESTS_FAULTS_CELLS_H
#define TESTS_FAULTS_CELLS_H

#include "tests/faults/answers.h"
#include "tests/faults/run.h"

#define CELL_NAME_SIZE 128

/**
 * struct cell - one of them
 * @scenario: index in scenarios[]
 * @call: the call that is answered; unused if it is an allocation that fails
 * @fail_page: which allocation of pages fails, or 0
 * @fail_heap: the same of the heap
 */
struct cell {
	unsigned int scenario;
	struct record_call call;
	struct answer answer;
	u64 fail_page;
	u64 fail_heap;
};

/**
 * struct clean - a scenario without a fault
 * @steps: how many it has
 * @calls: of all of it
 * @end: calls of the end if it is stopped after so many steps
 */
struct clean {
	unsigned int steps;
	u64 calls;
	u64 end[STEPS_MAX + 1];
};

/**
 * struct cells - the matrix
 * @clean: of each scenario
 */
struct cells {
	struct cell *cell;
	unsigned int count;
	struct clean *clean;
};

/*
 * Runs all scenarios without a fault, and finds from their calls what there is
 * to be tried. False, with a line on stderr, if one of them does not go well.
 */
bool cells_find(struct cells *cells);
void cells_free(struct cells *cells);

/* "grow/RTT_CREATE/2/ERROR_RTT:3", "build/page/7" */
void cell_name(const struct cell *cell, char name[CELL_NAME_SIZE]);

/* The plan of a cell; its fault is in @fault. */
void cell_plan(const struct cell *cell, struct run_plan *plan,
	       char fault[CELL_NAME_SIZE]);

#endif
