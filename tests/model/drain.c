/* SPDX-License-Identifier: BSD-3-Clause */
/* A host that takes everything back; see step.h. */
#include "step.h"

/* Makes a call that must be accepted. */
static const char *must(struct model *model, unsigned int call, unsigned int a,
			unsigned int b, unsigned int c)
{
	const struct move move = {
		(uint8_t)call,
		{ (uint8_t)a, (uint8_t)b, (uint8_t)c },
	};
	const char *wrong;
	enum outcome outcome;
	struct model was = *model;

	outcome = rules_apply(&was, &move).outcome;
	wrong = step_on(model, &move);
	if (!wrong && outcome == REFUSED)
		return "the host has no way to take its memory back";
	return wrong;
}

static const char *end_op(struct model *model, const struct model_op *op)
{
	unsigned int handle = op->handle;
	const char *wrong = NULL;

	while (!wrong && op->open && op->handle == handle) {
		if (op->step == STEP_DONATE)
			wrong = must(model, MOVE_OP_CANCEL, handle, 0, 0);
		else if (op->step == STEP_RECLAIM)
			wrong = must(model, MOVE_OP_MEM_RECLAIM, handle, 0, 0);
		else
			wrong = must(model, MOVE_OP_CONTINUE, handle, 0, 0);
	}
	return wrong;
}

static const char *end_ops(struct model *model)
{
	const char *wrong = NULL;

	for (int i = 0; i < MODEL_OPS && !wrong; i++) {
		if (model->op[i].open)
			wrong = end_op(model, &model->op[i]);
	}
	return wrong;
}

static const char *end_recs(struct model *model)
{
	const char *wrong = NULL;

	for (int i = 0; i < MODEL_RECS && !wrong; i++) {
		unsigned int rec = model->rec[i].granule;

		if (rec != WORLD_NONE)
			wrong = must(model, MOVE_REC_DESTROY, rec, 0, 0);
		if (rec != WORLD_NONE && !wrong)
			wrong = end_ops(model);
	}
	return wrong;
}

static const char *end_tables(struct model *model,
			      const struct model_realm *realm,
			      unsigned int half)
{
	const char *wrong = NULL;

	while (!wrong && model_depth(realm, (int)half) > LEVEL_ROOT)
		wrong = must(model, MOVE_RTT_DESTROY, realm->rd, half,
			     (unsigned int)model_depth(realm, (int)half));
	return wrong;
}

static const char *end_realm(struct model *model,
			     const struct model_realm *realm)
{
	unsigned int rd = realm->rd;
	const char *wrong = must(model, MOVE_DATA_UNMAP, rd, LEVEL_ROOT, 0);

	if (!wrong)
		wrong = must(model, MOVE_REALM_TERMINATE, rd, 0, 0);
	if (!wrong)
		wrong = end_tables(model, realm, PROTECTED);
	if (!wrong)
		wrong = end_tables(model, realm, UNPROTECTED);
	if (!wrong)
		wrong = must(model, MOVE_REALM_DESTROY, rd, 0, 0);
	return wrong;
}

const char *step_drain(struct model *model)
{
	const char *wrong = end_ops(model);

	if (!wrong)
		wrong = end_recs(model);
	for (int i = 0; i < MODEL_REALMS && !wrong; i++) {
		if (model->realm[i].rd != WORLD_NONE)
			wrong = end_realm(model, &model->realm[i]);
	}
	for (unsigned int g = 0; g < model->pool && !wrong; g++) {
		if (model->granule[g] != GRANULE_UNDELEGATED)
			wrong = must(model, MOVE_UNDELEGATE, g, g + 1, 0);
	}
	return wrong ? wrong : step_invariants(model);
}
