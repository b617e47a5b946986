// SPDX-License-Identifier: BSD-3-Clause
/*
 * Writes to the shared half where the host has no device.
 */
#include "guests/guest.h"

#define NO_DEVICE 0x0a000000ull

int main(u64 dtb)
{
	(void)dtb;
	put("writing to no device\n");
	mmio_write32(shared(NO_DEVICE), 1);
	return 0;
}
