/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Scenes: what is there before a condition's call. All with a realm have the
 * same one, in which every kind of entry can be found:
 *
 *	33, 39 or 44 bits of IPA, level 1 is the root, one root
 *
 *	a quarter into the protected half: a table of level 2, and in it
 *	  P_*      below a table of level 3: one page of each HIPAS and RIPAS
 *	  B_*      entries of level 2: without a table, with an empty one
 *	the middle of the protected half: level 1, EMPTY; so is its last entry
 *
 *	the same in the unprotected half: U_* are pages, UB_* are entries of
 *	level 2
 *
 * With 4 KiB granules the protected half ends at 4 GiB, and P_* are at 1 GiB.
 */
#ifndef SUITE_SCENE_H
#define SUITE_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/rmi_layout.h"
#include "tests/suite/agent.h"
#include "tests/suite/geometry.h"
#include "tests/suite/value.h"

/* Eight entries of level 1, or as many as 44 bits of address hold. */
#define IPA_BITS_MOST 44
#define IPA_BITS_WANTED (LEVEL_SHIFT(1) + 3)
#define IPA_BITS \
	(IPA_BITS_WANTED < IPA_BITS_MOST ? IPA_BITS_WANTED : IPA_BITS_MOST)
#define PAR_END (1ull << (IPA_BITS - 1))
#define IPA_END (1ull << IPA_BITS)
#define LEVEL_START 1

#define G_TABLE (P_CODE / ROOT_ENTRY * ROOT_ENTRY) /* level 1: a table */
#define G_VOID (PAR_END / 2) /* level 1: EMPTY */

#define P(page) (PAR_END / 4 + (page) * GRANULE)
#define P_CODE P(0) /* DATA/RAM: the agent */
#define P_VOID_EMPTY P(1)
#define P_VOID_RAM P(2)
#define P_VOID_DESTROYED P(3)
#define P_DATA_EMPTY P(4)
#define P_DATA_RAM P(5)
#define P_DATA_DESTROYED P(6)
#define P_BUFFER P(7) /* DATA/RAM: for RSI */
#define P_EMPTY2 P(8) /* VOID/EMPTY from here to B_VOID */

#define B(block) (P_CODE + (block) * BLOCK)
#define B_VOID B(1) /* level 2: VOID/EMPTY */
#define B_RAM B(2) /* VOID/RAM */
#define B_TABLE B(3) /* a table of VOID/EMPTY */
#define B_DATA B(4) /* VOID/EMPTY: place for a block */

#define UNPROTECTED(ipa) (PAR_END + (ipa))
#define UG_TABLE UNPROTECTED(G_TABLE)
#define UG_VOID UNPROTECTED(G_VOID)
#define U_BOX UNPROTECTED(P(0)) /* MAPPED_NS, read and write */
#define U_BOX2 UNPROTECTED(P(1))
#define U_RO UNPROTECTED(P(2)) /* MAPPED_NS, read only */
#define U_FREE UNPROTECTED(P(3)) /* UNMAPPED_NS from here to UB_VOID */
#define UB_VOID UNPROTECTED(B(1)) /* UNMAPPED_NS */
#define UB_TABLE UNPROTECTED(B(3)) /* a table of UNMAPPED_NS */

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
bool scene_donated(void); /* DONATED, of a REC_CREATE that is not done */
bool scene_block(void); /* BLOCK_PA, delegated */
bool scene_block_at(uint64_t ipa); /* and mapped there, RIPAS as it was */
bool scene_data_block(void); /* and mapped at B_DATA, RAM; in NEW */
bool scene_empty_block(void); /* and mapped at B_DATA: DATA/EMPTY */
bool scene_ram_block(void); /* and mapped at B_RAM: DATA/RAM */
bool scene_lost_block(void); /* and it was at B_RAM: VOID/DESTROYED */
bool scene_destroyed_block(void); /* and is again: DATA/DESTROYED */

/*
 * MINE: where the host may have a block for the unprotected half. Nobody looks
 * there, so that it need not be all RAM.
 */
void scene_host_block(void);

/* Changes of the realm's state. */
bool scene_activate(void);
bool scene_terminate(void);

/* Fills a page for RMM_CONFIG_SET. */
void scene_config(uint64_t page);

/* All of RMM_CONFIG_SET and RMM_ACTIVATE. */
bool scene_activate_rmm(void);

#endif
