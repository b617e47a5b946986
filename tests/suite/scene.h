/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Scenes: what is there before a condition's call. All with a realm have the
 * same one, in which every kind of entry can be found:
 *
 *	33 bits of IPA, level 1 is the root, one root; protected below 4 GiB
 *
 *	0x40000000 a table of level 2, and in it
 *	  P_*      below a table of level 3: one page of each HIPAS and RIPAS
 *	  B_*      entries of level 2: without a table, with an empty one
 *	0x80000000 level 1, EMPTY; so is 0
 *
 *	the same from 4 GiB on, unprotected: U_* are pages, UB_* are entries of
 *	level 2
 */
#ifndef SUITE_SCENE_H
#define SUITE_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/rmi_layout.h"
#include "tests/suite/agent.h"
#include "tests/suite/value.h"

#define IPA_BITS 33
#define PAR_END (1ull << (IPA_BITS - 1))
#define IPA_END (1ull << IPA_BITS)
#define LEVEL_START 1

#define G_TABLE 0x40000000ull /* level 1: a table */
#define G_VOID 0x80000000ull /* level 1: EMPTY */

#define P_CODE 0x40000000ull /* DATA/RAM: the agent */
#define P_VOID_EMPTY 0x40001000ull
#define P_VOID_RAM 0x40002000ull
#define P_VOID_DESTROYED 0x40003000ull
#define P_DATA_EMPTY 0x40004000ull
#define P_DATA_RAM 0x40005000ull
#define P_DATA_DESTROYED 0x40006000ull
#define P_BUFFER 0x40007000ull /* DATA/RAM: for RSI */
#define P_EMPTY2 0x40008000ull /* VOID/EMPTY from here to B_VOID */

#define B_VOID 0x40200000ull /* level 2: VOID/EMPTY */
#define B_RAM 0x40400000ull /* VOID/RAM */
#define B_TABLE 0x40600000ull /* a table of VOID/EMPTY */
#define B_DATA 0x40800000ull /* VOID/EMPTY: place for a block */

#define UG_TABLE 0x140000000ull
#define UG_VOID 0x180000000ull
#define U_BOX 0x140000000ull /* MAPPED_NS, read and write */
#define U_BOX2 0x140001000ull
#define U_RO 0x140002000ull /* MAPPED_NS, read only */
#define U_FREE 0x140003000ull /* UNMAPPED_NS from here to UB_VOID */
#define UB_VOID 0x140200000ull /* UNMAPPED_NS */
#define UB_TABLE 0x140600000ull /* a table of UNMAPPED_NS */

enum scene {
	SCENE_BOOT, /* the RMM is not active yet; for the boot's own table */
	SCENE_RMM, /* active, and nothing else */
	SCENE_BARE, /* a realm, NEW, with nothing but its root */
	SCENE_DEAD, /* that, terminated */
	SCENE_NEW, /* the realm, NEW, without RECs */
	SCENE_RECS, /* with two, of which the first is runnable */
	SCENE_ACTIVE, /* that, activated */
	SCENE_RUN, /* the first REC has begun: it is in CPU_SUSPEND */
	SCENE_OFF, /* it has made SYSTEM_OFF */
	SCENE_ZOMBIE, /* ACTIVE, and then terminated */
};

/* Builds it; false, with the verdict, if the RMM does not let us. */
bool scene_build(enum scene scene);

/* Fills a page with the parameters of the realm above, its root at @root. */
void scene_realm_params(uint64_t page, uint64_t root);

/* The same for a REC with this MPIDR, whose box is at @box_ipa and @box. */
void scene_rec_params(uint64_t page, uint64_t mpidr, uint64_t flags,
		      uint64_t box_ipa, uint64_t box);

/* Parts that a condition may add. */
bool scene_other(void); /* another realm, NEW, with a REC */
bool scene_block(void); /* BLOCK_PA: 2 MiB, delegated */
bool scene_donated(void); /* DONATED, of a REC_CREATE that is not done */
bool scene_data_block(void); /* and mapped at B_DATA, RAM */

/* Changes of the realm's state. */
bool scene_activate(void);
bool scene_terminate(void);

/* All of RMM_CONFIG_SET and RMM_ACTIVATE. */
bool scene_activate_rmm(void);

#endif
