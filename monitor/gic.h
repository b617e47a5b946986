/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * EL3's part of the GICv3: everything is the Non-secure world's, but one SGI
 * with which EL3 wakes CPUs.
 */
#ifndef MONITOR_GIC_H
#define MONITOR_GIC_H

#include <stdbool.h>
#include <stdint.h>

/* Once: all shared interrupts to the Non-secure world. */
void gic_init(void);

/*
 * The end of the cold boot, which other CPUs wait for by gic_released(). It is
 * the distributor's enable bits: the one flag that every reset clears, while
 * memory keeps its contents.
 */
void gic_release_cpus(void);
bool gic_released(void);

/* On each CPU. */
void gic_init_cpu(uint64_t cpu);

/* Wakes a parked CPU; takes the interrupt that woke this one, if any. */
void gic_wake(uint64_t cpu);
void gic_acknowledge_wake(void);

#endif
