/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Scenarios: lives of a realm from the boot of the kernel on, as tables of
 * steps. One that fails is followed by no other, only by the end.
 */
#ifndef TESTS_FAULTS_SCENARIO_H
#define TESTS_FAULTS_SCENARIO_H

#include "tests/faults/life.h"

#define STEPS_MAX 16

typedef bool step_fn(struct life *life);

/**
 * struct scenario - a table of steps
 * @name: of its cells
 * @end: how it is ended
 * @steps: up to the first NULL
 * @first: the calls of this step and those after it are what it is about; those
 *	before are another scenario's
 */
struct scenario {
	const char *name;
	enum life_end end;
	step_fn *steps[STEPS_MAX];
	unsigned int first;
};

extern const struct scenario scenarios[];
extern const unsigned int scenario_count;

unsigned int scenario_steps(const struct scenario *scenario);

/* An ordinary life of a realm, which must work after any other. */
bool scenario_ordinary(void);

/* The kernel; shut down by whoever stops the machine. */
bool scenario_boot(void);

#endif
