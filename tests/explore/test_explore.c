/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The orders of lock operations of two CPUs, as make check tries them: every
 * two commands of every world, with one preemption; and that broken locks are
 * noticed. `make explore` tries two preemptions, and three CPUs:
 *
 *	test_explore all
 *
 * Each world is a process of its own, which ends where it finds something.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/explore/explore.h"
#include "tests/explore/word.h"
#include "tests/rmm/fake_platform.h"

/* Runs @work in a process of its own: how it ended, and @text, what it said. */
static int elsewhere(void (*work)(const struct world *world),
		     const struct world *world, char *text, size_t size)
{
	int pipes[2], status;
	size_t length = 0;
	ssize_t part;
	pid_t child;

	assert_int_equal(pipe(pipes), 0);
	fflush(NULL);
	child = fork();
	if (child == 0) {
		dup2(pipes[1], STDERR_FILENO);
		close(pipes[0]);
		close(pipes[1]);
		alarm(120);
		work(world);
		_exit(0);
	}
	close(pipes[1]);
	while ((part = read(pipes[0], text + length, size - 1 - length)) > 0)
		length += (size_t)part;
	text[length] = '\0';
	close(pipes[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void one_preemption(const struct world *world)
{
	explore_pairs(world, 1);
}

static void one_order_explains_each(void **state)
{
	const struct world *world = *state;
	char text[8000];

	/* Other builds do all of a block at once, in a thousand steps. */
	if (world->block && FAKE_STRIDE != 1)
		skip();
	if (elsewhere(one_preemption, world, text, sizeof(text)))
		fail_msg("%s: %s", world->name, text);
}

/* The same, and whoever wants a lock gets it. */
static void without_locks(const struct world *world)
{
	word_locks_are_broken = true;
	explore_pairs(world, 1);
}

static void broken_locks_are_noticed(void **state)
{
	const struct world *world = *state;
	char text[8000];

	if (!elsewhere(without_locks, world, text, sizeof(text)))
		fail_msg("%s: nothing was found", world->name);
}

/* ---- make explore ------------------------------------------------------ */

static double seconds(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

/* Three commands at once are too many where there are many commands. */
#define TRIPLES_MAX 8

static int explore_all(void)
{
	const struct world *world;
	unsigned long all = 0;

	for (unsigned int i = 0; (world = world_at(i)); i++) {
		double begin = seconds();
		unsigned long pairs = explore_pairs(world, 2), triples = 0;

		if (world->count <= TRIPLES_MAX)
			triples = explore_triples(world, 1);
		printf("%-40s %6lu of two, %6lu of three, %4.1f s\n",
		       world->name, pairs, triples, seconds() - begin);
		all += pairs + triples;
	}
	printf("%lu schedules, no other result, no deadlock, %.1f s\n", all,
	       seconds());
	return 0;
}

#define WORLDS_MAX 32

static struct CMUnitTest test_of(const struct world *world, const char *name,
				 CMUnitTestFunction test)
{
	return (struct CMUnitTest){
		.name = name,
		.test_func = test,
		.initial_state = (void *)(uintptr_t)world,
	};
}

int main(int argc, char **argv)
{
	static struct CMUnitTest tests[2 * WORLDS_MAX];
	const struct world *world;
	unsigned int count = 0;

	if (argc > 1 && !strcmp(argv[1], "all"))
		return explore_all();
	for (unsigned int i = 0; (world = world_at(i)); i++) {
		assert_true(i < WORLDS_MAX);
		tests[count++] = test_of(world, world->name,
					 one_order_explains_each);
		if (world->nested)
			tests[count++] = test_of(world,
						 "broken_locks_are_noticed",
						 broken_locks_are_noticed);
	}
	return _cmocka_run_group_tests("explore", tests, count, NULL, NULL);
}
