/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Unmapping a range of IPA space, within one table: what RTT_DATA_UNMAP and
 * RTT_UNPROT_UNMAP share. Entries that map nothing are passed over.
 */
#ifndef RMM_UNMAP_RANGE_H
#define RMM_UNMAP_RANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/addr_range.h"
#include "rmm/block.h"
#include "rmm/rtt.h"

struct unmap_range {
	struct rd *rd;
	uint64_t base;
	uint64_t at; /* first address not dealt with yet */
	uint64_t top;
	bool protected; /* half of the IPA space */
	struct addr_sink oaddr;
	struct rtt_walk walk; /* to the entry for `at` */
	struct block block; /* protected: what is being given back */
	bool open; /* it is not all given back: */
	uint64_t open_ipa; /* the entry of which */
};

/*
 * Reads x2 to x5 of an unmapping command on @rd, which is locked. A status
 * other than SUCCESS is the command's answer.
 */
uint64_t unmap_range_check(struct unmap_range *unmap, struct rd *rd,
			   const uint64_t in[7], bool protected);

/*
 * Unmaps until the end of the range or table, an entry that does not fit, no
 * more room in the answer, or an interrupt. SUCCESS and x1 to x3 in @out if
 * there was progress. The protected half's memory becomes DELEGATED; if an
 * interrupt comes in the middle of a block: INCOMPLETE, @out as it will be, and
 * the rest of the block is left to the caller, who calls unmap_range_close().
 */
uint64_t unmap_range_run(struct unmap_range *unmap, uint64_t out[5]);
void unmap_range_close(const struct rd *rd, uint64_t ipa, int level);

#endif
