/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * More CPUs: each waits for a job, or for the order to switch itself off.
 */
#include "abi/psci.h"
#include "monitor/layout.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/ns.h"

#define PATIENCE 20000000u /* rounds of waiting */
#define CLUSTER_CPUS 16

struct mailbox {
	volatile uint64_t up;
	volatile uint64_t stop;
	void (*volatile job)(void);
};

static struct mailbox mailbox[CPUS_MAX];

void secondary_start(void);

unsigned int this_cpu(void)
{
	return (unsigned int)read_sysreg(tpidr_el2);
}

static uint64_t mpidr_of(unsigned int cpu)
{
	return cpu % CLUSTER_CPUS | (cpu / CLUSTER_CPUS) << 8;
}

unsigned int cpus_count(void)
{
	const uint64_t fid = PSCI_64(PSCI_AFFINITY_INFO);
	unsigned int cpu = 0;

	while ((int64_t)call1(fid, mpidr_of(cpu)).x[0] >= 0)
		cpu++;
	return cpu;
}

int64_t cpu_on(unsigned int cpu)
{
	return (int64_t)call(PSCI_64(PSCI_CPU_ON), mpidr_of(cpu),
			     (uint64_t)secondary_start, cpu, 0, 0)
		.x[0];
}

bool cpu_arrives(unsigned int cpu)
{
	for (unsigned int i = 0; i < PATIENCE && !mailbox[cpu].up; i++)
		relax();
	return mailbox[cpu].up;
}

bool cpu_start(unsigned int cpu)
{
	return cpu_on(cpu) == PSCI_SUCCESS && cpu_arrives(cpu);
}

bool cpu_stop(unsigned int cpu)
{
	mailbox[cpu].stop = 1;
	for (unsigned int i = 0; i < PATIENCE; i++)
		if (call1(PSCI_64(PSCI_AFFINITY_INFO), mpidr_of(cpu)).x[0] ==
		    PSCI_AFFINITY_OFF)
			return true;
	return false;
}

void cpu_run(unsigned int cpu, void (*job)(void))
{
	dsb();
	mailbox[cpu].job = job;
	dsb();
}

void cpu_wait(unsigned int cpu)
{
	while (mailbox[cpu].job)
		relax();
	dsb();
}

void secondary_main(uint64_t cpu);
void secondary_main(uint64_t cpu)
{
	struct mailbox *box = &mailbox[cpu];

	box->stop = 0;
	dsb();
	box->up = 1;
	while (!box->stop) {
		if (box->job) {
			box->job();
			dsb();
			box->job = NULL;
		}
		relax();
	}
	box->up = 0;
	dsb();
	call0(PSCI_CPU_OFF);
}
