// SPDX-License-Identifier: BSD-3-Clause
/*
 * Touches 64 MiB of its memory once a block of 2 MiB, at another place in each:
 * what the host maps for one touch is the whole block. Then all pages are
 * looked at: zero, but for the words that were written.
 */
#include "guests/guest.h"

#define BASE 0x42000000ull
#define SIZE 0x4000000ull
#define BLOCK 0x200000ull
#define PAGE 0x1000ull

static volatile u64 *word_of(u64 block)
{
	return (u64 *)(BASE + block * BLOCK + block * 13 % 512 * PAGE + 8);
}

static int is_written(u64 address)
{
	u64 block = (address - BASE) / BLOCK;

	return address == (u64)word_of(block);
}

int main(u64 dtb)
{
	u64 wrong = 0;

	(void)dtb;
	for (u64 block = 0; block < SIZE / BLOCK; block++) {
		wrong += *word_of(block) != 0;
		*word_of(block) = ~block;
	}
	for (u64 address = BASE + 8; address < BASE + SIZE; address += PAGE) {
		u64 value = *(volatile u64 *)address;
		u64 block = (address - BASE) / BLOCK;

		wrong += value != (is_written(address) ? ~block : 0);
	}
	put_number(SIZE / BLOCK);
	put(" blocks touched, ");
	put_number(wrong);
	put(" words wrong\n");
	return wrong != 0;
}
