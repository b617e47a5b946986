/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PSCI for realms: version, features and switching off. A realm has as many
 * CPUs running as it has runnable RECs; it cannot start or stop single ones.
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
	case PSCI_SYSTEM_OFF:
	case SMCCC_VERSION:
		return PSCI_SUCCESS;
	default:
		return PSCI_NOT_SUPPORTED;
	}
}

/* Other RECs that run leave at their next exit and do not come back. */
static void realm_off(const struct rec *rec)
{
	struct rd *rd = realm_lock_owner(rec->owner);

	rd->state = REALM_SYSTEM_OFF;
	realm_unlock(rd);
}

bool psci_call(struct rec *rec, uint32_t fid, struct rec_exit *exit)
{
	uint64_t *x = rec->pe.x;

	switch (fid) {
	case PSCI_VERSION:
		x[0] = PSCI_VERSION_1_1;
		return false;
	case PSCI_FEATURES:
		x[0] = (uint64_t)features((uint32_t)x[1]);
		return false;
	case PSCI_SYSTEM_OFF:
		realm_off(rec);
		exit->exit_reason = RMI_EXIT_PSCI;
		exit->gprs[0] = fid;
		return true;
	default:
		x[0] = (uint64_t)(int64_t)PSCI_NOT_SUPPORTED;
		return false;
	}
}
