/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The RMM's hashes, by Mbed TLS. Its calls can only fail for a hash that is not
 * built in, or in a build with an alternative implementation.
 */
#include <mbedtls/sha256.h>
#include <mbedtls/sha512.h>

#include "rmm/crypto.h"
#include "rmm/platform.h"

static void hash_sha256(const struct crypto_span *spans, unsigned int count,
			uint8_t *out)
{
	mbedtls_sha256_context sha;
	int error;

	mbedtls_sha256_init(&sha);
	error = mbedtls_sha256_starts(&sha, 0);
	for (unsigned int i = 0; i < count; i++)
		error |= mbedtls_sha256_update(&sha, spans[i].data,
					       spans[i].size);
	error |= mbedtls_sha256_finish(&sha, out);
	mbedtls_sha256_free(&sha);
	rmm_assert(error == 0);
}

static void hash_sha512(const struct crypto_span *spans, unsigned int count,
			uint8_t *out)
{
	mbedtls_sha512_context sha;
	int error;

	mbedtls_sha512_init(&sha);
	error = mbedtls_sha512_starts(&sha, 0);
	for (unsigned int i = 0; i < count; i++)
		error |= mbedtls_sha512_update(&sha, spans[i].data,
					       spans[i].size);
	error |= mbedtls_sha512_finish(&sha, out);
	mbedtls_sha512_free(&sha);
	rmm_assert(error == 0);
}

void crypto_hash(enum crypto_hash algo, const struct crypto_span *spans,
		 unsigned int count, uint8_t *out)
{
	if (algo == CRYPTO_SHA_512)
		hash_sha512(spans, count, out);
	else
		hash_sha256(spans, count, out);
}
