/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The page allocator: all RAM of the machine. Pages count their users and are
 * free again when the last one has put them.
 */
#ifndef SIM_KERNEL_PAGES_H
#define SIM_KERNEL_PAGES_H

#include <linux/types.h>

#define PAGES_NONE (~(phys_addr_t)0)

/* Takes the machine's RAM; false if it has none. */
bool pages_init(void);
void pages_exit(void);

/*
 * @count pages, one behind the other, the first aligned to @align pages, all
 * zero. PAGES_NONE if there are none.
 */
phys_addr_t pages_alloc(u64 count, u64 align);

/* The same with whatever was in them, for those who fill them anyway. */
phys_addr_t pages_alloc_unwiped(u64 count, u64 align);
void pages_get(phys_addr_t base, phys_addr_t top);
void pages_put(phys_addr_t base, phys_addr_t top);

u64 pages_total(void);
u64 pages_in_use(void);

/* How many users a page has. */
u64 pages_users(phys_addr_t pa);

/*
 * For tests: the @nth allocation from now fails (1 is the next), 0 for none.
 * Returns how many were left of the last such count.
 */
u64 pages_fail(u64 nth);

#endif
