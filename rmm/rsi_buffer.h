/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory of a realm that an RSI call names (Arm DEN 0137, chapter "Realm
 * services interface"): one rule for all calls.
 */
#ifndef RMM_RSI_BUFFER_H
#define RMM_RSI_BUFFER_H

#include <stddef.h>
#include <stdint.h>

#include "rmm/realm.h"

enum rsi_buffer_state {
	RSI_BUFFER_OK,
	RSI_BUFFER_BAD, /* the realm's mistake */
	RSI_BUFFER_ABSENT, /* the host must map it first */
};

struct rsi_buffer {
	void *view; /* OK */
	uint64_t granule; /* OK: PA of the granule that holds it */
	int level; /* ABSENT: where the walk ended */
};

/*
 * Finds the @size bytes at @ipa; @size is a power of two of at most a granule,
 * to which @ipa must be aligned. The lock of @rd keeps the buffer where it is.
 */
enum rsi_buffer_state rsi_buffer_find(const struct rd *rd, uint64_t ipa,
				      size_t size, struct rsi_buffer *buffer);

/* The RMM has written to the buffer. */
void rsi_buffer_written(const struct rsi_buffer *buffer);

#endif
