/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * System registers whose access by a realm traps to the RMM (EC 0x18).
 */
#ifndef RMM_SYSREG_H
#define RMM_SYSREG_H

#include <stdint.h>

#include "rmm/rec.h"

/*
 * Carries out the access at PC that ESR_EL2 describes, or makes it an Undefined
 * exception. No such access reaches the host.
 */
void sysreg_emulate(struct rec *rec, uint64_t esr);

#endif
