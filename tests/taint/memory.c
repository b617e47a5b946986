/* SPDX-License-Identifier: BSD-3-Clause */
/* Secrets in RAM, by the states of granules; see memory.h. */
#include "tests/taint/memory.h"

#include <stdbool.h>
#include <string.h>

#include "rmm/granule.h"
#include "rmm/rec.h"
#include "tests/rmm/fake_platform.h"
#include "tests/taint/host.h"
#include "tests/taint/secret.h"
#include "tests/taint/watch.h"

#define PAGE_SIZE 0x1000ull
#define PUBLIC_REALMS 4

static struct page {
	bool hidden; /* the host could not read it when it last looked */
	bool public;
	unsigned int was; /* 1 << state, of each since it was delegated */
	uint8_t bytes[PAGE_SIZE]; /* as the host saw it last */
} page[MEMORY_PAGES];

static uint64_t public_realm[PUBLIC_REALMS];
static unsigned int public_realms;
static unsigned int came_back;

void memory_reset(void)
{
	fake_prepare();
	fake.ram[0] = (struct fake_ram){ MEMORY_BASE, MEMORY_SIZE };
	fake.ram[1] = (struct fake_ram){ MEMORY_BASE + MEMORY_SIZE, 0 };
	fake_boot();
	memset(page, 0, sizeof(page));
	public_realms = 0;
	came_back = 0;
}

static uint64_t pa_of(unsigned int i)
{
	return MEMORY_BASE + i * PAGE_SIZE;
}

static struct page *page_of(uint64_t pa)
{
	return &page[(pa - MEMORY_BASE) / PAGE_SIZE];
}

void memory_is_public(uint64_t pa)
{
	page_of(pa)->public = true;
}

void memory_realm_is_public(uint64_t rd)
{
	assert_true(public_realms < PUBLIC_REALMS);
	public_realm[public_realms++] = rd;
}

static bool is_public(uint64_t rd)
{
	for (unsigned int i = 0; i < public_realms; i++) {
		if (public_realm[i] == rd)
			return true;
	}
	return false;
}

/* ---- Filling ----------------------------------------------------------- */

static void fill_from(uint64_t pa, size_t used)
{
	secret_fill((uint8_t *)fake_view(pa) + used, PAGE_SIZE - used, pa);
}

static void taint_rd(uint64_t pa)
{
	struct rd *rd = fake_view(pa);

	fill_from(pa, sizeof(*rd));
	if (is_public(pa))
		return;
	secret_fill(rd->instance_id, sizeof(rd->instance_id), pa + 1);
	secret_fill(rd->measurement, sizeof(rd->measurement), pa + 2);
}

static void taint_rec(uint64_t pa)
{
	const struct rec *rec = fake_view(pa);

	fill_from(pa, sizeof(*rec));
	for (unsigned int i = 0; i < REC_AUX_GRANULES; i++)
		page_of(rec->aux[i])->public = true;
	fill_from(rec->aux[0], sizeof(struct pe_simd));
}

static void taint_page(unsigned int i)
{
	uint64_t pa = pa_of(i);
	enum granule_state state = granule_state(granule_at(i));

	if (state != GRANULE_UNDELEGATED)
		page[i].was |= 1u << state;
	switch (state) {
	case GRANULE_DATA:
	case GRANULE_INTERNAL:
		if (!page[i].public)
			fill_from(pa, 0);
		break;
	case GRANULE_DELEGATED:
	case GRANULE_PENDING:
		page[i].public = false;
		fill_from(pa, 0);
		break;
	default:
		break;
	}
}

void memory_taint(void)
{
	unsigned int i;

	/* Donated memory is a REC's, or nobody's yet. */
	for (i = 0; i < MEMORY_PAGES; i++) {
		if (granule_state(granule_at(i)) == GRANULE_INTERNAL)
			page[i].public = false;
	}
	for (i = 0; i < MEMORY_PAGES; i++) {
		enum granule_state state = granule_state(granule_at(i));

		if (state == GRANULE_RD)
			taint_rd(pa_of(i));
		else if (state == GRANULE_REC)
			taint_rec(pa_of(i));
	}
	for (i = 0; i < MEMORY_PAGES; i++)
		taint_page(i);
}

/* ---- Looking ----------------------------------------------------------- */

static void check_zero(unsigned int i, const uint8_t *bytes)
{
	for (size_t at = 0; at < PAGE_SIZE; at++) {
		if (bytes[at]) {
			watch_wrong("memory comes back with contents at",
				    pa_of(i) + at);
			return;
		}
	}
}

static void look(unsigned int i)
{
	const uint8_t *bytes = fake_view(pa_of(i));
	struct page *seen = &page[i];

	if (fake_pas(pa_of(i)) != FAKE_NS) {
		seen->hidden = true;
		return;
	}
	if (seen->hidden) {
		check_zero(i, bytes);
		came_back |= seen->was;
		seen->was = 0;
	}
	if (seen->hidden || memcmp(seen->bytes, bytes, PAGE_SIZE)) {
		watch_see("the host reads a secret at", pa_of(i), bytes,
			  PAGE_SIZE);
		memcpy(seen->bytes, bytes, PAGE_SIZE);
	}
	seen->hidden = false;
}

void memory_watch(void)
{
	for (unsigned int i = 0; i < MEMORY_PAGES; i++)
		look(i);
}

unsigned int memory_came_back(void)
{
	return came_back;
}
