/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The hypervisor's side of each CPU's virtual CPU interface (Arm IHI 0069):
 * ICH_HCR_EL2, ICH_VMCR_EL2, ICH_AP0R0_EL2, ICH_AP1R0_EL2, ICH_LR<n>_EL2, and
 * what the GIC computes from them. Host, RMM and the processor that runs a
 * realm reach the registers of the CPU that they are on; no two of them at
 * once.
 */
#ifndef SIM_MACHINE_ICH_H
#define SIM_MACHINE_ICH_H

#include <stdbool.h>
#include <stdint.h>

#define ICH_LRS 4 /* as on a Cortex-A72 */

/*
 * 5 bits of priority, all of which preempt: 32 levels, so one active priorities
 * register a group.
 */
#define ICH_PRIORITY_SHIFT 3
#define ICH_PRIORITY_MASK 0xf8u
#define ICH_BPR0_MIN 2u
#define ICH_BPR1_MIN 3u

struct ich {
	uint64_t apr[2]; /* ICH_AP0R0_EL2, ICH_AP1R0_EL2 */
	uint64_t hcr;
	uint64_t vmcr;
	uint64_t lr[ICH_LRS];
};

/* All registers zero, but for the minima of the binary points. */
void ich_start(void);

struct ich *ich_of(unsigned int cpu);

/* True if the maintenance interrupt of @cpu is asserted. */
bool ich_maintenance(unsigned int cpu);

/*
 * Reads or writes an ICH_*_EL2 register of @cpu, by SYSREG() of abi/arm_arch.h.
 * False if there is no such register; writes to read-only ones are ignored.
 */
bool ich_read(unsigned int cpu, uint32_t encoding, uint64_t *value);
bool ich_write(unsigned int cpu, uint32_t encoding, uint64_t value);

/* A value for ICH_VMCR_EL2, as the register would hold it. */
uint64_t ich_vmcr(uint64_t value);

#endif
