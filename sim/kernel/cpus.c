// SPDX-License-Identifier: BSD-3-Clause
/*
 * The pool of CPUs. Whoever waits for one interrupts those that are in realms,
 * as a scheduler's tick would.
 */
#include <pthread.h>
#include <sched.h>

#include "sim/kernel/cpus.h"
#include "sim/machine/machine.h"

static pthread_mutex_t cpus_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cpus_changed = PTHREAD_COND_INITIALIZER;
static unsigned int cpu_count;
static bool cpu_busy[MACHINE_CPU_MAX];
static bool cpu_in_realm[MACHINE_CPU_MAX];
static u64 next_ticket; /* who comes now gets this one */
static u64 next_served; /* whose turn it is */

void cpus_init(unsigned int count)
{
	cpu_count = count;
}

static unsigned int cpu_find(void)
{
	unsigned int cpu = 0;

	while (cpu < cpu_count && cpu_busy[cpu])
		cpu++;
	return cpu;
}

static void cpus_interrupt(void)
{
	unsigned int cpu;

	for (cpu = 0; cpu < cpu_count; cpu++) {
		if (cpu_in_realm[cpu])
			machine_irq_raise(cpu);
	}
}

static void cpu_get_locked(void)
{
	u64 ticket = next_ticket++;
	unsigned int cpu = cpu_find();

	while (ticket != next_served || cpu == cpu_count) {
		cpus_interrupt();
		pthread_cond_wait(&cpus_changed, &cpus_lock);
		cpu = cpu_find();
	}
	next_served++;
	cpu_busy[cpu] = true;
	machine_set_cpu(cpu);
	pthread_cond_broadcast(&cpus_changed);
}

static void cpu_put_locked(void)
{
	cpu_busy[machine_cpu()] = false;
	pthread_cond_broadcast(&cpus_changed);
}

void cpu_get(void)
{
	pthread_mutex_lock(&cpus_lock);
	cpu_get_locked();
	pthread_mutex_unlock(&cpus_lock);
}

void cpu_put(void)
{
	pthread_mutex_lock(&cpus_lock);
	cpu_put_locked();
	pthread_mutex_unlock(&cpus_lock);
}

bool cpu_realm_begin(struct kick *kick)
{
	bool go;

	pthread_mutex_lock(&cpus_lock);
	if (next_ticket != next_served) {
		cpu_put_locked();
		cpu_get_locked();
	}
	go = !kick->pending;
	kick->pending = false;
	if (go) {
		kick->in_realm = true;
		kick->cpu = machine_cpu();
		cpu_in_realm[kick->cpu] = true;
	}
	pthread_mutex_unlock(&cpus_lock);
	return go;
}

void cpu_realm_end(struct kick *kick)
{
	pthread_mutex_lock(&cpus_lock);
	kick->in_realm = false;
	cpu_in_realm[kick->cpu] = false;
	machine_irq_lower(kick->cpu);
	pthread_mutex_unlock(&cpus_lock);
}

void cpu_idle(struct kick *kick)
{
	pthread_mutex_lock(&cpus_lock);
	cpu_put_locked();
	while (!kick->pending)
		pthread_cond_wait(&cpus_changed, &cpus_lock);
	cpu_get_locked();
	pthread_mutex_unlock(&cpus_lock);
}

void cpu_kick(struct kick *kick)
{
	pthread_mutex_lock(&cpus_lock);
	kick->pending = true;
	if (kick->in_realm)
		machine_irq_raise(kick->cpu);
	pthread_cond_broadcast(&cpus_changed);
	pthread_mutex_unlock(&cpus_lock);
}
