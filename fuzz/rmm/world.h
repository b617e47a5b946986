/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a host can know: the realms, RECs and open operations that its own calls
 * have brought about, learnt from their answers alone. With it the host takes
 * everything apart again, whatever happened before.
 */
#ifndef FUZZ_RMM_WORLD_H
#define FUZZ_RMM_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/rmi_layout.h"
#include "abi/rmi_smc.h"
#include "fuzz/rmm/machine.h"

/* Each takes two granules at least. */
#define WORLD_REALMS (RAM_PAGES_MAX / 2)
#define WORLD_RECS (RAM_PAGES_MAX / 2)
#define WORLD_OPS 64 /* the RMM's own bound */

/* x0 to x6 as they went in, x0 to x17 as they came out. */
struct call {
	uint32_t fid;
	uint64_t in[7];
	uint64_t out[18];
};

struct realm {
	uint64_t rd;
	unsigned int ipa_bits;
	int level_start;
	uint64_t recs; /* ever made: the next one's affinity */
};

struct rec_known {
	uint64_t rec;
	uint64_t rd;
	unsigned int reason; /* of the last exit */
	uint64_t ripas_base;
	uint64_t ripas_top;
	uint64_t mpidr; /* that a PSCI call named */
};

/* A command that answered INCOMPLETE, and its handle. */
struct op {
	uint64_t handle;
	struct call opener;
	unsigned int memory; /* RMI_OP_MEM_REQ_*, as last asked */
	uint64_t request;
	bool can_cancel; /* as last allowed */
};

extern struct world {
	uint64_t commands; /* made for this input */
	unsigned int realms;
	unsigned int recs;
	unsigned int ops;
	struct realm realm[WORLD_REALMS];
	struct rec_known rec[WORLD_RECS];
	struct op op[WORLD_OPS];

	/* RmiRealmParams of the REALM_CREATE that is being made. */
	struct realm_params params;
} world;

/* Nothing is known, because nothing is there. */
void world_reset(void);

/* Learns from an answer. */
void world_learn(const struct call *call);

/* The @pick-th of what is there, round about; NULL if nothing is. */
struct realm *world_realm(unsigned int pick);
struct rec_known *world_rec(unsigned int pick);
struct op *world_op(unsigned int pick);

/* Operations that are about to make a REC, or to end one. */
unsigned int world_rec_ops(void);

/* By name; NULL if there is none. */
struct realm *world_realm_at(uint64_t rd);
struct rec_known *world_rec_at(uint64_t rec);

#endif
