/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Worlds: a small machine in a certain state, built by commands of the host,
 * and the commands that several CPUs give there at once.
 */
#ifndef TESTS_EXPLORE_WORLD_H
#define TESTS_EXPLORE_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "tests/explore/sched.h"

/* Granules that change hands, and pages that stay the host's. */
#define WORLD_BASE 0x80000000ull
#define WORLD_PAGE 0x1000ull
#define WORLD_POOL 40u
#define WORLD_HOST 16u
#define G(i) (WORLD_BASE + (i) * WORLD_PAGE)
#define N(i) G(WORLD_POOL + (i))
#define WORLD_BLOCK_PA 0x80200000ull
#define WORLD_BLOCK 0x200000ull

struct command {
	const char *name;
	uint32_t fid;
	uint64_t args[6];
};

struct world {
	const char *name;
	void (*build)(void); /* from a cold machine */
	const struct command *commands;
	unsigned int count;
	bool nested; /* some take a lock while they hold another one */
	bool block; /* there is memory for a block */
	bool cold; /* the RMM is not active yet */
};

/* NULL: there are not so many. */
const struct world *world_at(unsigned int index);

/* What came of some commands: their answers, and how the machine is. */
struct outcome {
	uint64_t x[SCHED_CPUS][5];
	uint64_t digest;
};

/* Fails unless the ledger, the GPT and the answers make sense. */
void world_check(void);

/* All of the machine, but for what is random or says nothing. */
uint64_t world_digest(void);

/* A cold machine, then @world. */
void world_build(const struct world *world);

/*
 * Gives a command on @cpu, with a run page of its own: its x0 to x4, but for a
 * new handle.
 */
void world_give(const struct command *command, unsigned int cpu, uint64_t x[5]);

/*
 * Called in the middle of each run of a REC, if it is not NULL: what happens
 * there happens at no other moment of REC_ENTER.
 */
extern void (*world_inside)(void);

#endif
