/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory of a file without a mapping: allocated when it is first asked for, by
 * the page or, if it is that kind of file, by blocks of 2 MiB.
 */
#ifndef SIM_KERNEL_MEMFILE_H
#define SIM_KERNEL_MEMFILE_H

#include <linux/types.h>

struct memfile {
	u64 count;
	bool blocks;
	phys_addr_t *page; /* PAGES_NONE: not allocated yet */
};

/*
 * @size: bytes, whole pages. False if there is no memory for the table, or if
 * that is more than 64 times the machine's RAM, of which a file is made.
 */
bool memfile_init(struct memfile *file, u64 size, bool blocks);
void memfile_free(struct memfile *file);

/* The page at @offset: 0 or -ENOMEM. */
int memfile_page(struct memfile *file, u64 offset, phys_addr_t *pa);

/*
 * True if the @size bytes at @offset, both whole pages, are one piece of memory
 * that is aligned to @size. They are allocated, if they can be such a piece.
 */
bool memfile_is_block(struct memfile *file, u64 offset, u64 size);

#endif
