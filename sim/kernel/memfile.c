// SPDX-License-Identifier: BSD-3-Clause
/*
 * Memory of a file without a mapping. Nobody sees a page of it before the RMM
 * has wiped or filled it.
 */
#include <stdlib.h>

#include <asm/page.h>
#include <linux/errno.h>
#include <linux/kernel.h>

#include "sim/kernel/memfile.h"
#include "sim/kernel/pages.h"

#define BLOCK_SIZE 0x200000ull

/* A guest may have more memory than it uses; the table is for all of it. */
#define OVERCOMMIT 64

bool memfile_init(struct memfile *file, u64 size, bool blocks)
{
	u64 i;

	file->count = size / PAGE_SIZE;
	file->blocks = blocks;
	file->page = NULL;
	if (file->count / OVERCOMMIT > pages_total())
		return false;
	file->page = malloc(file->count * sizeof(*file->page));
	for (i = 0; file->page && i < file->count; i++)
		file->page[i] = PAGES_NONE;
	return file->page;
}

void memfile_free(struct memfile *file)
{
	u64 i;

	for (i = 0; file->page && i < file->count; i++) {
		if (file->page[i] != PAGES_NONE)
			pages_put(file->page[i], file->page[i] + PAGE_SIZE);
	}
	free(file->page);
}

int memfile_page(struct memfile *file, u64 offset, phys_addr_t *pa)
{
	u64 i = offset / PAGE_SIZE;

	if (file->blocks && file->page[i] == PAGES_NONE)
		memfile_is_block(file, ALIGN_DOWN(offset, BLOCK_SIZE),
				 BLOCK_SIZE);
	if (file->page[i] == PAGES_NONE)
		file->page[i] = pages_alloc_unwiped(1, 1);
	*pa = file->page[i];
	return *pa == PAGES_NONE ? -ENOMEM : 0;
}

/* Allocates @count pages in one piece, if none is allocated yet. */
static void alloc_block(phys_addr_t *page, u64 count)
{
	phys_addr_t pa;
	u64 i;

	for (i = 0; i < count; i++) {
		if (page[i] != PAGES_NONE)
			return;
	}
	pa = pages_alloc_unwiped(count, count);
	for (i = 0; pa != PAGES_NONE && i < count; i++)
		page[i] = pa + i * PAGE_SIZE;
}

bool memfile_is_block(struct memfile *file, u64 offset, u64 size)
{
	phys_addr_t *page = file->page + offset / PAGE_SIZE;
	u64 count = size / PAGE_SIZE, i;

	if (offset > file->count * PAGE_SIZE - size)
		return false;
	if (file->blocks)
		alloc_block(page, count);
	if (*page == PAGES_NONE || !IS_ALIGNED(*page, size))
		return false;
	for (i = 1; i < count; i++) {
		if (page[i] != page[0] + i * PAGE_SIZE)
			return false;
	}
	return true;
}
