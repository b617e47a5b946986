/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A search through everything that a host can do with a few granules and two
 * realms: breadth first, by the RMM's own code, until there is no state left
 * that was not seen. From each state, each call is made by the RMM and by the
 * rules (step.h); of each new state, its invariants are checked, and that the
 * host can take everything back from there.
 *
 *	model [GRANULES [REALMS [RECS [OPS [RIPAS]]]]]
 *
 * RIPAS is 0 to leave out the calls that are about RIPAS alone.
 *
 * The exit status is 0 if nothing was wrong, and then no state is left.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "step.h"

#define NODES_MAX 3000000u
#define TABLE_SIZE (1u << 23)
#define NO_NODE (~0u)

/* A state, and how it was reached. */
struct node {
	struct model model;
	struct move move;
	unsigned int parent;
};

static struct node *nodes;
static unsigned int node_count;
static unsigned int *table; /* nodes by key */
static unsigned long long calls, accepted;

static void *get(size_t count, size_t size)
{
	void *memory = calloc(count, size);

	if (!memory) {
		fprintf(stderr, "model: no memory\n");
		exit(2);
	}
	return memory;
}

static uint64_t hash(const uint8_t *key, size_t length)
{
	uint64_t value = 0xcbf29ce484222325ull;

	for (size_t i = 0; i < length; i++)
		value = (value ^ key[i]) * 0x100000001b3ull;
	return value ^ value >> 29;
}

/* True if @model is new; then it is a node. */
static bool note(const struct model *model, const struct move *move,
		 unsigned int parent)
{
	uint8_t key[MODEL_KEY_MAX], other[MODEL_KEY_MAX];
	size_t length = model_key(model, key);
	unsigned int at = (unsigned int)hash(key, length) % TABLE_SIZE;

	for (; table[at] != NO_NODE; at = (at + 1) % TABLE_SIZE) {
		if (model_key(&nodes[table[at]].model, other) == length &&
		    !memcmp(key, other, length))
			return false;
	}
	if (node_count == NODES_MAX) {
		fprintf(stderr, "model: more than %u states\n", NODES_MAX);
		exit(2);
	}
	table[at] = node_count;
	nodes[node_count++] = (struct node){ *model, *move, parent };
	return true;
}

/* How a state was reached, first call first. */
static void print_path(unsigned int node)
{
	if (nodes[node].parent == NO_NODE)
		return;
	print_path(nodes[node].parent);
	move_print(&nodes[node].move);
}

static _Noreturn void fail(unsigned int node, const struct move *move,
			   const char *wrong)
{
	printf("model: %s, after\n", wrong);
	print_path(node);
	if (move)
		move_print(move);
	exit(1);
}

static unsigned int depth_of(unsigned int node)
{
	unsigned int depth = 0;

	for (; nodes[node].parent != NO_NODE; node = nodes[node].parent)
		depth++;
	return depth;
}

/* The world as it is at @node. */
static void replay(unsigned int node, const struct world_snapshot *cold)
{
	struct model model;
	const char *wrong;

	if (nodes[node].parent == NO_NODE) {
		world_restore(cold);
		return;
	}
	replay(nodes[node].parent, cold);
	model = nodes[nodes[node].parent].model;
	wrong = step_on(&model, &nodes[node].move);
	if (wrong)
		fail(node, NULL, wrong);
}

/* A state that was just reached: it must be sound, and have a way back. */
static void check_new(unsigned int node)
{
	struct model model = nodes[node].model;
	const char *wrong = step_invariants(&model);

	if (!wrong)
		wrong = step_drain(&model);
	if (wrong)
		fail(node, NULL, wrong);
}

/* Every call from @node. */
static void expand(unsigned int node, const struct bounds *bounds,
		   struct world_snapshot *here)
{
	static struct move moves[MOVES_MAX];
	unsigned int count = moves_from(&nodes[node].model, bounds, moves);

	world_save(here);
	for (unsigned int i = 0; i < count; i++) {
		struct model model = nodes[node].model;
		enum outcome outcome;
		const char *wrong = step(&model, &moves[i], here, &outcome);

		calls++;
		if (wrong)
			fail(node, &moves[i], wrong);
		if (outcome != REFUSED) {
			accepted++;
			if (note(&model, &moves[i], node))
				check_new(node_count - 1);
			world_restore(here);
		}
	}
}

static void search(const struct bounds *bounds)
{
	struct world_snapshot *cold = world_snapshot_new();
	struct world_snapshot *here = world_snapshot_new();
	struct model model;
	time_t told = time(NULL);
	unsigned int node;

	world_boot();
	step_begin();
	world_save(cold);
	model_init(&model);
	note(&model, &(struct move){ 0 }, NO_NODE);
	for (node = 0; node < node_count; node++) {
		time_t now = time(NULL);

		if (now - told >= 10) {
			told = now;
			fprintf(stderr, "model: %u states, %u to go\n",
				node_count, node_count - node);
		}
		replay(node, cold);
		expand(node, bounds, here);
	}
	free(cold);
	free(here);
}

static unsigned int argument(int argc, char **argv, int i, unsigned int usual)
{
	return argc > i ? (unsigned int)strtoul(argv[i], NULL, 10) : usual;
}

int main(int argc, char **argv)
{
	struct bounds bounds = {
		.granules = argument(argc, argv, 1, 8),
		.realms = argument(argc, argv, 2, 2),
		.recs = argument(argc, argv, 3, 1),
		.ops = argument(argc, argv, 4, 1),
		.ripas = argument(argc, argv, 5, 1),
	};

	if (bounds.granules > WORLD_POOL || bounds.realms > MODEL_REALMS ||
	    bounds.recs * bounds.realms > MODEL_RECS ||
	    bounds.ops > MODEL_OPS) {
		fprintf(stderr, "model: at most %d granules, %d realms, %d "
			"RECs in all, %d operations\n", WORLD_POOL,
			MODEL_REALMS, MODEL_RECS, MODEL_OPS);
		return 2;
	}
	nodes = get(NODES_MAX, sizeof(*nodes));
	table = get(TABLE_SIZE, sizeof(*table));
	memset(table, 0xff, TABLE_SIZE * sizeof(*table));

	search(&bounds);
	printf("%u granules, %u realms, %u RECs each, %u operations%s: "
	       "%u states, %u calls deep, %llu calls, %llu accepted\n",
	       bounds.granules, bounds.realms, bounds.recs, bounds.ops,
	       bounds.ripas ? "" : ", no RIPAS", node_count,
	       depth_of(node_count - 1), calls, accepted);
	return 0;
}
