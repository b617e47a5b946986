/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * States, each once by its key, in the order in which they were reached. In
 * memory that processes share.
 */
#ifndef TESTS_MODEL_SET_H
#define TESTS_MODEL_SET_H

#include "moves.h"

#define SET_NONE (~0u)

/* A state, and how it was reached. */
struct node {
	struct model model;
	struct move move;
	unsigned int parent; /* by number; SET_NONE: none */
	uint64_t hash; /* of its key */
};

struct set {
	struct node *nodes;
	unsigned int count;
	unsigned int max;
	unsigned int slots; /* a power of two */
	unsigned int *table; /* nodes by hash: their numbers + 1 */
};

/* An empty set with room for @max states. */
void set_init(struct set *set, unsigned int max);
void set_empty(struct set *set);

/* Fills in node->hash. */
void set_hash(struct node *node);

/* @node's hash is filled in. set_add() ends the program if there is no room. */
bool set_has(const struct set *set, const struct node *node);
void set_add(struct set *set, const struct node *node);

#endif
