/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The machine's CPUs, shared by all threads that are in the kernel: each system
 * call has one for as long as it runs.
 */
#ifndef SIM_KERNEL_CPUS_H
#define SIM_KERNEL_CPUS_H

#include <pthread.h>

#include <linux/types.h>

#include "sim/kernel/turns.h"

/*
 * What others want of a vCPU, whose struct starts as zero: that KVM_RUN returns
 * to the VMM, which stands until it has been seen, or just that the vCPU looks
 * again at what there is for it.
 */
struct kick {
	bool pending;
	bool wake;
	bool in_realm;
	unsigned int cpu; /* in_realm: which one */
	bool gone; /* its file is closed */
	struct seat seat;
	pthread_t thread; /* seat KEPT: that went out with it */
};

/*
 * With @fixed vCPUs take turns (turns.h); CPU 0 is that of the turn, if @count
 * is more than 1.
 */
void cpus_init(unsigned int count, bool fixed);

/* Waits for a CPU, first come first served, and puts the thread on it. */
void cpu_get(void);
void cpu_put(void);

/*
 * The same, around KVM_RUN of the vCPU of @kick, of which @order is the number
 * in the ring. One that is @off sleeps until a kick or a wake. @back: its
 * thread goes to the VMM with an exit, and is coming back.
 */
void cpu_get_run(struct kick *kick, u64 order, bool off);
void cpu_put_run(struct kick *kick, bool back);

/* Nobody waits for this vCPU any more: its file is being closed. */
void cpu_gone(struct kick *kick);

/*
 * Around the stay in a realm. false if there is a kick, which is taken. Others
 * that wait for a CPU get theirs first, so that list registers are filled after
 * begin and read back before end. A wake that came before begin is forgotten:
 * what it was about is looked at now. One that comes later ends the stay.
 */
bool cpu_realm_begin(struct kick *kick);
void cpu_realm_end(struct kick *kick);

/*
 * Gives the CPU away until there is a kick, a wake, which is taken, or the
 * counter (machine_counter()) is at @deadline. CPU_NO_DEADLINE is never.
 */
#define CPU_NO_DEADLINE (~0ull)
void cpu_idle_until(struct kick *kick, u64 deadline);
void cpu_idle(struct kick *kick);

/*
 * KVM_RUN returns -EINTR; the vCPU ends its stay in the realm, or its idling,
 * and goes on in the kernel, as an interrupt between CPUs does it.
 */
void cpu_kick(struct kick *kick);
bool cpu_take_kick(struct kick *kick); /* true if there is one */
void cpu_wake(struct kick *kick);

#endif
