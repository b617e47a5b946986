/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The CPUs' physical interrupt lines; machine.h has how they are raised.
 */
#ifndef SIM_MACHINE_IRQ_H
#define SIM_MACHINE_IRQ_H

/* All lines low. */
void irq_start(void);

/* Sleeps until the line of @cpu is high. */
void irq_wait(unsigned int cpu);

#endif
