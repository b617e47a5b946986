/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * The virtual CPU interface of GICv3 (Arm IHI 0069, chapter 12): the
 * hypervisor's registers, as far as host, RMM, machine and tests share them.
 */
#ifndef ABI_GIC_H
#define ABI_GIC_H

#include "arm_arch.h"

/* Encodings */
#define ICH_AP0R0_EL2 SYSREG(3, 4, 12, 8, 0)
#define ICH_AP1R0_EL2 SYSREG(3, 4, 12, 9, 0)
#define ICH_HCR_EL2 SYSREG(3, 4, 12, 11, 0)
#define ICH_VTR_EL2 SYSREG(3, 4, 12, 11, 1)
#define ICH_MISR_EL2 SYSREG(3, 4, 12, 11, 2)
#define ICH_EISR_EL2 SYSREG(3, 4, 12, 11, 3)
#define ICH_ELRSR_EL2 SYSREG(3, 4, 12, 11, 5)
#define ICH_VMCR_EL2 SYSREG(3, 4, 12, 11, 7)
#define ICH_LR_EL2(n) SYSREG(3, 4, 12, 12 + (n) / 8, (n) % 8)

/* The guest's register that sends SGIs, which traps to the hypervisor. */
#define ICC_SGI1R_EL1 SYSREG(3, 0, 12, 11, 5)

/* ICH_HCR_EL2 */
#define ICH_HCR_EN BIT_ULL(0)
#define ICH_HCR_UIE BIT_ULL(1)
#define ICH_HCR_LRENPIE BIT_ULL(2)
#define ICH_HCR_NPIE BIT_ULL(3)
#define ICH_HCR_VGRP0EIE BIT_ULL(4)
#define ICH_HCR_VGRP0DIE BIT_ULL(5)
#define ICH_HCR_VGRP1EIE BIT_ULL(6)
#define ICH_HCR_VGRP1DIE BIT_ULL(7)
#define ICH_HCR_TDIR BIT_ULL(14)
#define ICH_HCR_EOICOUNT GENMASK_ULL(31, 27)

/* ICH_LR<n>_EL2 */
#define ICH_LR_VINTID GENMASK_ULL(31, 0)
#define ICH_LR_PINTID GENMASK_ULL(44, 32)
#define ICH_LR_EOI BIT_ULL(41) /* with HW 0: maintenance when done */
#define ICH_LR_PRIORITY GENMASK_ULL(55, 48)
#define ICH_LR_GROUP1 BIT_ULL(60)
#define ICH_LR_HW BIT_ULL(61)
#define ICH_LR_PENDING BIT_ULL(62)
#define ICH_LR_ACTIVE BIT_ULL(63)
#define ICH_LR_STATE GENMASK_ULL(63, 62)

/* ICH_VMCR_EL2 */
#define ICH_VMCR_VENG0 BIT_ULL(0)
#define ICH_VMCR_VENG1 BIT_ULL(1)
#define ICH_VMCR_VCBPR BIT_ULL(4)
#define ICH_VMCR_VEOIM BIT_ULL(9)
#define ICH_VMCR_VBPR1 GENMASK_ULL(20, 18)
#define ICH_VMCR_VBPR0 GENMASK_ULL(23, 21)
#define ICH_VMCR_VPMR GENMASK_ULL(31, 24)

/* Private interrupts of the timers, and of the GIC's maintenance */
#define INTID_PPI_MAINTENANCE 25
#define INTID_PPI_CNTV 27
#define INTID_PPI_CNTP 30

#endif
