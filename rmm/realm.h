/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Realms (Arm DEN 0137, chapter "Realm"): the contents of an RD granule.
 */
#ifndef RMM_REALM_H
#define RMM_REALM_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/rsi_smc.h"
#include "rmm/crypto.h"
#include "rmm/granule.h"

enum realm_state {
	REALM_NEW, /* may be built */
	REALM_ACTIVE, /* may run */
	REALM_SYSTEM_OFF, /* switched itself off, or asked for a reset */
	REALM_ZOMBIE, /* terminated, may be taken apart */
};

#define REALM_RPV_SIZE 64
#define REALM_INSTANCE_ID_SIZE 32

/* Realm descriptor: one granule. Guarded by the lock of its granule. */
struct rd {
	uint64_t pa; /* of this granule */
	enum realm_state state;
	uint16_t vmid;
	unsigned int ipa_bits;
	int rtt_level_start;
	unsigned int rtt_num_start;
	uint64_t rtt_base; /* PA of the first root */
	unsigned int rec_count; /* RECs made so far: the next index */
	unsigned int rec_live; /* RECs that exist */
	unsigned int rec_running; /* RECs inside REC_ENTER */
	unsigned int num_bps; /* breakpoints - 1 */
	unsigned int num_wps; /* watchpoints - 1 */
	enum crypto_hash hash;
	uint8_t measurement[RSI_MEASUREMENTS][RSI_MEASUREMENT_SIZE];
	uint8_t rpv[REALM_RPV_SIZE];
	uint8_t instance_id[REALM_INSTANCE_ID_SIZE]; /* random */
};

_Static_assert(sizeof(struct rd) <= GRANULE_SIZE_MIN, "an RD is one granule");

/*
 * Locks the RD at @pa: NULL if there is none. realm_unlock() takes what
 * realm_lock() gave.
 */
struct rd *realm_lock(uint64_t pa);
void realm_unlock(struct rd *rd);

/*
 * The same for the owner of a REC that the caller holds (it is running, or it
 * is being taken apart): a realm outlives its RECs, so it must be there.
 */
struct rd *realm_lock_owner(uint64_t pa);

/* Physical address of the RD, which names the realm. */
uint64_t realm_pa(const struct rd *rd);

/* First address past the protected half, and past the whole IPA space. */
static inline uint64_t realm_par_end(const struct rd *rd)
{
	return (uint64_t)1 << (rd->ipa_bits - 1);
}

static inline uint64_t realm_ipa_end(const struct rd *rd)
{
	return (uint64_t)1 << rd->ipa_bits;
}

#endif
