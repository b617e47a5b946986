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
#include "abi/rmi_smc.h"
#include "rmm/debug_regs.h"
#include "rmm/granule.h"
#include "rmm/pe.h"
#include "rmm/realm.h"

/* A realm has at most 2^order - 1 RECs (feature register 1). */
#define REC_MAX_ORDER 10
#define REC_MAX ((1u << REC_MAX_ORDER) - 1)

/*
 * Granules that the host donates for a REC. One: struct pe_simd, which lies
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
 * The one question that the last exit asked of the host, while its instruction
 * waits for the result.
 */
enum rec_pending {
	REC_PENDING_NONE,
	REC_PENDING_HOST_CALL, /* answered by the next entry */
	REC_PENDING_RIPAS, /* the same, after any number of RTT_SET_RIPAS */
	REC_PENDING_SYSREG, /* a read; answered by the next entry */
	REC_PENDING_PSCI, /* answered by PSCI_COMPLETE; no entry before */
};

/* RSI_IPA_STATE_SET of [next, top); what lay below next is done. */
struct rec_ripas {
	uint64_t next;
	uint64_t top;
	enum rmi_ripas ripas; /* EMPTY or RAM */
	bool change_destroyed; /* also DESTROYED becomes RAM */
};

/* PSCI CPU_ON or AFFINITY_INFO. */
struct rec_psci {
	bool cpu_on;
	unsigned int target; /* index of a REC */
	uint64_t entry; /* CPU_ON */
	uint64_t context; /* CPU_ON */
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
	bool runnable; /* on, as PSCI has it */
	bool running;
	uint64_t aux[REC_AUX_GRANULES]; /* PAs */

	enum rec_abort abort;
	struct pe_exit abort_exit; /* unless abort is NONE */

	enum rec_pending pending;
	union { /* by `pending` */
		uint64_t host_call_ipa;
		struct rec_ripas ripas;
		unsigned int sysreg_rt;
		struct rec_psci psci;
	};

	struct debug_regs debug;
	uint64_t timers_due; /* CNTHCTL_CNTxMASK: as the host knows them */

	struct pe pe;
};

_Static_assert(sizeof(struct rec) <= GRANULE_SIZE_MIN, "a REC is one granule");
_Static_assert(sizeof(struct pe_simd) <= GRANULE_SIZE_MIN, "one aux granule");

/* Index that an affinity names, and the MPIDR_EL1 that the realm sees. */
unsigned int rec_mpidr_to_index(uint64_t mpidr);
uint64_t rec_mpidr_to_vmpidr(uint64_t mpidr);

/*
 * Index of the REC whose affinity fields stand in @vmpidr as MPIDR_EL1 has
 * them; false if any other bit is set.
 */
bool rec_vmpidr_to_index(uint64_t vmpidr, unsigned int *index);

/* Locks the REC at @pa; NULL if there is none. */
struct rec *rec_lock(uint64_t pa);
void rec_unlock(struct rec *rec);

/*
 * Fills the granule at @rec with a new REC of @rd, and its donated granules.
 * The caller owns all of them.
 */
void rec_init(struct rec *rec, uint64_t pa, const struct rd *rd,
	      const struct rec_params *params, const uint64_t *aux);

/* Reset state of all that a realm sees of @rec; it will start at @pc. */
void rec_reset(struct rec *rec, uint64_t pc);

/* What lies in the REC's donated granule. */
struct pe_simd *rec_simd(const struct rec *rec);

/* Reset state of a PE (rmm/pe_reset.c): all registers, general ones zero. */
void pe_reset(struct pe *pe, uint64_t pc);

#endif
