/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The smallest machine that the RMM runs on, made to be put back: a few
 * granules of RAM, one CPU, a PE that does what it was told. Everything that
 * the RMM remembers can be copied out and in again, so that a search can try
 * one call after the other from the same moment.
 */
#ifndef TESTS_MODEL_WORLD_H
#define TESTS_MODEL_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORLD_BASE 0x80000000ull
#define WORLD_PAGE 0x1000ull

/* Granules that change hands, and behind them pages that stay the host's. */
#define WORLD_POOL 12
#define WORLD_HOST 4
#define WORLD_GRANULES (WORLD_POOL + WORLD_HOST)

/* Of the latter, the one that realms get to see. */
#define WORLD_HOST_DATA (WORLD_GRANULES - 1)

/* No granule. */
#define WORLD_NONE 0xff

static inline uint64_t world_pa(unsigned int granule)
{
	return WORLD_BASE + granule * WORLD_PAGE;
}

/* A machine that was just switched on: the RMM is not yet ACTIVE. Once. */
void world_cold(void);

/*
 * The contents of a granule, whoever owns it: to write, or only to look at; and
 * whether the host may look.
 */
uint8_t *world_page(unsigned int granule);
const uint8_t *world_look(unsigned int granule);
bool world_is_host(unsigned int granule);

/* An SMC of the host: x0; world_out has x0 to x17 after it. */
extern uint64_t world_out[18];
uint64_t world_smc(uint64_t fid, const uint64_t args[5]);

/* What the PE does in its next run: x0 to x4, then SMC; or an interrupt. */
void world_realm_calls(const uint64_t x[5]);
void world_realm_idles(void);

/* All of it, to be put back. */
struct world_snapshot;
struct world_snapshot *world_snapshot_new(void);
void world_save(struct world_snapshot *snapshot);
void world_restore(const struct world_snapshot *snapshot);

/*
 * The same as world_restore(), but quick: of all that calls since then can have
 * changed.
 */
void world_rewind(const struct world_snapshot *snapshot);

/*
 * Was it all? If something of what the RMM remembers was missed, it is LEARNT,
 * for ever, and all is put back; what was seen meanwhile is void. Memory is
 * never missed: if that DIFFERS, it was written in a way that there is not.
 */
enum world_check {
	WORLD_SAME,
	WORLD_LEARNT,
	WORLD_DIFFERS,
};

enum world_check world_check(const struct world_snapshot *snapshot);

/* In a new process: what others have learnt. */
void world_recall(void);

/* True if no granule, and nothing that the RMM knows of it, is different. */
bool world_same_granules(const struct world_snapshot *snapshot);

/* Memory of all processes, zero; taken only where it is used. */
void *world_shared(size_t size);

/* The RMM's own count, per enum granule_state; and its ledger. */
bool world_ledger_ok(uint64_t *counts, unsigned int states);

#endif
