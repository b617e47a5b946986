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

struct image {
	u64 entry;
	struct image_extent *extents; /* ascending, a gap between any two */
	unsigned int count;
};

/*
 * Loads an AArch64 ELF executable at its physical addresses, or any other file
 * at the start of RAM, which is then its entry too. Granules that hold nothing
 * of the file (.bss) are not in the image. False, with the file and the bound
 * in @err, if there is no such image or if it does not fit @layout.
 */
bool image_load(const char *path, const struct layout *layout,
		struct image *image, struct err *err);

void image_free(struct image *image);

#endif
