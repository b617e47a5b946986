/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Translation as a PE does it, for those that look from outside. Permissions,
 * access flags and caches of translations do not matter.
 */
#ifndef SIM_MACHINE_WALK_H
#define SIM_MACHINE_WALK_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/pe.h"

#define WALK_LAST_LEVEL 3

#define DESC_VALID BIT_ULL(0)
#define DESC_TABLE BIT_ULL(1) /* at the last level: a page */
#define DESC_ADDRESS GENMASK_ULL(47, 12)
#define DESC_NS BIT_ULL(55) /* of stage 2, in a page or block */

/* VA to IPA under stage 1 of @pe, for the exception level that it is at. */
bool walk_stage1(const struct pe *pe, const struct pe_regime *regime,
		 uint64_t va, uint64_t *ipa);

/* IPA to PA. */
bool walk_stage2(const struct pe_regime *regime, uint64_t ipa, uint64_t *pa);

/* By VTCR_EL2: log2 of the granule, 0 if there is none; level of the root. */
unsigned int walk_stage2_shift(uint64_t vtcr);
int walk_stage2_level(uint64_t vtcr);

#endif
