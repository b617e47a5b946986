/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The CPUs' physical interrupt lines; machine.h has how they are raised.
 */
#ifndef SIM_MACHINE_IRQ_H
#define SIM_MACHINE_IRQ_H

#include <stdint.h>

/* All lines low, all timers off. */
void irq_start(void);

/* The counter at which the host's timer of @cpu is due. */
uint64_t irq_timer(unsigned int cpu);

/*
 * Around a run on @cpu. With a counter of instructions, time passes for PEs
 * that sleep only by those that run, and jumps when there are none.
 */
void irq_run_begin(void);
void irq_run_end(void);

/* Within a run: the counter has been moved, which may wake others. */
void irq_time_passed(void);

/*
 * Within a run: sleeps until the line of @cpu is high or the counter is at
 * @deadline.
 */
void irq_wait(unsigned int cpu, uint64_t deadline);

#endif
