/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RTT entries as words: VMSAv8-64 stage 2 descriptors for granules of 4, 16
 * and 64 KiB and 48-bit addresses (Arm DDI 0487, chapter "The AArch64 Virtual
 * Memory System").
 */
#ifndef RMM_RTT_FORMAT_H
#define RMM_RTT_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/rtt.h"

/* The word for @entry in a table of @level. */
uint64_t rtte_encode(const struct rtte *entry, int level);

/*
 * The entry that @word holds in a table of @level; @protected says in which
 * half of the IPA space. Zero is VOID with RIPAS EMPTY, or UNMAPPED_NS.
 */
struct rtte rtte_decode(uint64_t word, int level, bool protected);

/* True if a PE translates with @entry, and so may have cached it. */
bool rtte_is_valid(const struct rtte *entry);

/* What RTT_READ_ENTRY tells of @entry: address, MemAttr and S2AP. */
uint64_t rtte_describe(const struct rtte *entry);

#endif
