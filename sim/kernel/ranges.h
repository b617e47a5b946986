/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sets of addresses, as ranges that do not overlap.
 */
#ifndef SIM_KERNEL_RANGES_H
#define SIM_KERNEL_RANGES_H

#include <linux/types.h>

struct range {
	u64 base;
	u64 top;
};

/* All zero is the empty set. */
struct ranges {
	struct range *range;
	unsigned int count;
};

bool ranges_contain(const struct ranges *set, u64 addr);
bool ranges_overlap(const struct ranges *set, u64 base, u64 top);

/* The first address behind @addr, at most @top, where that may change. */
u64 ranges_next(const struct ranges *set, u64 addr, u64 top);

/* Adds [base, top) or takes it out: 0 or -ENOMEM. */
int ranges_set(struct ranges *set, u64 base, u64 top, bool in);
void ranges_free(struct ranges *set);

#endif
