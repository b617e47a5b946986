/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: an SMC goes to the machine's conduit.
 */
#ifndef SIM_LINUX_ARM_SMCCC_H
#define SIM_LINUX_ARM_SMCCC_H

#define SMCCC_RET_NOT_SUPPORTED (-1)

struct arm_smccc_1_2_regs {
	unsigned long a0, a1, a2, a3, a4, a5, a6, a7, a8;
	unsigned long a9, a10, a11, a12, a13, a14, a15, a16, a17;
};

/* Both may be the same structure. */
void arm_smccc_1_2_smc(const struct arm_smccc_1_2_regs *args,
		       struct arm_smccc_1_2_regs *res);

#endif
