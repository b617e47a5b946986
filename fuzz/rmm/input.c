/* SPDX-License-Identifier: BSD-3-Clause */
/* The bytes of one input; see input.h. */
#include "fuzz/rmm/input.h"

static struct {
	const uint8_t *at;
	const uint8_t *end;
} input;

void input_open(const uint8_t *data, size_t size)
{
	input.at = data;
	input.end = data + size;
}

bool input_more(void)
{
	return input.at < input.end;
}

uint8_t input_byte(void)
{
	return input_more() ? *input.at++ : 0;
}

uint64_t input_word(void)
{
	uint64_t word = 0;

	for (unsigned int shift = 0; shift < 64; shift += 8)
		word |= (uint64_t)input_byte() << shift;
	return word;
}
