/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Checks of RmiRealmParams, in the order of Arm DEN 0137, REALM_CREATE. The
 * features refused here are those that the feature registers do not offer:
 * LPA2, SVE, PMU, device assignment, auxiliary planes, ATS.
 */
#include "rmm/realm_params.h"

#include "rmm/platform.h"
#include "rmm/rtt.h"

#define S2SZ_MIN 32
#define POLICY_LAST 1 /* of two-bit policies: 0 and 1 are defined */
#define POLICIES \
	(RMI_REALM_PARAM_FLAG_LFA_POLICY | RMI_REALM_PARAM_FLAG_MEC_POLICY)

static bool flags_ok(const struct realm_params *params)
{
	uint64_t lfa = FIELD_GET(RMI_REALM_PARAM_FLAG_LFA_POLICY,
				 params->flags0);
	uint64_t mec = FIELD_GET(RMI_REALM_PARAM_FLAG_MEC_POLICY,
				 params->flags0);

	/* Any live activation policy holds: this RMM is never replaced. */
	return !(params->flags0 & ~POLICIES) && lfa <= POLICY_LAST &&
	       mec <= POLICY_LAST;
}

/* Counts are stored minus one, and 0 is reserved. */
static bool debug_count_ok(unsigned int count, unsigned int machine)
{
	return count >= 1 && count <= machine - 1;
}

static bool shape_ok(const struct realm_params *params,
		     const struct plat_features *machine)
{
	return params->s2sz >= S2SZ_MIN && params->s2sz <= machine->ipa_bits &&
	       debug_count_ok(params->num_bps, machine->num_bps) &&
	       debug_count_ok(params->num_wps, machine->num_wps) &&
	       params->sve_vl == 0 && params->pmu_num_ctrs == 0;
}

static bool tables_ok(const struct realm_params *params)
{
	uint64_t roots = params->rtt_num_start;

	/* An int is narrower than the field. */
	if (params->rtt_level_start < 0 ||
	    params->rtt_level_start > RTT_LEVEL_LAST)
		return false;
	if (!rtt_geometry_ok(params->s2sz, (int)params->rtt_level_start,
			     params->rtt_num_start))
		return false;
	/* The number of roots is a power of two, once the geometry is. */
	return !(params->rtt_base & (roots * granule_size() - 1));
}

bool realm_params_ok(const struct realm_params *params)
{
	struct plat_features machine;

	plat_features(&machine);
	return flags_ok(params) && shape_ok(params, &machine) &&
	       tables_ok(params) && params->num_aux_planes == 0 &&
	       params->ats_plane == 0 && params->flags1 == 0 &&
	       (params->hash_algo == RMI_HASH_SHA_256 ||
		params->hash_algo == RMI_HASH_SHA_512);
}
