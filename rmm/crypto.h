/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The way down to a crypto library: Nettle in the process, Mbed TLS in
 * firmware.
 */
#ifndef RMM_CRYPTO_H
#define RMM_CRYPTO_H

#include <stddef.h>
#include <stdint.h>

#define CRYPTO_HASH_MAX 64 /* bytes */

enum crypto_hash {
	CRYPTO_SHA_256, /* 32 bytes */
	CRYPTO_SHA_512, /* 64 bytes */
};

/* A piece of what is hashed. */
struct crypto_span {
	const void *data;
	size_t size;
};

/*
 * Hashes @count spans one after the other into @out, of crypto_hash_size()
 * bytes. Cannot fail.
 */
void crypto_hash(enum crypto_hash algo, const struct crypto_span *spans,
		 unsigned int count, uint8_t *out);

static inline size_t crypto_hash_size(enum crypto_hash algo)
{
	return algo == CRYPTO_SHA_512 ? 64 : 32;
}

#endif
