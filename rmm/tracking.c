/* SPDX-License-Identifier: BSD-3-Clause */
/* What is tracked, from the ranges of RAM that the platform names. */
#include "rmm/tracking.h"

#include "rmm/granule.h"

bool tracking_is_fine(uint64_t base, uint64_t top, uint64_t *end)
{
	uint64_t ram, size;

	*end = top;
	for (unsigned int i = 0; granules_ram(i, &ram, &size); i++) {
		if (!size)
			continue;
		if (base >= ram && base - ram < size) {
			if (ram + size < top)
				*end = ram + size;
			return true;
		}
		if (ram > base && ram < *end)
			*end = ram;
	}
	return false;
}
