/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the calls of a condition have built, by the answers of the RMM; and how
 * all of that is taken apart.
 */
#ifndef SUITE_LEDGER_H
#define SUITE_LEDGER_H

#include <stdint.h>

#include "tests/suite/port.h"

void ledger_clear(void);

/* A call with registers @in was answered @out. */
void ledger_note(const uint64_t in[SUITE_SMC_REGS],
		 const uint64_t out[SUITE_SMC_REGS]);

/*
 * Ends operations, RECs, mappings, tables and realms, and gives all granules
 * back. The condition fails if something of it stays.
 */
void ledger_take_apart(void);

#endif
