// SPDX-License-Identifier: GPL-2.0-only
/*
 * What calls of the RMI cost from Linux. Times are told, not judged; the number
 * of calls is exact, and each is two world switches.
 */
#include "rmi_kunit.h"

#include <linux/ktime.h>
#include <linux/sizes.h>

#define ORDER 9
#define GRANULES (SZ_2M / SZ_4K)

struct watch {
	u64 calls;
	ktime_t start;
};

static void start(struct kunit *test, struct watch *watch)
{
	watch->calls = rmi_kunit_calls(test);
	watch->start = ktime_get();
}

static u64 stop(struct kunit *test, const struct watch *watch,
		const char *what, unsigned int operations)
{
	u64 ns = ktime_to_ns(ktime_sub(ktime_get(), watch->start));
	u64 calls = rmi_kunit_calls(test) - watch->calls;

	kunit_info(test, "bench: %s: %llu ns, %llu calls in %u operations\n",
		   what, ns / operations, calls, operations);
	return calls;
}

static void version_is_one_call(struct kunit *test)
{
	u64 lower, higher;
	struct watch watch;
	unsigned int i;

	start(test, &watch);
	for (i = 0; i < GRANULES; i++)
		rmi_version(RMI_ABI_VERSION(2, 0), &lower, &higher);
	KUNIT_EXPECT_EQ(test, GRANULES, stop(test, &watch, "RMI_VERSION",
					     GRANULES));
}

static void granule_is_one_call_each_way(struct kunit *test)
{
	phys_addr_t base = rmi_env_alloc_pages(ORDER);
	phys_addr_t top = base + GRANULES * PAGE_SIZE;
	struct watch watch;
	phys_addr_t pa;

	KUNIT_ASSERT_NE(test, RMI_NO_PAGE, base);
	start(test, &watch);
	for (pa = base; pa < top; pa += PAGE_SIZE)
		KUNIT_EXPECT_EQ(test, 0, rmi_delegate(pa, pa + PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, GRANULES, stop(test, &watch, "delegate one",
					     GRANULES));
	start(test, &watch);
	for (pa = base; pa < top; pa += PAGE_SIZE)
		rmi_undelegate(pa, pa + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, GRANULES, stop(test, &watch, "undelegate one",
					     GRANULES));
	rmi_env_put_pages(base, top);
}

/* A pending interrupt may end a call early, with progress. */
static void range_takes_far_fewer_calls(struct kunit *test)
{
	phys_addr_t base = rmi_env_alloc_pages(ORDER);
	phys_addr_t top = base + GRANULES * PAGE_SIZE;
	struct watch watch;

	KUNIT_ASSERT_NE(test, RMI_NO_PAGE, base);
	start(test, &watch);
	KUNIT_EXPECT_EQ(test, 0, rmi_delegate(base, top));
	KUNIT_EXPECT_LT(test, stop(test, &watch, "delegate in a range",
				   GRANULES), GRANULES / 8);
	start(test, &watch);
	rmi_undelegate(base, top);
	KUNIT_EXPECT_LT(test, stop(test, &watch, "undelegate in a range",
				   GRANULES), GRANULES / 8);
	rmi_env_put_pages(base, top);
}

static struct kunit_case bench_cases[] = {
	KUNIT_CASE(version_is_one_call),
	KUNIT_CASE(granule_is_one_call_each_way),
	KUNIT_CASE(range_takes_far_fewer_calls),
	{}
};

static struct kunit_suite bench_suite = {
	.name = "rmi_bench",
	.init = rmi_kunit_need_rmm,
	.test_cases = bench_cases,
};

kunit_test_suite(bench_suite);
