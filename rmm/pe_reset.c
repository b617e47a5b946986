/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The registers of a REC before its first instruction (Arm DEN 0137, chapter
 * "REC", reset state; values as in Arm DDI 0487 where they are left open).
 */
#include "rmm/rec.h"

#include <string.h>

void pe_reset(struct pe *pe, uint64_t pc)
{
	memset(pe, 0, sizeof(*pe));
	pe->pc = pc;
	pe->pstate = PSTATE_DAIF | PSTATE_EL1H;
	pe->sysreg[PE_SCTLR_EL1] = SCTLR_EL1_RESET;
	/* No access from EL0 to a debug channel that is not there. */
	pe->sysreg[PE_MDSCR_EL1] = MDSCR_TDCC;
}
