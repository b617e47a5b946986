/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Answers that the host arms: which calls they are for, and how long.
 */
#include "tests/qemu/monitor/armed.h"

#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "tests/qemu/ns/ns.h"

static uint64_t arm(uint32_t fid, uint64_t nth, uint64_t count, uint64_t x0,
		    uint64_t x1)
{
	return call(ARMED_ANSWER, fid, nth | count << 32, x0, x1, 0).x[0];
}

static uint64_t hits(void)
{
	return call0(ARMED_HITS).x[0];
}

static void disarm(void)
{
	call0(ARMED_ANSWER);
}

static bool features_is(uint64_t status)
{
	return call0(SMC_RMI_FEATURES).x[0] == status;
}

static void test_which(void)
{
	struct answer a;

	expect("an answer is armed",
	       arm(SMC_RMI_FEATURES, 2, 2, RMI_BUSY, 77) == 0);
	expect("calls before it go to the RMM", features_is(RMI_SUCCESS));
	a = call0(SMC_RMI_FEATURES);
	expect("the second is answered, with its results",
	       a.x[0] == RMI_BUSY && a.x[1] == 77 && a.x[2] == 0);
	expect("other calls go to the RMM",
	       call1(SMC_RMI_VERSION, RMI_ABI_VERSION(2, 0)).x[0] ==
		       RMI_SUCCESS);
	expect("so is the third",
	       call0(SMC_RMI_FEATURES | SMCCC_SVE_HINT).x[0] == RMI_BUSY);
	expect("calls behind it go to the RMM", features_is(RMI_SUCCESS));
	expect("two were answered", hits() == 2);
	disarm();
	expect("which is forgotten", hits() == 0);
}

static void test_many(void)
{
	bool all = true;

	expect("one answer may be for all calls",
	       arm(SMC_RMI_FEATURES, 1, 0, RMI_ERROR_INPUT, 0) == 0);
	for (int i = 0; i < 1000; i++)
		all &= features_is(RMI_ERROR_INPUT);
	expect("and is given a thousand times", all && hits() == 1000);
	disarm();
	expect("until nothing is armed", features_is(RMI_SUCCESS));

	for (int i = 0; i < 8; i++)
		all &= arm(SMC_RMI_FEATURES, 1, 1, RMI_ERROR_REC, 0) == 0;
	expect("eight may be armed", all);
	expect("and no ninth", arm(SMC_RMI_FEATURES, 1, 1, RMI_BUSY, 0) ==
				       SMCCC_NOT_SUPPORTED);
	for (int i = 0; i < 8; i++)
		all &= features_is(RMI_ERROR_REC);
	expect("one after the other is given", all && features_is(RMI_SUCCESS));
	disarm();
}

void test_armed(void)
{
	test_which();
	test_many();
}
