/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The RMM's entropy: the kernel's.
 */
#include <errno.h>
#include <sys/random.h>

#include "rmm/platform.h"

bool plat_random(void *buf, size_t size)
{
	uint8_t *at = buf;

	while (size) {
		ssize_t got = getrandom(at, size, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		size -= (size_t)got;
	}
	return true;
}
