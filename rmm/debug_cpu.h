/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What debug builds note for each CPU is in arrays of this size.
 */
#ifndef RMM_DEBUG_CPU_H
#define RMM_DEBUG_CPU_H

#include "rmm/platform.h"

#define DEBUG_CPUS 256

/* The CPU that the caller runs on. */
static inline unsigned int debug_cpu(void)
{
	unsigned int cpu = plat_cpu();

	rmm_assert(cpu < DEBUG_CPUS);
	return cpu;
}

#endif
