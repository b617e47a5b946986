/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: system registers of the CPU that the caller
 * is on, under the kernel's names. Their fields are in abi/gic.h.
 */
#ifndef SIM_ASM_SYSREG_H
#define SIM_ASM_SYSREG_H

#include <linux/types.h>

#define sys_reg(op0, op1, crn, crm, op2) \
	((u32)(op0) << 19 | (op1) << 16 | (crn) << 12 | (crm) << 8 | (op2) << 5)

#define SYS_ICH_AP0R0_EL2 sys_reg(3, 4, 12, 8, 0)
#define SYS_ICH_AP1R0_EL2 sys_reg(3, 4, 12, 9, 0)
#define SYS_ICH_HCR_EL2 sys_reg(3, 4, 12, 11, 0)
#define SYS_ICH_VTR_EL2 sys_reg(3, 4, 12, 11, 1)
#define SYS_ICH_MISR_EL2 sys_reg(3, 4, 12, 11, 2)
#define SYS_ICH_EISR_EL2 sys_reg(3, 4, 12, 11, 3)
#define SYS_ICH_ELRSR_EL2 sys_reg(3, 4, 12, 11, 5)
#define SYS_ICH_VMCR_EL2 sys_reg(3, 4, 12, 11, 7)
#define SYS_ICH_LR_EL2(n) sys_reg(3, 4, 12, 12 + (n) / 8, (n) % 8)
#define SYS_ICH_LR0_EL2 SYS_ICH_LR_EL2(0)

/* The GIC's ICH_*_EL2 registers; another one is a WARN_ON() and reads as 0. */
u64 sim_read_sysreg(u32 reg);
void sim_write_sysreg(u64 value, u32 reg);

#define read_sysreg_s(reg) sim_read_sysreg(reg)
#define write_sysreg_s(value, reg) sim_write_sysreg(value, reg)

#endif
