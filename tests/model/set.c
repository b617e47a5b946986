/* SPDX-License-Identifier: BSD-3-Clause */
/* A hash table with open addressing; see set.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "set.h"

void set_init(struct set *set, unsigned int max)
{
	*set = (struct set){ .max = max, .slots = 1 };
	while (set->slots < 2 * max)
		set->slots *= 2;
	set->nodes = world_shared(max * sizeof(*set->nodes));
	set->table = world_shared(set->slots * sizeof(*set->table));
}

/* Slot by slot, which costs nothing that was not used. */
void set_empty(struct set *set)
{
	for (unsigned int i = 0; i < set->count; i++) {
		size_t at = set->nodes[i].hash & (set->slots - 1);

		for (; set->table[at]; at = (at + 1) & (set->slots - 1))
			set->table[at] = 0;
	}
	set->count = 0;
}

void set_hash(struct node *node)
{
	uint8_t key[MODEL_KEY_MAX];
	size_t length = model_key(&node->model, key);
	uint64_t hash = 0xcbf29ce484222325ull;

	for (size_t i = 0; i < length; i++)
		hash = (hash ^ key[i]) * 0x100000001b3ull;
	node->hash = hash ^ hash >> 29;
}

static bool same(const struct node *a, const struct node *b)
{
	uint8_t key[MODEL_KEY_MAX], other[MODEL_KEY_MAX];
	size_t length;

	if (a->hash != b->hash)
		return false;
	length = model_key(&a->model, key);
	return model_key(&b->model, other) == length &&
	       !memcmp(key, other, length);
}

/* Where @node is in the table, or where it belongs. */
static size_t find(const struct set *set, const struct node *node)
{
	size_t at = node->hash & (set->slots - 1);

	while (set->table[at] &&
	       !same(&set->nodes[set->table[at] - 1], node))
		at = (at + 1) & (set->slots - 1);
	return at;
}

bool set_has(const struct set *set, const struct node *node)
{
	return set->table[find(set, node)];
}

void set_add(struct set *set, const struct node *node)
{
	size_t at = find(set, node);

	if (set->table[at])
		return;
	if (set->count == set->max) {
		fprintf(stderr, "model: more than %u states\n", set->max);
		exit(2);
	}
	set->nodes[set->count++] = *node;
	set->table[at] = set->count;
}
