// SPDX-License-Identifier: BSD-3-Clause
/*
 * KUnit on cmocka, and what the kernel's own suites share
 * (linux/arch/arm64/kvm/kunit/rmi_kunit.h) on the simulated machine.
 */
#include <pthread.h>
#include <stdio.h>

#include <kunit/test.h>
#include <linux/kthread.h>

#include "linux/arch/arm64/kvm/kunit/rmi_kunit.h"
#include "sim/kernel/pages.h"
#include "sim/machine/conduit.h"

/* ---- Cases ---- */

struct kunit_action {
	void (*action)(void *context);
	void *context;
	struct kunit_action *next;
};

/* A case on one machine. */
struct run {
	const struct kunit_suite *suite;
	const struct kunit_case *row;
	const char *machine;
	char name[160];
};

static jmp_buf skipped;

void kunit_skip(struct kunit *test, const char *format, ...)
{
	longjmp(skipped, 1);
}

int kunit_add_action_or_reset(struct kunit *test, void (*action)(void *),
			      void *context)
{
	struct kunit_action *node = malloc(sizeof(*node));

	if (!node) {
		action(context);
		return -1;
	}
	*node = (struct kunit_action) { action, context, test->actions };
	test->actions = node;
	return 0;
}

void *kunit_kzalloc(struct kunit *test, size_t size, int flags)
{
	void *memory = calloc(1, size);

	if (!memory || kunit_add_action_or_reset(test, free, memory))
		return NULL;
	return memory;
}

static void end(struct kunit *test)
{
	struct kunit_action *node;

	while ((node = test->actions)) {
		test->actions = node->next;
		node->action(node->context);
		free(node);
	}
}

/* The suites touch granules of the RMM on purpose; nothing else is amiss. */
static void check_ledger(void)
{
	static const struct rig_ledger clean;
	struct rig_ledger ledger = rig_ledger();

	assert_memory_equal(&ledger, &clean, sizeof(clean));
	assert_int_equal(machine_delegated(), 0);
}

/* The machine starts here: cmocka takes SIGSEGV before each case. */
static void run_case(void **state)
{
	const struct run *run = *state;
	static struct kunit test;
	static bool skips;

	skips = true;
	memset(&test, 0, sizeof(test));
	rig_start(run->machine, NULL);
	if (!setjmp(skipped)) {
		if (run->suite->init)
			assert_int_equal(run->suite->init(&test), 0);
		run->row->run_case(&test);
		skips = false;
	}
	end(&test);
	check_ledger();
	if (skips)
		skip();
}

int kunit_run(const struct kunit_suite *suite, const char *const *names)
{
	static struct run runs[128];
	static struct CMUnitTest tests[128];
	const struct kunit_case *row;
	unsigned int count = 0;

	for (; *names; names++) {
		for (row = suite->test_cases; row->run_case; row++, count++) {
			assert_true(count < ARRAY_SIZE(runs));
			runs[count].suite = suite;
			runs[count].row = row;
			runs[count].machine = *names;
			snprintf(runs[count].name, sizeof(runs[count].name),
				 "%s, %s", row->name, *names);
			tests[count] = (struct CMUnitTest) {
				.name = runs[count].name,
				.test_func = run_case,
				.teardown_func = rig_teardown,
				.initial_state = &runs[count],
			};
		}
	}
	return _cmocka_run_group_tests(suite->name, tests, count, NULL, NULL);
}

/* ---- The kernel ---- */

void *memchr_inv(const void *at, int byte, size_t size)
{
	const u8 *next = at;

	for (; size--; next++) {
		if (*next != (u8)byte)
			return (void *)next;
	}
	return NULL;
}

struct task_struct {
	int (*function)(void *arg);
	void *arg;
	unsigned int cpu;
};

struct task_struct *kthread_create_on_cpu(int (*function)(void *), void *arg,
					  unsigned int cpu, const char *name)
{
	struct task_struct *task = malloc(sizeof(*task));

	if (task)
		*task = (struct task_struct) { function, arg, cpu };
	return task;
}

static void *kthread(void *context)
{
	struct task_struct task = *(struct task_struct *)context;

	free(context);
	machine_set_cpu(task.cpu);
	task.function(task.arg);
	return NULL;
}

void wake_up_process(struct task_struct *task)
{
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, kthread, task), 0);
	pthread_detach(thread);
}

/* ---- What the suites share ---- */

u64 rmi_kunit_calls(struct kunit *test)
{
	return conduit_total();
}

int rmi_kunit_need_rmm(struct kunit *test)
{
	if (!static_key_enabled(&kvm_rmi_is_available))
		kunit_skip(test, "no realms");
	return 0;
}

static void put_page_of_test(void *va)
{
	uint64_t pa;

	assert_true(machine_host_pa(va, &pa));
	rmi_env_put_pages(pa, pa + PAGE_SIZE);
}

phys_addr_t rmi_kunit_page(struct kunit *test, u8 byte)
{
	phys_addr_t pa = rmi_env_alloc_pages(0);
	void *va = rmi_env_va(pa);

	assert_int_not_equal(pa, RMI_NO_PAGE);
	memset(va, byte, PAGE_SIZE);
	assert_int_equal(kunit_add_action_or_reset(test, put_page_of_test, va),
			 0);
	return pa;
}

bool rmi_kunit_host_reads(phys_addr_t pa)
{
	u8 byte;

	return machine_probe_read(pa, &byte);
}
