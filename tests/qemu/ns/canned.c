/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The monitor's canned answers: RMMs that ours is not.
 */
#include "tests/qemu/monitor/canned.h"

#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "tests/qemu/ns/ns.h"

#define V1_0 RMI_ABI_VERSION(1, 0)
#define V1_1 RMI_ABI_VERSION(1, 1)
#define V2_0 RMI_ABI_VERSION(2, 0)
#define V2_1 RMI_ABI_VERSION(2, 1)

static bool version_is(uint64_t asked, uint64_t status, uint64_t lower,
		       uint64_t higher)
{
	struct answer a = call1(SMC_RMI_VERSION, asked);

	return a.x[0] == status && a.x[1] == lower && a.x[2] == higher;
}

static bool has(uint32_t fid)
{
	return call0(fid).x[0] != SMCCC_NOT_SUPPORTED;
}

static void test_old(void)
{
	expect("an RMM of 1.0 and 1.1 refuses 2.0 and offers 1.1",
	       version_is(V2_0, RMI_ERROR_INPUT, V1_1, V1_1));
	expect("it accepts 1.0", version_is(V1_0, RMI_SUCCESS, V1_0, V1_1));
}

static void test_new(void)
{
	expect("an RMM of 2.0 and 2.1 accepts 2.0",
	       version_is(V2_0, RMI_SUCCESS, V2_0, V2_1));
	expect("it accepts 2.1", version_is(V2_1, RMI_SUCCESS, V2_1, V2_1));
	expect("it refuses 1.0 and offers 2.1",
	       version_is(V1_0, RMI_ERROR_INPUT, V2_1, V2_1));
}

static void test_betas(bool terminate, bool gpt_info)
{
	expect("it says 2.0", version_is(V2_0, RMI_SUCCESS, V2_0, V2_0));
	expect("REALM_TERMINATE tells beta 0 from later ones",
	       has(SMC_RMI_REALM_TERMINATE) == terminate);
	expect("GPT_INFO tells beta 3 from earlier ones",
	       has(SMC_RMI_GPT_INFO) == gpt_info);
}

static void test_no_activate(void)
{
	expect("it says 2.0", version_is(V2_0, RMI_SUCCESS, V2_0, V2_0));
	expect("RMM_ACTIVATE fails",
	       call0(SMC_RMI_RMM_ACTIVATE).x[0] == RMI_ERROR_GLOBAL);
	expect("and the RMM is not active",
	       call2(SMC_RMI_GRANULE_RANGE_DELEGATE, 0x48000000, 0x48001000)
			       .x[0] == RMI_ERROR_GLOBAL);
}

void test_canned(unsigned int which)
{
	switch (which) {
	case CANNED_1_0_TO_1_1:
		test_old();
		break;
	case CANNED_2_0_TO_2_1:
		test_new();
		break;
	case CANNED_BETA_0:
		test_betas(false, false);
		break;
	case CANNED_BETA_3:
		test_betas(true, true);
		break;
	case CANNED_NO_ACTIVATE:
		test_no_activate();
		break;
	case CANNED_FAULT:
		call1(SMC_RMI_VERSION, V2_0);
		expect("a fault of EL3 does not return", false);
		break;
	default:
		expect("the scenario is known", false);
	}
}
