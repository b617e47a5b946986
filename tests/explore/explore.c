/* SPDX-License-Identifier: BSD-3-Clause */
/* Schedules against the orders that explain them; see explore.h. */
#include "tests/explore/explore.h"

#include <stdio.h>
#include <string.h>

#include "abi/rmi_smc.h"
#include "tests/rmm/fake_platform.h"

#define ORDERS_MAX 4

static const struct command *given[SCHED_CPUS]; /* by CPU; NULL is none */
static struct outcome now;

/* What may come of two commands, one after the other. */
static struct outcome order[ORDERS_MAX];
static unsigned int orders;

/* What comes of one if the other is not given. */
static struct outcome alone[2];

static void give(unsigned int cpu)
{
	world_give(given[cpu], cpu, now.x[cpu]);
}

static void collect(void)
{
	world_check();
	now.digest = world_digest();
}

static void begin(const struct world *world)
{
	memset(&now, 0, sizeof(now));
	world_build(world);
}

/* ---- The orders that there are ----------------------------------------- */

static void add_order(void)
{
	collect();
	order[orders++] = now;
}

static unsigned int insider;

static void give_inside(void)
{
	unsigned int outer = fake_cpu;

	give(insider);
	fake_cpu = outer;
}

/* REC_ENTER is two commands, and the run of the REC between them. */
static void add_inside(const struct world *world, unsigned int enters)
{
	if (given[enters]->fid != SMC_RMI_REC_ENTER)
		return;
	begin(world);
	insider = !enters;
	world_inside = give_inside;
	give(enters);
	/* It may not have come so far. */
	if (!world_inside)
		add_order();
	world_inside = NULL;
}

static void find_orders(const struct world *world)
{
	orders = 0;
	for (unsigned int first = 0; first < 2; first++) {
		begin(world);
		give(first);
		give(!first);
		add_order();
		add_inside(world, first);
	}
	for (unsigned int only = 0; only < 2; only++) {
		begin(world);
		give(only);
		collect();
		alone[only] = now;
	}
}

/* ---- What came of a schedule ------------------------------------------- */

static bool same(const uint64_t a[5], const uint64_t b[5])
{
	return !memcmp(a, b, 5 * sizeof(a[0]));
}

static bool is_an_order(void)
{
	for (unsigned int i = 0; i < orders; i++) {
		if (!memcmp(&now, &order[i], sizeof(now)))
			return true;
	}
	return false;
}

static bool is_of_operation(const struct command *command)
{
	switch (command->fid) {
	case SMC_RMI_OP_CONTINUE:
	case SMC_RMI_OP_CANCEL:
	case SMC_RMI_OP_MEM_DONATE:
	case SMC_RMI_OP_MEM_RECLAIM:
		return true;
	default:
		return false;
	}
}

/*
 * The status for a command that meets another one. Of two that name one handle
 * at once, the second gets ERROR_INPUT.
 */
static bool says_later(unsigned int cpu)
{
	uint64_t status = RMI_RETURN_STATUS(now.x[cpu][0]);

	if (is_of_operation(given[0]) && is_of_operation(given[1]))
		return status == RMI_ERROR_INPUT;
	return status == RMI_BUSY || status == RMI_BLOCKED;
}

/* A command may be refused for the moment; then it has had no effect. */
static bool is_refused_for_now(unsigned int cpu)
{
	return says_later(cpu) && now.digest == alone[!cpu].digest &&
	       same(now.x[!cpu], alone[!cpu].x[!cpu]);
}

static int describe(char *text, size_t size, unsigned int cpu)
{
	const uint64_t *x = now.x[cpu];

	return snprintf(text, size, "\n\t%c is %s: 0x%llx 0x%llx 0x%llx",
			'A' + (int)cpu, given[cpu]->name,
			(unsigned long long)x[0], (unsigned long long)x[1],
			(unsigned long long)x[2]);
}

static _Noreturn void unexplained(void)
{
	char text[400] = "no order of the two explains it";
	size_t length = strlen(text);

	for (unsigned int cpu = 0; cpu < 2; cpu++)
		length += (size_t)describe(text + length,
					   sizeof(text) - length, cpu);
	sched_fail(text);
}

/* All schedules of what is given to the first @cpus; @judge looks at each. */
static unsigned long explore_given(const struct world *world, unsigned int cpus,
				   unsigned int preemptions,
				   void (*judge)(void))
{
	unsigned long schedules = 0;

	sched_begin(cpus, preemptions);
	do {
		begin(world);
		sched_run(give);
		judge();
		schedules++;
	} while (sched_next());
	return schedules;
}

static void judge_two(void)
{
	collect();
	if (!is_an_order() && !is_refused_for_now(0) && !is_refused_for_now(1))
		unexplained();
}

static unsigned long explore_two(const struct world *world, unsigned int a,
				 unsigned int b, unsigned int preemptions)
{
	given[0] = &world->commands[a];
	given[1] = &world->commands[b];
	find_orders(world);
	return explore_given(world, 2, preemptions, judge_two);
}

unsigned long explore_pairs(const struct world *world,
			    unsigned int preemptions)
{
	unsigned long schedules = 0;

	for (unsigned int a = 0; a < world->count; a++) {
		for (unsigned int b = a; b < world->count; b++)
			schedules += explore_two(world, a, b, preemptions);
	}
	return schedules;
}

static unsigned long explore_three(const struct world *world,
				   const unsigned int command[3],
				   unsigned int preemptions)
{
	for (unsigned int cpu = 0; cpu < 3; cpu++)
		given[cpu] = &world->commands[command[cpu]];
	return explore_given(world, 3, preemptions, world_check);
}

unsigned long explore_triples(const struct world *world,
			      unsigned int preemptions)
{
	unsigned long schedules = 0;
	unsigned int c[3];

	for (c[0] = 0; c[0] < world->count; c[0]++) {
		for (c[1] = c[0]; c[1] < world->count; c[1]++) {
			for (c[2] = c[1]; c[2] < world->count; c[2]++)
				schedules += explore_three(world, c,
							   preemptions);
		}
	}
	return schedules;
}
