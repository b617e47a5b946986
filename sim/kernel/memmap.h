/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The memory of a VM: slots, which have a mapping of the VMM and maybe a file,
 * and which addresses are private. Its user has a lock for it.
 */
#ifndef SIM_KERNEL_MEMMAP_H
#define SIM_KERNEL_MEMMAP_H

#include "sim/kernel/memfile.h"
#include "sim/kernel/ranges.h"

#define MEMMAP_SLOTS 32

struct memslot {
	bool used;
	bool ripas_done; /* the RMM knows that it is RAM */
	u64 gpa;
	u64 size;
	u64 uaddr;
	struct memfile *file; /* NULL: none, or it was closed */
	u64 offset; /* in the file */
};

struct memmap {
	struct memslot slot[MEMMAP_SLOTS];
	struct ranges private;
};

/* Those that are used. */
#define for_each_memslot(at, map) \
	for ((at) = (map)->slot; (at) < (map)->slot + MEMMAP_SLOTS; (at)++) \
		if (!(at)->used) \
			continue; \
		else

/* The slot at @gpa, or NULL. */
struct memslot *memmap_slot(struct memmap *map, u64 gpa);

/* A slot with a file that is not marked ripas_done, or NULL. */
struct memslot *memmap_ripas_pending(struct memmap *map);

/* Is @gpa to come from the slot's file? */
bool memmap_is_private(const struct memmap *map, const struct memslot *slot,
		       u64 gpa);

/* The nearest address above @gpa, at most @top, where any of that changes. */
u64 memmap_next(const struct memmap *map, u64 gpa, u64 top);

/* Would @new have an address, or a page of its file, of another slot? */
bool memmap_conflicts(const struct memmap *map, const struct memslot *new);

/* The page at @gpa, of the file or of the VMM: 0 or -errno. */
int memmap_page(struct memmap *map, u64 gpa, bool private, phys_addr_t *pa);

/* True if [@gpa, @gpa + @size) is one piece that is aligned to @size. */
bool memmap_is_block(struct memmap *map, u64 gpa, u64 size, bool private);

#endif
