/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header.
 */
#ifndef SIM_LINUX_SORT_H
#define SIM_LINUX_SORT_H

#include <stdlib.h>

typedef int cmp_func_t(const void *a, const void *b);

/* @swap: NULL, for any element. */
static inline void sort(void *base, size_t count, size_t size, cmp_func_t *cmp,
			const void *swap)
{
	(void)swap;
	qsort(base, count, size, cmp);
}

#endif
