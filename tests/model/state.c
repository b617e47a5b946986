/* SPDX-License-Identifier: BSD-3-Clause */
/* The host's knowledge, and its key; see state.h. */
#include <string.h>

#include "state.h"

void model_init(struct model *model)
{
	memset(model, 0, sizeof(*model));
	for (int i = 0; i < MODEL_REALMS; i++)
		model->realm[i].rd = WORLD_NONE;
	for (int i = 0; i < MODEL_RECS; i++)
		model->rec[i].granule = WORLD_NONE;
}

struct model_realm *model_realm(struct model *model, unsigned int rd)
{
	for (int i = 0; i < MODEL_REALMS; i++) {
		if (model->realm[i].rd == rd && rd != WORLD_NONE)
			return &model->realm[i];
	}
	return NULL;
}

struct model_rec *model_rec(struct model *model, unsigned int granule)
{
	for (int i = 0; i < MODEL_RECS; i++) {
		if (model->rec[i].granule == granule && granule != WORLD_NONE)
			return &model->rec[i];
	}
	return NULL;
}

struct model_op *model_op(struct model *model, unsigned int handle)
{
	for (int i = 0; i < MODEL_OPS; i++) {
		if (model->op[i].open && model->op[i].handle == handle)
			return &model->op[i];
	}
	return NULL;
}

struct model_realm *model_free_realm(struct model *model)
{
	for (int i = 0; i < MODEL_REALMS; i++) {
		if (model->realm[i].rd == WORLD_NONE)
			return &model->realm[i];
	}
	return NULL;
}

struct model_rec *model_free_rec(struct model *model)
{
	for (int i = 0; i < MODEL_RECS; i++) {
		if (model->rec[i].granule == WORLD_NONE)
			return &model->rec[i];
	}
	return NULL;
}

struct model_op *model_free_op(struct model *model)
{
	for (int i = 0; i < MODEL_OPS; i++) {
		if (!model->op[i].open)
			return &model->op[i];
	}
	return NULL;
}

unsigned int model_recs_of(const struct model *model, unsigned int realm)
{
	unsigned int count = 0;

	for (int i = 0; i < MODEL_RECS; i++)
		count += model->rec[i].granule != WORLD_NONE &&
			 model->rec[i].realm == realm;
	return count;
}

int model_depth(const struct model_realm *realm, int half)
{
	int level = LEVEL_ROOT;

	while (level < LEVEL_PAGE &&
	       realm->table[half][level + 1] != WORLD_NONE)
		level++;
	return level;
}

/* ---- The key ------------------------------------------------------------ */

struct key {
	uint8_t *at;
};

static void put(struct key *key, unsigned int value)
{
	*key->at++ = (uint8_t)value;
}

static void put_op(struct key *key, const struct model_op *op)
{
	put(key, 1u | op->creates << 1 | op->refused << 2 | op->failed << 3 |
		 (op->held != WORLD_NONE) << 4 | (unsigned int)op->step << 5);
}

static void put_rec(struct key *key, const struct model_rec *rec)
{
	put(key, 0x80u | rec->index << 5 | (unsigned int)rec->on << 4 |
		 rec->asks);
}

/* A realm with its RECs, and the operations that will look for it. */
static void put_realm(struct key *key, const struct model *model, int i)
{
	const struct model_realm *realm = &model->realm[i];

	put(key, 0x40u | realm->state << 4 | realm->recs_made);
	put(key, (unsigned int)model_depth(realm, PROTECTED) |
		 (unsigned int)model_depth(realm, UNPROTECTED) << 2 |
		 (realm->data != WORLD_NONE) << 4 | realm->shared << 5);
	for (int level = LEVEL_ROOT; level < LEVELS; level++)
		put(key, realm->ripas[level] | realm->rest[level] << 4);
	for (unsigned int index = 0; index < realm->recs_made; index++) {
		for (int r = 0; r < MODEL_RECS; r++) {
			if (model->rec[r].granule != WORLD_NONE &&
			    model->rec[r].realm == i &&
			    model->rec[r].index == index)
				put_rec(key, &model->rec[r]);
		}
	}
	for (int o = 0; o < MODEL_OPS; o++) {
		if (model->op[o].open && model->op[o].creates &&
		    model->op[o].rd == realm->rd)
			put_op(key, &model->op[o]);
	}
}

/* An operation for a realm that is not, or that needs none. */
static bool is_loose(const struct model *model, const struct model_op *op)
{
	for (int i = 0; i < MODEL_REALMS; i++) {
		if (op->creates && model->realm[i].rd == op->rd)
			return false;
	}
	return op->open;
}

static void put_loose_ops(struct key *key, const struct model *model)
{
	uint8_t ops[MODEL_OPS];
	struct key list = { ops };

	for (int o = 0; o < MODEL_OPS; o++) {
		if (is_loose(model, &model->op[o]))
			put_op(&list, &model->op[o]);
	}
	if (list.at - ops == 2 && ops[0] > ops[1]) {
		uint8_t first = ops[0];

		ops[0] = ops[1];
		ops[1] = first;
	}
	memcpy(key->at, ops, (size_t)(list.at - ops));
	key->at += list.at - ops;
}

size_t model_key(const struct model *model, uint8_t key[MODEL_KEY_MAX])
{
	uint8_t realms[MODEL_REALMS][MODEL_KEY_MAX / 4] = { 0 };
	struct key out = { key };
	unsigned int delegated = 0, undelegated = 0;
	int first;

	for (int i = 0; i < MODEL_REALMS; i++) {
		if (model->realm[i].rd != WORLD_NONE)
			put_realm(&(struct key){ realms[i] }, model, i);
	}
	for (int g = 0; g < WORLD_POOL; g++) {
		delegated += model->granule[g] == GRANULE_DELEGATED;
		undelegated += model->granule[g] == GRANULE_UNDELEGATED;
	}

	first = memcmp(realms[0], realms[1], sizeof(realms[0])) > 0;
	memcpy(out.at, realms[first], sizeof(realms[0]));
	out.at += sizeof(realms[0]);
	memcpy(out.at, realms[!first], sizeof(realms[0]));
	out.at += sizeof(realms[0]);
	/* No call needs more than two; the host can always get there. */
	put(&out, (delegated < 2 ? delegated : 2) | (undelegated > 0) << 2);
	put_loose_ops(&out, model);
	return (size_t)(out.at - key);
}
