/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The granule protection table. One word a granule: 0 for Non-secure, else one
 * more than the number of the call that delegated it, so that a touch that is
 * caught meanwhile finds both or neither.
 *
 * The RMM moves a granule only under its granule lock, so no two moves of one
 * granule overlap; readers come at any time.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "sim/machine/gpt.h"
#include "sim/machine/views.h"

#define STRIPES 64u

static _Atomic uint64_t *gpt;
static _Atomic uint64_t realm_granules;
static _Atomic uint64_t moves;

/*
 * Held while Non-secure memory is copied. A granule's stripe is taken and
 * dropped once after it has become Realm: then all copies that saw it
 * Non-secure have ended.
 */
static pthread_mutex_t stripes[STRIPES] = {
	[0 ... STRIPES - 1] = PTHREAD_MUTEX_INITIALIZER,
};

static pthread_mutex_t *stripe(uint64_t granule)
{
	return &stripes[granule % STRIPES];
}

bool gpt_start(void)
{
	gpt = calloc(views_size() / VIEW_GRANULE, sizeof(*gpt));
	atomic_store(&realm_granules, 0);
	return gpt != NULL;
}

void gpt_stop(void)
{
	free(gpt);
	gpt = NULL;
}

bool gpt_is_realm(uint64_t offset, uint64_t *call)
{
	uint64_t entry = atomic_load(&gpt[offset / VIEW_GRANULE]);

	if (entry && call)
		*call = entry - 1;
	return entry != 0;
}

uint64_t gpt_realm_granules(void)
{
	return gpt ? atomic_load(&realm_granules) : 0;
}

uint64_t gpt_moves(void)
{
	return atomic_load(&moves);
}

/* The granules of a range, if it is RAM and all of it is in the same PAS. */
static bool find_granules(uint64_t pa, uint64_t size, bool realm,
			  uint64_t *first, uint64_t *count)
{
	uint64_t offset;

	if (size == 0 || (pa | size) % VIEW_GRANULE ||
	    !views_offset(pa, size, &offset))
		return false;
	*first = offset / VIEW_GRANULE;
	*count = size / VIEW_GRANULE;
	for (uint64_t i = 0; i < *count; i++) {
		if ((atomic_load(&gpt[*first + i]) != 0) != realm)
			return false;
	}
	return true;
}

static void set_granules(uint64_t first, uint64_t count, uint64_t entry)
{
	atomic_fetch_add(&moves, 1);
	for (uint64_t i = first; i < first + count; i++)
		atomic_store(&gpt[i], entry);
}

static void wait_for_copies(uint64_t first, uint64_t count)
{
	if (count > STRIPES)
		count = STRIPES;
	for (uint64_t i = first; i < first + count; i++) {
		pthread_mutex_lock(stripe(i));
		pthread_mutex_unlock(stripe(i));
	}
}

bool gpt_to_realm(uint64_t pa, uint64_t size, uint64_t call)
{
	uint64_t first, count;

	if (!find_granules(pa, size, false, &first, &count))
		return false;
	set_granules(first, count, call + 1);
	wait_for_copies(first, count);
	if (!views_guard(first * VIEW_GRANULE, size)) {
		set_granules(first, count, 0);
		return false;
	}
	atomic_fetch_add(&realm_granules, count);
	return true;
}

bool gpt_to_ns(uint64_t pa, uint64_t size)
{
	uint64_t first, count;

	if (!find_granules(pa, size, true, &first, &count))
		return false;
	/* Unguarded and still Realm is harmless; the reverse is a false GPF. */
	if (!views_unguard(first * VIEW_GRANULE, size)) {
		views_guard(first * VIEW_GRANULE, size);
		return false;
	}
	set_granules(first, count, 0);
	atomic_fetch_sub(&realm_granules, count);
	return true;
}

bool gpt_ns_enter(uint64_t offset)
{
	uint64_t granule = offset / VIEW_GRANULE;

	pthread_mutex_lock(stripe(granule));
	if (atomic_load(&gpt[granule]) == 0)
		return true;
	pthread_mutex_unlock(stripe(granule));
	return false;
}

void gpt_ns_leave(uint64_t offset)
{
	pthread_mutex_unlock(stripe(offset / VIEW_GRANULE));
}
