/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI from RMI_VERSION to RMM_ACTIVATE, in the order of a host's boot.
 */
#include <string.h>

#include "abi/rmi_layout.h"
#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "monitor/layout.h"
#include "monitor/vendor.h"
#include "tests/qemu/ns/ns.h"

#define V1_0 RMI_ABI_VERSION(1, 0)
#define V2_0 RMI_ABI_VERSION(2, 0)
#define V2_1 RMI_ABI_VERSION(2, 1)
#define GIB 0x40000000ull

static struct rmm_config config __attribute__((aligned(4096)));

static bool version_is(uint64_t asked, uint64_t status, uint64_t lower,
		       uint64_t higher)
{
	struct answer a = call1(SMC_RMI_VERSION, asked);

	return a.x[0] == status && a.x[1] == lower && a.x[2] == higher;
}

static void test_version(void)
{
	uint64_t before = call0(VENDOR_RMI_CALLS).x[0];

	expect("RMI 2.0 is answered with 2.0",
	       version_is(V2_0, RMI_SUCCESS, V2_0, V2_0));
	expect("RMI 1.0 is refused, 2.0 offered",
	       version_is(V1_0, RMI_ERROR_INPUT, V2_0, V2_0));
	expect("RMI 2.1 is refused, 2.0 offered",
	       version_is(V2_1, RMI_ERROR_INPUT, V2_0, V2_0));
	expect("RMI_VERSION takes the SVE hint",
	       call1(SMC_RMI_VERSION | (uint32_t)SMCCC_SVE_HINT, V2_0).x[0] ==
		       RMI_SUCCESS);
	expect("the monitor counted four RMI calls",
	       call0(VENDOR_RMI_CALLS).x[0] == before + 4);
	expect("an RMI number without a command answers -1",
	       call0(SMC_RMI_CALL(0x2cf)).x[0] == SMCCC_NOT_SUPPORTED);
}

static void test_before_active(void)
{
	struct answer feature = call1(SMC_RMI_FEATURES, 1);

	expect("feature register 1 offers 4 KiB granules and SHA-256",
	       feature.x[0] == RMI_SUCCESS &&
		       (feature.x[1] & RMI_FEATURE_REGISTER_1_GRAN_4K) &&
		       (feature.x[1] & RMI_FEATURE_REGISTER_1_HASH_SHA_256));
	expect("nothing is delegated before RMM_ACTIVATE",
	       call2(SMC_RMI_GRANULE_RANGE_DELEGATE, 0x48000000, 0x48001000)
			       .x[0] == RMI_ERROR_GLOBAL);
	expect("RMM_CONFIG_GET fills Non-secure memory",
	       call1(SMC_RMI_RMM_CONFIG_GET, (uint64_t)&config).x[0] ==
		       RMI_SUCCESS);
	expect("RMM_CONFIG_GET does not write to EL3's memory",
	       call1(SMC_RMI_RMM_CONFIG_GET, SRAM_BASE).x[0] ==
		       RMI_ERROR_INPUT);
	expect("RMM_CONFIG_GET does not write to the RMM's memory",
	       call1(SMC_RMI_RMM_CONFIG_GET, CARVEOUT_BASE).x[0] ==
		       RMI_ERROR_INPUT);
}

void test_start_rmm(void)
{
	struct answer tracking;

	test_version();
	test_before_active();
	memset(&config, 0, sizeof(config));
	config.rmi_granule_size = RMI_GRANULE_SIZE_4KB;
	expect("RMM_CONFIG_SET takes 4 KiB",
	       call1(SMC_RMI_RMM_CONFIG_SET, (uint64_t)&config).x[0] ==
		       RMI_SUCCESS);
	expect("RMM_ACTIVATE succeeds",
	       call0(SMC_RMI_RMM_ACTIVATE).x[0] == RMI_SUCCESS);
	expect("RMM_ACTIVATE succeeds once",
	       call0(SMC_RMI_RMM_ACTIVATE).x[0] == RMI_ERROR_GLOBAL);
	tracking = call2(SMC_RMI_GRANULE_TRACKING_GET, NS_BASE, 2 * GIB);
	expect("RAM is tracked granule by granule",
	       tracking.x[0] == RMI_SUCCESS &&
		       tracking.x[1] == RMI_MEM_CATEGORY_CONVENTIONAL &&
		       tracking.x[2] == RMI_TRACKING_FINE);
	expect("a command that is not there answers -1",
	       call0(SMC_RMI_GPT_INFO).x[0] == SMCCC_NOT_SUPPORTED);
}
