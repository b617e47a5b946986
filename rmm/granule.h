/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granules: the unit in which memory changes hands (Arm DEN 0137, chapter
 * "Granule"). Each granule of RAM has a state and a lock; the state is part of
 * the lock's word, so that asking and locking are one step.
 *
 * Lock order. A granule is locked by naming the state that it must have, and
 * nobody waits for a granule in another state, so the state is the class:
 *
 *	RD  <  REC  <  DELEGATED and UNDELEGATED
 *
 * Within a class: ascending physical address. The lock of an RD guards the
 * realm: its fields, all its RTTs and the DATA granules that they map. RTT,
 * DATA, INTERNAL and PENDING granules are never locked for long: whoever made
 * the transition into such a state owns the granule. A debug build checks the
 * order, of what is taken and of what is waited for. No lock is held while a
 * realm runs (plat_pe_run()).
 *
 * Nothing else is waited for: handles of operations, VMIDs and the state of the
 * RMM are claimed by whoever comes first, and refused to the others, so they
 * have no place in the order.
 */
#ifndef RMM_GRANULE_H
#define RMM_GRANULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rmm/config.h"

/* No entry of ours holds an address at or above this: that would want LPA2. */
#define GRANULE_PA_END ((uint64_t)1 << 48)

enum granule_state {
	GRANULE_UNDELEGATED, /* not ours: Non-secure, or EL3's */
	GRANULE_DELEGATED, /* ours, unused, unreadable by anyone */
	GRANULE_RD, /* a realm descriptor */
	GRANULE_RTT, /* a realm translation table */
	GRANULE_REC, /* a realm execution context */
	GRANULE_DATA, /* memory of a realm */
	GRANULE_INTERNAL, /* donated to an operation or to a REC */
	GRANULE_PENDING, /* about to become a REC, or no longer one */
	GRANULE_STATES
};

struct granule {
	uint32_t word; /* state, lock and marks, see granule.c */
	uint32_t refs; /* RTT: its live entries. Else 0 */
};

/* Bytes of metadata for as many @granules of the smallest size. */
size_t granules_size(uint64_t granules);

/* Takes @metadata of all RAM: zeroes, so that all granules are UNDELEGATED. */
void granules_init(void *metadata);

/*
 * Numbers the granules anew, after a change of their size; none is delegated.
 * RAM at the ends of a range that is no whole granule cannot be delegated.
 */
void granules_configure(void);

/* The part of the @index-th range of RAM that is whole granules. */
bool granules_ram(unsigned int index, uint64_t *base, uint64_t *size);

/*
 * Locks the granule at @pa if it is in @state: NULL if @pa is unaligned, no
 * RAM, or in another state, also when it gets there while we wait.
 */
struct granule *granule_lock(uint64_t pa, enum granule_state state);
void granule_unlock(struct granule *granule);

/* Of a locked granule, or of one that the caller owns. */
enum granule_state granule_state(const struct granule *granule);
void granule_set_state(struct granule *granule, enum granule_state state);

/* Lock, change state, unlock. False, and no change, if not in @from. */
bool granule_move(uint64_t pa, enum granule_state from,
		  enum granule_state to);

/* Metadata of @pa without locking; NULL if it is no RAM. */
struct granule *granule_find(uint64_t pa);
uint64_t granule_pa(const struct granule *granule);

/* The contents, as the RMM sees them. Not for UNDELEGATED granules. */
void *granule_view(const struct granule *granule);

/* Zeroes the contents of the granule at @pa, which is not UNDELEGATED. */
void granule_wipe(uint64_t pa);

/*
 * Locks granules from @base on, ascending, as long as they are in @state and
 * below @top, and at most interrupt_granules() of them: how many. A debug build
 * stops sooner for an interrupt (rmm/interrupt.h).
 */
unsigned int granule_lock_run(uint64_t base, uint64_t top,
			      enum granule_state state);

/* Unlocks @count granules from @base on, the first @moved in state @to. */
void granule_unlock_run(uint64_t base, unsigned int count, unsigned int moved,
			enum granule_state to);

/* All granules, by index; for the ledger, while no other CPU is in the RMM. */
uint64_t granules_total(void);
struct granule *granule_at(uint64_t index);
bool granule_locked(const struct granule *granule);

/* A mark of the ledger's: sets it and says if it was set; takes it away. */
bool granule_mark(struct granule *granule);
void granule_unmark(struct granule *granule);

#endif
