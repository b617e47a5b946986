/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm's image: what of it is copied into RAM before the realm starts, and
 * where the first instruction is.
 */
#ifndef VMM_IMAGE_H
#define VMM_IMAGE_H

#include "vmm/err.h"
#include "vmm/layout.h"

/* Whole granules that lie one behind the other. */
struct image_extent {
	u64 ipa;
	u64 size; /* bytes */
	u8 *data;
};

/* A part of the file, and where it goes. */
struct image_segment {
	u64 ipa;
	u64 size; /* in memory: .bss included */
	u64 file_size;
	u64 file_offset;
};

#define IMAGE_SEGMENTS_MAX 64

struct image {
	u64 entry;
	struct image_segment segments[IMAGE_SEGMENTS_MAX]; /* ascending */
	unsigned int segment_count;
	struct image_extent *extents; /* ascending, a gap between any two */
	unsigned int count;
};

/* No address is zero: RAM begins further up. */
#define IMAGE_AT_DEFAULT 0

/*
 * Loads an AArch64 ELF executable at its physical addresses, or any other file
 * at @at (by default the start of RAM), which is then its entry too. Granules
 * that hold nothing of the file (.bss) are not in the image. False, with the
 * file and the bound in @err, if there is no such image or if it does not fit
 * @layout.
 */
bool image_load(const char *path, u64 at, const struct layout *layout,
		struct image *image, struct err *err);

/* True if both want the same granule; @ipa is the address of one then. */
bool image_overlaps(const struct image *image, const struct image *other,
		    u64 *ipa);

void image_free(struct image *image);

#endif
