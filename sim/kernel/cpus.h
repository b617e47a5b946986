/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The machine's CPUs, shared by all threads that are in the kernel: each system
 * call has one for as long as it runs.
 */
#ifndef SIM_KERNEL_CPUS_H
#define SIM_KERNEL_CPUS_H

#include <linux/types.h>

/* A wish that a vCPU leaves its realm; it stands until KVM_RUN has seen it. */
struct kick {
	bool pending;
	bool in_realm;
	unsigned int cpu; /* in_realm: which one */
};

void cpus_init(unsigned int count);

/* Waits for a CPU, first come first served, and puts the thread on it. */
void cpu_get(void);
void cpu_put(void);

/*
 * Around the stay in a realm. false if there is a kick, which is taken. Others
 * that wait for a CPU get theirs first.
 */
bool cpu_realm_begin(struct kick *kick);
void cpu_realm_end(struct kick *kick);

/* Gives the CPU away until there is a kick. */
void cpu_idle(struct kick *kick);

void cpu_kick(struct kick *kick);

#endif
