/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One step of an input: a command of the ABI's table, made from the bytes that
 * follow, or a scenario that gets a host deep in a few of them.
 */
#ifndef FUZZ_RMM_COMMAND_H
#define FUZZ_RMM_COMMAND_H

#include <stdbool.h>

/* Reads one step and does it. */
void command_step(void);

/*
 * A realm in a machine as new: two pages of memory at 0 and at 1 GiB, a REC
 * that runs and one that waits for CPU_ON. @pick says what kind of realm.
 */
void scenario_start(unsigned int pick, bool active);

/* Does what a well-behaved host would; @which and the input choose. */
void scenario_run(unsigned int which);
#define SCENARIOS 15
#define SCENARIO_ENTER 6 /* runs a REC */

#endif
