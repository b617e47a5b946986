/* SPDX-License-Identifier: BSD-3-Clause */
/* The host's knowledge, and its key; see state.h. */
#include <string.h>

#include "state.h"

void model_init(struct model *model, unsigned int pool)
{
	memset(model, 0, sizeof(*model));
	model->pool = (uint8_t)pool;
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

unsigned int model_realms(const struct model *model)
{
	unsigned int count = 0;

	for (int i = 0; i < MODEL_REALMS; i++)
		count += model->realm[i].rd != WORLD_NONE;
	return count;
}

unsigned int model_ops(const struct model *model)
{
	unsigned int count = 0;

	for (int i = 0; i < MODEL_OPS; i++)
		count += model->op[i].open;
	return count;
}

bool model_named(const struct model *model, unsigned int granule)
{
	for (int i = 0; i < MODEL_OPS; i++) {
		if (model->op[i].open && model->op[i].rd == granule)
			return granule < model->pool;
	}
	return false;
}

unsigned int model_spare(const struct model *model, enum granule_state state)
{
	unsigned int count = 0;

	for (unsigned int g = 0; g < model->pool; g++)
		count += model->granule[g] == state && !model_named(model, g);
	return count;
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

/* It still looks for a realm where one is not, but may be again. */
static void put_loose_op(struct key *key, const struct model *model,
			 const struct model_op *op)
{
	put_op(key, op);
	put(key, model_named(model, op->rd) ? model->granule[op->rd] :
					      GRANULE_STATES);
}

/* Sorts @count records of @size bytes: which is which, no call can tell. */
static void sort(uint8_t *records, unsigned int count, size_t size)
{
	uint8_t first[MODEL_KEY_REALM];

	for (unsigned int i = 1; i < count; i++) {
		for (uint8_t *at = records + i * size;
		     at > records && memcmp(at - size, at, size) > 0;
		     at -= size) {
			memcpy(first, at, size);
			memcpy(at, at - size, size);
			memcpy(at - size, first, size);
		}
	}
}

static void put_realms(struct key *key, const struct model *model)
{
	uint8_t *realms = key->at;

	memset(realms, 0, MODEL_REALMS * MODEL_KEY_REALM);
	for (int i = 0; i < MODEL_REALMS; i++) {
		if (model->realm[i].rd != WORLD_NONE)
			put_realm(&(struct key){ key->at }, model, i);
		key->at += MODEL_KEY_REALM;
	}
	sort(realms, MODEL_REALMS, MODEL_KEY_REALM);
}

static void put_loose_ops(struct key *key, const struct model *model)
{
	uint8_t *ops = key->at;

	for (int o = 0; o < MODEL_OPS; o++) {
		if (is_loose(model, &model->op[o]))
			put_loose_op(key, model, &model->op[o]);
	}
	sort(ops, (unsigned int)(key->at - ops) / 2, 2);
}

size_t model_key(const struct model *model, uint8_t key[MODEL_KEY_MAX])
{
	unsigned int delegated = model_spare(model, GRANULE_DELEGATED);
	unsigned int undelegated = model_spare(model, GRANULE_UNDELEGATED);
	struct key out = { key };

	put_realms(&out, model);
	/* No call needs more than two; the host can always get there. */
	put(&out, (delegated < 2 ? delegated : 2) | (undelegated > 0) << 2 |
		  model->active << 3);
	put_loose_ops(&out, model);
	return (size_t)(out.at - key);
}
