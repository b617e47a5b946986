/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * System registers whose access by a realm traps to the RMM (EC 0x18).
 */
#ifndef RMM_SYSREG_H
#define RMM_SYSREG_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/rec.h"

/*
 * Deals with the access at PC that ESR_EL2 describes. True if it is for the
 * host, which emulates the GIC, with @exit filled in; false if it has been
 * carried out, or is an Undefined exception of the realm.
 */
bool sysreg_handle(struct rec *rec, uint64_t esr, struct rec_exit *exit);

/* The host has read @value for the pending access of @rec. */
void sysreg_complete(struct rec *rec, uint64_t value);

#endif
