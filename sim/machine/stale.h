/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granules whose translated code an engine must drop before it runs again.
 */
#ifndef SIM_MACHINE_STALE_H
#define SIM_MACHINE_STALE_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/machine/engine.h"

#define STALE_MAX 256

struct stale {
	struct engine_range ranges[STALE_MAX];
	unsigned int count;
	bool all; /* more than the ranges hold */
};

void stale_add(struct stale *stale, uint64_t pa, uint64_t size);

/*
 * Drops it all from @engine. False, and nothing is dropped, if another engine
 * has to take its place. In both cases there is nothing stale any more.
 */
bool stale_drop(struct stale *stale, struct engine *engine);

#endif
