// SPDX-License-Identifier: GPL-2.0-only
/*
 * Granules that go to the RMM and come back: the host's faults on them, and two
 * CPUs at it at once.
 */
#include "rmi_kunit.h"

#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/mm.h>

static void taken_back_granule_is_the_hosts_and_wiped(struct kunit *test)
{
	phys_addr_t pa = rmi_kunit_page(test, 0xa5);

	KUNIT_ASSERT_EQ(test, 0, rmi_delegate(pa, pa + PAGE_SIZE));
	rmi_undelegate(pa, pa + PAGE_SIZE);
	KUNIT_EXPECT_NULL(test, memchr_inv(rmi_env_va(pa), 0, PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, 1, page_ref_count(phys_to_page(pa)));
}

/* The fault of a granule protection check, taken and handled. */
static void host_read_of_delegated_granule_fails(struct kunit *test)
{
	phys_addr_t pa = rmi_kunit_page(test, 0xa5);

	KUNIT_ASSERT_EQ(test, 0, rmi_delegate(pa, pa + PAGE_SIZE));
	KUNIT_EXPECT_FALSE(test, rmi_kunit_host_reads(pa));
	rmi_undelegate(pa, pa + PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, rmi_kunit_host_reads(pa));
}

static void delegated_granule_has_one_user_more(struct kunit *test)
{
	phys_addr_t pa = rmi_kunit_page(test, 0);

	KUNIT_ASSERT_EQ(test, 0, rmi_delegate(pa, pa + PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, 2, page_ref_count(phys_to_page(pa)));
	rmi_undelegate(pa, pa + PAGE_SIZE);
}

static void delegated_granules_are_counted(struct kunit *test)
{
	u64 before = kvm_rmi_delegated();
	phys_addr_t pa = rmi_alloc_delegated(2);

	KUNIT_ASSERT_NE(test, RMI_NO_PAGE, pa);
	KUNIT_EXPECT_EQ(test, before + 4, kvm_rmi_delegated());
	rmi_free_delegated(pa, 2);
	KUNIT_EXPECT_EQ(test, before, kvm_rmi_delegated());
}

static void granule_cannot_be_delegated_twice(struct kunit *test)
{
	phys_addr_t pa = rmi_kunit_page(test, 0);

	KUNIT_ASSERT_EQ(test, 0, rmi_delegate(pa, pa + PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, -EBUSY, rmi_try_delegate(pa, pa + PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, 2, page_ref_count(phys_to_page(pa)));
	rmi_undelegate(pa, pa + PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, rmi_kunit_host_reads(pa));
}

/* All that the failed call took is given back, and not what it met. */
static void delegate_of_a_range_with_a_hole_is_undone(struct kunit *test)
{
	phys_addr_t base = rmi_env_alloc_pages(3);
	phys_addr_t top = base + 8 * PAGE_SIZE;
	phys_addr_t hole = base + 5 * PAGE_SIZE;

	KUNIT_ASSERT_NE(test, RMI_NO_PAGE, base);
	KUNIT_EXPECT_EQ(test, 0, rmi_delegate(hole, hole + PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, -EBUSY, rmi_try_delegate(base, top));
	KUNIT_EXPECT_TRUE(test, rmi_kunit_host_reads(base));
	KUNIT_EXPECT_FALSE(test, rmi_kunit_host_reads(hole));
	rmi_undelegate(hole, hole + PAGE_SIZE);
	rmi_env_put_pages(base, top);
}

static void large_block_goes_and_comes_back(struct kunit *test)
{
	phys_addr_t pa = rmi_alloc_delegated(9);

	KUNIT_ASSERT_NE(test, RMI_NO_PAGE, pa);
	KUNIT_EXPECT_FALSE(test, rmi_kunit_host_reads(pa + 511 * PAGE_SIZE));
	rmi_free_delegated(pa, 9);
}

#define ROUNDS 200

struct worker {
	struct completion done;
	unsigned int failures;
};

static int work(void *arg)
{
	struct worker *worker = arg;
	phys_addr_t pa;
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		pa = rmi_alloc_delegated(i % 3);
		if (pa == RMI_NO_PAGE) {
			worker->failures++;
			continue;
		}
		if (rmi_kunit_host_reads(pa))
			worker->failures++;
		rmi_free_delegated(pa, i % 3);
	}
	complete(&worker->done);
	return 0;
}

static void two_cpus_delegate_and_take_back_at_once(struct kunit *test)
{
	struct worker workers[2] = {};
	unsigned int cpu, n = 0;
	struct task_struct *task;

	if (num_online_cpus() < 2)
		kunit_skip(test, "one CPU");

	for_each_online_cpu(cpu) {
		init_completion(&workers[n].done);
		task = kthread_create_on_cpu(work, &workers[n], cpu,
					     "rmi_kunit/%u");
		KUNIT_ASSERT_FALSE(test, IS_ERR(task));
		wake_up_process(task);
		if (++n == ARRAY_SIZE(workers))
			break;
	}
	while (n--) {
		wait_for_completion(&workers[n].done);
		KUNIT_EXPECT_EQ(test, 0, workers[n].failures);
	}
}

static void nothing_was_leaked(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 0, kvm_rmi_leaked());
}

static struct kunit_case granule_cases[] = {
	KUNIT_CASE(taken_back_granule_is_the_hosts_and_wiped),
	KUNIT_CASE(host_read_of_delegated_granule_fails),
	KUNIT_CASE(delegated_granule_has_one_user_more),
	KUNIT_CASE(delegated_granules_are_counted),
	KUNIT_CASE(granule_cannot_be_delegated_twice),
	KUNIT_CASE(delegate_of_a_range_with_a_hole_is_undone),
	KUNIT_CASE(large_block_goes_and_comes_back),
	KUNIT_CASE(two_cpus_delegate_and_take_back_at_once),
	KUNIT_CASE(nothing_was_leaked),
	{}
};

static struct kunit_suite granule_suite = {
	.name = "rmi_granule",
	.init = rmi_kunit_need_rmm,
	.test_cases = granule_cases,
};

kunit_test_suite(granule_suite);
