/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The rules for RECs, and for the operations by which they come and go.
 */
#include "moves.h"

static const struct answer refused = { REFUSED, WORLD_NONE };
static const struct answer done = { DONE, WORLD_NONE };
static const struct answer open = { OPEN, WORLD_NONE };

static struct model_op *open_op(struct model *model, bool creates,
				unsigned int rec)
{
	struct model_op *op = model_free_op(model);

	*op = (struct model_op){
		.open = true,
		.creates = creates,
		.step = creates ? STEP_DONATE : STEP_RECLAIM,
		.rd = WORLD_NONE,
		.rec = (uint8_t)rec,
		.held = WORLD_NONE,
	};
	model->granule[rec] = GRANULE_PENDING;
	return op;
}

static struct answer rec_create(struct model *model, const uint8_t arg[4])
{
	if (arg[1] >= WORLD_GRANULES ||
	    model->granule[arg[1]] != GRANULE_DELEGATED)
		return refused;
	open_op(model, true, arg[1])->rd = arg[0];
	return open;
}

static struct answer rec_destroy(struct model *model, struct model_rec *rec)
{
	open_op(model, false, rec->granule)->held = rec->aux;
	*rec = (struct model_rec){ .granule = WORLD_NONE };
	return open;
}

/* What the REC says once it runs; it has heard the answer to its last call. */
static void rec_does(struct model_realm *realm, struct model_rec *rec,
		     unsigned int does)
{
	rec->asks = ASKS_NOTHING;
	switch (does) {
	case DOES_ASK_EMPTY:
	case DOES_ASK_RAM:
	case DOES_ASK_RAM_DESTROYED:
		rec->asks = (uint8_t)(ASKS_EMPTY + does - DOES_ASK_EMPTY);
		break;
	case DOES_CPU_OFF:
		rec->on = false;
		break;
	case DOES_CPU_ON:
		if ((rec->index ^ 1) < realm->recs_made)
			rec->asks = ASKS_CPU_ON;
		break;
	case DOES_SYSTEM_OFF:
		realm->state = REALM_SYSTEM_OFF;
		break;
	default:
		break;
	}
}

static struct answer rec_enter(struct model *model, struct model_rec *rec,
			       const uint8_t arg[4])
{
	struct model_realm *realm = &model->realm[rec->realm];

	if (realm->state != REALM_ACTIVE || !rec->on ||
	    rec->asks == ASKS_CPU_ON)
		return refused;
	rec_does(realm, rec, arg[1]);
	return done;
}

/* A host that denies what is on already learns that it was wrong. */
static struct answer psci_complete(struct model *model,
				   struct model_rec *calling,
				   const uint8_t arg[4])
{
	struct model_rec *target = model_rec(model, arg[1]);
	bool denied = arg[2], was_on;

	if (!target || target == calling || calling->asks != ASKS_CPU_ON ||
	    target->realm != calling->realm ||
	    target->index != (calling->index ^ 1))
		return refused;
	calling->asks = ASKS_NOTHING;
	was_on = target->on;
	target->on |= !denied;
	return denied && was_on ? (struct answer){ FAILED, WORLD_NONE } : done;
}

struct answer rules_apply_rec(struct model *model, const struct move *move)
{
	struct model_rec *rec = model_rec(model, move->arg[0]);

	if (move->call == MOVE_REC_CREATE)
		return rec_create(model, move->arg);
	if (!rec)
		return refused;
	if (move->call == MOVE_REC_DESTROY)
		return rec_destroy(model, rec);
	if (move->call == MOVE_REC_ENTER)
		return rec_enter(model, rec, move->arg);
	return psci_complete(model, rec, move->arg);
}

/* ---- Operations ---------------------------------------------------------- */

static struct answer fail(struct model_op *op)
{
	op->refused = false;
	op->failed = true;
	op->step = STEP_RECLAIM;
	return open;
}

/* All of REC_CREATE that needs the realm. */
static struct answer commit(struct model *model, struct model_op *op,
			    bool good_params)
{
	struct model_realm *realm = model_realm(model, op->rd);
	struct model_rec *rec = model_free_rec(model);

	if (!good_params || !realm || realm->state != REALM_NEW)
		return fail(op);
	*rec = (struct model_rec){
		.granule = op->rec,
		.aux = op->held,
		.realm = (uint8_t)(realm - model->realm),
		.index = realm->recs_made++,
		.on = true,
	};
	model->granule[op->rec] = GRANULE_REC;
	*op = (struct model_op){ .open = false };
	return done;
}

static struct answer end(struct model *model, struct model_op *op)
{
	bool failed = op->failed;

	model->granule[op->rec] = GRANULE_DELEGATED;
	*op = (struct model_op){ .open = false };
	return failed ? (struct answer){ FAILED, WORLD_NONE } : done;
}

/* A descriptor that makes no sense changes nothing; a wrong granule ends it. */
static struct answer donate(struct model *model, struct model_op *op,
			    unsigned int granule)
{
	if (op->step != STEP_DONATE)
		return refused;
	op->refused = granule == WORLD_NONE;
	if (op->refused)
		return refused;
	if (model->granule[granule] != GRANULE_DELEGATED)
		return fail(op);
	model->granule[granule] = GRANULE_INTERNAL;
	op->held = (uint8_t)granule;
	op->step = STEP_WORK;
	return open;
}

static struct answer reclaim(struct model *model, struct model_op *op)
{
	if (op->step != STEP_RECLAIM)
		return refused;
	if (op->held != WORLD_NONE)
		model->granule[op->held] = GRANULE_DELEGATED;
	op->held = WORLD_NONE;
	op->step = STEP_END;
	return open;
}

struct answer rules_apply_op(struct model *model, const struct move *move)
{
	struct model_op *op = model_op(model, move->arg[0]);

	if (!op)
		return refused;
	switch (move->call) {
	case MOVE_OP_MEM_DONATE:
		return donate(model, op, move->arg[1]);
	case MOVE_OP_MEM_RECLAIM:
		return reclaim(model, op);
	case MOVE_OP_CANCEL:
		return op->step == STEP_DONATE ? fail(op) : refused;
	default:
		/* A host whose memory was refused may ask how it ends. */
		if (op->step == STEP_DONATE && op->refused)
			return fail(op);
		if (op->step == STEP_WORK)
			return commit(model, op, move->arg[1]);
		return op->step == STEP_END ? end(model, op) : refused;
	}
}
