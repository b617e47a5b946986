/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Address range descriptors (Arm DEN 0137, RmiAddressRangeDesc*KB): a run of
 * equal blocks of physical memory in one word, and the ways in which commands
 * take and return them: none, a single one in a register, a list in memory.
 *
 * A list is never read or written past the end of the granule that it starts
 * in, whatever its length claims.
 */
#ifndef RMM_ADDR_RANGE_H
#define RMM_ADDR_RANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/rmi_smc.h"

struct addr_range {
	uint64_t pa;
	unsigned int count; /* blocks */
	int level; /* at which an RTT entry maps one block: 0 to 3 */
	bool undelegated;
};

struct addr_range addr_range_decode(uint64_t desc);
uint64_t addr_range_encode(const struct addr_range *range);

/* Bytes of a descriptor in a list. */
#define ADDR_DESC_SIZE sizeof(uint64_t)

/*
 * How many of @count entries of the list at @pa we look at: it is cut at the
 * end of its granule.
 */
uint64_t addr_list_room(uint64_t pa, uint64_t count);

/* Blocks that a command takes one by one. */
struct addr_source {
	struct addr_range range; /* what is left of the current descriptor */
	uint64_t list; /* PA of the next descriptor */
	unsigned int list_left;
};

/*
 * Starts with the oaddr and flags of a mapping command; source->range is the
 * first descriptor. False if they are invalid or the list is unreadable.
 */
bool addr_source_open(struct addr_source *source, uint64_t flags,
		      uint64_t oaddr);

/* Makes source->range have a block; false if there is none left. */
bool addr_source_ready(struct addr_source *source);

/* Takes the first block of source->range. */
void addr_source_take(struct addr_source *source);

/* Blocks that a command returns. */
struct addr_sink {
	unsigned int type; /* RMI_OADDR_* */
	uint64_t list; /* PA of the first slot */
	unsigned int slots;
	unsigned int used;
	struct addr_range last; /* in the last slot used */
};

/*
 * Starts with the oaddr and flags of an unmapping command. False if they are
 * invalid or the list is no Non-secure memory.
 */
bool addr_sink_open(struct addr_sink *sink, uint64_t flags, uint64_t oaddr);

/*
 * Adds @range, to the last descriptor if it continues that one. False, and no
 * change, if it does not fit, or the list cannot be written.
 */
bool addr_sink_add(struct addr_sink *sink, const struct addr_range *range);

/* Results of an unmapping command: the single descriptor, or 0, and slots. */
uint64_t addr_sink_single(const struct addr_sink *sink);
uint64_t addr_sink_count(const struct addr_sink *sink);

#endif
