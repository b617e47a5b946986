/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PSCI for realms. A REC is on as long as it is runnable. Whoever wants to know
 * of another REC, or to turn it on, needs RMI_PSCI_COMPLETE: the RMM keeps no
 * list of a realm's RECs, the host does.
 */
#include "rmm/psci.h"

#include "abi/psci.h"
#include "abi/rmi_smc.h"
#include "abi/smccc.h"

static int64_t features(uint32_t fid)
{
	switch (fid) {
	case PSCI_VERSION:
	case PSCI_FEATURES:
	case PSCI_CPU_SUSPEND:
	case PSCI_64(PSCI_CPU_SUSPEND):
	case PSCI_CPU_OFF:
	case PSCI_CPU_ON:
	case PSCI_64(PSCI_CPU_ON):
	case PSCI_AFFINITY_INFO:
	case PSCI_64(PSCI_AFFINITY_INFO):
	case PSCI_SYSTEM_OFF:
	case PSCI_SYSTEM_RESET:
	case SMCCC_VERSION:
		return PSCI_SUCCESS;
	default:
		return PSCI_NOT_SUPPORTED;
	}
}

/* An argument; those of SMC32 calls have 32 bits. */
static uint64_t arg(const struct rec *rec, uint32_t fid, unsigned int n)
{
	uint64_t x = rec->pe.x[n];

	return fid & SMCCC_SMC64 ? x : (uint32_t)x;
}

static bool answer(struct rec *rec, int64_t result)
{
	rec->pe.x[0] = (uint64_t)result;
	return false;
}

/* To the host, which learns of the call and of the affinity it names. */
static bool leave(struct rec_exit *exit, uint32_t fid, uint64_t mpidr)
{
	exit->exit_reason = RMI_EXIT_PSCI;
	exit->gprs[0] = fid;
	exit->gprs[1] = mpidr;
	return true;
}

/* The same; the realm waits for RMI_PSCI_COMPLETE. */
static bool ask(struct rec *rec, const struct rec_psci *psci,
		struct rec_exit *exit, uint32_t fid)
{
	rec->pending = REC_PENDING_PSCI;
	rec->psci = *psci;
	return leave(exit, fid, arg(rec, fid, 1));
}

static bool cpu_off(struct rec *rec, struct rec_exit *exit, uint32_t fid)
{
	rec->runnable = false;
	return leave(exit, fid, 0);
}

/* Index of the REC that the caller names; false if there is none. */
static bool target_of(const struct rec *rec, uint64_t mpidr,
		      unsigned int *index)
{
	struct rd *rd = realm_lock_owner(rec->owner);
	unsigned int count = rd->rec_count;

	realm_unlock(rd);
	return rec_vmpidr_to_index(mpidr, index) && *index < count;
}

static bool is_protected(const struct rec *rec, uint64_t ipa)
{
	struct rd *rd = realm_lock_owner(rec->owner);
	uint64_t end = realm_par_end(rd);

	realm_unlock(rd);
	return ipa < end;
}

static bool cpu_on(struct rec *rec, struct rec_exit *exit, uint32_t fid)
{
	struct rec_psci psci = {
		.cpu_on = true,
		.entry = arg(rec, fid, 2),
		.context = arg(rec, fid, 3),
	};

	if (!is_protected(rec, psci.entry))
		return answer(rec, PSCI_INVALID_ADDRESS);
	if (!target_of(rec, arg(rec, fid, 1), &psci.target))
		return answer(rec, PSCI_INVALID_PARAMETERS);
	if (psci.target == rec->index)
		return answer(rec, PSCI_ALREADY_ON);
	return ask(rec, &psci, exit, fid);
}

static bool affinity_info(struct rec *rec, struct rec_exit *exit,
			  uint32_t fid)
{
	struct rec_psci psci = { .cpu_on = false };

	/* The level is a 32-bit argument in either width. */
	if ((uint32_t)rec->pe.x[2] != 0)
		return answer(rec, PSCI_INVALID_PARAMETERS);
	if (!target_of(rec, arg(rec, fid, 1), &psci.target))
		return answer(rec, PSCI_INVALID_PARAMETERS);
	if (psci.target == rec->index)
		return answer(rec, PSCI_AFFINITY_ON);
	return ask(rec, &psci, exit, fid);
}

/* Other RECs that run leave at their next exit and do not come back. */
static bool system_off(const struct rec *rec, struct rec_exit *exit,
		       uint32_t fid)
{
	struct rd *rd = realm_lock_owner(rec->owner);

	rd->state = REALM_SYSTEM_OFF;
	realm_unlock(rd);
	return leave(exit, fid, 0);
}

bool psci_call(struct rec *rec, uint32_t fid, struct rec_exit *exit)
{
	switch (fid) {
	case PSCI_VERSION:
		return answer(rec, PSCI_VERSION_1_1);
	case PSCI_FEATURES:
		return answer(rec, features((uint32_t)rec->pe.x[1]));
	case PSCI_CPU_SUSPEND:
	case PSCI_64(PSCI_CPU_SUSPEND):
		/* The realm wakes up behind the call and loses nothing. */
		answer(rec, PSCI_SUCCESS);
		return leave(exit, fid, 0);
	case PSCI_CPU_OFF:
		return cpu_off(rec, exit, fid);
	case PSCI_CPU_ON:
	case PSCI_64(PSCI_CPU_ON):
		return cpu_on(rec, exit, fid);
	case PSCI_AFFINITY_INFO:
	case PSCI_64(PSCI_AFFINITY_INFO):
		return affinity_info(rec, exit, fid);
	case PSCI_SYSTEM_OFF:
	case PSCI_SYSTEM_RESET:
		return system_off(rec, exit, fid);
	default:
		return answer(rec, PSCI_NOT_SUPPORTED);
	}
}
