/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * CPUs by turns: each is a thread, only one of them runs, and where the next
 * one may go on is a point. A schedule is what is chosen at each point; all
 * schedules with a bounded number of preemptions are made, one after the other.
 * A CPU that waits for a lock is not preempted: it cannot go on.
 */
#ifndef TESTS_EXPLORE_SCHED_H
#define TESTS_EXPLORE_SCHED_H

#include <stdbool.h>

#define SCHED_CPUS 3

/* What a CPU does; @cpu is its number. */
typedef void sched_work(unsigned int cpu);

/* Starts over with the first schedule of @cpus CPUs. */
void sched_begin(unsigned int cpus, unsigned int preemptions);

/* Runs all CPUs by the schedule. */
void sched_run(sched_work *work);

/* On to the next schedule; false if there is none. */
bool sched_next(void);

/* Here another CPU may go on, if CPUs run at all. */
void sched_point(void);

/* The CPU cannot go on before another one has called sched_progress(). */
void sched_wait(void);
void sched_progress(void);

/*
 * Says what is wrong, and the schedule as far as it has come, a letter a point;
 * then ends the process.
 */
_Noreturn void sched_fail(const char *what);

#endif
