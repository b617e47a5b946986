// SPDX-License-Identifier: BSD-3-Clause
/*
 * Sets of addresses: an array of ranges in no order.
 */
#include <stdlib.h>

#include <linux/errno.h>
#include <linux/kernel.h>

#include "sim/kernel/ranges.h"

bool ranges_overlap(const struct ranges *set, u64 base, u64 top)
{
	unsigned int i;

	for (i = 0; i < set->count; i++) {
		if (base < set->range[i].top && set->range[i].base < top)
			return true;
	}
	return false;
}

bool ranges_contain(const struct ranges *set, u64 addr)
{
	return ranges_overlap(set, addr, addr + 1);
}

u64 ranges_next(const struct ranges *set, u64 addr, u64 top)
{
	unsigned int i;

	for (i = 0; i < set->count; i++) {
		if (set->range[i].base > addr)
			top = min(top, set->range[i].base);
		else if (set->range[i].top > addr)
			top = min(top, set->range[i].top);
	}
	return top;
}

static void ranges_add(struct ranges *set, u64 base, u64 top)
{
	if (base < top)
		set->range[set->count++] = (struct range) { base, top };
}

/* What is left of a range that was cut does not overlap, and is passed over. */
static void ranges_cut(struct ranges *set, u64 base, u64 top)
{
	unsigned int i = 0;
	struct range old;

	while (i < set->count) {
		old = set->range[i];
		if (old.top <= base || top <= old.base) {
			i++;
			continue;
		}
		set->range[i] = set->range[--set->count];
		ranges_add(set, old.base, min(old.top, base));
		ranges_add(set, old.base > top ? old.base : top, old.top);
	}
}

int ranges_set(struct ranges *set, u64 base, u64 top, bool in)
{
	struct range *more;

	/* A cut splits at most one range in two, and one may be added. */
	more = realloc(set->range, (set->count + 2) * sizeof(*more));
	if (!more)
		return -ENOMEM;
	set->range = more;
	ranges_cut(set, base, top);
	if (in)
		ranges_add(set, base, top);
	return 0;
}

void ranges_free(struct ranges *set)
{
	free(set->range);
	*set = (struct ranges) {};
}
