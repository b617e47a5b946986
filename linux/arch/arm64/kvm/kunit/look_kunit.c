// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel looks at a granule that it has delegated. Who can take an error
 * gets one, a dump gets zeros, and who cannot fail is a bug: that thread ends,
 * with a report that says what it was, and the kernel goes on.
 */
#include "rmi_kunit.h"

#include <linux/completion.h>
#include <linux/crash_dump.h>
#include <linux/kthread.h>
#include <linux/moduleparam.h>
#include <linux/uaccess.h>
#include <linux/uio.h>

#define BYTE 0xa5

/* Lockdep is off after an oops, and a log that should be clean is not. */
static bool kunit_oops;
module_param(kunit_oops, bool, 0444);
MODULE_PARM_DESC(kunit_oops, "KUnit may end threads of its own by an oops");

static phys_addr_t delegated_page(struct kunit *test)
{
	phys_addr_t pa = rmi_kunit_page(test, BYTE);

	KUNIT_ASSERT_EQ(test, 0, rmi_delegate(pa, pa + PAGE_SIZE));
	return pa;
}

static void give_back(phys_addr_t pa)
{
	rmi_undelegate(pa, pa + PAGE_SIZE);
}

static void access_that_can_fail_gets_an_error(struct kunit *test)
{
	phys_addr_t pa = delegated_page(test);
	void *va = rmi_env_va(pa);
	u64 word = 0;
	char byte;

	KUNIT_EXPECT_EQ(test, -EFAULT,
			copy_from_kernel_nofault(&word, va, sizeof(word)));
	KUNIT_EXPECT_EQ(test, 0, word);
	KUNIT_EXPECT_EQ(test, -EFAULT,
			copy_to_kernel_nofault(va, &word, sizeof(word)));
	KUNIT_EXPECT_EQ(test, -EFAULT,
			strncpy_from_kernel_nofault(&byte, va, 1));
	give_back(pa);
	KUNIT_EXPECT_EQ(test, 0,
			copy_to_kernel_nofault(va, &word, sizeof(word)));
}

static ssize_t read_dump(void *to, phys_addr_t pa, size_t size)
{
	struct kvec kvec = { to, size };
	struct iov_iter iter;
	u64 at = pa;

	iov_iter_kvec(&iter, ITER_DEST, &kvec, 1, size);
	return read_from_oldmem(&iter, size, &at, false);
}

/* Three pages, of which the one in the middle is the RMM's. */
static void dump_of_a_crash_has_zeros_in_its_place(struct kunit *test)
{
	phys_addr_t base = rmi_env_alloc_pages(2);
	phys_addr_t pa = base + PAGE_SIZE;
	u8 *dump = kunit_kzalloc(test, 3 * PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NE(test, RMI_NO_PAGE, base);
	KUNIT_ASSERT_NOT_NULL(test, dump);
	memset(rmi_env_va(base), BYTE, 4 * PAGE_SIZE);
	memset(dump, 1, 3 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, 0, rmi_delegate(pa, pa + PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, 3 * PAGE_SIZE,
			read_dump(dump, base, 3 * PAGE_SIZE));
	give_back(pa);
	KUNIT_EXPECT_NULL(test, memchr_inv(dump, BYTE, PAGE_SIZE));
	KUNIT_EXPECT_NULL(test, memchr_inv(dump + PAGE_SIZE, 0, PAGE_SIZE));
	KUNIT_EXPECT_NULL(test, memchr_inv(dump + 2 * PAGE_SIZE, BYTE,
					   PAGE_SIZE));
	rmi_env_put_pages(base, base + 4 * PAGE_SIZE);
}

struct intruder {
	u64 *word;
	bool store;
	struct completion started;
	bool done;
};

static int intrude(void *arg)
{
	struct intruder *intruder = arg;

	complete(&intruder->started);
	if (intruder->store)
		WRITE_ONCE(*intruder->word, 1);
	else
		READ_ONCE(*intruder->word);
	WRITE_ONCE(intruder->done, true);
	return 0;
}

/* True if the thread came past its access. */
static bool intruder_lives(struct kunit *test, phys_addr_t pa, bool store)
{
	struct intruder intruder = { .word = rmi_env_va(pa), .store = store };
	struct task_struct *task;

	init_completion(&intruder.started);
	task = kthread_create(intrude, &intruder, "rmi_intruder");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	get_task_struct(task);
	wake_up_process(task);
	wait_for_completion(&intruder.started);
	/* Waits for its end, whatever that is. */
	kthread_stop(task);
	put_task_struct(task);
	return READ_ONCE(intruder.done);
}

static void access_that_cannot_fail_ends_its_thread(struct kunit *test)
{
	phys_addr_t pa;

	if (!kunit_oops || panic_on_oops)
		kunit_skip(test, "without kvm.kunit_oops, or a panic");
	pa = delegated_page(test);
	KUNIT_EXPECT_FALSE(test, intruder_lives(test, pa, false));
	KUNIT_EXPECT_FALSE(test, intruder_lives(test, pa, true));
	give_back(pa);
	KUNIT_EXPECT_TRUE(test, intruder_lives(test, pa, true));
	KUNIT_EXPECT_EQ(test, 1, *(u64 *)rmi_env_va(pa));
}

static struct kunit_case look_cases[] = {
	KUNIT_CASE(access_that_can_fail_gets_an_error),
	KUNIT_CASE(dump_of_a_crash_has_zeros_in_its_place),
	KUNIT_CASE(access_that_cannot_fail_ends_its_thread),
	{}
};

static struct kunit_suite look_suite = {
	.name = "rmi_look",
	.init = rmi_kunit_need_rmm,
	.test_cases = look_cases,
};

kunit_test_suite(look_suite);
