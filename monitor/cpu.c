/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One CPU at EL3: which it is, what it needs set up, how it starts.
 */
#include "monitor/cpu.h"

#include "abi/rmm_el3.h"
#include "monitor/gic.h"
#include "monitor/gpt.h"
#include "monitor/psci.h"
#include "monitor/rmm_el3.h"
#include "monitor/sysregs.h"

#define MPIDR_AFF0 GENMASK_ULL(7, 0)
#define MPIDR_AFF1 GENMASK_ULL(15, 8)
#define MPIDR_AFFINITY (GENMASK_ULL(39, 32) | GENMASK_ULL(23, 0))

struct cpu cpus[CPUS_MAX];

struct cpu *this_cpu(void)
{
	return (struct cpu *)mrs(tpidr_el3);
}

uint64_t cpu_index_of(uint64_t mpidr)
{
	uint64_t affinity = mpidr & MPIDR_AFFINITY;

	if (affinity & ~(MPIDR_AFF0 | MPIDR_AFF1) ||
	    FIELD_GET(MPIDR_AFF0, affinity) >= CLUSTER_CPUS)
		return CPUS_MAX;
	return FIELD_GET(MPIDR_AFF1, affinity) * CLUSTER_CPUS +
	       FIELD_GET(MPIDR_AFF0, affinity);
}

uint64_t cpu_index(void)
{
	return cpu_index_of(mrs(mpidr_el1));
}

bool cpu_has_rme(void)
{
	return FIELD_GET(ID_AA64PFR0_RME, mrs(id_aa64pfr0_el1)) != 0;
}

/* Lower levels may use all that the CPU has. */
static void no_traps(void)
{
	msr(cptr_el3, CPTR_EZ | CPTR_ESM);
	msr(mdcr_el3, 0);
	isb();
	if (FIELD_GET(ID_AA64PFR0_SVE, mrs(id_aa64pfr0_el1)))
		msr(ZCR_EL3, ZCR_LEN_MAX);
	if (FIELD_GET(ID_AA64PFR1_SME, mrs(id_aa64pfr1_el1)))
		msr(SMCR_EL3, SMCR_LEN_MAX | SMCR_FA64 | SMCR_EZT0);
}

void cpu_init(void)
{
	if (cpu_has_rme())
		gpt_enable();
	no_traps();
	gic_init_cpu(cpu_index());
}

_Noreturn void cpu_start(uint64_t entry, uint64_t context,
			 uint64_t rmm_boot_kind)
{
	struct cpu *cpu = this_cpu();

	world_reset(&cpu->world[WORLD_NS], entry);
	cpu->world[WORLD_NS].frame.x[0] = context;
	cpu->rmm_ready = false;
	if (rmm_present()) {
		rmm_prepare(&cpu->world[WORLD_REALM], rmm_boot_kind);
		world_enter(cpu, WORLD_REALM);
	}
	psci_started(cpu);
	world_enter(cpu, WORLD_NS);
}

_Noreturn void cpu_park(void)
{
	struct cpu *cpu = this_cpu();

	while (!psci_woken(cpu)) {
		wfi();
		gic_acknowledge_wake();
	}
	cpu_start(cpu->entry, cpu->context, RMM_BOOT_WARM);
}
