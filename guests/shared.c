// SPDX-License-Identifier: BSD-3-Clause
/*
 * Uses a granule of its RAM in the shared half, at the same address but for the
 * topmost bit: the host maps memory of its own there, which starts as zero.
 */
#include "guests/guest.h"

#define PAGE (0x40000000ull + 0x100000)

int main(u64 dtb)
{
	u64 page = shared(PAGE);
	u32 before = mmio_read32(page);

	(void)dtb;
	mmio_write32(page, 0x600d);
	if (!before && mmio_read32(page) == 0x600d) {
		put("shared memory: zero, and kept\n");
		return 0;
	}
	put("shared memory is not what was written\n");
	return 1;
}
