/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Realm execution contexts (Arm DEN 0137, chapter "REC"): the contents of a REC
 * granule.
 */
#ifndef RMM_REC_H
#define RMM_REC_H

#include <stdbool.h>
#include <stdint.h>

#include "abi/rmi_layout.h"
#include "rmm/granule.h"
#include "rmm/pe.h"
#include "rmm/realm.h"

/* A realm has at most 2^order - 1 RECs (feature register 1). */
#define REC_MAX_ORDER 10
#define REC_MAX ((1u << REC_MAX_ORDER) - 1)

/*
 * Granules that the host donates for a REC. One: the SIMD registers, which lie
 * there alone, so that a REC that some day has SVE state grows by more donated
 * granules and nothing else.
 */
#define REC_AUX_GRANULES 1

/* What the last exit left for the next entry to answer. */
enum rec_abort {
	REC_ABORT_NONE,
	REC_ABORT_UNPROTECTED, /* a data abort that may become an SEA */
	REC_ABORT_EMULATABLE, /* or be emulated by the host */
};

/*
 * `running` is guarded by the lock of the REC's granule. Whoever set it owns
 * all other fields until it clears it, without a lock; otherwise the lock
 * guards them.
 */
struct rec {
	uint64_t owner; /* PA of the RD */
	uint64_t pa; /* of this granule */
	unsigned int index;
	uint64_t mpidr; /* as in struct rec_params */
	unsigned int num_bps; /* of the realm: breakpoints - 1 */
	unsigned int num_wps; /* watchpoints - 1 */
	bool runnable;
	bool running;
	uint64_t aux[REC_AUX_GRANULES]; /* PAs */

	enum rec_abort abort;
	struct pe_exit abort_exit; /* unless abort is NONE */

	bool host_call_pending;
	uint64_t host_call_ipa;

	struct pe pe;
};

_Static_assert(sizeof(struct rec) <= GRANULE_SIZE, "a REC is one granule");
_Static_assert(sizeof(struct pe_simd) <= GRANULE_SIZE, "one aux granule");

/* Index that an affinity names, and the MPIDR_EL1 that the realm sees. */
unsigned int rec_mpidr_to_index(uint64_t mpidr);
uint64_t rec_mpidr_to_vmpidr(uint64_t mpidr);

/* Locks the REC at @pa; NULL if there is none. */
struct rec *rec_lock(uint64_t pa);
void rec_unlock(struct rec *rec);

/*
 * Fills the granule at @rec with a new REC of @rd, and its donated granules.
 * The caller owns all of them.
 */
void rec_init(struct rec *rec, uint64_t pa, const struct rd *rd,
	      const struct rec_params *params, const uint64_t *aux);

/* The SIMD registers of a REC. */
struct pe_simd *rec_simd(const struct rec *rec);

/* Reset state of a REC (rmm/pe_reset.c): all registers, general ones zero. */
void pe_reset(struct pe *pe, uint64_t pc);

#endif
