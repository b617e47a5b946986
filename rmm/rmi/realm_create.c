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

/* Gives back the first @count roots, which nobody has written to yet. */
static void roots_release(const struct realm_params *params,
			  unsigned int count)
{
	while (count--)
		rmm_assert(granule_move(params->rtt_base +
						count * granule_size(),
					GRANULE_RTT, GRANULE_DELEGATED));
}

static bool roots_claim(const struct realm_params *params)
{
	unsigned int i;

	for (i = 0; i < params->rtt_num_start; i++) {
		if (granule_move(params->rtt_base + i * granule_size(),
				 GRANULE_DELEGATED, GRANULE_RTT))
			continue;
		roots_release(params, i);
		return false;
	}
	return true;
}

/* What a realm gets besides memory. */
struct identity {
	uint8_t instance_id[REALM_INSTANCE_ID_SIZE];
	uint16_t vmid;
};

static bool identity_claim(struct identity *identity)
{
	if (!plat_random(identity->instance_id, sizeof(identity->instance_id)))
		return false;
	identity->vmid = vmid_alloc();
	return identity->vmid != VMID_NONE;
}

/* Claims all that the realm is made of; the descriptor stays locked. */
static uint64_t check(uint64_t rd_pa, uint64_t params_pa,
		      struct realm_params *params, struct identity *identity,
		      struct granule **granule)
{
	if (!granule_aligned(params_pa) ||
	    !ns_read(params, params_pa, sizeof(*params)))
		return RMI_ERROR_INPUT;
	if (!realm_params_ok(params))
		return RMI_ERROR_INPUT;

	if (!identity_claim(identity))
		return RMI_ERROR_GLOBAL;

	if (!roots_claim(params)) {
		vmid_free(identity->vmid);
		return RMI_ERROR_INPUT;
	}

	/* A descriptor among the roots is no longer DELEGATED. */
	*granule = granule_lock(rd_pa, GRANULE_DELEGATED);
	if (!*granule) {
		roots_release(params, params->rtt_num_start);
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
	struct granule *granule;
	struct identity identity;
	struct rd *rd;
	uint64_t status;

	(void)out;
	status = check(in[1], in[2], &params, &identity, &granule);
	if (status != RMI_SUCCESS)
		return status;

	rd = granule_view(granule);
	memset(rd, 0, granule_size());
	rd->pa = in[1];
	commit(rd, &params, &identity);
	granule_set_state(granule, GRANULE_RD);
	granule_unlock(granule);
	return RMI_SUCCESS;
}
