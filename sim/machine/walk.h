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

/* VA to IPA under stage 1 of @pe, for the exception level that it is at. */
bool walk_stage1(const struct pe *pe, const struct pe_regime *regime,
		 uint64_t va, uint64_t *ipa);

/* IPA to PA. */
bool walk_stage2(const struct pe_regime *regime, uint64_t ipa, uint64_t *pa);

#endif
