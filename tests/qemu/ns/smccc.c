/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which calls the monitor answers, and which it must not.
 */
#include "abi/smccc.h"

#include "abi/rmi_smc.h"
#include "abi/rmm_el3.h"
#include "abi/rsi_smc.h"
#include "monitor/vendor.h"
#include "tests/qemu/monitor/armed.h"
#include "tests/qemu/ns/ns.h"

#define ARCH_WORKAROUND_1 0x80008000u
#define TRNG_VERSION 0x84000050u
#define FNUM_RSI_FIRST 0x190u
#define FNUM_RSI_LAST 0x1afu
#define FNUM_EL3_FIRST 0x1b0u
#define FNUM_EL3_LAST 0x1cfu

static bool all_refused(uint32_t first, uint32_t last)
{
	for (uint32_t fnum = first; fnum <= last; fnum++)
		if (call2(0xc4000000u | fnum, 0x48000000, 0x48001000).x[0] !=
		    SMCCC_NOT_SUPPORTED)
			return false;
	return true;
}

/* No argument is a granule's address: nothing can come of them. */
static bool all_forwarded(uint32_t first, uint32_t last)
{
	for (uint32_t fnum = first; fnum <= last; fnum++) {
		uint64_t before = call0(VENDOR_RMI_CALLS).x[0];

		call((uint32_t)SMC_RMI_CALL(fnum), 1, 1, 1, 1, 1);
		if (call0(VENDOR_RMI_CALLS).x[0] != before + 1) {
			print("     not %x\n", (uint64_t)fnum);
			return false;
		}
	}
	return true;
}

void test_forwarding(void)
{
	expect("RMI is forwarded, 0x150 to 0x18e", all_forwarded(0x150, 0x18e));
	expect("and 0x1d0 to 0x2cf", all_forwarded(0x1d0, 0x2cf));
}

void test_smccc(void)
{
	uint64_t before = call0(VENDOR_RMI_CALLS).x[0];

	expect("SMCCC_VERSION is 1.2",
	       call0(SMCCC_VERSION).x[0] == SMCCC_VERSION_1_2);
	expect("ARCH_FEATURES knows SMCCC_VERSION",
	       call1(SMCCC_ARCH_FEATURES, SMCCC_VERSION).x[0] == 0);
	expect("ARCH_FEATURES knows no workaround",
	       call1(SMCCC_ARCH_FEATURES, ARCH_WORKAROUND_1).x[0] ==
		       SMCCC_NOT_SUPPORTED);
	expect("a service that is not there answers -1",
	       call0(TRNG_VERSION).x[0] == SMCCC_NOT_SUPPORTED);
	expect("no answers can be armed",
	       call0(ARMED_ANSWER).x[0] == SMCCC_NOT_SUPPORTED &&
		       call0(ARMED_HITS).x[0] == SMCCC_NOT_SUPPORTED);
	expect("RSI is refused to the host",
	       all_refused(FNUM_RSI_FIRST, FNUM_RSI_LAST));
	expect("the RMM's own calls are refused to the host",
	       all_refused(FNUM_EL3_FIRST, FNUM_EL3_LAST) &&
		       all_refused(RMM_RMI_REQ_COMPLETE & SMCCC_FNUM,
				   RMM_RMI_REQ_COMPLETE & SMCCC_FNUM));
	expect("numbers around RMI are refused",
	       all_refused(0x14f, 0x14f) && all_refused(0x1d0 - 1, 0x1d0 - 1) &&
		       all_refused(0x2d0, 0x2d0));
	expect("nothing of that reached the RMM",
	       call0(VENDOR_RMI_CALLS).x[0] == before);
}
