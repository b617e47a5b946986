// SPDX-License-Identifier: BSD-3-Clause
/*
 * Touches 64 MiB of its memory, page by page: the host maps each when it is
 * wanted. A page is zero at first, and keeps what is written.
 */
#include "guests/guest.h"

#define BASE 0x42000000ull
#define SIZE 0x4000000ull
#define PAGE 0x1000ull

static u64 *page_at(u64 n)
{
	return (u64 *)(BASE + n * PAGE + n * 8 % PAGE);
}

int main(u64 dtb)
{
	u64 wrong = 0;

	(void)dtb;
	for (u64 n = 0; n < SIZE / PAGE; n++) {
		volatile u64 *word = page_at(n);

		wrong += *word != 0;
		*word = ~n;
	}
	for (u64 n = 0; n < SIZE / PAGE; n++)
		wrong += *(volatile u64 *)page_at(n) != ~n;
	put_number(SIZE / PAGE);
	put(" pages touched, ");
	put_number(wrong);
	put(" wrong\n");
	return wrong != 0;
}
