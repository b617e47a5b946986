// SPDX-License-Identifier: BSD-3-Clause
/*
 * The memory of a VM.
 */
#include <asm/page.h>
#include <linux/errno.h>
#include <linux/kernel.h>

#include "sim/kernel/memmap.h"
#include "sim/kernel/user.h"

struct memslot *memmap_slot(struct memmap *map, u64 gpa)
{
	struct memslot *slot;

	for_each_memslot(slot, map) {
		if (gpa - slot->gpa < slot->size)
			return slot;
	}
	return NULL;
}

struct memslot *memmap_ripas_pending(struct memmap *map)
{
	struct memslot *slot;

	for_each_memslot(slot, map) {
		if (slot->file && !slot->ripas_done)
			return slot;
	}
	return NULL;
}

bool memmap_is_private(const struct memmap *map, const struct memslot *slot,
		       u64 gpa)
{
	return slot->file && ranges_contain(&map->private, gpa);
}

u64 memmap_next(const struct memmap *map, u64 gpa, u64 top)
{
	const struct memslot *slot;

	top = ranges_next(&map->private, gpa, top);
	for_each_memslot(slot, map) {
		if (slot->gpa > gpa)
			top = min(top, slot->gpa);
		else if (slot->gpa + slot->size > gpa)
			top = min(top, slot->gpa + slot->size);
	}
	return top;
}

bool memmap_conflicts(const struct memmap *map, const struct memslot *new)
{
	const struct memslot *old;

	for_each_memslot(old, map) {
		if (new->gpa < old->gpa + old->size &&
		    old->gpa < new->gpa + new->size)
			return true;
		if (new->file && old->file == new->file &&
		    new->offset < old->offset + old->size &&
		    old->offset < new->offset + new->size)
			return true;
	}
	return false;
}

int memmap_page(struct memmap *map, u64 gpa, bool private, phys_addr_t *pa)
{
	const struct memslot *slot = memmap_slot(map, gpa);

	if (!slot)
		return -EFAULT;
	if (!private)
		return user_page(slot->uaddr + (gpa - slot->gpa), pa) ?
		       0 : -EFAULT;
	return slot->file ? memfile_page(slot->file,
					 gpa - slot->gpa + slot->offset, pa) :
			    -EFAULT;
}

/* A mapping of the VMM is one piece, so that its ends tell. */
static bool is_user_block(u64 uaddr, u64 size)
{
	phys_addr_t first, last;

	return user_page(uaddr, &first) &&
	       user_page(uaddr + size - PAGE_SIZE, &last) &&
	       IS_ALIGNED(first, size) && last == first + size - PAGE_SIZE;
}

bool memmap_is_block(struct memmap *map, u64 gpa, u64 size, bool private)
{
	const struct memslot *slot = memmap_slot(map, gpa);

	if (!slot || slot->gpa + slot->size < gpa + size)
		return false;
	if (!private)
		return is_user_block(slot->uaddr + (gpa - slot->gpa), size);
	return slot->file && memfile_is_block(slot->file,
					      gpa - slot->gpa + slot->offset,
					      size);
}
