/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SHA-256, of data that fits in a buffer with its padding.
 */
#include "tests/suite/sha256.h"

#include <string.h>

#define BLOCK 64

static const uint32_t k[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
	0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
	0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
	0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
	0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
	0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
	0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
	0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static const uint32_t start[8] = {
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static uint32_t ror(uint32_t x, unsigned int n)
{
	return x >> n | x << (32 - n);
}

static uint32_t be32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static void schedule(uint32_t w[64], const uint8_t *block)
{
	for (unsigned int i = 0; i < 16; i++)
		w[i] = be32(&block[4 * i]);
	for (unsigned int i = 16; i < 64; i++) {
		uint32_t a = w[i - 15], b = w[i - 2];

		w[i] = w[i - 16] + w[i - 7] +
		       (ror(a, 7) ^ ror(a, 18) ^ a >> 3) +
		       (ror(b, 17) ^ ror(b, 19) ^ b >> 10);
	}
}

static void compress(uint32_t h[8], const uint8_t *block)
{
	uint32_t w[64], s[8];

	schedule(w, block);
	memcpy(s, h, sizeof(s));
	for (unsigned int i = 0; i < 64; i++) {
		uint32_t e = s[4], a = s[0];
		uint32_t t = s[7] + (ror(e, 6) ^ ror(e, 11) ^ ror(e, 25)) +
			     ((e & s[5]) ^ (~e & s[6])) + k[i] + w[i];
		uint32_t u = (ror(a, 2) ^ ror(a, 13) ^ ror(a, 22)) +
			     ((a & s[1]) ^ (a & s[2]) ^ (s[1] & s[2]));

		memmove(&s[1], &s[0], 7 * sizeof(s[0]));
		s[4] += t;
		s[0] = t + u;
	}
	for (unsigned int i = 0; i < 8; i++)
		h[i] += s[i];
}

/* The last bytes, of no whole block, with the padding and the length. */
static void compress_end(uint32_t h[8], const uint8_t *data, size_t size)
{
	size_t rest = size % BLOCK, end = rest + 9 > BLOCK ? 2 * BLOCK : BLOCK;
	uint8_t padded[2 * BLOCK];

	memset(padded, 0, sizeof(padded));
	memcpy(padded, &data[size - rest], rest);
	padded[rest] = 0x80;
	for (unsigned int i = 0; i < 8; i++)
		padded[end - 1 - i] = (uint8_t)(size * 8 >> 8 * i);
	for (size_t i = 0; i < end; i += BLOCK)
		compress(h, &padded[i]);
}

void sha256(const void *data, size_t size, void *out)
{
	uint8_t *to = out;
	uint32_t h[8];

	memcpy(h, start, sizeof(h));
	for (size_t i = 0; i + BLOCK <= size; i += BLOCK)
		compress(h, (const uint8_t *)data + i);
	compress_end(h, data, size);
	for (unsigned int i = 0; i < 32; i++)
		to[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
}
