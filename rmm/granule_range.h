/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Ranges of granules on their way between the Non-secure world and the RMM:
 * what GRANULE_RANGE_DELEGATE and GRANULE_RANGE_UNDELEGATE share.
 */
#ifndef RMM_GRANULE_RANGE_H
#define RMM_GRANULE_RANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/granule.h"

/* One direction of the way. */
struct granule_transfer {
	enum granule_state from;
	enum granule_state to;
	bool wipe; /* before the change of PAS */
	bool (*gpt)(uint64_t base, uint64_t size);
};

/* True for a range with aligned ends and at least one granule. */
static inline bool granule_range_ok(uint64_t base, uint64_t top)
{
	return granule_aligned(base) && granule_aligned(top) && base < top;
}

/*
 * Moves granules from @base on until one is unfit or refused, @top is reached,
 * or an interrupt waits: the end of what moved, which is @base if nothing did.
 * Every interrupt_granules() granules are one change of the GPT and one look
 * for interrupts.
 */
uint64_t granule_range_transfer(const struct granule_transfer *transfer,
				uint64_t base, uint64_t top);

#endif
