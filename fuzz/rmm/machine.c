/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The machine: rmm/platform.h on an array. Each page of RAM is followed by a
 * strip that AddressSanitizer watches, so that a step past a granule's end is
 * seen. Only pages that were touched are cleared for the next input.
 */
#include "fuzz/rmm/machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rmm/rmm.h"

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

struct machine machine;

static struct ram_page {
	uint8_t bytes[PAGE];
	uint8_t strip[64];
} ram[RAM_PAGES];

static bool realm[RAM_PAGES]; /* the page's PAS */
static bool touched[RAM_PAGES];

static const struct {
	uint64_t base;
	uint64_t pages;
	unsigned int first; /* page number */
} ranges[] = {
	{ RAM0_BASE, RAM0_PAGES, 0 },
	{ RAM1_BASE, RAM1_PAGES, RAM0_PAGES },
};
#define RANGES (sizeof(ranges) / sizeof(ranges[0]))

_Noreturn void machine_fail(const char *what, uint64_t value)
{
	fprintf(stderr, "fuzz: %s (0x%llx)\n", what,
		(unsigned long long)value);
	abort();
}

/* Number of the page that holds @pa; false if it is no RAM. */
static bool find(uint64_t pa, unsigned int *page)
{
	for (unsigned int i = 0; i < RANGES; i++) {
		uint64_t offset = pa - ranges[i].base;

		if (pa >= ranges[i].base && offset / PAGE < ranges[i].pages) {
			*page = ranges[i].first +
				(unsigned int)(offset / PAGE);
			return true;
		}
	}
	return false;
}

uint64_t machine_page(unsigned int index)
{
	unsigned int i = index < RAM0_PAGES ? 0 : 1;

	return ranges[i].base + (index - ranges[i].first) * PAGE;
}

bool machine_is_realm(uint64_t pa)
{
	unsigned int page;

	return find(pa, &page) && realm[page];
}

static void *touch(unsigned int page, uint64_t pa)
{
	struct ram_page *at = &ram[page];

	if (!touched[page]) {
		touched[page] = true;
		ASAN_POISON_MEMORY_REGION(at->strip, sizeof(at->strip));
	}
	return at->bytes + (pa & (PAGE - 1));
}

void *machine_host_view(uint64_t pa)
{
	unsigned int page;

	if (!find(pa, &page) || realm[page])
		return NULL;
	return touch(page, pa);
}

void machine_calm(void)
{
	machine.irq = machine.gpt = machine.read = machine.write = 0;
	machine.flip = 0;
	machine.irq_pending = false;
}

void machine_reset(void)
{
	static uint64_t metadata[RAM_PAGES * 4];

	for (unsigned int i = 0; i < RAM_PAGES; i++) {
		if (!touched[i])
			continue;
		memset(ram[i].bytes, 0, PAGE);
		touched[i] = false;
	}
	memset(realm, 0, sizeof(realm));
	machine = (struct machine){ .may_write = MACHINE_NO_PAGE };
	memset(metadata, 0, sizeof(metadata));
	if (rmm_metadata_size(RAM_PAGES) > sizeof(metadata))
		machine_fail("metadata", rmm_metadata_size(RAM_PAGES));
	rmm_init(metadata);
}

/* ---- rmm/platform.h ---------------------------------------------------- */

/* True when a countdown has just come to its end. */
static bool expires(unsigned int *countdown)
{
	return *countdown && --*countdown == 0;
}

void plat_features(struct plat_features *features)
{
	*features = (struct plat_features){
		.ipa_bits = 48,
		.pa_bits = 48,
		.num_bps = 6,
		.num_wps = 4,
		.cpus = MACHINE_CPUS,
		.lrs = MACHINE_LRS,
	};
}

bool plat_ram_range(unsigned int index, uint64_t *base, uint64_t *size)
{
	if (index >= RANGES)
		return false;
	*base = ranges[index].base;
	*size = ranges[index].pages * PAGE;
	return true;
}

void *plat_realm_view(uint64_t pa)
{
	unsigned int page;

	if (!find(pa, &page) || !realm[page])
		machine_fail("RMM looks at what is not Realm memory", pa);
	return touch(page, pa);
}

/* The address of what may be copied, NULL if that faults. */
static uint8_t *ns_view(uint64_t pa, size_t size)
{
	if (size > PAGE - (pa & (PAGE - 1)))
		machine_fail("a copy leaves its granule", pa);
	return machine_host_view(pa);
}

bool ns_read(void *dst, uint64_t pa, size_t size)
{
	uint8_t *src = ns_view(pa, size);

	if (!src || expires(&machine.read))
		return false;
	memcpy(dst, src, size);
	/* Whoever reads a thing twice sees two things. */
	if (expires(&machine.flip)) {
		for (size_t i = 0; i < size; i++)
			src[i] ^= 0x5a;
	}
	return true;
}

bool ns_write(uint64_t pa, const void *src, size_t size)
{
	uint8_t *dst = ns_view(pa, size);

	if ((pa & ~(PAGE - 1)) != machine.may_write)
		machine_fail("a command writes where it may not", pa);
	if (!dst || expires(&machine.write))
		return false;
	memcpy(dst, src, size);
	return true;
}

static bool all_zero(const uint8_t *bytes)
{
	return bytes[0] == 0 && memcmp(bytes, bytes + 1, PAGE - 1) == 0;
}

static bool gpt_move(uint64_t base, uint64_t size, bool to_realm)
{
	unsigned int page;

	if (!size || (base | size) & (PAGE - 1))
		machine_fail("a change of the GPT is not whole granules", base);
	if (expires(&machine.gpt))
		return false;
	for (uint64_t pa = base; pa < base + size; pa += PAGE) {
		if (!find(pa, &page) || realm[page] == to_realm)
			return false;
	}
	for (uint64_t pa = base; pa < base + size; pa += PAGE) {
		find(pa, &page);
		if (!to_realm && !all_zero(ram[page].bytes))
			machine_fail("a granule comes back with contents", pa);
		realm[page] = to_realm;
	}
	return true;
}

bool plat_gpt_to_realm(uint64_t base, uint64_t size)
{
	return gpt_move(base, size, true);
}

bool plat_gpt_to_ns(uint64_t base, uint64_t size)
{
	return gpt_move(base, size, false);
}

unsigned int plat_l0gpt_shift(void)
{
	return 30;
}

void plat_tlbi_range(uint16_t vmid, uint64_t ipa, uint64_t size)
{
	if (!vmid || !size || (ipa | size) & (PAGE - 1))
		machine_fail("no range of a realm to invalidate", ipa);
}

void plat_tlbi_vmid(uint16_t vmid)
{
	if (!vmid)
		machine_fail("no realm to invalidate", vmid);
}

void plat_icache_invalidate(uint64_t pa, uint64_t size)
{
	if (!size || !machine_is_realm(pa))
		machine_fail("no instructions to invalidate", pa);
}

unsigned int plat_cpu(void)
{
	return machine.cpu;
}

bool plat_irq_pending(void)
{
	if (expires(&machine.irq))
		machine.irq_pending = true;
	return machine.irq_pending;
}

bool plat_random(void *buf, size_t size)
{
	memset(buf, 0xa5, size);
	return true;
}

uint64_t plat_ich_lr(unsigned int lr)
{
	if (lr >= MACHINE_LRS)
		machine_fail("no such list register", lr);
	return machine.ich[machine.cpu].lr[lr];
}

uint64_t plat_ich_hcr(void)
{
	return machine.ich[machine.cpu].hcr;
}

void plat_ich_set_hcr(uint64_t hcr)
{
	machine.ich[machine.cpu].hcr = hcr;
}

uint64_t plat_id_register(uint32_t encoding)
{
	return encoding * 0x9e3779b97f4a7c15ull;
}

/* Nobody else runs, so whoever waits does so for ever. */
void plat_relax(void)
{
	machine_fail("waits for a lock that nobody will give back", 0);
}

_Noreturn void plat_panic(const char *file, int line, const char *what)
{
	fprintf(stderr, "fuzz: panic at %s:%d: %s\n", file, line, what);
	abort();
}
