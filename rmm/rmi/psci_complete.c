/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_PSCI_COMPLETE (Arm DEN 0137): a REC has asked for another one of its
 * realm by PSCI, and the host brings the two together. The host may deny
 * CPU_ON; whether the other one is on, it has no say in.
 */
#include "rmm/rmi/rmi.h"

#include "abi/psci.h"
#include "rmm/rec.h"

#define STATUS_SUCCESS ((uint64_t)PSCI_SUCCESS)
#define STATUS_DENIED ((uint64_t)(int64_t)PSCI_DENIED)

/* Locks both, the lower address first; false if one is no REC. */
static bool lock_both(uint64_t a_pa, uint64_t b_pa, struct rec **a,
		      struct rec **b)
{
	if (a_pa > b_pa)
		return lock_both(b_pa, a_pa, b, a);
	if (a_pa == b_pa)
		return false;
	*a = rec_lock(a_pa);
	if (!*a)
		return false;
	*b = rec_lock(b_pa);
	if (!*b)
		rec_unlock(*a);
	return *b;
}

static uint64_t check(const struct rec *calling, const struct rec *target,
		      uint64_t status)
{
	if (calling->running || calling->pending != REC_PENDING_PSCI)
		return RMI_ERROR_INPUT;
	if (calling->owner != target->owner ||
	    calling->psci.target != target->index)
		return RMI_ERROR_INPUT;
	if (status == STATUS_DENIED && calling->psci.cpu_on)
		return RMI_SUCCESS;
	return status == STATUS_SUCCESS ? RMI_SUCCESS : RMI_ERROR_INPUT;
}

/*
 * While it runs, its other fields are not ours to read: by two loads, which a
 * compiler might otherwise make one.
 */
static bool is_on(const struct rec *target)
{
	return __atomic_load_n(&target->running, __ATOMIC_RELAXED) ||
	       target->runnable;
}

/* The target starts as PSCI says: reset, with the caller's endianness. */
static void turn_on(struct rec *target, const struct rec *calling)
{
	uint64_t ee = calling->pe.sysreg[PE_SCTLR_EL1] & SCTLR_EE;

	rec_reset(target, calling->psci.entry);
	target->pe.x[0] = calling->psci.context;
	target->pe.sysreg[PE_SCTLR_EL1] |= ee;
	target->runnable = true;
}

static int64_t cpu_on(const struct rec *calling, struct rec *target,
		      bool denied)
{
	if (is_on(target))
		return PSCI_ALREADY_ON;
	if (denied)
		return PSCI_DENIED;
	turn_on(target, calling);
	return PSCI_SUCCESS;
}

static int64_t affinity_info(const struct rec *target)
{
	return is_on(target) ? PSCI_AFFINITY_ON : PSCI_AFFINITY_OFF;
}

/*
 * A host that denies what is on already has made a mistake, of which the realm
 * must not suffer: both get the truth.
 */
static uint64_t commit(struct rec *calling, struct rec *target, bool denied)
{
	uint64_t *x = calling->pe.x;
	int64_t result = calling->psci.cpu_on ?
			 cpu_on(calling, target, denied) :
			 affinity_info(target);

	x[0] = (uint64_t)result;
	x[1] = 0;
	x[2] = 0;
	x[3] = 0;
	calling->pending = REC_PENDING_NONE;
	return denied && result == PSCI_ALREADY_ON ? RMI_ERROR_INPUT :
						     RMI_SUCCESS;
}

uint64_t rmi_psci_complete(const uint64_t in[7], uint64_t out[5])
{
	struct rec *calling, *target;
	uint64_t status;

	(void)out;
	if (!lock_both(in[1], in[2], &calling, &target))
		return RMI_ERROR_INPUT;
	status = check(calling, target, in[3]);
	if (status == RMI_SUCCESS)
		status = commit(calling, target, in[3] == STATUS_DENIED);
	rec_unlock(calling);
	rec_unlock(target);
	return status;
}
