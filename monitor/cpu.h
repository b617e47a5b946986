/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A CPU as EL3 keeps it: the two worlds that share it, and its power state.
 */
#ifndef MONITOR_CPU_H
#define MONITOR_CPU_H

#include <stdbool.h>
#include <stdint.h>

#include "monitor/layout.h"
#include "monitor/world.h"

/* As PSCI counts (AFFINITY_INFO). */
enum cpu_power {
	CPU_POWER_ON,
	CPU_POWER_OFF,
	CPU_POWER_ON_PENDING, /* woken, not yet in the Non-secure world */
};

struct cpu {
	/* Of the current world; first, since vectors.S reads it. */
	struct frame *frame;
	enum world_id current;
	struct world world[WORLDS];

	bool rmm_ready; /* this CPU's RMM takes RMI calls */
	uint64_t rmi_calls; /* forwarded */

	enum cpu_power power; /* changed as psci.c says */
	uint64_t entry; /* where it starts, and with what in x0 */
	uint64_t context;
};

extern struct cpu cpus[CPUS_MAX];

/* The CPU that the caller runs on. */
struct cpu *this_cpu(void);

/* Index of a CPU: Aff0 is 0 to 15 in a cluster, Aff1 counts clusters. */
uint64_t cpu_index(void);

/* From MPIDR affinity fields; CPUS_MAX and more if there is no such CPU. */
uint64_t cpu_index_of(uint64_t mpidr);

/* True if the CPUs have the Realm Management Extension. */
bool cpu_has_rme(void);

/* Puts this CPU's registers of EL3 into their running state. */
void cpu_init(void);

/* Starts this CPU in both worlds, the Non-secure one at @entry. */
_Noreturn void cpu_start(uint64_t entry, uint64_t context,
			 uint64_t rmm_boot_kind);

/* Waits, as a CPU that is off, until PSCI switches it on; then starts. */
_Noreturn void cpu_park(void);

#endif
