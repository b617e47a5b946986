/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mapping a range of IPA space, block by block, within one table: what
 * RTT_DATA_MAP and RTT_UNPROT_MAP share. All blocks of a call have the size
 * that its first descriptor names.
 */
#ifndef RMM_MAP_RANGE_H
#define RMM_MAP_RANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/addr_range.h"
#include "rmm/block.h"
#include "rmm/rtt.h"

struct map_range {
	struct rd *rd;
	uint64_t base;
	uint64_t at; /* first address not mapped yet */
	uint64_t top;
	uint64_t flags;
	bool protected; /* half of the IPA space */
	int level; /* of the entries that are written */
	struct addr_source oaddr;
	struct rtt_walk walk; /* to the entry for `at` */
	struct block block; /* RTT_DATA_MAP: the memory for it */
};

/*
 * Reads x2 to x5 of a mapping command on @rd, which is locked. A status other
 * than SUCCESS is the command's answer, also of map_range_walk(), which finds
 * the table.
 */
uint64_t map_range_check(struct map_range *map, struct rd *rd,
			 const uint64_t in[7], bool protected);
uint64_t map_range_walk(struct map_range *map);

/*
 * Checks and maps one block, to @pa, at the entry of map->walk. INCOMPLETE if
 * it was begun.
 */
typedef uint64_t map_block(struct map_range *map, uint64_t pa);

/*
 * Maps blocks until something is in the way, or an interrupt waits. SUCCESS,
 * with *@out_top, if one block was mapped, else why the first was not; but
 * INCOMPLETE if one at map->at was begun.
 */
uint64_t map_range_run(struct map_range *map, map_block *block,
		       uint64_t *out_top);

#endif
