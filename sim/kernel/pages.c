// SPDX-License-Identifier: BSD-3-Clause
/*
 * The page allocator. It goes through RAM in a circle, so that pages which are
 * asked for one after the other lie one behind the other, and a page that was
 * just given back is not soon reused.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <asm/page.h>
#include <linux/bug.h>
#include <linux/kernel.h>

#include "sim/kernel/pages.h"
#include "sim/machine/machine.h"

struct page {
	u16 users;
	bool dirty; /* was in use before: memory starts as zero */
};

struct zone {
	phys_addr_t base;
	u64 count;
	u64 next; /* where the search goes on */
	struct page *page;
};

static pthread_mutex_t pages_lock = PTHREAD_MUTEX_INITIALIZER;
static struct zone zones[MACHINE_RAM_MAX];
static unsigned int zone_count;
static u64 used;
static u64 fail_in;

bool pages_init(void)
{
	const struct machine_conf *conf = machine_conf();
	struct zone *zone;
	unsigned int i;

	used = 0;
	for (i = 0; i < conf->ram_count; i++) {
		zone = &zones[i];
		zone->base = conf->ram[i].base;
		zone->count = conf->ram[i].size / PAGE_SIZE;
		zone->next = 0;
		zone->page = calloc(zone->count, sizeof(*zone->page));
		if (!zone->page)
			break;
	}
	zone_count = i;
	return zone_count > 0;
}

void pages_exit(void)
{
	while (zone_count)
		free(zones[--zone_count].page);
}

static bool zone_run_is_free(const struct zone *zone, u64 first, u64 count,
			     u64 *busy)
{
	u64 i;

	for (i = count; i--;) {
		if (zone->page[first + i].users) {
			*busy = first + i;
			return false;
		}
	}
	return true;
}

/* The first free run in [from, to) pages of @zone; zone->count for none. */
static u64 zone_find(const struct zone *zone, u64 from, u64 to, u64 count,
		     u64 align)
{
	u64 offset = zone->base / PAGE_SIZE;
	u64 first, busy;

	for (first = from; first + count <= to; first = busy + 1) {
		first = ALIGN(first + offset, align) - offset;
		if (first + count > to)
			break;
		if (zone_run_is_free(zone, first, count, &busy))
			return first;
	}
	return zone->count;
}

static phys_addr_t zone_take(struct zone *zone, u64 first, u64 count, bool wipe)
{
	phys_addr_t base = zone->base + first * PAGE_SIZE;
	u64 i;

	for (i = first; i < first + count; i++) {
		if (wipe && zone->page[i].dirty)
			memset(machine_host_view(zone->base + i * PAGE_SIZE),
			       0, PAGE_SIZE);
		zone->page[i].users = 1;
		zone->page[i].dirty = true;
	}
	zone->next = first + count;
	used += count;
	return base;
}

static phys_addr_t take(u64 count, u64 align, bool wipe)
{
	phys_addr_t base = PAGES_NONE;
	struct zone *zone;
	unsigned int i;
	u64 first;

	pthread_mutex_lock(&pages_lock);
	if (fail_in && !--fail_in)
		goto out;
	for (i = 0; i < zone_count && base == PAGES_NONE; i++) {
		zone = &zones[i];
		first = zone_find(zone, zone->next, zone->count, count, align);
		if (first == zone->count)
			first = zone_find(zone, 0, zone->count, count, align);
		if (first != zone->count)
			base = zone_take(zone, first, count, wipe);
	}
out:
	pthread_mutex_unlock(&pages_lock);
	return base;
}

phys_addr_t pages_alloc(u64 count, u64 align)
{
	return take(count, align, true);
}

phys_addr_t pages_alloc_unwiped(u64 count, u64 align)
{
	return take(count, align, false);
}

static struct page *page_of(phys_addr_t pa)
{
	unsigned int i;

	for (i = 0; i < zone_count; i++) {
		if (pa - zones[i].base < zones[i].count * PAGE_SIZE)
			return &zones[i].page[(pa - zones[i].base) / PAGE_SIZE];
	}
	return NULL;
}

void pages_get(phys_addr_t base, phys_addr_t top)
{
	struct page *page;

	pthread_mutex_lock(&pages_lock);
	for (; base < top; base += PAGE_SIZE) {
		page = page_of(base);
		if (page)
			page->users++;
	}
	pthread_mutex_unlock(&pages_lock);
}

static void page_put(phys_addr_t pa)
{
	struct page *page = page_of(pa);

	if (WARN_ON(!page || !page->users))
		return;
	if (!--page->users)
		used--;
}

void pages_put(phys_addr_t base, phys_addr_t top)
{
	pthread_mutex_lock(&pages_lock);
	for (; base < top; base += PAGE_SIZE)
		page_put(base);
	pthread_mutex_unlock(&pages_lock);
}

u64 pages_total(void)
{
	u64 total = 0;
	unsigned int i;

	for (i = 0; i < zone_count; i++)
		total += zones[i].count;
	return total;
}

u64 pages_in_use(void)
{
	u64 count;

	pthread_mutex_lock(&pages_lock);
	count = used;
	pthread_mutex_unlock(&pages_lock);
	return count;
}

u64 pages_users(phys_addr_t pa)
{
	struct page *page;
	u64 users;

	pthread_mutex_lock(&pages_lock);
	page = page_of(pa);
	users = page ? page->users : 0;
	pthread_mutex_unlock(&pages_lock);
	return users;
}

u64 pages_fail(u64 nth)
{
	u64 left;

	pthread_mutex_lock(&pages_lock);
	left = fail_in;
	fail_in = nth;
	pthread_mutex_unlock(&pages_lock);
	return left;
}
