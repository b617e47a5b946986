// SPDX-License-Identifier: BSD-3-Clause
/*
 * The pool of CPUs. Whoever waits for one interrupts those that are in realms,
 * as a scheduler's tick would. With fixed turns the holder of the turn has CPU
 * 0 for itself, and the tick comes by the counter.
 */
#define _GNU_SOURCE /* pthread_cond_clockwait() */
#include <pthread.h>
#include <time.h>

#include "sim/kernel/cpus.h"
#include "sim/machine/machine.h"

#define TURN_CPU 0

static pthread_mutex_t cpus_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cpus_changed = PTHREAD_COND_INITIALIZER;
static unsigned int cpu_first; /* of the pool */
static unsigned int cpu_count;
static bool cpu_busy[MACHINE_CPU_MAX];
static bool cpu_in_realm[MACHINE_CPU_MAX];
static u64 next_ticket; /* who comes now gets this one */
static u64 next_served; /* whose turn it is */
static bool fixed_turns;
static struct kick *outside; /* fixed: whose thread took the turn outside */
static struct timespec outside_until; /* so long the others wait */

void cpus_init(unsigned int count, bool fixed)
{
	cpu_count = count;
	cpu_first = fixed && count > 1 ? TURN_CPU + 1 : 0;
	fixed_turns = fixed;
	outside = NULL;
	turns_init();
}

/* ---- The pool ------------------------------------------------------------ */

static unsigned int cpu_find(void)
{
	unsigned int cpu = cpu_first;

	while (cpu < cpu_count && cpu_busy[cpu])
		cpu++;
	return cpu;
}

static void cpus_interrupt(void)
{
	unsigned int cpu;

	for (cpu = cpu_first; cpu < cpu_count; cpu++) {
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

/* The CPU of a vCPU's thread, which with the turn is not one of the pool. */
static void vcpu_get_cpu(struct kick *kick)
{
	if (kick->seat.state == SEAT_TURN && cpu_first > TURN_CPU)
		machine_set_cpu(TURN_CPU);
	else
		cpu_get_locked();
}

static void vcpu_put_cpu(void)
{
	if (machine_cpu() >= cpu_first)
		cpu_put_locked();
}

/* ---- Turns --------------------------------------------------------------- */

static void set_patience(void)
{
	clock_gettime(CLOCK_MONOTONIC, &outside_until);
	outside_until.tv_sec += TURN_PATIENCE_S;
}

/* One step of waiting for the turn. */
static void turn_wait_step(void)
{
	if (!turns_wait_outside()) {
		pthread_cond_wait(&cpus_changed, &cpus_lock);
		return;
	}
	if (pthread_cond_clockwait(&cpus_changed, &cpus_lock, CLOCK_MONOTONIC,
				   &outside_until) == 0)
		return;
	turns_give_up();
	outside = NULL;
	pthread_cond_broadcast(&cpus_changed);
}

/* Sleeps while it idles, then waits for the turn. Who is kicked gets none. */
static void turn_wait(struct kick *kick)
{
	pthread_cond_broadcast(&cpus_changed);
	while (kick->seat.state != SEAT_TURN && !kick->pending)
		turn_wait_step();
	if (kick->seat.state != SEAT_TURN)
		turn_leave(&kick->seat);
	pthread_cond_broadcast(&cpus_changed);
}

static void turn_enter(struct kick *kick, u64 order, bool off)
{
	if (outside == kick) {
		outside = NULL;
	} else if (outside && pthread_equal(outside->thread, pthread_self())) {
		/* It cannot be coming back with the other vCPU, too. */
		turn_leave(&outside->seat);
		outside = NULL;
	}
	turn_join(&kick->seat, order, !off || kick->wake);
	turn_wait(kick);
}

static void turn_exit(struct kick *kick, bool back)
{
	if (back && kick->seat.state == SEAT_TURN && !kick->pending &&
	    !kick->gone) {
		turn_keep(&kick->seat);
		kick->thread = pthread_self();
		outside = kick;
		set_patience();
	} else {
		turn_leave(&kick->seat);
	}
	pthread_cond_broadcast(&cpus_changed);
}

void cpu_get_run(struct kick *kick, u64 order, bool off)
{
	pthread_mutex_lock(&cpus_lock);
	if (fixed_turns)
		turn_enter(kick, order, off);
	vcpu_get_cpu(kick);
	pthread_mutex_unlock(&cpus_lock);
}

void cpu_put_run(struct kick *kick, bool back)
{
	pthread_mutex_lock(&cpus_lock);
	vcpu_put_cpu();
	if (fixed_turns)
		turn_exit(kick, back);
	pthread_mutex_unlock(&cpus_lock);
}

/* Nobody waits for @kick to come in any more. */
static void forget_outside(struct kick *kick)
{
	if (outside == kick)
		outside = NULL;
	if (kick->seat.state == SEAT_KEPT || kick->seat.state == SEAT_EXPECTED)
		turn_leave(&kick->seat);
}

void cpu_gone(struct kick *kick)
{
	pthread_mutex_lock(&cpus_lock);
	kick->gone = true;
	forget_outside(kick);
	pthread_cond_broadcast(&cpus_changed);
	pthread_mutex_unlock(&cpus_lock);
}

/* ---- Realms -------------------------------------------------------------- */

/* Lets others have turn or CPU, if it is time. */
static void let_others(struct kick *kick)
{
	if (kick->seat.state == SEAT_TURN) {
		turn_offer(&kick->seat);
		if (kick->seat.state != SEAT_TURN) {
			vcpu_put_cpu();
			turn_wait(kick);
			vcpu_get_cpu(kick);
		}
	}
	if (machine_cpu() >= cpu_first && next_ticket != next_served) {
		cpu_put_locked();
		cpu_get_locked();
	}
}

bool cpu_realm_begin(struct kick *kick)
{
	bool go;

	pthread_mutex_lock(&cpus_lock);
	let_others(kick);
	go = !kick->pending;
	kick->pending = false;
	kick->wake = false;
	if (go) {
		kick->in_realm = true;
		kick->cpu = machine_cpu();
		cpu_in_realm[kick->cpu] = true;
		machine_timer_set(kick->cpu, turn_until(&kick->seat));
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
	machine_timer_set(kick->cpu, CPU_NO_DEADLINE);
	pthread_mutex_unlock(&cpus_lock);
}

/* ---- Idling -------------------------------------------------------------- */

/* Free: until something changes; false if @deadline is past. */
static bool idle_step(u64 deadline)
{
	struct timespec when;

	if (machine_counter() >= deadline)
		return false;
	if (machine_counter_when(deadline, &when))
		pthread_cond_clockwait(&cpus_changed, &cpus_lock,
				       CLOCK_MONOTONIC, &when);
	else
		pthread_cond_wait(&cpus_changed, &cpus_lock);
	return true;
}

static void idle(struct kick *kick, u64 deadline)
{
	if (fixed_turns) {
		turn_sleep(&kick->seat, deadline);
		turn_wait(kick);
		return;
	}
	while (!kick->pending && !kick->wake && idle_step(deadline))
		;
}

void cpu_idle_until(struct kick *kick, u64 deadline)
{
	pthread_mutex_lock(&cpus_lock);
	if (!kick->pending && !kick->wake) {
		vcpu_put_cpu();
		idle(kick, deadline);
		vcpu_get_cpu(kick);
	}
	kick->wake = false;
	pthread_mutex_unlock(&cpus_lock);
}

void cpu_idle(struct kick *kick)
{
	cpu_idle_until(kick, CPU_NO_DEADLINE);
}

bool cpu_take_kick(struct kick *kick)
{
	bool taken;

	pthread_mutex_lock(&cpus_lock);
	taken = kick->pending;
	kick->pending = false;
	pthread_mutex_unlock(&cpus_lock);
	return taken;
}

static void interrupt(struct kick *kick)
{
	if (kick->in_realm)
		machine_irq_raise(kick->cpu);
	pthread_cond_broadcast(&cpus_changed);
}

void cpu_kick(struct kick *kick)
{
	pthread_mutex_lock(&cpus_lock);
	kick->pending = true;
	forget_outside(kick);
	interrupt(kick);
	pthread_mutex_unlock(&cpus_lock);
}

void cpu_wake(struct kick *kick)
{
	pthread_mutex_lock(&cpus_lock);
	kick->wake = true;
	if (fixed_turns) {
		turn_wake(&kick->seat);
		if (kick->seat.state == SEAT_EXPECTED)
			set_patience();
	}
	interrupt(kick);
	pthread_mutex_unlock(&cpus_lock);
}
