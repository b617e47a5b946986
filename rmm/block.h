/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A block of memory on its way into a realm, or out of one: granule by granule,
 * with looks for interrupts, so that it can stop in the middle and go on in a
 * later call. The RTT entry that it belongs to is `open` meanwhile.
 */
#ifndef RMM_BLOCK_H
#define RMM_BLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct block {
	uint64_t base;
	uint64_t at; /* what lies below has changed hands */
	uint64_t end;
	bool leaving; /* from DATA to DELEGATED, else the other way */
};

struct block block_entering(uint64_t base, uint64_t size);
struct block block_leaving(uint64_t base, uint64_t size);

enum block_end {
	BLOCK_DONE,
	BLOCK_STOPPED, /* an interrupt waits; at least one granule was done */
	BLOCK_BAD, /* entering: a granule is not DELEGATED */
};

/* Goes on. What enters is wiped; what leaves, no PE may reach any more. */
enum block_end block_move(struct block *block);

/* The way back of a block that was entering. */
void block_turn(struct block *block);

/* The part that is DATA now: [*@base, *@end). */
void block_data(const struct block *block, uint64_t *base, uint64_t *end);

#endif
