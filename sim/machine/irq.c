/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The CPUs' physical interrupt lines, and sleeping until one is high.
 */
#define _GNU_SOURCE /* pthread_cond_clockwait() */
#include <pthread.h>
#include <stdatomic.h>

#include "sim/machine/counter.h"
#include "sim/machine/irq.h"
#include "sim/machine/machine.h"

static atomic_bool lines[MACHINE_CPU_MAX];
static _Atomic uint64_t timers[MACHINE_CPU_MAX];

/* For those who sleep; who runs just looks. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static unsigned int awake; /* runs that do not sleep */
static struct sleeper {
	uint64_t deadline;
	struct sleeper *next;
} *sleepers;
static _Atomic uint64_t first_deadline = COUNTER_NEVER; /* of the sleepers */

void irq_start(void)
{
	for (unsigned int cpu = 0; cpu < MACHINE_CPU_MAX; cpu++) {
		atomic_store(&lines[cpu], false);
		atomic_store(&timers[cpu], COUNTER_NEVER);
	}
}

void machine_irq_raise(unsigned int cpu)
{
	pthread_mutex_lock(&lock);
	atomic_store(&lines[cpu], true);
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

void machine_irq_lower(unsigned int cpu)
{
	atomic_store(&lines[cpu], false);
}

bool machine_irq_pending(unsigned int cpu)
{
	uint64_t timer = irq_timer(cpu);

	return atomic_load_explicit(&lines[cpu], memory_order_acquire) ||
	       (timer != COUNTER_NEVER && machine_counter() >= timer);
}

void machine_timer_set(unsigned int cpu, uint64_t deadline)
{
	atomic_store(&timers[cpu], deadline);
}

uint64_t irq_timer(unsigned int cpu)
{
	return atomic_load_explicit(&timers[cpu], memory_order_relaxed);
}

void irq_run_begin(void)
{
	pthread_mutex_lock(&lock);
	awake++;
	pthread_mutex_unlock(&lock);
}

void irq_run_end(void)
{
	pthread_mutex_lock(&lock);
	awake--;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

static void find_first_deadline(void)
{
	uint64_t first = COUNTER_NEVER;

	for (struct sleeper *at = sleepers; at; at = at->next) {
		if (at->deadline < first)
			first = at->deadline;
	}
	atomic_store(&first_deadline, first);
}

void irq_time_passed(void)
{
	if (machine_counter() < atomic_load(&first_deadline))
		return;
	pthread_mutex_lock(&lock);
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

/* Nobody executes an instruction: on to the first who waits for a time. */
static bool skip(void)
{
	uint64_t first = atomic_load(&first_deadline);

	if (awake || !counter_is_fixed() || machine_counter() >= first ||
	    first == COUNTER_NEVER)
		return false;
	machine_counter_skip(first);
	pthread_cond_broadcast(&changed);
	return true;
}

static void wait_changed(uint64_t deadline)
{
	struct timespec when;

	if (machine_counter_when(deadline, &when))
		pthread_cond_clockwait(&changed, &lock, CLOCK_MONOTONIC, &when);
	else
		pthread_cond_wait(&changed, &lock);
}

static void remove_sleeper(struct sleeper *sleeper)
{
	struct sleeper **at = &sleepers;

	while (*at != sleeper)
		at = &(*at)->next;
	*at = sleeper->next;
	find_first_deadline();
}

void irq_wait(unsigned int cpu, uint64_t deadline)
{
	uint64_t timer = irq_timer(cpu);
	struct sleeper self = {
		.deadline = timer < deadline ? timer : deadline,
	};

	pthread_mutex_lock(&lock);
	self.next = sleepers;
	sleepers = &self;
	find_first_deadline();
	awake--;
	/* This may have been the last one that was. */
	pthread_cond_broadcast(&changed);
	while (!machine_irq_pending(cpu) && machine_counter() < deadline) {
		if (!skip())
			wait_changed(self.deadline);
	}
	awake++;
	remove_sleeper(&self);
	pthread_mutex_unlock(&lock);
}
