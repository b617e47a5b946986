/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The schedules; see sched.h. A schedule is made anew from its beginning: what
 * was chosen at each point is kept, and the last point at which there is
 * something else to choose is where the next one branches off.
 */
#include "tests/explore/sched.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define POINTS_MAX 4000
#define NOBODY SCHED_CPUS

/* What was chosen at a point, and what else can be. */
struct choice {
	unsigned int cpu;
	unsigned int others; /* a bit a CPU, not tried yet */
};

static struct choice choice[POINTS_MAX];
static unsigned int at; /* the next point */
static unsigned int given; /* points up to here are chosen already */
static unsigned int bound;
static unsigned int preemptions;

static unsigned int cpus;
static unsigned int ready; /* a bit a CPU that can go on */
static unsigned int waiting;
static unsigned int running = NOBODY;

static sched_work *the_work;
static sem_t turn[SCHED_CPUS + 1]; /* the last is of who called sched_run() */
static bool started;

static const char *schedule(void)
{
	static char text[POINTS_MAX + 1];

	for (unsigned int i = 0; i < at; i++)
		text[i] = (char)('A' + choice[i].cpu);
	text[at] = '\0';
	return text;
}

void sched_fail(const char *what)
{
	fprintf(stderr, "%s\n\tby the schedule %s\n", what, schedule());
	fflush(stderr);
	_exit(1);
}

/* ---- Choosing ---------------------------------------------------------- */

static unsigned int lowest(unsigned int set)
{
	unsigned int cpu = 0;

	while (!(set & 1u << cpu))
		cpu++;
	return cpu;
}

/* Whether it costs a preemption to let another than @current go on. */
static bool is_free(unsigned int current)
{
	return current == NOBODY || !(ready & 1u << current);
}

/* A new point: the running CPU goes on if it can. */
static void choose_new(struct choice *new)
{
	bool free = is_free(running);

	new->cpu = free ? lowest(ready) : running;
	new->others = ready & ~(1u << new->cpu);
	if (!free && preemptions == bound)
		new->others = 0;
}

/* Who goes on at this point. */
static unsigned int choose(void)
{
	struct choice *now = &choice[at];

	if (!ready)
		sched_fail("deadlock: everybody waits");
	if (at + 1 == POINTS_MAX)
		sched_fail("no end of it");
	if (at >= given)
		choose_new(now);
	else if (!(ready & 1u << now->cpu))
		sched_fail("the same again is not the same");
	at++;
	if (!is_free(running) && now->cpu != running)
		preemptions++;
	return now->cpu;
}

void sched_begin(unsigned int count, unsigned int most)
{
	cpus = count;
	bound = most;
	given = 0;
}

bool sched_next(void)
{
	unsigned int last = at;

	while (last > 0 && !choice[last - 1].others)
		last--;
	if (!last)
		return false;
	choice[last - 1].cpu = lowest(choice[last - 1].others);
	choice[last - 1].others &= ~(1u << choice[last - 1].cpu);
	given = last;
	return true;
}

/* ---- Threads ----------------------------------------------------------- */

static void wait_for_turn(unsigned int cpu)
{
	while (sem_wait(&turn[cpu]))
		;
}

/* Lets another CPU go on, if it is one. */
static void pass(void)
{
	unsigned int self = running, next = choose();

	running = next;
	if (next == self)
		return;
	sem_post(&turn[next]);
	wait_for_turn(self);
}

void sched_point(void)
{
	if (running != NOBODY)
		pass();
}

void sched_wait(void)
{
	ready &= ~(1u << running);
	waiting |= 1u << running;
	pass();
}

void sched_progress(void)
{
	ready |= waiting;
	waiting = 0;
}

static void finish(void)
{
	ready &= ~(1u << running);
	if (!ready && waiting)
		sched_fail("a lock is never given back");
	running = ready ? choose() : NOBODY;
	sem_post(&turn[running]);
}

static void *cpu_thread(void *arg)
{
	unsigned int cpu = *(unsigned int *)arg;

	for (;;) {
		wait_for_turn(cpu);
		the_work(cpu);
		finish();
	}
	return NULL;
}

static void start(void)
{
	static unsigned int number[SCHED_CPUS];
	pthread_t thread;

	started = true;
	for (unsigned int i = 0; i <= SCHED_CPUS; i++) {
		if (sem_init(&turn[i], 0, 0))
			abort();
	}
	for (unsigned int i = 0; i < SCHED_CPUS; i++) {
		number[i] = i;
		if (pthread_create(&thread, NULL, cpu_thread, &number[i]))
			abort();
	}
}

void sched_run(sched_work *work)
{
	if (!started)
		start();
	the_work = work;
	at = 0;
	preemptions = 0;
	ready = (1u << cpus) - 1;
	waiting = 0;
	running = NOBODY;
	running = choose();
	sem_post(&turn[running]);
	wait_for_turn(NOBODY);
}
