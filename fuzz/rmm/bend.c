/* SPDX-License-Identifier: BSD-3-Clause */
/* Values that make no sense; see value.h. */
#include "fuzz/rmm/host.h"
#include "fuzz/rmm/input.h"
#include "fuzz/rmm/value.h"

/* No whole granule of RAM: below, between and above the ranges. */
static uint64_t hole(unsigned int which)
{
	uint64_t base, top;

	ram_whole(which % 4 >> 1, &base, &top);
	switch (which % 4) {
	case 0:
		return 0x10000000;
	case 2:
		return base - PAGE;
	default:
		return top;
	}
}

/* Misaligned, or with a bit that no address has. */
static uint64_t crooked(uint64_t right, unsigned int which)
{
	const uint64_t bits[8] = {
		1, 8, PAGE / 2, 1ull << 63,
		1ull << 52, 1ull << 48, 1ull << 40, 2,
	};

	return right ^ bits[which % 8];
}

/* The ends of the number line, and where an end wraps round. */
static uint64_t extreme(unsigned int which)
{
	const uint64_t values[8] = {
		0, ~0ull, ~0ull - (PAGE - 1), 1ull << 63, ~0ull >> 1,
		1ull << 48, (1ull << 48) - PAGE, (1ull << 52) - PAGE,
	};

	return values[which % 8];
}

uint64_t value_bend(const struct call *call, unsigned int arg, uint64_t right)
{
	uint8_t how = input_byte();
	unsigned int which = how >> 4;

	switch (how & 7) {
	case 0:
		return crooked(right, which);
	case 1:
		return extreme(which);
	case 2: /* a neighbour */
		return which & 1 ? right + PAGE : right - PAGE;
	case 3: /* the same as another argument */
		return call->in[1 + (arg + which) % 6];
	case 4: /* any granule, whatever it is used for */
		return machine_page((input_byte() * 16u + which) % ram.pages);
	case 5:
		return hole(which);
	case 6:
		return 1ull << (input_byte() % 64);
	default:
		return input_word();
	}
}

void value_spoil_page(uint64_t pa)
{
	/* Where RmiRealmParams, RmiRecParams and RmiRecRun have fields. */
	static const uint16_t fields[16] = {
		0, 8, 0x10, 0x18, 0x20, 0x28, 0x30, 0x38, 0x100, 0x200, 0x300,
		0x440, 0x808, 0x810, 0x818, 0x820,
	};
	uint8_t at = input_byte();
	uint64_t *word = machine_host_view((pa & ~(PAGE - 1)) +
					   fields[at % 16]);

	if (!word)
		return;
	switch (at >> 4 & 3) {
	case 0:
		*word = input_byte();
		break;
	case 1:
		*word ^= 1ull << (input_byte() % 64);
		break;
	case 2:
		*word = extreme(input_byte());
		break;
	default:
		*word = machine_page(input_byte() * 3u % ram.pages);
		break;
	}
}
