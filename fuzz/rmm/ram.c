/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RAM as an array for each size of granules, so that the strips stay where they
 * are. Only granules that were touched are cleared for the next input, and not
 * those that the RMM gave back as zero.
 */
#include "fuzz/rmm/ram.h"

#include <string.h>

#include "fuzz/rmm/machine.h"

#ifdef __SANITIZE_ADDRESS__
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#endif
#ifdef WATCHED
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
#endif

#define STRIP 64u

/* A granule and its strip, as many as there are: also those at ragged ends. */
#define SLOTS(shift) ((RAM_PAGES_MAX >> ((shift) - 12)) + 4)
#define STORE(shift) (SLOTS(shift) * ((1u << (shift)) + STRIP))

static uint8_t store_4k[STORE(12)], store_16k[STORE(14)], store_64k[STORE(16)];

static struct store {
	uint8_t *bytes;
	unsigned int shift;
	unsigned int slots;
	bool watched;
} stores[] = {
	{ store_4k, 12, SLOTS(12), false },
	{ store_16k, 14, SLOTS(14), false },
	{ store_64k, 16, SLOTS(16), false },
};

/* In pages of 4 KiB. Of the larger machines no end is one of a granule. */
static const struct {
	uint64_t base;
	uint64_t pages;
} machines[RAM_KINDS][RAM_RANGES] = {
	{ { RAM0_BASE, 704 }, { 0x100003000, 96 } },
	{ { RAM0_BASE - RAM_PAGE, 1 + 320 * 4 + 3 },
	  { 0x100003000, 1 + 40 * 4 + 2 } },
	{ { RAM0_BASE - RAM_PAGE, 1 + 160 * 16 + 15 },
	  { 0x100003000, 13 + 24 * 16 + 7 } },
};

struct ram ram;

static struct store *store; /* the one in use */
static unsigned int kind_now;
static bool touched[RAM_SLOTS];
static unsigned int slots; /* in use */

static struct range {
	uint64_t base;
	uint64_t size;
	uint64_t start; /* of the granule that holds base */
	unsigned int first; /* its slot */
} ranges[RAM_RANGES];

static uint8_t *bytes_of(unsigned int slot)
{
	return store->bytes + slot * (PAGE + STRIP);
}

static void clear(void)
{
	for (unsigned int i = 0; i < slots; i++) {
		if (!touched[i])
			continue;
		memset(bytes_of(i), 0, PAGE);
		touched[i] = false;
	}
}

static void watch(void)
{
	if (store->watched)
		return;
	for (unsigned int i = 0; i < store->slots; i++)
		ASAN_POISON_MEMORY_REGION(bytes_of(i) + PAGE, STRIP);
	store->watched = true;
}

static uint64_t whole_pages(unsigned int range)
{
	uint64_t base, top;

	ram_whole(range, &base, &top);
	return (top - base) >> ram.shift;
}

/* The granules of this machine, at the size of the store. */
static void number(void)
{
	ram.shift = store->shift;
	slots = 0;
	for (unsigned int i = 0; i < RAM_RANGES; i++) {
		uint64_t base = machines[kind_now][i].base;
		uint64_t size = machines[kind_now][i].pages * RAM_PAGE;
		uint64_t start = base & ~(PAGE - 1);

		ranges[i] = (struct range){ base, size, start, slots };
		slots += (base + size - start + PAGE - 1) >> ram.shift;
	}
	if (slots > store->slots)
		machine_fail("more RAM than the store has", slots);
	ram.pages0 = (unsigned int)whole_pages(0);
	ram.pages = ram.pages0 + (unsigned int)whole_pages(1);
}

void ram_configure(unsigned int shift)
{
	clear();
	switch (shift) {
	case 12:
	case 14:
	case 16:
		store = &stores[(shift - 12) / 2];
		break;
	default:
		machine_fail("no size of granules", shift);
	}
	number();
	watch();
}

void ram_reset(unsigned int kind)
{
	kind_now = kind;
	ram_configure(12);
}

void ram_range(unsigned int range, uint64_t *base, uint64_t *top)
{
	*base = ranges[range].base;
	*top = *base + ranges[range].size;
}

void ram_whole(unsigned int range, uint64_t *base, uint64_t *top)
{
	ram_range(range, base, top);
	*base = (*base + PAGE - 1) & ~(PAGE - 1);
	*top &= ~(PAGE - 1);
}

bool ram_find(uint64_t pa, unsigned int *slot)
{
	for (unsigned int i = 0; i < RAM_RANGES; i++) {
		const struct range *range = &ranges[i];

		if (pa - range->base < range->size) {
			pa -= range->start;
			*slot = range->first + (unsigned int)(pa >> ram.shift);
			return true;
		}
	}
	return false;
}

uint8_t *ram_touch(unsigned int slot)
{
	touched[slot] = true;
	return bytes_of(slot);
}

bool ram_zero(unsigned int slot)
{
	const uint8_t *bytes = bytes_of(slot);

	if (bytes[0] || memcmp(bytes, bytes + 1, PAGE - 1) != 0)
		return false;
	touched[slot] = false;
	return true;
}
