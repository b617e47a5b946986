/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Exceptions that the RMM makes a realm take, at EL1 as hardware would.
 */
#ifndef RMM_INJECT_H
#define RMM_INJECT_H

#include <stdint.h>

#include "rmm/pe.h"

/*
 * A synchronous external abort at the instruction at PC, instead of the abort
 * to EL2 whose ESR_EL2 and FAR_EL2 are given.
 */
void inject_sea(struct pe *pe, uint64_t esr, uint64_t far);

/*
 * A virtual SError, which the PE takes when it lets SErrors in, with the
 * syndrome of the physical one whose ESR_EL2 is given.
 */
void inject_serror(struct pe *pe, uint64_t esr);

/* An Undefined exception at the instruction at PC. */
void inject_undef(struct pe *pe);

#endif
