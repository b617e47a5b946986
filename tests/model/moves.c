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

static struct kinds find_kinds(const struct model *model,
			       const struct bounds *bounds)
{
	struct kinds kinds = {
		.undelegated = WORLD_NONE,
		.delegated = { WORLD_NONE, WORLD_NONE },
		.host = WORLD_HOST_DATA,
	};

	for (unsigned int g = 0; g < bounds->granules; g++) {
		bool first = true;

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
static void add_granules(struct list *list, const struct kinds *kinds,
			 const struct bounds *bounds)
{
	for (unsigned int i = 0; i < kinds->count; i++) {
		unsigned int g = kinds->granule[i];

		if (g < WORLD_POOL)
			add(list, MOVE_DELEGATE, g, g + 1, 0, 0);
		add(list, MOVE_UNDELEGATE, g, g + 1, 0, 0);
	}
	add(list, MOVE_DELEGATE, 0, bounds->granules, 0, 0);
	add(list, MOVE_UNDELEGATE, 0, bounds->granules, 0, 0);
}

static void add_realm_create(struct list *list, const struct model *model,
			     const struct kinds *kinds,
			     const struct bounds *bounds)
{
	unsigned int rd = kinds->delegated[0], realms = 0;
	unsigned int root = kinds->delegated[1];

	for (int i = 0; i < MODEL_REALMS; i++)
		realms += model->realm[i].rd != WORLD_NONE;
	for (unsigned int i = 0; i < kinds->count; i++) {
		if (kinds->granule[i] != rd && rd != WORLD_NONE)
			add(list, MOVE_REALM_CREATE, rd, kinds->granule[i], 0,
			    0);
		if (kinds->granule[i] != rd && root != WORLD_NONE)
			add(list, MOVE_REALM_CREATE, kinds->granule[i], root, 0,
			    0);
	}
	if (rd != WORLD_NONE)
		add(list, MOVE_REALM_CREATE, rd, rd, 0, 0);
	if (root != WORLD_NONE && realms < bounds->realms)
		add(list, MOVE_REALM_CREATE, rd, root, 0, 0);
}

/* Calls on a realm that name no other granule. */
static void add_realm(struct list *list, unsigned int rd,
		      const struct bounds *bounds)
{
	add(list, MOVE_REALM_ACTIVATE, rd, 0, 0, 0);
	add(list, MOVE_REALM_TERMINATE, rd, 0, 0, 0);
	add(list, MOVE_REALM_DESTROY, rd, 0, 0, 0);
	add(list, MOVE_UNPROT_MAP, rd, 0, 0, 0);
	for (unsigned int half = 0; half < HALVES; half++) {
		for (unsigned int level = 1; level <= LEVELS; level++) {
			add(list, MOVE_RTT_DESTROY, rd, half, level, 0);
			add(list, MOVE_RTT_FOLD, rd, half, level, 0);
		}
	}
	for (unsigned int size = LEVEL_ROOT; size < LEVELS; size++) {
		if (bounds->ripas)
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

/* All of these once with each thing that is no realm. */
static void add_no_realm(struct list *list, unsigned int rd,
			 const struct kinds *kinds,
			 const struct bounds *bounds)
{
	unsigned int spare = kinds->delegated[0] == WORLD_NONE ?
				     kinds->host :
				     kinds->delegated[0];

	add_realm(list, rd, bounds);
	add(list, MOVE_RTT_CREATE, rd, spare, PROTECTED, LEVEL_BLOCK);
	add(list, MOVE_DATA_MAP, rd, spare, 0, 0);
	add(list, MOVE_DATA_MAP_INIT, rd, spare, kinds->host, 0);
}

static void add_rec_enter(struct list *list, unsigned int rec,
			  const struct bounds *bounds)
{
	for (unsigned int does = 0; does < DOES_COUNT; does++) {
		if (bounds->ripas || does < DOES_ASK_EMPTY ||
		    does > DOES_ASK_RAM_DESTROYED)
			add(list, MOVE_REC_ENTER, rec, does, 0, 0);
	}
}

static void add_recs(struct list *list, const struct model *model,
		     const struct kinds *kinds, const struct bounds *bounds)
{
	unsigned int open = 0;

	for (int i = 0; i < MODEL_OPS; i++)
		open += model->op[i].open;
	for (unsigned int i = 0; i < kinds->count; i++) {
		unsigned int g = kinds->granule[i];

		if (model->granule[g] == GRANULE_REC) {
			add_rec_enter(list, g, bounds);
		} else {
			add(list, MOVE_REC_ENTER, g, DOES_NOTHING, 0, 0);
			add(list, MOVE_REC_DESTROY, g, 0, 0, 0);
			if (g != kinds->delegated[0])
				add(list, MOVE_REC_CREATE, g, g, 0, 0);
		}
		if (open >= bounds->ops)
			continue;
		if (model->granule[g] == GRANULE_REC)
			add(list, MOVE_REC_DESTROY, g, 0, 0, 0);
		/* Of the RD, nothing is asked yet: RDs, and one that is none */
		if (kinds->delegated[0] != WORLD_NONE &&
		    (model->granule[g] == GRANULE_RD || g == kinds->host))
			add(list, MOVE_REC_CREATE, g, kinds->delegated[0], 0,
			    0);
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

/* True if the operation would make one REC more than the search looks at. */
static bool is_beyond(const struct model *model, const struct bounds *bounds,
		      const struct model_op *op)
{
	for (int i = 0; op && op->creates && i < MODEL_REALMS; i++) {
		if (model->realm[i].rd == op->rd)
			return op->step == STEP_COMMIT &&
			       model->realm[i].recs_made >= bounds->recs;
	}
	return false;
}

static void add_op(struct list *list, unsigned int handle,
		   const struct kinds *kinds, bool beyond)
{
	if (!beyond)
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
		    const struct kinds *kinds, const struct bounds *bounds)
{
	unsigned int unused = 0;

	for (int i = 0; i < MODEL_OPS; i++) {
		if (!model->op[i].open)
			continue;
		add_op(list, model->op[i].handle, kinds,
		       is_beyond(model, bounds, &model->op[i]));
		if (model->op[i].handle >= unused)
			unused = model->op[i].handle + 1u;
	}
	add_op(list, unused, kinds, false);
}

unsigned int moves_from(const struct model *model, const struct bounds *bounds,
			struct move *moves)
{
	struct kinds kinds = find_kinds(model, bounds);
	struct list list = { moves, 0 };

	add_granules(&list, &kinds, bounds);
	add_realm_create(&list, model, &kinds, bounds);
	for (unsigned int i = 0; i < kinds.count; i++) {
		unsigned int g = kinds.granule[i];

		if (model->granule[g] == GRANULE_RD) {
			add_realm(&list, g, bounds);
			add_realm_memory(&list, g, &kinds);
		} else {
			add_no_realm(&list, g, &kinds, bounds);
		}
	}
	add_recs(&list, model, &kinds, bounds);
	add_psci(&list, model, &kinds);
	add_ops(&list, model, &kinds, bounds);
	for (unsigned int which = 0; which < OTHER_COUNT; which++)
		add(&list, MOVE_OTHER, which, 0, 0, 0);
	return list.count;
}
