/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The ledger: all granules counted, and all that realms say of them checked
 * against what the granules say themselves. Its entries are rmm_ledger_ok()
 * and rmm_ledger_count() of rmm/rmm.h; this is what they add up.
 */
#ifndef RMM_LEDGER_H
#define RMM_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/realm.h"

/* What realms and operations own, as found from their descriptors. */
struct ledger {
	uint64_t tables;
	uint64_t data; /* granules */
	uint64_t recs;
	uint64_t internal; /* granules that RECs and operations hold */
	uint64_t pending;
	bool ok;
};

/* Adds the realm @rd, marking each granule that it owns. */
void ledger_add_realm(struct ledger *ledger, const struct rd *rd);

#endif
