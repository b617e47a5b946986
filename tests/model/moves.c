/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All that a host tries next. Granules that are alike are tried once: the first
 * of those that nobody uses, and each that has a use. A wrong argument is tried
 * beside right ones, one at a time.
 */
#include "moves.h"

struct list {
	struct move *moves;
	unsigned int count;
};

static void add(struct list *list, unsigned int call, unsigned int a,
		unsigned int b, unsigned int c, unsigned int d)
{
	list->moves[list->count++] = (struct move){
		(uint8_t)call,
		{ (uint8_t)a, (uint8_t)b, (uint8_t)c, (uint8_t)d },
	};
}

/* One granule of each kind that a call can tell apart. */
struct kinds {
	uint8_t granule[WORLD_GRANULES];
	unsigned int count;
	unsigned int undelegated; /* the first, or WORLD_NONE */
	unsigned int delegated[2]; /* the first two */
	unsigned int host; /* a page that is never delegated */
};

static struct kinds find_kinds(const struct model *model)
{
	struct kinds kinds = {
		.undelegated = WORLD_NONE,
		.delegated = { WORLD_NONE, WORLD_NONE },
		.host = WORLD_HOST_DATA,
	};

	for (unsigned int g = 0; g < model->pool; g++) {
		bool first = true;

		if (model_named(model, g)) {
			kinds.granule[kinds.count++] = (uint8_t)g;
			continue;
		}
		if (model->granule[g] == GRANULE_UNDELEGATED) {
			first = kinds.undelegated == WORLD_NONE;
			if (first)
				kinds.undelegated = g;
		} else if (model->granule[g] == GRANULE_DELEGATED) {
			first = kinds.delegated[0] == WORLD_NONE;
			if (first)
				kinds.delegated[0] = g;
			else if (kinds.delegated[1] == WORLD_NONE)
				kinds.delegated[1] = g;
		}
		if (first)
			kinds.granule[kinds.count++] = (uint8_t)g;
	}
	kinds.granule[kinds.count++] = (uint8_t)kinds.host;
	return kinds;
}

/* Memory between the host and the RMM. */
static void add_granules(struct list *list, const struct model *model,
			 const struct kinds *kinds)
{
	for (unsigned int i = 0; i < kinds->count; i++) {
		unsigned int g = kinds->granule[i];

		if (g < WORLD_POOL)
			add(list, MOVE_DELEGATE, g, g + 1, 0, 0);
		add(list, MOVE_UNDELEGATE, g, g + 1, 0, 0);
	}
	add(list, MOVE_DELEGATE, 0, model->pool, 0, 0);
	add(list, MOVE_UNDELEGATE, 0, model->pool, 0, 0);
}

static void add_realm_create(struct list *list, const struct kinds *kinds)
{
	for (unsigned int i = 0; i < kinds->count; i++) {
		unsigned int g = kinds->granule[i];
		unsigned int other = kinds->delegated[g == kinds->delegated[0]];

		add(list, MOVE_REALM_CREATE, g, g, 0, 0);
		if (other == WORLD_NONE)
			continue;
		add(list, MOVE_REALM_CREATE, g, other, 0, 0);
		add(list, MOVE_REALM_CREATE, other, g, 0, 0);
	}
}

/* Calls on a realm that name no other granule. */
static void add_realm(struct list *list, unsigned int rd)
{
	add(list, MOVE_REALM_ACTIVATE, rd, 0, 0, 0);
	add(list, MOVE_REALM_TERMINATE, rd, 0, 0, 0);
	add(list, MOVE_REALM_DESTROY, rd, 0, 0, 0);
	add(list, MOVE_UNPROT_MAP, rd, 0, 0, 0);
	for (unsigned int half = 0; half < HALVES; half++) {
		for (unsigned int level = 1; level <= LEVELS; level++) {
			add(list, MOVE_RTT_DESTROY, rd, half, level, 0);
			add(list, MOVE_RTT_FOLD, rd, half, level, 0);
			add(list, MOVE_READ_ENTRY, rd, half, level, 0);
		}
	}
	for (unsigned int size = LEVEL_ROOT; size < LEVELS; size++) {
		add(list, MOVE_INIT_RIPAS, rd, size, 0, 0);
		add(list, MOVE_DATA_UNMAP, rd, size, 0, 0);
		add(list, MOVE_UNPROT_UNMAP, rd, size, 0, 0);
	}
}

/* Those that name a granule, with each kind of it. */
static void add_realm_memory(struct list *list, unsigned int rd,
			     const struct kinds *kinds)
{
	unsigned int spare = kinds->delegated[0];

	for (unsigned int i = 0; i < kinds->count; i++) {
		unsigned int g = kinds->granule[i];

		add(list, MOVE_RTT_CREATE, rd, g, PROTECTED, LEVEL_BLOCK);
		add(list, MOVE_RTT_CREATE, rd, g, PROTECTED, LEVEL_PAGE);
		add(list, MOVE_DATA_MAP, rd, g, 0, 0);
		add(list, MOVE_DATA_MAP_INIT, rd, g, kinds->host, 0);
		add(list, MOVE_SET_RIPAS, rd, g, LEVEL_PAGE, 0);
		if (spare != WORLD_NONE)
			add(list, MOVE_DATA_MAP_INIT, rd, spare, g, 0);
	}
	if (spare == WORLD_NONE)
		return;
	for (unsigned int level = 1; level <= LEVELS; level++) {
		add(list, MOVE_RTT_CREATE, rd, spare, UNPROTECTED, level);
		add(list, MOVE_RTT_CREATE, rd, spare, PROTECTED, level);
	}
}

/* The most of these once with a granule in each state that is no realm. */
static void add_no_realm(struct list *list, unsigned int rd,
			 const struct kinds *kinds)
{
	unsigned int spare = kinds->delegated[0] == WORLD_NONE ?
				     kinds->host :
				     kinds->delegated[0];

	add_realm(list, rd);
	add(list, MOVE_RTT_CREATE, rd, spare, PROTECTED, LEVEL_BLOCK);
	add(list, MOVE_DATA_MAP, rd, spare, 0, 0);
	add(list, MOVE_DATA_MAP_INIT, rd, spare, kinds->host, 0);
}

static void add_recs(struct list *list, const struct model *model,
		     const struct kinds *kinds)
{
	for (unsigned int i = 0; i < kinds->count; i++) {
		unsigned int g = kinds->granule[i], does = DOES_NOTHING;

		add(list, MOVE_REC_DESTROY, g, 0, 0, 0);
		do {
			add(list, MOVE_REC_ENTER, g, does, 0, 0);
		} while (model->granule[g] == GRANULE_REC &&
			 ++does < DOES_COUNT);
		add(list, MOVE_REC_CREATE, kinds->host, g, 0, 0);
		/* Of the RD, nothing is asked yet. */
		if (model->granule[g] == GRANULE_RD &&
		    kinds->delegated[0] != WORLD_NONE)
			add(list, MOVE_REC_CREATE, g, kinds->delegated[0], 0,
			    0);
	}
}

static void add_realms(struct list *list, const struct model *model,
		       const struct kinds *kinds)
{
	bool seen[GRANULE_STATES] = { false };

	for (unsigned int i = 0; i < kinds->count; i++) {
		unsigned int g = kinds->granule[i];
		unsigned int state = model->granule[g];

		if (state == GRANULE_RD) {
			add_realm(list, g);
			add_realm_memory(list, g, kinds);
		} else if (!seen[state]) {
			add_no_realm(list, g, kinds);
		}
		seen[state] = true;
	}
}

/* Each REC with each, and with what is none. */
static void add_psci(struct list *list, const struct model *model,
		     const struct kinds *kinds)
{
	for (int r = 0; r < MODEL_RECS; r++) {
		unsigned int rec = model->rec[r].granule;

		if (rec == WORLD_NONE)
			continue;
		for (unsigned int i = 0; i < kinds->count; i++) {
			unsigned int g = kinds->granule[i];

			add(list, MOVE_PSCI_COMPLETE, rec, g, 0, 0);
			add(list, MOVE_PSCI_COMPLETE, rec, g, 1, 0);
			add(list, MOVE_PSCI_COMPLETE, g, rec, 0, 0);
		}
	}
}

static void add_op(struct list *list, unsigned int handle,
		   const struct kinds *kinds)
{
	add(list, MOVE_OP_CONTINUE, handle, true, 0, 0);
	add(list, MOVE_OP_CONTINUE, handle, false, 0, 0);
	add(list, MOVE_OP_MEM_RECLAIM, handle, 0, 0, 0);
	add(list, MOVE_OP_CANCEL, handle, 0, 0, 0);
	add(list, MOVE_OP_MEM_DONATE, handle, WORLD_NONE, 0, 0);
	for (unsigned int i = 0; i < kinds->count; i++)
		add(list, MOVE_OP_MEM_DONATE, handle, kinds->granule[i], 0, 0);
}

/* Each that is open, and one that is not. */
static void add_ops(struct list *list, const struct model *model,
		    const struct kinds *kinds)
{
	unsigned int unused = 0;

	for (int i = 0; i < MODEL_OPS; i++) {
		if (!model->op[i].open)
			continue;
		add_op(list, model->op[i].handle, kinds);
		if (model->op[i].handle >= unused)
			unused = model->op[i].handle + 1u;
	}
	add_op(list, unused, kinds);
}

unsigned int moves_from(const struct model *model, struct move *moves)
{
	struct kinds kinds = find_kinds(model);
	struct list list = { moves, 0 };

	add(&list, MOVE_CONFIG_SET, true, 0, 0, 0);
	add(&list, MOVE_CONFIG_SET, false, 0, 0, 0);
	add(&list, MOVE_ACTIVATE, 0, 0, 0, 0);
	for (unsigned int which = 0; which < OTHER_COUNT; which++)
		add(&list, MOVE_OTHER, which, 0, 0, 0);
	add_granules(&list, model, &kinds);
	add_realm_create(&list, &kinds);
	add_realms(&list, model, &kinds);
	add_recs(&list, model, &kinds);
	add_psci(&list, model, &kinds);
	add_ops(&list, model, &kinds);
	return list.count;
}
