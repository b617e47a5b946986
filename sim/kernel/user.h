/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory of the VMM that a guest may be given: simulated Non-secure RAM.
 */
#ifndef SIM_KERNEL_USER_H
#define SIM_KERNEL_USER_H

#include <linux/types.h>

/* @size bytes in one piece, or NULL. */
void *user_map(u64 size);

/* False if @addr is no result of user_map(). */
bool user_unmap(void *addr);

/* The physical address of the page at @uaddr; false if it is not mapped. */
bool user_page(u64 uaddr, phys_addr_t *pa);

/* Who is told of a mapping that goes away, before its pages are free. */
typedef void user_notifier(u64 uaddr, u64 size);
void user_notify(user_notifier *function);

#endif
