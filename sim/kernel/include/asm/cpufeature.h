/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: ID registers as all CPUs together have
 * them.
 */
#ifndef SIM_ASM_CPUFEATURE_H
#define SIM_ASM_CPUFEATURE_H

#include <linux/types.h>

#define SYS_ID_AA64PFR0_EL1 0x180400u /* op0 3, op1 0, CRn 0, CRm 4, op2 0 */
#define ID_AA64PFR0_EL1_RME_SHIFT 52

/*
 * Only fields that the kernel's table names as lower-safe are not 0: RME. It
 * is the lowest value that any CPU has.
 */
u64 read_sanitised_ftr_reg(u32 id);

static inline unsigned int
cpuid_feature_extract_unsigned_field(u64 features, int field)
{
	return (features >> field) & 0xf;
}

#endif
