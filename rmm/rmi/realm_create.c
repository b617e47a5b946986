/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_REALM_CREATE (Arm DEN 0137): a realm in the state NEW, from a delegated
 * granule for its descriptor and delegated granules for its root tables.
 */
#include "rmm/rmi/rmi.h"

#include <string.h>

#include "rmm/measurement.h"
#include "rmm/platform.h"
#include "rmm/realm.h"
#include "rmm/realm_params.h"
#include "rmm/rtt.h"
#include "rmm/vmid.h"

/* Unlocks the first @count roots, which are @state from now on. */
static void roots_unlock(const struct realm_params *params, unsigned int count,
			 enum granule_state state)
{
	granule_unlock_run(params->rtt_base, count, count, state);
}

static bool roots_lock(const struct realm_params *params)
{
	unsigned int i;

	for (i = 0; i < params->rtt_num_start; i++) {
		if (granule_lock(params->rtt_base + i * granule_size(),
				 GRANULE_DELEGATED))
			continue;
		roots_unlock(params, i, GRANULE_DELEGATED);
		return false;
	}
	return true;
}

/*
 * Locks all granules that the realm is made of, at once and in the order of
 * locks, so that nobody sees a part of it, or anything of one that fails.
 */
static bool granules_lock(uint64_t rd, const struct realm_params *params)
{
	uint64_t base = params->rtt_base;
	bool rd_first = rd < base;

	/* A descriptor among the roots: nobody waits for a lock of its own. */
	if (!rd_first && rd - base < params->rtt_num_start * granule_size())
		return false;
	if (rd_first && !granule_lock(rd, GRANULE_DELEGATED))
		return false;
	if (!roots_lock(params)) {
		if (rd_first)
			granule_unlock(granule_find(rd));
		return false;
	}
	if (rd_first || granule_lock(rd, GRANULE_DELEGATED))
		return true;
	roots_unlock(params, params->rtt_num_start, GRANULE_DELEGATED);
	return false;
}

/* What a realm gets besides memory. */
struct identity {
	uint8_t instance_id[REALM_INSTANCE_ID_SIZE];
	uint16_t vmid;
};

/*
 * A private memory encryption context would come with it: FEATURES has none in
 * register 4, so none is ever left. Asked first, with nothing to give back.
 */
static bool identity_claim(const struct realm_params *params,
			   struct identity *identity)
{
	if (FIELD_GET(RMI_REALM_PARAM_FLAG_MEC_POLICY, params->flags0) ==
	    RMI_MEC_POLICY_PRIVATE)
		return false;
	if (!plat_random(identity->instance_id, sizeof(identity->instance_id)))
		return false;
	identity->vmid = vmid_alloc();
	return identity->vmid != VMID_NONE;
}

/* Claims all that the realm is made of; the granules are locked. */
static uint64_t check(uint64_t rd_pa, uint64_t params_pa,
		      struct realm_params *params, struct identity *identity)
{
	if (!granule_aligned(params_pa) ||
	    !ns_read(params, params_pa, sizeof(*params)))
		return RMI_ERROR_INPUT;
	if (!realm_params_ok(params))
		return RMI_ERROR_INPUT;

	if (!identity_claim(params, identity))
		return RMI_ERROR_GLOBAL;

	if (!granules_lock(rd_pa, params)) {
		vmid_free(identity->vmid);
		return RMI_ERROR_INPUT;
	}
	return RMI_SUCCESS;
}

static void commit(struct rd *rd, const struct realm_params *params,
		   const struct identity *identity)
{
	rd->state = REALM_NEW;
	rd->vmid = identity->vmid;
	memcpy(rd->instance_id, identity->instance_id,
	       sizeof(rd->instance_id));
	rd->ipa_bits = params->s2sz;
	rd->rtt_level_start = (int)params->rtt_level_start;
	rd->rtt_num_start = params->rtt_num_start;
	rd->rtt_base = params->rtt_base;
	rd->num_bps = params->num_bps;
	rd->num_wps = params->num_wps;
	rd->hash = params->hash_algo == RMI_HASH_SHA_512 ? CRYPTO_SHA_512 :
							   CRYPTO_SHA_256;
	memcpy(rd->rpv, params->rpv, sizeof(rd->rpv));
	rtt_init_roots(rd);
	measurement_start(rd, params);
}

uint64_t rmi_realm_create(const uint64_t in[7], uint64_t out[5])
{
	struct realm_params params;
	struct identity identity;
	struct granule *granule;
	struct rd *rd;
	uint64_t status;

	(void)out;
	status = check(in[1], in[2], &params, &identity);
	if (status != RMI_SUCCESS)
		return status;

	granule = granule_find(in[1]);
	rd = granule_view(granule);
	memset(rd, 0, granule_size());
	rd->pa = in[1];
	commit(rd, &params, &identity);
	roots_unlock(&params, params.rtt_num_start, GRANULE_RTT);
	granule_set_state(granule, GRANULE_RD);
	granule_unlock(granule);
	return RMI_SUCCESS;
}
