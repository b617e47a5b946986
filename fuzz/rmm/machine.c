/* SPDX-License-Identifier: BSD-3-Clause */
/* The machine: rmm/platform.h on an array; see machine.h and ram.h. */
#include "fuzz/rmm/machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/rmi_smc.h"
#include "rmm/rmm.h"

struct machine machine;

static bool realm[RAM_SLOTS]; /* the granule's PAS */

_Noreturn void machine_fail(const char *what, uint64_t value)
{
	fprintf(stderr, "fuzz: %s (0x%llx)\n", what,
		(unsigned long long)value);
	abort();
}

uint64_t machine_page(unsigned int index)
{
	unsigned int range = index < ram.pages0 ? 0 : 1;
	uint64_t base, top;

	ram_whole(range, &base, &top);
	return base + (index - range * ram.pages0) * PAGE;
}

unsigned int machine_entry_shift(int level)
{
	return ram.shift + (ram.shift - 3) * (unsigned int)(3 - level);
}

bool machine_is_realm(uint64_t pa)
{
	unsigned int slot;

	return ram_find(pa, &slot) && realm[slot];
}

static void *touch(unsigned int slot, uint64_t pa)
{
	return ram_touch(slot) + (pa & (PAGE - 1));
}

void *machine_host_view(uint64_t pa)
{
	unsigned int slot;

	if (!ram_find(pa, &slot) || realm[slot])
		return NULL;
	return touch(slot, pa);
}

void machine_calm(void)
{
	machine.irq = machine.gpt = machine.read = machine.write = 0;
	machine.flip = 0;
	machine.irq_pending = false;
}

/* As many granules as there are when they are small. */
static uint64_t ram_pages(void)
{
	uint64_t base, top, pages = 0;

	for (unsigned int i = 0; i < RAM_RANGES; i++) {
		ram_range(i, &base, &top);
		pages += (top - base) / RAM_PAGE;
	}
	return pages;
}

void machine_reset(unsigned int kind)
{
	static uint64_t metadata[RAM_PAGES_MAX * 4];
	size_t size;

	ram_reset(kind);
	memset(realm, 0, sizeof(realm));
	machine = (struct machine){ .may_write = MACHINE_NO_PAGE };
	size = rmm_metadata_size(ram_pages());
	if (size > sizeof(metadata))
		machine_fail("metadata", size);
	memset(metadata, 0, size);
	rmm_init(metadata);
}

void machine_resize(unsigned int shift)
{
	for (unsigned int i = 0; i < RAM_SLOTS; i++) {
		if (realm[i])
			machine_fail("a new size, and Realm memory", i);
	}
	ram_configure(shift);
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
		.granule_sizes = 1 << RMI_GRANULE_SIZE_4KB |
				 1 << RMI_GRANULE_SIZE_16KB |
				 1 << RMI_GRANULE_SIZE_64KB,
	};
}

bool plat_ram_range(unsigned int index, uint64_t *base, uint64_t *size)
{
	uint64_t top;

	if (index >= RAM_RANGES)
		return false;
	ram_range(index, base, &top);
	*size = top - *base;
	return true;
}

void *plat_realm_view(uint64_t pa)
{
	unsigned int slot;

	if (!ram_find(pa, &slot) || !realm[slot])
		machine_fail("RMM looks at what is not Realm memory", pa);
	return touch(slot, pa);
}

/* The address of what may be copied, NULL if that faults: also at its end. */
static uint8_t *ns_view(uint64_t pa, size_t size)
{
	unsigned int slot;

	if (size > PAGE - (pa & (PAGE - 1)))
		machine_fail("a copy leaves its granule", pa);
	if (!ram_find(pa + size - 1, &slot))
		return NULL;
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

static bool gpt_move(uint64_t base, uint64_t size, bool to_realm)
{
	unsigned int slot;

	if (!size || (base | size) & (PAGE - 1))
		machine_fail("a change of the GPT is not whole granules", base);
	if (expires(&machine.gpt))
		return false;
	for (uint64_t pa = base; pa < base + size; pa += PAGE) {
		if (!ram_find(pa, &slot) || realm[slot] == to_realm)
			return false;
	}
	for (uint64_t pa = base; pa < base + size; pa += PAGE) {
		ram_find(pa, &slot);
		if (!to_realm && !ram_zero(slot))
			machine_fail("a granule comes back with contents", pa);
		realm[slot] = to_realm;
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
