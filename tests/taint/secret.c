/* SPDX-License-Identifier: BSD-3-Clause */
/* Secrets; see secret.h. */
#include "tests/taint/secret.h"

#include <string.h>

unsigned int secret_run;

uint64_t secret(uint64_t name)
{
	uint64_t value = (name + 1) * 0x9e3779b97f4a7c15ull;

	value = (value ^ value >> 29) * 0xbf58476d1ce4e5b9ull;
	value ^= value >> 32;
	return secret_run ? ~value : value;
}

void secret_fill(void *bytes, size_t size, uint64_t name)
{
	uint64_t word = secret(name);
	uint8_t *at = bytes;

	for (; size > sizeof(word); size -= sizeof(word)) {
		memcpy(at, &word, sizeof(word));
		at += sizeof(word);
		word = word << 1 | word >> 63;
	}
	memcpy(at, &word, size);
}
