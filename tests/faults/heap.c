// SPDX-License-Identifier: BSD-3-Clause
/*
 * The simulated kernel's heap, of which one allocation can fail.
 */
#include "tests/faults/heap.h"

#include <stdlib.h>

static u64 fail_in;

void *host_malloc(size_t size);
void *host_calloc(size_t count, size_t size);
void *host_realloc(void *old, size_t size);

u64 heap_fail(u64 nth)
{
	u64 left = fail_in;

	fail_in = nth;
	return left;
}

static bool fails(void)
{
	return fail_in && !--fail_in;
}

void *host_malloc(size_t size)
{
	return fails() ? NULL : malloc(size);
}

void *host_calloc(size_t count, size_t size)
{
	return fails() ? NULL : calloc(count, size);
}

void *host_realloc(void *old, size_t size)
{
	return fails() ? NULL : realloc(old, size);
}
