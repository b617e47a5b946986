/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Range commands that yield, for the conditions about what happens meanwhile.
 */
#ifndef SUITE_RMI_YIELD_H
#define SUITE_RMI_YIELD_H

#include "tests/suite/rmi/sro.h"

/*
 * BLOCK_PA is being mapped at @ipa, an entry of level 2, or unmapped from it;
 * HANDLE. The interrupt that has made the command yield still waits. False,
 * with the condition skipped, if there is none, no block, or no yielding.
 */
bool yield_map(uint64_t ipa);
bool yield_unmap(uint64_t ipa);

/*
 * The answer is one to a call about what an operation works on: BUSY, BLOCKED,
 * or ERROR_RTT with the entry's level.
 */
bool yield_refuses(const char *what, uint64_t ret);

/* It is done as if nothing had been in between. */
void yield_finish(uint64_t ipa);

#endif
