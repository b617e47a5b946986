/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PSCI: what the monitor says, and CPUs on and off.
 */
#include "abi/psci.h"

#include "abi/smccc.h"
#include "monitor/layout.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/ns.h"

#define MIGRATE_INFO_TYPE 0x84000006u
#define NOT_NEEDED 2
#define NS_CODE 0x44200000ull
#define REALM_CODE 0x40200000ull
#define NO_SUCH_CPU 0x10000ull
#define GICR_ISENABLER0 0x10100
#define GICR_ICENABLER0 0x10180
#define TIMER_PPI 26
#define NAP 20000000ull /* ticks: 20 ms */

static int64_t psci(uint32_t fid, uint64_t x1, uint64_t x2)
{
	return (int64_t)call2(fid, x1, x2).x[0];
}

static bool knows_all(void)
{
	static const uint32_t there[] = {
		SMCCC_VERSION,
		PSCI_VERSION,
		PSCI_CPU_SUSPEND,
		PSCI_64(PSCI_CPU_SUSPEND),
		PSCI_CPU_OFF,
		PSCI_CPU_ON,
		PSCI_64(PSCI_CPU_ON),
		PSCI_AFFINITY_INFO,
		PSCI_64(PSCI_AFFINITY_INFO),
		MIGRATE_INFO_TYPE,
		PSCI_SYSTEM_OFF,
		PSCI_SYSTEM_RESET,
		PSCI_FEATURES,
	};

	for (unsigned int i = 0; i < sizeof(there) / sizeof(*there); i++)
		if (psci(PSCI_FEATURES, there[i], 0) != PSCI_SUCCESS)
			return false;
	return true;
}

static void test_answers(void)
{
	expect("PSCI_VERSION is 1.1",
	       psci(PSCI_VERSION, 0, 0) == PSCI_VERSION_1_1);
	expect("PSCI needs no migration",
	       psci(MIGRATE_INFO_TYPE, 0, 0) == NOT_NEEDED);
	expect("PSCI_FEATURES knows all that is there", knows_all());
	expect("PSCI_FEATURES does not know CPU_OFF in 64 bits",
	       psci(PSCI_FEATURES, PSCI_64(PSCI_CPU_OFF), 0) ==
		       PSCI_NOT_SUPPORTED);
	expect("PSCI_FEATURES does not know number 31",
	       psci(PSCI_FEATURES, PSCI_FID_LAST, 0) == PSCI_NOT_SUPPORTED);
	expect("PSCI number 31 is not answered",
	       psci(PSCI_FID_LAST, 0, 0) == PSCI_NOT_SUPPORTED);
}

static void test_bad_calls(void)
{
	expect("this CPU is already on",
	       psci(PSCI_64(PSCI_CPU_ON), 0, NS_CODE) == PSCI_ALREADY_ON);
	expect("a CPU that is not there cannot be switched on",
	       psci(PSCI_64(PSCI_CPU_ON), NO_SUCH_CPU, NS_CODE) ==
		       PSCI_INVALID_PARAMETERS);
	expect("a CPU cannot start in the RMM's memory",
	       psci(PSCI_64(PSCI_CPU_ON), 1, REALM_CODE) ==
		       PSCI_INVALID_ADDRESS);
	expect("a CPU cannot start between instructions",
	       psci(PSCI_64(PSCI_CPU_ON), 1, NS_CODE + 2) ==
		       PSCI_INVALID_ADDRESS);
	expect("there is no affinity level 1",
	       psci(PSCI_64(PSCI_AFFINITY_INFO), 0, 1) ==
		       PSCI_INVALID_PARAMETERS);
	expect("no CPU started by mistake",
	       psci(PSCI_64(PSCI_AFFINITY_INFO), 1, 0) == PSCI_AFFINITY_OFF);
}

/* EL2's physical timer, an interrupt of the Non-secure world (GICv3 PPI 26). */
static void test_suspend(void)
{
	uint64_t start = read_sysreg(cntpct_el0);
	int64_t status;

	write_sysreg(S3_4_C12_C9_5, 0xf); /* ICC_SRE_EL2 */
	isb();
	write_sysreg(S3_0_C4_C6_0, 0xff); /* ICC_PMR_EL1 */
	write_sysreg(S3_0_C12_C12_7, 1); /* ICC_IGRPEN1_EL1 */
	write32(GICR_BASE + GICR_ISENABLER0, 1u << TIMER_PPI);
	write_sysreg(cnthp_tval_el2, NAP);
	write_sysreg(cnthp_ctl_el2, 1);
	isb();
	status = psci(PSCI_64(PSCI_CPU_SUSPEND), 0, 0);
	expect("CPU_SUSPEND sleeps until an interrupt comes",
	       status == PSCI_SUCCESS &&
		       read_sysreg(cntpct_el0) - start >= NAP);
	write_sysreg(cnthp_ctl_el2, 0);
	write32(GICR_BASE + GICR_ICENABLER0, 1u << TIMER_PPI);
	write_sysreg(S3_0_C12_C12_7, 0);
	isb();
}

static volatile bool saw_firmware;

static void look_job(void)
{
	saw_firmware = can_read(CARVEOUT_BASE, NULL) ||
		       can_read(SRAM_BASE, NULL);
}

/* The granule protection check is switched on CPU by CPU. */
static bool all_are_checked(unsigned int cpus)
{
	for (unsigned int cpu = 1; cpu < cpus; cpu++) {
		saw_firmware = true;
		cpu_run(cpu, look_job);
		cpu_wait(cpu);
		if (saw_firmware)
			return false;
	}
	return true;
}

void test_psci(void)
{
	unsigned int cpus = cpus_count();
	bool all = true;

	test_answers();
	test_bad_calls();
	test_suspend();
	print("     %u CPUs\n", cpus);
	expect("there are two CPUs or more", cpus >= 2);
	for (unsigned int cpu = 1; cpu < cpus; cpu++)
		all = cpu_start(cpu) && all;
	expect("all CPUs start", all);
	expect("none of them sees the firmware's memory",
	       all_are_checked(cpus));
	expect("a started CPU is on",
	       psci(PSCI_64(PSCI_AFFINITY_INFO), 1, 0) == PSCI_AFFINITY_ON);
	expect("a started CPU does not start again",
	       psci(PSCI_64(PSCI_CPU_ON), 1, NS_CODE) == PSCI_ALREADY_ON);
	expect("SMC32 arguments have 32 bits",
	       psci(PSCI_AFFINITY_INFO, 0xffff000000000001ull, 0) ==
		       PSCI_AFFINITY_ON);
	expect("a CPU switches off", cpu_stop(1));
	expect("and on again", cpu_start(1));
}
