/* SPDX-License-Identifier: BSD-3-Clause */
/* Which states a search follows; see bounds.h. */
#include "bounds.h"

static bool is_about_ripas(const struct move *move)
{
	switch (move->call) {
	case MOVE_INIT_RIPAS:
	case MOVE_SET_RIPAS:
		return true;
	case MOVE_REC_ENTER:
		return move->arg[1] >= DOES_ASK_EMPTY &&
		       move->arg[1] <= DOES_ASK_RAM_DESTROYED;
	default:
		return false;
	}
}

static bool is_all_or_nothing(const struct model *model)
{
	unsigned int kept = 0;

	for (unsigned int g = 0; g < model->pool; g++)
		kept += model->granule[g] != GRANULE_UNDELEGATED;
	if (!kept)
		return true;
	return kept == model->pool;
}

/*
 * An operation whose realm is gone, and of the realm's descriptor has become
 * something else: nothing new to it, but much to tell apart.
 */
static bool is_lost(const struct model *model, const struct model_op *op)
{
	if (!op->open || !op->creates || op->rd >= model->pool)
		return false;
	switch (model->granule[op->rd]) {
	case GRANULE_RD:
	case GRANULE_DELEGATED:
	case GRANULE_UNDELEGATED:
		return false;
	default:
		return true;
	}
}

static bool realms_in_bounds(const struct bounds *bounds,
			     const struct model *model)
{
	unsigned int tables[HALVES] = { 0 }, recs = 0;

	for (int i = 0; i < MODEL_REALMS; i++) {
		const struct model_realm *realm = &model->realm[i];

		if (realm->rd == WORLD_NONE)
			continue;
		if (realm->recs_made > bounds->recs)
			return false;
		recs += realm->recs_made;
		for (int half = 0; half < HALVES; half++)
			tables[half] += (unsigned int)model_depth(realm, half) -
					LEVEL_ROOT;
	}
	return model_realms(model) <= bounds->realms &&
	       recs <= bounds->recs_in_all &&
	       tables[PROTECTED] <= bounds->tables[PROTECTED] &&
	       tables[UNPROTECTED] <= bounds->tables[UNPROTECTED];
}

bool bounds_follow(const struct bounds *bounds, const struct move *move,
		   const struct model *model)
{
	if (!bounds->ripas && is_about_ripas(move))
		return false;
	if (!bounds->exchange && !is_all_or_nothing(model))
		return false;
	for (int i = 0; i < MODEL_OPS; i++) {
		if (is_lost(model, &model->op[i]))
			return false;
	}
	return model_ops(model) <= bounds->ops &&
	       realms_in_bounds(bounds, model);
}
