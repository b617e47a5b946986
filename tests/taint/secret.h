/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Secrets: what a realm knows and its host must not. A test is run twice with
 * the same host and with secrets of which no bit is the same. Whatever of them
 * gets out, as it is or in any disguise, makes the host see two things.
 */
#ifndef TESTS_TAINT_SECRET_H
#define TESTS_TAINT_SECRET_H

#include <stddef.h>
#include <stdint.h>

extern unsigned int secret_run; /* 0 or 1 */

/* The secret of a name; one run's is the complement of the other's. */
uint64_t secret(uint64_t name);
void secret_fill(void *bytes, size_t size, uint64_t name);

/* A choice that is a secret: @a in one run, @b in the other. */
static inline uint64_t secret_choice(uint64_t a, uint64_t b)
{
	return secret_run ? b : a;
}

#endif
