/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The scheduler of the explorer: it makes all schedules, each once, and notices
 * what can go wrong with them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rmm/word.h"
#include "tests/explore/sched.h"

#define STEPS 4
#define SCHEDULES_MAX 64

static char path[SCHED_CPUS * STEPS + 1];

/* So many steps, with a point between them. */
static void walk(unsigned int cpu)
{
	for (unsigned int i = 0; i < STEPS; i++) {
		if (i)
			sched_point();
		path[strlen(path)] = (char)('A' + cpu);
	}
}

static unsigned int switches(const char *at)
{
	unsigned int count = 0;

	for (; at[1]; at++)
		count += at[0] != at[1];
	return count;
}

/*
 * Two CPUs of STEPS steps: none preempted, 2 ways; one, 2 * 3, which are two
 * switches; both, 2 * 3 * 3, three switches.
 */
static void all_schedules_are_made_once(void **state)
{
	static char seen[SCHEDULES_MAX][sizeof(path)];
	unsigned int count = 0, by_switches[8] = { 0 };

	(void)state;
	sched_begin(2, 2);
	do {
		memset(path, 0, sizeof(path));
		sched_run(walk);
		assert_int_equal(strlen(path), 2 * STEPS);
		for (unsigned int i = 0; i < count; i++)
			assert_string_not_equal(seen[i], path);
		assert_true(count < SCHEDULES_MAX);
		memcpy(seen[count++], path, sizeof(path));
		by_switches[switches(path)]++;
	} while (sched_next());
	assert_int_equal(by_switches[1], 2);
	assert_int_equal(by_switches[2], 2 * 3);
	assert_int_equal(by_switches[3], 2 * 3 * 3);
	assert_int_equal(count, 2 + 6 + 18);
}

static void three_cpus_come_in_each_order(void **state)
{
	unsigned int count = 0;

	(void)state;
	sched_begin(3, 0);
	do {
		memset(path, 0, sizeof(path));
		sched_run(walk);
		assert_int_equal(switches(path), 2);
		count++;
	} while (sched_next());
	assert_int_equal(count, 6);
}

/* ---- Locks of two words ------------------------------------------------ */

static uint32_t lock[2];
static unsigned int inside;

static void take(unsigned int i)
{
	while (!word_change(&lock[i], 0, 1))
		sched_wait();
}

static void in_order(unsigned int cpu)
{
	(void)cpu;
	take(0);
	take(1);
	if (inside++)
		sched_fail("two in one lock");
	word_set(&lock[1], 0);
	inside--;
	word_set(&lock[0], 0);
}

static void a_lock_lets_one_in_at_a_time(void **state)
{
	(void)state;
	sched_begin(3, 2);
	do {
		sched_run(in_order);
		assert_int_equal(lock[0] + lock[1] + inside, 0);
	} while (sched_next());
}

static void crosswise(unsigned int cpu)
{
	take(cpu);
	take(!cpu);
	word_set(&lock[!cpu], 0);
	word_set(&lock[cpu], 0);
}

static void for_ever(unsigned int cpu)
{
	(void)cpu;
	take(0);
}

/* True if some schedule of @work ends its process by sched_fail(). */
static bool fails(sched_work *work)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		close(STDERR_FILENO);
		alarm(20);
		sched_begin(2, 1);
		do {
			lock[0] = lock[1] = 0;
			sched_run(work);
		} while (sched_next());
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 1;
}

static void a_deadlock_is_noticed(void **state)
{
	(void)state;
	assert_true(fails(crosswise));
}

static void a_lock_that_is_kept_is_noticed(void **state)
{
	(void)state;
	assert_true(fails(for_ever));
}

int main(void)
{
	/* Those with a process of their own come before there are threads. */
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_deadlock_is_noticed),
		cmocka_unit_test(a_lock_that_is_kept_is_noticed),
		cmocka_unit_test(all_schedules_are_made_once),
		cmocka_unit_test(three_cpus_come_in_each_order),
		cmocka_unit_test(a_lock_lets_one_in_at_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
