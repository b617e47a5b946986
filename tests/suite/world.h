/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a host can see of the state of the RMM: whose each granule is, and what
 * each entry of the realm says. A call that is refused may change none of it.
 */
#ifndef SUITE_WORLD_H
#define SUITE_WORLD_H

#include <stdbool.h>
#include <stdint.h>

enum granule_is {
	IS_NS, /* UNDELEGATED */
	IS_DELEGATED, /* and part of nothing */
	IS_USED, /* part of something, of which no call says what */
};

/*
 * By trying to move it to the other world; it is moved back. Its contents are
 * lost if it is Non-secure or DELEGATED.
 */
enum granule_is world_granule(uint64_t pa);

/* Takes down how all is now; true if all is still so, else the verdict. */
void world_remember(void);
bool world_is_same(void);

#endif
