// SPDX-License-Identifier: BSD-3-Clause
/*
 * Mappings of the VMM. Each is one block of RAM, as the host sees it.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include <asm/page.h>
#include <linux/kernel.h>

#include "sim/kernel/pages.h"
#include "sim/kernel/user.h"
#include "sim/machine/machine.h"

struct mapping {
	struct mapping *next;
	u64 uaddr;
	phys_addr_t pa;
	u64 size;
};

static pthread_mutex_t mappings_lock = PTHREAD_MUTEX_INITIALIZER;
static struct mapping *mappings;
static user_notifier *notifier;

void user_notify(user_notifier *function)
{
	notifier = function;
}

/* In pages: what is large enough lies so that guests can have it by blocks. */
static u64 user_alignment(u64 size)
{
	return size >= 0x200000 ? 0x200000 / PAGE_SIZE : 1;
}

void *user_map(u64 size)
{
	struct mapping *mapping = malloc(sizeof(*mapping));

	size = ALIGN(size, PAGE_SIZE);
	if (!mapping || !size)
		goto fail;
	mapping->pa = pages_alloc(size / PAGE_SIZE, user_alignment(size));
	if (mapping->pa == PAGES_NONE)
		goto fail;
	mapping->size = size;
	mapping->uaddr = (uintptr_t)machine_host_view(mapping->pa);

	pthread_mutex_lock(&mappings_lock);
	mapping->next = mappings;
	mappings = mapping;
	pthread_mutex_unlock(&mappings_lock);
	return (void *)(uintptr_t)mapping->uaddr;
fail:
	free(mapping);
	return NULL;
}

bool user_unmap(void *addr)
{
	struct mapping **link, *mapping;

	pthread_mutex_lock(&mappings_lock);
	for (link = &mappings; *link; link = &(*link)->next) {
		if ((*link)->uaddr == (uintptr_t)addr)
			break;
	}
	mapping = *link;
	if (mapping)
		*link = mapping->next;
	pthread_mutex_unlock(&mappings_lock);
	if (!mapping)
		return false;

	/* No guest may see the pages when they are somebody else's. */
	if (notifier)
		notifier(mapping->uaddr, mapping->size);
	pages_put(mapping->pa, mapping->pa + mapping->size);
	free(mapping);
	return true;
}

bool user_page(u64 uaddr, phys_addr_t *pa)
{
	const struct mapping *mapping;

	pthread_mutex_lock(&mappings_lock);
	for (mapping = mappings; mapping; mapping = mapping->next) {
		if (uaddr - mapping->uaddr < mapping->size)
			break;
	}
	if (mapping)
		*pa = mapping->pa + (uaddr - mapping->uaddr);
	pthread_mutex_unlock(&mappings_lock);
	return mapping;
}
