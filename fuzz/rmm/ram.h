/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The RAM of the machine: two ranges, as granules of the size in use, a strip
 * that AddressSanitizer watches behind each. There are three machines, one a
 * size, as large as that size needs; on each the RMM may be configured to any.
 * The ranges of the larger ones end where no granule does, and on these ends
 * lies memory that can never be a realm's.
 */
#ifndef FUZZ_RMM_RAM_H
#define FUZZ_RMM_RAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RAM_RANGES 2
#define RAM_KINDS 3 /* by the size that they are for: RMI_GRANULE_SIZE_* */
#define RAM_PAGE 0x1000ull /* RAM is whole pages, whatever granules are */
#define RAM_PAGES_MAX 2980u /* in any machine */

/* Where whole granules of the first range begin, on a boundary of blocks. */
#define RAM0_BASE 0x80000000ull

/* Granules that are whole, numbered from 0 on through both ranges. */
extern struct ram {
	unsigned int shift; /* log2 of a granule's bytes */
	unsigned int pages;
	unsigned int pages0; /* of the first range */
} ram;

#define PAGE (1ull << ram.shift) /* a granule's bytes */

/* The machine of @kind: granules of 4 KiB, memory as new. */
void ram_reset(unsigned int kind);

/* From now on granules of 1 << @shift bytes, memory as new. */
void ram_configure(unsigned int shift);

/* RAM as it is, and the part of it that is whole granules. */
void ram_range(unsigned int range, uint64_t *base, uint64_t *top);
void ram_whole(unsigned int range, uint64_t *base, uint64_t *top);

/*
 * A number for the granule that holds @pa, below RAM_SLOTS, also for one that
 * is RAM in part; false if @pa is no RAM.
 */
bool ram_find(uint64_t pa, unsigned int *slot);
#define RAM_SLOTS (RAM_PAGES_MAX + 4)

/* Its contents, which whoever gets them may write. */
uint8_t *ram_touch(unsigned int slot);

/* True if they are all zero. */
bool ram_zero(unsigned int slot);

#endif
