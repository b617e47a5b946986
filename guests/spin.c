// SPDX-License-Identifier: BSD-3-Clause
/*
 * Never ends: what a time-out and Ctrl-C are for.
 */
#include "guests/guest.h"

int main(u64 dtb)
{
	(void)dtb;
	put("spinning\n");
	for (volatile u64 i = 0;; i++)
		;
}
