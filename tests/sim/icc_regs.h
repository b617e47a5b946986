/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Registers of the GIC's CPU interface as a realm names them.
 */
#ifndef TESTS_SIM_ICC_REGS_H
#define TESTS_SIM_ICC_REGS_H

#include "abi/gic.h"

#define ICC_PMR_EL1 SYSREG(3, 0, 4, 6, 0)
#define ICC_IAR0_EL1 SYSREG(3, 0, 12, 8, 0)
#define ICC_EOIR0_EL1 SYSREG(3, 0, 12, 8, 1)
#define ICC_HPPIR0_EL1 SYSREG(3, 0, 12, 8, 2)
#define ICC_BPR0_EL1 SYSREG(3, 0, 12, 8, 3)
#define ICC_AP0R0_EL1 SYSREG(3, 0, 12, 8, 4)
#define ICC_AP0R1_EL1 SYSREG(3, 0, 12, 8, 5)
#define ICC_AP1R0_EL1 SYSREG(3, 0, 12, 9, 0)
#define ICC_DIR_EL1 SYSREG(3, 0, 12, 11, 1)
#define ICC_RPR_EL1 SYSREG(3, 0, 12, 11, 3)
#define ICC_SGI1R_EL1 SYSREG(3, 0, 12, 11, 5)
#define ICC_ASGI1R_EL1 SYSREG(3, 0, 12, 11, 6)
#define ICC_SGI0R_EL1 SYSREG(3, 0, 12, 11, 7)
#define ICC_IAR1_EL1 SYSREG(3, 0, 12, 12, 0)
#define ICC_EOIR1_EL1 SYSREG(3, 0, 12, 12, 1)
#define ICC_HPPIR1_EL1 SYSREG(3, 0, 12, 12, 2)
#define ICC_BPR1_EL1 SYSREG(3, 0, 12, 12, 3)
#define ICC_CTLR_EL1 SYSREG(3, 0, 12, 12, 4)
#define ICC_SRE_EL1 SYSREG(3, 0, 12, 12, 5)
#define ICC_IGRPEN0_EL1 SYSREG(3, 0, 12, 12, 6)
#define ICC_IGRPEN1_EL1 SYSREG(3, 0, 12, 12, 7)

/* A list register with a pending interrupt of Group 1. */
#define LR1(intid, priority) \
	(ICH_LR_PENDING | ICH_LR_GROUP1 | \
	 FIELD_PREP(ICH_LR_PRIORITY, priority) | (intid))
#define LR0(intid, priority) (LR1(intid, priority) & ~ICH_LR_GROUP1)

#endif
