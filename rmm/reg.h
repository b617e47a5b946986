/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * General registers of a PE as an instruction names them: 31 is XZR.
 */
#ifndef RMM_REG_H
#define RMM_REG_H

#include <stdint.h>

#include "rmm/pe.h"

#define REG_ZERO 31

static inline uint64_t reg_read(const struct pe *pe, unsigned int rt)
{
	return rt == REG_ZERO ? 0 : pe->x[rt];
}

static inline void reg_write(struct pe *pe, unsigned int rt, uint64_t value)
{
	if (rt != REG_ZERO)
		pe->x[rt] = value;
}

/*
 * Past the instruction at PC, which the RMM has carried out, and PSTATE as that
 * leaves it: it was no branch, and a step for whoever steps. (In AArch32 state
 * IT stands where BTYPE does.)
 */
static inline void reg_next_insn(struct pe *pe)
{
	pe->pc += 4;
	pe->pstate &= ~PSTATE_SS;
	if (!(pe->pstate & PSTATE_AARCH32))
		pe->pstate &= ~PSTATE_BTYPE;
}

#endif
