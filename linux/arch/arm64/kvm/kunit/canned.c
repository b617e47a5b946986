// SPDX-License-Identifier: GPL-2.0-only
/*
 * Answers in the RMM's place, by the monitor that our QEMU machine has for
 * tests. For user space there is a file of debugfs: "FID NTH COUNT X0", in hex,
 * arms an answer, "0" disarms all.
 */
#include "rmi_kunit.h"

#include <linux/debugfs.h>
#include <linux/of.h>
#include <linux/uaccess.h>

/* ARMED_ANSWER and ARMED_HITS of tests/qemu/monitor/armed.h: nowhere else. */
#define MONITOR_ANSWER 0xc3000100
#define MONITOR_HITS 0xc3000101

static u64 monitor(const struct rmi_kunit_answer *answer)
{
	struct arm_smccc_1_2_regs regs = {
		.a0 = MONITOR_ANSWER,
		.a1 = answer->fid,
		.a2 = answer->nth | (u64)answer->count << 32,
		.a3 = answer->ret,
	};

	if (!of_machine_is_compatible("linux,dummy-virt") ||
	    arm_smccc_1_1_get_conduit() != SMCCC_CONDUIT_SMC)
		return SMCCC_RET_NOT_SUPPORTED;
	arm_smccc_1_2_smc(&regs, &regs);
	return regs.a0;
}

void rmi_kunit_disarm(void)
{
	const struct rmi_kunit_answer none = {};

	monitor(&none);
}

static void disarm(void *unused)
{
	rmi_kunit_disarm();
}

void rmi_kunit_arm(struct kunit *test, const struct rmi_kunit_answer *answer)
{
	if (monitor(answer))
		kunit_skip(test, "not the monitor for tests");
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, disarm,
							   NULL));
}

u64 rmi_kunit_answered(void)
{
	struct arm_smccc_1_2_regs regs = { .a0 = MONITOR_HITS };

	arm_smccc_1_2_smc(&regs, &regs);
	return regs.a0;
}

static ssize_t canned_write(struct file *file, const char __user *from,
			    size_t size, loff_t *at)
{
	struct rmi_kunit_answer answer = {};
	char text[80] = "";

	if (size >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, from, size))
		return -EFAULT;
	if (sscanf(text, "%x %x %x %llx", &answer.fid, &answer.nth,
		   &answer.count, &answer.ret) < 1)
		return -EINVAL;
	return monitor(&answer) ? -ENODEV : size;
}

static const struct file_operations canned_fops = {
	.write = canned_write,
};

static int __init canned_init(void)
{
	debugfs_create_file("rmi_canned", 0200, NULL, NULL, &canned_fops);
	return 0;
}
late_initcall(canned_init);
