/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granule metadata: one word that holds state and lock, so that a CPU which
 * finds another state than it wants goes away without waiting.
 */
#include <string.h>

#include "rmm/audit.h"
#include "rmm/granule.h"
#include "rmm/interrupt.h"
#include "rmm/lock_order.h"
#include "rmm/platform.h"
#include "rmm/word.h"

#define WORD_STATE 0xffu
#define WORD_LOCKED 0x100u
#define WORD_CLASS_SHIFT 9 /* enum lock_class, while locked */
#define WORD_CLASS (3u << WORD_CLASS_SHIFT)
#define WORD_MARK 0x800u

#define RAM_RANGES_MAX 16

/* RAM as the platform named it; granules of all ranges are numbered through. */
static struct {
	uint64_t base;
	uint64_t size;
	uint64_t first; /* number of the first granule */
} ranges[RAM_RANGES_MAX];

static unsigned int range_count;
static uint64_t granule_count;
static struct granule *granules;

size_t granules_size(uint64_t count)
{
	return count * sizeof(struct granule);
}

void granules_init(void *metadata)
{
	granules = metadata;
	granules_configure();
	lock_order_init();
}

bool granules_ram(unsigned int index, uint64_t *base, uint64_t *size)
{
	uint64_t end;

	if (!plat_ram_range(index, base, size))
		return false;
	end = (*base + *size) & ~(granule_size() - 1);
	*base = (*base + granule_size() - 1) & ~(granule_size() - 1);
	*size = *base < end ? end - *base : 0;
	return true;
}

void granules_configure(void)
{
	uint64_t base, size;

	granule_count = 0;
	for (range_count = 0; granules_ram(range_count, &base, &size);
	     range_count++) {
		rmm_assert(range_count < RAM_RANGES_MAX);
		rmm_assert(base + size <= GRANULE_PA_END);
		ranges[range_count].base = base;
		ranges[range_count].size = size;
		ranges[range_count].first = granule_count;
		granule_count += size >> granule_shift();
	}
}

uint64_t granules_total(void)
{
	return granule_count;
}

struct granule *granule_at(uint64_t index)
{
	return &granules[index];
}

struct granule *granule_find(uint64_t pa)
{
	if (!granule_aligned(pa))
		return NULL;
	for (unsigned int i = 0; i < range_count; i++) {
		uint64_t offset = pa - ranges[i].base;

		if (pa >= ranges[i].base && offset < ranges[i].size)
			return &granules[ranges[i].first +
					 (offset >> granule_shift())];
	}
	return NULL;
}

uint64_t granule_pa(const struct granule *granule)
{
	uint64_t index = (uint64_t)(granule - granules);
	unsigned int i = range_count - 1;

	rmm_assert(index < granule_count);
	while (ranges[i].first > index)
		i--;
	return ranges[i].base + ((index - ranges[i].first) << granule_shift());
}

void *granule_view(const struct granule *granule)
{
	return plat_realm_view(granule_pa(granule));
}

void granule_wipe(uint64_t pa)
{
	memset(plat_realm_view(pa), 0, granule_size());
}

static enum lock_class class_of(enum granule_state state)
{
	switch (state) {
	case GRANULE_RD:
		return LOCK_RD;
	case GRANULE_REC:
		return LOCK_REC;
	default:
		return LOCK_OTHER;
	}
}

struct granule *granule_lock(uint64_t pa, enum granule_state state)
{
	struct granule *granule = granule_find(pa);
	enum lock_class class = class_of(state);
	uint32_t locked = state | WORD_LOCKED | class << WORD_CLASS_SHIFT;

	if (!granule)
		return NULL;
	while (!word_change(&granule->word, state, locked)) {
		if (granule_state(granule) != state)
			return NULL;
		lock_order_wait(class, pa);
		plat_relax();
	}
	lock_order_take(class, pa);
	return granule;
}

void granule_unlock(struct granule *granule)
{
	uint32_t word = word_get(&granule->word);

	rmm_assert(word & WORD_LOCKED);
	audit_granule(granule);
	lock_order_drop((word & WORD_CLASS) >> WORD_CLASS_SHIFT);
	word_set(&granule->word, word & WORD_STATE);
}

bool granule_locked(const struct granule *granule)
{
	return word_get(&granule->word) & WORD_LOCKED;
}

enum granule_state granule_state(const struct granule *granule)
{
	return word_get(&granule->word) & WORD_STATE;
}

void granule_set_state(struct granule *granule, enum granule_state state)
{
	uint32_t word = word_get(&granule->word) & ~WORD_STATE;

	word_set(&granule->word, word | state);
}

bool granule_move(uint64_t pa, enum granule_state from, enum granule_state to)
{
	struct granule *granule = granule_lock(pa, from);

	if (!granule)
		return false;
	granule_set_state(granule, to);
	granule_unlock(granule);
	return true;
}

unsigned int granule_lock_run(uint64_t base, uint64_t top,
			      enum granule_state state)
{
	unsigned int count = 0;

	while (count < interrupt_granules() && base < top &&
	       granule_lock(base, state)) {
		base += granule_size();
		count++;
		if (interrupt_at_granule())
			break;
	}
	return count;
}

void granule_unlock_run(uint64_t base, unsigned int count, unsigned int moved,
			enum granule_state to)
{
	for (unsigned int i = 0; i < count; i++, base += granule_size()) {
		struct granule *granule = granule_find(base);

		if (i < moved)
			granule_set_state(granule, to);
		granule_unlock(granule);
	}
}

bool granule_mark(struct granule *granule)
{
	uint32_t word = word_get(&granule->word);

	word_set(&granule->word, word | WORD_MARK);
	return word & WORD_MARK;
}

void granule_unmark(struct granule *granule)
{
	word_set(&granule->word, word_get(&granule->word) & ~WORD_MARK);
}
