// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the kernel knows of the CPUs, and the SMC.
 */
#include <string.h>

#include <asm/cpufeature.h>
#include <asm/virt.h>
#include <linux/arm-smccc.h>

#include "sim/kernel/kernel.h"
#include "sim/machine/conduit.h"
#include "sim/machine/machine.h"

_Static_assert(sizeof(struct arm_smccc_1_2_regs) ==
	       SMC_REGS * sizeof(uint64_t), "x0 to x17");

static smc_handler *smc_way = conduit_smc;

void smc_redirect(smc_handler *handler)
{
	smc_way = handler ? handler : conduit_smc;
}

void arm_smccc_1_2_smc(const struct arm_smccc_1_2_regs *args,
		       struct arm_smccc_1_2_regs *res)
{
	uint64_t x[SMC_REGS];

	memcpy(x, args, sizeof(x));
	smc_way(x);
	memcpy(res, x, sizeof(x));
}

u64 read_sanitised_ftr_reg(u32 id)
{
	const struct machine_conf *conf = machine_conf();
	unsigned int cpu, rme, lowest = 0xf;

	if (id != SYS_ID_AA64PFR0_EL1)
		return 0;
	for (cpu = 0; cpu < conf->cpus; cpu++) {
		rme = cpuid_feature_extract_unsigned_field(
			conf->id_aa64pfr0[cpu], ID_AA64PFR0_EL1_RME_SHIFT);
		if (rme < lowest)
			lowest = rme;
	}
	return (u64)lowest << ID_AA64PFR0_EL1_RME_SHIFT;
}

bool is_kernel_in_hyp_mode(void)
{
	return machine_conf()->vhe;
}
