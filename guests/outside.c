// SPDX-License-Identifier: BSD-3-Clause
/*
 * Reads below RAM, in the half that is the realm's own: nothing is there, and
 * the RMM sends the realm an abort, which the vectors report.
 */
#include "guests/guest.h"

#define BELOW_RAM 0x3ffff000ull

int main(u64 dtb)
{
	(void)dtb;
	put("reading below RAM\n");
	mmio_read32(BELOW_RAM);
	return 0;
}
