/* SPDX-License-Identifier: BSD-3-Clause */
/* A counter whose steps are mixed well (splitmix64); see dice.h. */
#include "fuzz/ioctl/dice.h"

static uint64_t state;

void dice_seed(uint64_t seed)
{
	state = seed;
}

uint64_t dice(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15ull;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

unsigned int dice_below(unsigned int n)
{
	return (unsigned int)(dice() % n);
}

bool dice_once_in(unsigned int n)
{
	return dice_below(n) == 0;
}
