/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Names and what they stand for.
 */
#include "tests/suite/value.h"

#include <string.h>

#include "tests/suite/call.h"

#define NAME_SHIFT 56
#define NAME_MASK 0x7full
#define ADDED ((1ull << NAME_SHIFT) - 1)
#define TOP_BIT (1ull << 63)

static uint64_t values[NAMES];

void value_clear(void)
{
	memset(values, 0, sizeof(values));
	values[NAME_NO_RAM] = port->no_ram;
	values[NAME_NOT_OURS] = port->not_ours;
	values[NAME_ALL_ONES] = ~(uint64_t)0;
}

void value_set(enum value_name name, uint64_t value)
{
	values[name] = value;
}

uint64_t value_of(uint64_t word)
{
	uint64_t name = word >> NAME_SHIFT & NAME_MASK;

	if (name == NAME_LITERAL || name >= NAMES)
		return word;
	return (values[name] + (word & ADDED)) | (word & TOP_BIT);
}
