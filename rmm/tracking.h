/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Tracking of memory (Arm DEN 0137, chapter "Granule tracking"): ours is fixed
 * at boot. All RAM is tracked finely, a state for each granule, and nothing
 * else is tracked.
 */
#ifndef RMM_TRACKING_H
#define RMM_TRACKING_H

#include <stdbool.h>
#include <stdint.h>

/* True if @base is RAM. *@end is where before @top that answer ends. */
bool tracking_is_fine(uint64_t base, uint64_t top, uint64_t *end);

#endif
