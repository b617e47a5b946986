/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granules whose translated code an engine must drop. Realms are built granule
 * by granule, so that most additions only lengthen the last range.
 */
#include "sim/machine/stale.h"

void stale_add(struct stale *stale, uint64_t pa, uint64_t size)
{
	if (stale->count) {
		uint64_t *last = &stale->ranges[stale->count - 1].size;

		if (stale->ranges[stale->count - 1].pa + *last == pa) {
			*last += size;
			return;
		}
	}
	if (stale->count == STALE_MAX) {
		stale->all = true;
		return;
	}
	stale->ranges[stale->count].pa = pa;
	stale->ranges[stale->count].size = size;
	stale->count++;
}

bool stale_drop(struct stale *stale, struct engine *engine)
{
	/* Unicorn's own way to drop all writes a GiB. */
	bool all = stale->all;

	if (!all && stale->count)
		engine_drop_code(engine, stale->ranges, stale->count);
	stale->count = 0;
	stale->all = false;
	return !all;
}
