/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What this machine has, by the device tree that QEMU leaves at the start of
 * RAM.
 */
#ifndef MONITOR_MACHINE_H
#define MONITOR_MACHINE_H

#include <stdint.h>

struct machine {
	uint64_t ram_end; /* RAM is [DRAM_BASE, ram_end) */
	uint64_t delegable_end; /* [NS_BASE, delegable_end) may be delegated */
	unsigned int cpus; /* at most CPUS_MAX */
};

extern struct machine machine;

/* Reads RAM and CPUs from the device tree; panics if there is none. */
void machine_probe(void);

#endif
