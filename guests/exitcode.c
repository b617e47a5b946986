// SPDX-License-Identifier: BSD-3-Clause
/*
 * Leaves a number in the exit register of which only the low byte counts, reads
 * it back, and ends with a line that has no end.
 */
#include "guests/guest.h"

#define NUMBER 0x12a /* 42 in the low byte */

int main(u64 dtb)
{
	(void)dtb;
	mmio_write32(shared(EXIT_REGISTER), NUMBER);
	put(mmio_read32(shared(EXIT_REGISTER)) == NUMBER ? "exit register kept"
							 : "lost");
	power_off();
}
