/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writes stage 1 tables. They are complete before the MMU is switched on, so
 * no entry is ever replaced and nothing has to be invalidated.
 */
#include "platform/qemu/stage1.h"

#define LEVEL_TOP 1
#define LEVEL_LAST 3

#define DESC_VALID 1ull
#define DESC_TABLE 3ull
#define DESC_PAGE 3ull
#define DESC_BLOCK 1ull
#define DESC_ADDRESS 0x0000fffffffff000ull

static uint64_t entry_size(int level)
{
	return 1ull << (12 + 9 * (LEVEL_LAST - level));
}

static uint64_t *table_new(struct stage1 *s1)
{
	uint64_t *table;

	if (s1->used == STAGE1_TABLES)
		stage1_panic("stage 1: no table left");
	table = s1->table[s1->used++];
	for (unsigned int i = 0; i < STAGE1_ENTRIES; i++)
		table[i] = 0;
	return table;
}

void stage1_init(struct stage1 *s1)
{
	s1->used = 0;
	table_new(s1);
}

static uint64_t *entry_of(uint64_t *table, uint64_t va, int level)
{
	return &table[(va / entry_size(level)) % STAGE1_ENTRIES];
}

static uint64_t *next_table(struct stage1 *s1, uint64_t *entry)
{
	if (!(*entry & DESC_VALID))
		*entry = (uint64_t)table_new(s1) | DESC_TABLE;
	return (uint64_t *)(*entry & DESC_ADDRESS);
}

/* Maps one entry's worth at the highest level that fits; how much that was. */
static uint64_t map_one(struct stage1 *s1, uint64_t va, uint64_t pa,
			uint64_t size, uint64_t attributes)
{
	uint64_t *table = s1->table[0];
	int level = LEVEL_TOP;

	while (((va | pa) & (entry_size(level) - 1)) ||
	       size < entry_size(level)) {
		table = next_table(s1, entry_of(table, va, level));
		level++;
	}
	*entry_of(table, va, level) =
		pa | attributes |
		(level == LEVEL_LAST ? DESC_PAGE : DESC_BLOCK);
	return entry_size(level);
}

void stage1_map(struct stage1 *s1, uint64_t va, uint64_t pa, uint64_t size,
		uint64_t attributes)
{
	while (size) {
		uint64_t done = map_one(s1, va, pa, size, attributes);

		va += done;
		pa += done;
		size -= done;
	}
}
