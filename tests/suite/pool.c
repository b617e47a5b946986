/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The pool: granules are taken upwards, and all are given back at once.
 */
#include "tests/suite/pool.h"

#include <string.h>

#include "abi/rmi_smc.h"
#include "tests/suite/call.h"
#include "tests/suite/expect.h"

/* With fewer nothing can be shown; more than these are of no use. */
#define GRANULES_MIN 1024
#define GRANULES_MAX 20480

/* Of these, what a block may lie behind. */
#define GRANULES_BEFORE_BLOCK 512

static struct {
	uint64_t base;
	uint64_t next;
	uint64_t end;
	uint64_t ram_end; /* of the RAM that it is in */
	uint64_t scratch;
	bool delegated[GRANULES_MAX];
} pool;

static uint64_t round_up(uint64_t pa, uint64_t align)
{
	return (pa + align - 1) / align * align;
}

/* The pool from @pa to @ram_end, if that is enough. */
static bool place(uint64_t pa, uint64_t ram_end)
{
	uint64_t start = round_up(pa, GRANULE);

	if (start + GRANULES_MIN * GRANULE > ram_end)
		return false;
	pool.base = start;
	pool.ram_end = ram_end;
	pool.end = start + GRANULES_MAX * GRANULE;
	if (pool.end > ram_end)
		pool.end = ram_end / GRANULE * GRANULE;
	return true;
}

bool pool_find(void)
{
	uint64_t base, size;

	for (unsigned int i = 0; port->ram(i, &base, &size); i++) {
		if (place(base, base + size)) {
			pool_reset();
			return true;
		}
	}
	return false;
}

void pool_reset(void)
{
	pool.next = pool.base;
	pool.scratch = 0;
	memset(pool.delegated, 0, sizeof(pool.delegated));
}

void pool_abandon(void)
{
	place(pool.next, pool.ram_end);
}

/* True if a fresh pool holds so much, behind what a scene takes. */
static bool has_room(uint64_t size, uint64_t align)
{
	uint64_t pa = pool.base + GRANULES_BEFORE_BLOCK * GRANULE;

	return round_up(pa, align) + size <= pool.end;
}

bool pool_is_accessible(uint64_t pa)
{
	return !port->accessible || port->accessible(pa);
}

static uint64_t take(unsigned int count, uint64_t align)
{
	uint64_t pa = round_up(pool.next, align);
	uint64_t top = pa + count * GRANULE;

	if (align == BLOCK && !has_room(BLOCK, BLOCK)) {
		verdict_skip("not enough RAM for a block");
		return 0;
	}
	if (!expect("granules left in the suite's pool", top <= pool.end))
		return 0;
	pool.next = top;
	for (uint64_t at = pa; at < top; at += GRANULE) {
		if (!expect("a Non-secure granule that the host can touch",
			    pool_is_accessible(at)))
			return 0;
	}
	return pa;
}

uint64_t pool_take(unsigned int count, uint64_t align)
{
	uint64_t pa = take(count, align);
	uint64_t top = pa + count * GRANULE;

	for (uint64_t at = pa; pa && at < top; at += GRANULE)
		memset(port->memory(at), 0, GRANULE);
	return pa;
}

uint64_t pool_take_delegated(unsigned int count, uint64_t align)
{
	uint64_t pa = take(count, align);
	uint64_t top = pa + count * GRANULE;

	for (uint64_t at = pa; pa && at < top; at = answer[1]) {
		uint64_t ret = rmi(GRANULE_RANGE_DELEGATE, at, top);

		if (!expect_result("GRANULE_RANGE_DELEGATE", RMI_SUCCESS, ret))
			return 0;
		if (!expect("GRANULE_RANGE_DELEGATE progress",
			    answer[1] > at && answer[1] <= top))
			return 0;
	}
	return pa;
}

uint64_t pool_outside(uint64_t size)
{
	uint64_t base, bytes;

	for (unsigned int i = 0; port->ram(i, &base, &bytes); i++) {
		uint64_t pa = round_up(base, size);

		if (pa < pool.end && pa + size > pool.base)
			pa = round_up(pool.end, size);
		if (pa + size <= base + bytes)
			return pa;
	}
	verdict_skip("not enough RAM for a block");
	return 0;
}

uint64_t pool_scratch(void)
{
	if (!pool.scratch)
		pool.scratch = pool_take(1, GRANULE);
	return pool.scratch;
}

static bool in_pool(uint64_t pa)
{
	return pa >= pool.base && pa < pool.end;
}

void pool_note(uint64_t base, uint64_t top, bool delegated)
{
	if (!in_pool(base) || base % GRANULE)
		return;
	for (uint64_t at = base; at < top && in_pool(at); at += GRANULE)
		pool.delegated[(at - pool.base) / GRANULE] = delegated;
}

bool pool_is_delegated(uint64_t pa)
{
	return in_pool(pa) && pool.delegated[(pa - pool.base) / GRANULE];
}

/* The end of the delegated granules that start at @at. */
static uint64_t run_end(uint64_t at)
{
	while (pool_is_delegated(at))
		at += GRANULE;
	return at;
}

void pool_give_back(void)
{
	for (uint64_t at = pool.base; at < pool.next; at += GRANULE) {
		uint64_t end = run_end(at);

		while (at < end) {
			uint64_t ret = rmi(GRANULE_RANGE_UNDELEGATE, at, end);

			if (!expect_result("at the end, UNDELEGATE",
					   RMI_SUCCESS, ret) ||
			    !expect("progress of it", answer[1] > at))
				return;
			at = answer[1];
		}
	}
}

unsigned int pool_left(void)
{
	return (unsigned int)((pool.end - pool.next) / GRANULE);
}

uint64_t pool_base(void)
{
	return pool.base;
}

uint64_t pool_top(void)
{
	return pool.next;
}
