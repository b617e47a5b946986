/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SHA-256 (FIPS 180-4), a second opinion on what the RMM measures.
 */
#ifndef SUITE_SHA256_H
#define SUITE_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define SHA256_SIZE 32

/* Of the @size bytes at @data; @out may be in it. */
void sha256(const void *data, size_t size, void *out);

#endif
