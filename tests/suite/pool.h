/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granules of the port's RAM for one condition, which starts with all of them
 * Non-secure and must leave them so.
 */
#ifndef SUITE_POOL_H
#define SUITE_POOL_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/suite/geometry.h"

/* Finds RAM; false if the port has too little. */
bool pool_find(void);

/* All granules are free again. */
void pool_reset(void);

/* What was taken is lost to the RMM: goes on behind it. */
void pool_abandon(void);

/*
 * @count contiguous granules, aligned to @align bytes: Non-secure and zero, or
 * delegated. 0 fails the condition's setup, or skips the condition if it wants
 * a block and the pool could never hold one.
 */
uint64_t pool_take(unsigned int count, uint64_t align);
uint64_t pool_take_delegated(unsigned int count, uint64_t align);

/*
 * Memory of the port that is not the pool's, @size bytes and aligned to them;
 * whoever delegates it undelegates it. 0 skips the condition.
 */
uint64_t pool_outside(uint64_t size);

/* True if the host can touch that granule. */
bool pool_is_accessible(uint64_t pa);

/* The condition's own page for lists that are forgotten at once. */
uint64_t pool_scratch(void);

/* The RMM has moved [@base, @top) between the two worlds, says its answer. */
void pool_note(uint64_t base, uint64_t top, bool delegated);

/* What the last pool_note() of a granule in the pool was. */
bool pool_is_delegated(uint64_t pa);

/* Undelegates what is delegated; fails the condition if something stays. */
void pool_give_back(void);

/* Granules that can still be taken. */
unsigned int pool_left(void);

/* First granule of the pool, and the end of those that were taken. */
uint64_t pool_base(void);
uint64_t pool_top(void);

#endif
