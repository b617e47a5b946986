/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a host may know: who owns each granule, and in what state each realm,
 * REC and operation is. It is kept apart from the RMM, moved on by the rules of
 * Arm DEN 0137 alone (rules.c), and compared with the RMM after each call.
 *
 * A realm has an IPA width of 32 bits and one root at level 1. The search looks
 * at the first page of each half of its IPA space: at most a table of level 2,
 * one of level 3 and a page there. The rest of a table is all alike, so one
 * value stands for it.
 */
#ifndef TESTS_MODEL_STATE_H
#define TESTS_MODEL_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/rmi_smc.h"
#include "rmm/granule.h"
#include "rmm/realm.h"
#include "world.h"

/* One more of each than any search follows. */
#define MODEL_REALMS 3
#define MODEL_RECS 5
#define MODEL_OPS 3

/* The two halves of the IPA space, and where each begins. */
enum { PROTECTED, UNPROTECTED, HALVES };
#define MODEL_IPA_BITS 32
#define MODEL_UNPROTECTED (1ull << (MODEL_IPA_BITS - 1))

/* Tables by level; the root is level 1. */
enum { LEVEL_ROOT = 1, LEVEL_BLOCK, LEVEL_PAGE, LEVELS };

struct model_realm {
	uint8_t rd; /* granule; WORLD_NONE if there is no such realm */
	uint8_t root;
	uint8_t state; /* enum realm_state */
	uint8_t recs_made;
	uint8_t table[HALVES][LEVELS]; /* granules, or WORLD_NONE */
	uint8_t ripas[LEVELS]; /* of the first entry, if it leads no further */
	uint8_t rest[LEVELS]; /* of the others in that table */
	uint8_t data; /* the granule mapped at the first page */
	bool shared; /* a page of the host is mapped in the other half */
};

/* What a REC asked of the host when it left. */
enum model_asks {
	ASKS_NOTHING,
	ASKS_EMPTY, /* the first page */
	ASKS_RAM,
	ASKS_RAM_DESTROYED, /* also if it is DESTROYED */
	ASKS_IS_DONE, /* any of these, and the host did it */
	ASKS_CPU_ON, /* of the REC with the other index */
};

struct model_rec {
	uint8_t granule; /* WORLD_NONE if there is no such REC */
	uint8_t aux;
	uint8_t realm;
	uint8_t index;
	bool on;
	uint8_t asks; /* enum model_asks */
};

enum model_step {
	STEP_DONATE,
	STEP_WORK,
	STEP_RECLAIM,
	STEP_END,
};

struct model_op {
	bool open;
	bool creates; /* REC_CREATE; else REC_DESTROY */
	bool refused; /* a donation was */
	bool failed; /* ends with an error */
	uint8_t step; /* enum model_step */
	uint8_t rd; /* REC_CREATE: granule that was named as RD */
	uint8_t rec; /* granule */
	uint8_t held; /* granule, or WORLD_NONE */
	uint8_t handle;
};

struct model {
	bool active; /* the RMM is */
	uint8_t pool; /* granules that the host delegates at all */
	uint8_t granule[WORLD_GRANULES]; /* enum granule_state */
	struct model_realm realm[MODEL_REALMS];
	struct model_rec rec[MODEL_RECS];
	struct model_op op[MODEL_OPS];
};

void model_init(struct model *model, unsigned int pool);

/* By granule; NULL if none is there. */
struct model_realm *model_realm(struct model *model, unsigned int rd);
struct model_rec *model_rec(struct model *model, unsigned int granule);
struct model_op *model_op(struct model *model, unsigned int handle);

/* The first of its kind that is not used; NULL if all are. */
struct model_realm *model_free_realm(struct model *model);
struct model_rec *model_free_rec(struct model *model);
struct model_op *model_free_op(struct model *model);

/* How many there are. */
unsigned int model_realms(const struct model *model);
unsigned int model_ops(const struct model *model);

/*
 * True if an operation is about to look for a realm at @granule of the pool,
 * which is then not like any other; granules in @state that are.
 */
bool model_named(const struct model *model, unsigned int granule);
unsigned int model_spare(const struct model *model, enum granule_state state);

/* RECs of a realm that exist. */
unsigned int model_recs_of(const struct model *model, unsigned int realm);

/* Level of the table in which a walk to the first page of @half ends. */
int model_depth(const struct model_realm *realm, int half);

/*
 * The state without the names of granules: two states with one key differ by a
 * renaming only, which no call can tell. Returns the key's length.
 */
#define MODEL_KEY_REALM 16
#define MODEL_KEY_MAX (MODEL_REALMS * MODEL_KEY_REALM + 1 + 2 * MODEL_OPS)
size_t model_key(const struct model *model, uint8_t key[MODEL_KEY_MAX]);

#endif
