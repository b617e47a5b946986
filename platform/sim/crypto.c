/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The RMM's hashes, by Nettle, which uses the instructions that the CPU has for
 * them.
 */
#include <stddef.h>
#include <stdint.h>

#include <nettle/sha2.h>

#include "rmm/crypto.h"

static void hash_sha256(const struct crypto_span *spans, unsigned int count,
			uint8_t *out)
{
	struct sha256_ctx sha;

	sha256_init(&sha);
	for (unsigned int i = 0; i < count; i++)
		sha256_update(&sha, spans[i].size, spans[i].data);
	sha256_digest(&sha, SHA256_DIGEST_SIZE, out);
}

static void hash_sha512(const struct crypto_span *spans, unsigned int count,
			uint8_t *out)
{
	struct sha512_ctx sha;

	sha512_init(&sha);
	for (unsigned int i = 0; i < count; i++)
		sha512_update(&sha, spans[i].size, spans[i].data);
	sha512_digest(&sha, SHA512_DIGEST_SIZE, out);
}

void crypto_hash(enum crypto_hash algo, const struct crypto_span *spans,
		 unsigned int count, uint8_t *out)
{
	if (algo == CRYPTO_SHA_512)
		hash_sha512(spans, count, out);
	else
		hash_sha256(spans, count, out);
}
