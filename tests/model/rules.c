/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The rules of Arm DEN 0137: when a call is accepted, and what it does then. A
 * rule knows nothing of the RMM's code, and says nothing of which error comes.
 */
#include "moves.h"

static const struct answer refused = { REFUSED, WORLD_NONE };
static const struct answer done = { DONE, WORLD_NONE };

static bool is(const struct model *model, unsigned int granule,
	       enum granule_state state)
{
	return granule < WORLD_GRANULES && model->granule[granule] == state;
}

/* Moves granules from @base up to @top as long as they are in @from. */
static struct answer move_range(struct model *model, const uint8_t arg[4],
				enum granule_state from, enum granule_state to)
{
	unsigned int base = arg[0], top = arg[1], g;

	for (g = base; g < top && is(model, g, from); g++)
		model->granule[g] = (uint8_t)to;
	return g > base ? (struct answer){ DONE, g } : refused;
}

static struct answer realm_create(struct model *model, const uint8_t arg[4])
{
	struct model_realm *realm = model_free_realm(model);

	if (!is(model, arg[0], GRANULE_DELEGATED) ||
	    !is(model, arg[1], GRANULE_DELEGATED) || arg[0] == arg[1])
		return refused;
	*realm = (struct model_realm){
		.rd = arg[0],
		.root = arg[1],
		.state = REALM_NEW,
		.data = WORLD_NONE,
		.ripas = { [LEVEL_ROOT] = RMI_EMPTY },
	};
	for (int half = 0; half < HALVES; half++) {
		realm->table[half][LEVEL_ROOT] = realm->root;
		realm->table[half][LEVEL_BLOCK] = WORLD_NONE;
		realm->table[half][LEVEL_PAGE] = WORLD_NONE;
	}
	model->granule[realm->rd] = GRANULE_RD;
	model->granule[realm->root] = GRANULE_RTT;
	return done;
}

static struct answer realm_destroy(struct model *model,
				   struct model_realm *realm)
{
	unsigned int index = (unsigned int)(realm - model->realm);

	if (realm->state != REALM_ZOMBIE || model_recs_of(model, index) ||
	    model_depth(realm, PROTECTED) != LEVEL_ROOT ||
	    model_depth(realm, UNPROTECTED) != LEVEL_ROOT)
		return refused;
	model->granule[realm->rd] = GRANULE_DELEGATED;
	model->granule[realm->root] = GRANULE_DELEGATED;
	*realm = (struct model_realm){ .rd = WORLD_NONE };
	return done;
}

static struct answer realm_go(struct model_realm *realm,
			      enum realm_state state)
{
	if (state == REALM_ACTIVE && realm->state != REALM_NEW)
		return refused;
	realm->state = (uint8_t)state;
	return done;
}

/* ---- Tables -------------------------------------------------------------- */

static struct answer rtt_create(struct model *model, struct model_realm *realm,
				const uint8_t arg[4])
{
	int half = arg[2], level = arg[3];

	if (level < LEVEL_BLOCK || level > LEVEL_PAGE ||
	    !is(model, arg[1], GRANULE_DELEGATED) ||
	    model_depth(realm, half) != level - 1)
		return refused;
	model->granule[arg[1]] = GRANULE_RTT;
	realm->table[half][level] = arg[1];
	if (half == PROTECTED) {
		realm->ripas[level] = realm->ripas[level - 1];
		realm->rest[level] = realm->ripas[level - 1];
	}
	return done;
}

/* The table of @level goes; its entry above becomes @ripas. */
static struct answer table_gone(struct model *model, struct model_realm *realm,
				int half, int level, unsigned int ripas)
{
	unsigned int table = realm->table[half][level];

	model->granule[table] = GRANULE_DELEGATED;
	realm->table[half][level] = WORLD_NONE;
	if (half == PROTECTED) {
		realm->ripas[level - 1] = (uint8_t)ripas;
		realm->ripas[level] = 0;
		realm->rest[level] = 0;
	} else {
		realm->shared = false;
	}
	return (struct answer){ DONE, table };
}

/* The last table on the way to the first page, and one may be taken away. */
static bool is_leaf(const struct model_realm *realm, int half, int level)
{
	return level >= LEVEL_BLOCK && level <= LEVEL_PAGE &&
	       model_depth(realm, half) == level;
}

static struct answer rtt_destroy(struct model *model, struct model_realm *realm,
				 const uint8_t arg[4])
{
	int half = arg[1], level = arg[2];

	if (!is_leaf(realm, half, level) ||
	    (half == PROTECTED && realm->data != WORLD_NONE))
		return refused;
	return table_gone(model, realm, half, level, RMI_DESTROYED);
}

static struct answer rtt_fold(struct model *model, struct model_realm *realm,
			      const uint8_t arg[4])
{
	int half = arg[1], level = arg[2];

	if (!is_leaf(realm, half, level))
		return refused;
	if (half == PROTECTED ? realm->data != WORLD_NONE ||
				realm->ripas[level] != realm->rest[level] :
				realm->shared)
		return refused;
	return table_gone(model, realm, half, level, realm->ripas[level]);
}

/* ---- RIPAS --------------------------------------------------------------- */

static bool may_be_ram(unsigned int ripas)
{
	return ripas == RMI_EMPTY || ripas == RMI_RAM;
}

/* @size is the level of which an entry has the size of the range. */
static struct answer init_ripas(struct model_realm *realm, const uint8_t arg[4])
{
	int size = arg[1], depth = model_depth(realm, PROTECTED);

	if (realm->state != REALM_NEW || size > depth ||
	    !may_be_ram(realm->ripas[depth]))
		return refused;
	realm->ripas[depth] = RMI_RAM;
	if (size < depth && may_be_ram(realm->rest[depth]))
		realm->rest[depth] = RMI_RAM;
	return done;
}

static struct answer set_ripas(struct model *model, struct model_realm *realm,
			       const uint8_t arg[4])
{
	struct model_rec *rec = model_rec(model, arg[1]);
	uint8_t *ripas = &realm->ripas[LEVEL_PAGE];

	if (!rec || &model->realm[rec->realm] != realm ||
	    arg[2] != LEVEL_PAGE || rec->asks < ASKS_EMPTY ||
	    rec->asks > ASKS_RAM_DESTROYED ||
	    model_depth(realm, PROTECTED) != LEVEL_PAGE)
		return refused;
	if (rec->asks == ASKS_RAM && *ripas == RMI_DESTROYED)
		return refused;
	*ripas = rec->asks == ASKS_EMPTY ? RMI_EMPTY : RMI_RAM;
	rec->asks = ASKS_IS_DONE;
	return done;
}

/* ---- Mappings ------------------------------------------------------------ */

static bool takes_memory(const struct model_realm *realm)
{
	return realm->state == REALM_NEW || realm->state == REALM_ACTIVE;
}

static struct answer data_map(struct model *model, struct model_realm *realm,
			      const uint8_t arg[4])
{
	if (!takes_memory(realm) ||
	    model_depth(realm, PROTECTED) != LEVEL_PAGE)
		return refused;
	if (realm->data == arg[1])
		return arg[1] == WORLD_NONE ? refused : done;
	if (realm->data != WORLD_NONE ||
	    !is(model, arg[1], GRANULE_DELEGATED))
		return refused;
	realm->data = arg[1];
	model->granule[arg[1]] = GRANULE_DATA;
	return done;
}

static struct answer data_map_init(struct model *model,
				   struct model_realm *realm,
				   const uint8_t arg[4])
{
	if (realm->state != REALM_NEW || realm->data != WORLD_NONE ||
	    model_depth(realm, PROTECTED) != LEVEL_PAGE ||
	    !is(model, arg[1], GRANULE_DELEGATED) ||
	    !is(model, arg[2], GRANULE_UNDELEGATED))
		return refused;
	realm->data = arg[1];
	realm->ripas[LEVEL_PAGE] = RMI_RAM;
	model->granule[arg[1]] = GRANULE_DATA;
	return done;
}

static struct answer data_unmap(struct model *model, struct model_realm *realm,
				const uint8_t arg[4])
{
	int depth = model_depth(realm, PROTECTED);

	if (arg[1] > depth)
		return refused;
	if (realm->data == WORLD_NONE)
		return done;
	model->granule[realm->data] = GRANULE_DELEGATED;
	realm->data = WORLD_NONE;
	if (realm->ripas[LEVEL_PAGE] == RMI_RAM)
		realm->ripas[LEVEL_PAGE] = RMI_DESTROYED;
	return done;
}

static struct answer unprot_map(struct model_realm *realm)
{
	if (!takes_memory(realm) ||
	    model_depth(realm, UNPROTECTED) != LEVEL_PAGE)
		return refused;
	realm->shared = true;
	return done;
}

static struct answer unprot_unmap(struct model_realm *realm,
				  const uint8_t arg[4])
{
	if (arg[1] > model_depth(realm, UNPROTECTED))
		return refused;
	realm->shared = false;
	return done;
}

/* ---- The table ----------------------------------------------------------- */

/* Calls whose first argument is a realm. */
static struct answer of_realm(struct model *model, const struct move *move)
{
	struct model_realm *realm = model_realm(model, move->arg[0]);
	const uint8_t *arg = move->arg;

	if (!realm)
		return refused;
	switch (move->call) {
	case MOVE_REALM_ACTIVATE:
		return realm_go(realm, REALM_ACTIVE);
	case MOVE_REALM_TERMINATE:
		return realm_go(realm, REALM_ZOMBIE);
	case MOVE_REALM_DESTROY:
		return realm_destroy(model, realm);
	case MOVE_RTT_CREATE:
		return rtt_create(model, realm, arg);
	case MOVE_RTT_DESTROY:
		return rtt_destroy(model, realm, arg);
	case MOVE_RTT_FOLD:
		return rtt_fold(model, realm, arg);
	case MOVE_READ_ENTRY:
		return arg[2] <= LEVEL_PAGE ? done : refused;
	case MOVE_INIT_RIPAS:
		return init_ripas(realm, arg);
	case MOVE_SET_RIPAS:
		return set_ripas(model, realm, arg);
	case MOVE_DATA_MAP_INIT:
		return data_map_init(model, realm, arg);
	case MOVE_DATA_MAP:
		return data_map(model, realm, arg);
	case MOVE_DATA_UNMAP:
		return data_unmap(model, realm, arg);
	case MOVE_UNPROT_MAP:
		return unprot_map(realm);
	default:
		return unprot_unmap(realm, arg);
	}
}

/* Calls that an RMM answers which is not active yet. */
static bool is_open(const struct model *model, const struct move *move)
{
	if (move->call == MOVE_CONFIG_SET || move->call == MOVE_ACTIVATE)
		return !model->active;
	return model->active || (move->call == MOVE_OTHER &&
				 move->arg[0] < OTHER_TRACKING_SET);
}

static struct answer other(unsigned int which)
{
	switch (which) {
	case OTHER_VERSION:
	case OTHER_FEATURES:
	case OTHER_CONFIG_GET:
	case OTHER_TRACKING_GET:
	case OTHER_TRACKING_SET:
		return done;
	default:
		return refused;
	}
}

struct answer rules_apply(struct model *model, const struct move *move)
{
	if (!is_open(model, move))
		return refused;
	switch (move->call) {
	case MOVE_CONFIG_SET:
		return move->arg[0] ? done : refused;
	case MOVE_ACTIVATE:
		model->active = true;
		return done;
	case MOVE_DELEGATE:
		return move_range(model, move->arg, GRANULE_UNDELEGATED,
				  GRANULE_DELEGATED);
	case MOVE_UNDELEGATE:
		return move_range(model, move->arg, GRANULE_DELEGATED,
				  GRANULE_UNDELEGATED);
	case MOVE_REALM_CREATE:
		return realm_create(model, move->arg);
	case MOVE_OTHER:
		return other(move->arg[0]);
	case MOVE_REC_CREATE:
	case MOVE_REC_DESTROY:
	case MOVE_REC_ENTER:
	case MOVE_PSCI_COMPLETE:
		return rules_apply_rec(model, move);
	case MOVE_OP_CONTINUE:
	case MOVE_OP_MEM_DONATE:
	case MOVE_OP_MEM_RECLAIM:
	case MOVE_OP_CANCEL:
		return rules_apply_op(model, move);
	default:
		return of_realm(model, move);
	}
}
