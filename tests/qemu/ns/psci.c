/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PSCI: what the monitor says, and CPUs on and off.
 */
#include "abi/psci.h"

#include "tests/qemu/ns/ns.h"

#define MIGRATE_INFO_TYPE 0x84000006u
#define NOT_NEEDED 2
#define NS_CODE 0x44200000ull
#define REALM_CODE 0x40200000ull
#define NO_SUCH_CPU 0x10000ull

static int64_t psci(uint32_t fid, uint64_t x1, uint64_t x2)
{
	return (int64_t)call2(fid, x1, x2).x[0];
}

static void test_answers(void)
{
	expect("PSCI_VERSION is 1.1",
	       psci(PSCI_VERSION, 0, 0) == PSCI_VERSION_1_1);
	expect("PSCI needs no migration",
	       psci(MIGRATE_INFO_TYPE, 0, 0) == NOT_NEEDED);
	expect("PSCI_FEATURES knows CPU_ON",
	       psci(PSCI_FEATURES, PSCI_64(PSCI_CPU_ON), 0) == PSCI_SUCCESS);
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

void test_psci(void)
{
	unsigned int cpus = cpus_count();
	bool all = true;

	test_answers();
	test_bad_calls();
	print("     %u CPUs\n", cpus);
	expect("there are two CPUs or more", cpus >= 2);
	for (unsigned int cpu = 1; cpu < cpus; cpu++)
		all = cpu_start(cpu) && all;
	expect("all CPUs start", all);
	expect("a started CPU is on",
	       psci(PSCI_64(PSCI_AFFINITY_INFO), 1, 0) == PSCI_AFFINITY_ON);
	expect("a started CPU does not start again",
	       psci(PSCI_64(PSCI_CPU_ON), 1, NS_CODE) == PSCI_ALREADY_ON);
	expect("a CPU switches off", cpu_stop(1));
	expect("and on again", cpu_start(1));
}
