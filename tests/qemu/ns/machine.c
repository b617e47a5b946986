/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Machines that are not whole: no RMM, or one that has been running before.
 */
#include "abi/psci.h"
#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "monitor/layout.h"
#include "monitor/vendor.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/ns.h"

/* Survives a reset: no image of QEMU's loader lies there. */
#define BOOTS ((volatile uint64_t *)0x44180000)
#define BOOTS_MAGIC 0xb0075ull

void test_absent(void)
{
	expect("without an RMM, RMI_VERSION answers -1",
	       call1(SMC_RMI_VERSION, RMI_ABI_VERSION(2, 0)).x[0] ==
		       SMCCC_NOT_SUPPORTED);
	expect("all RMI answers -1",
	       call2(SMC_RMI_GRANULE_RANGE_DELEGATE, 0x48000000, 0x48001000)
			       .x[0] == SMCCC_NOT_SUPPORTED);
	expect("no call was forwarded", call0(VENDOR_RMI_CALLS).x[0] == 0);
	expect("a second CPU starts all the same", cpu_start(1));
	expect("the carve-out is not the host's",
	       !can_read(CARVEOUT_BASE, NULL));
}

/* The exit code is QEMU's own, 0. */
void test_off(void)
{
	cpu_start(1);
	call0(PSCI_SYSTEM_OFF);
	expect("SYSTEM_OFF does not return", false);
}

/* Group 0 interrupts are EL3's (SCR_EL3.FIQ): reading ICC_IAR0_EL1 traps. */
void test_trap(void)
{
	read_sysreg(S3_0_C12_C8_0);
	expect("a register of EL3 cannot be read", false);
}

static volatile uint64_t other_version;

static void version_job(void)
{
	other_version =
		call1(SMC_RMI_VERSION, RMI_ABI_VERSION(2, 0)).x[0];
}

/* That RMM answers 0 to all, where it runs. */
void test_first_cpu(void)
{
	expect("the first CPU's RMM answers",
	       call1(SMC_RMI_VERSION, RMI_ABI_VERSION(2, 0)).x[0] == 0);
	expect("a second CPU starts without one", cpu_start(1));
	cpu_run(1, version_job);
	cpu_wait(1);
	expect("RMI answers -1 there", other_version == SMCCC_NOT_SUPPORTED);
	expect("and still works here",
	       call1(SMC_RMI_VERSION, RMI_ABI_VERSION(2, 0)).x[0] == 0);
}

#define GRANULE 0x48000000ull

static bool move(uint32_t fid)
{
	return call2(fid, GRANULE, GRANULE + 0x1000).x[0] == RMI_SUCCESS;
}

/* The second boot must find the machine as the first did. */
void test_reset(void)
{
	if (BOOTS[0] != BOOTS_MAGIC) {
		BOOTS[0] = BOOTS_MAGIC;
		test_start_rmm();
		cpu_start(1);
		move(SMC_RMI_GRANULE_RANGE_DELEGATE);
		move(SMC_RMI_GRANULE_RANGE_UNDELEGATE);
		call0(PSCI_SYSTEM_RESET);
		expect("SYSTEM_RESET does not return", false);
		return;
	}
	expect("the machine was reset", true);
	expect("a granule that was delegated is the host's",
	       can_read(GRANULE, NULL));
	test_start_rmm();
	expect("the second CPU waits, and starts", cpu_start(1));
	expect("the granule can be delegated again",
	       move(SMC_RMI_GRANULE_RANGE_DELEGATE) &&
		       move(SMC_RMI_GRANULE_RANGE_UNDELEGATE));
}

/* RAM keeps what is in it, which the next boot would find. */
void test_no_reset(void)
{
	expect("the machine was not reset", BOOTS[0] != BOOTS_MAGIC);
	BOOTS[0] = BOOTS_MAGIC;
	test_start_rmm();
	expect("a granule is delegated",
	       move(SMC_RMI_GRANULE_RANGE_DELEGATE));
	call0(PSCI_SYSTEM_RESET);
	expect("SYSTEM_RESET does not return", false);
}
