/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stage 2 aborts of a realm (Arm DEN 0137, chapter "Realm exception model"):
 * who deals with one, and what the host may see of it.
 */
#ifndef RMM_ABORT_H
#define RMM_ABORT_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/rec.h"

/*
 * Deals with a data or instruction abort that was taken to EL2. True if the
 * host must hear of it, with @exit filled in; false if the realm goes on, at
 * its own exception vector.
 */
bool abort_handle(struct rec *rec, const struct pe_exit *why,
		  struct rec_exit *exit);

/*
 * The exit that a load from @ipa would make, if its walk ended at @level: for
 * memory that the RMM wants to touch for a realm, and does not find.
 */
void abort_report_absent(struct rec_exit *exit, uint64_t ipa, int level);

#endif
