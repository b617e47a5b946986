/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_REC_CREATE (Arm DEN 0137): an operation that first asks for the memory of
 * the REC. Parameters and realm are looked at when that is there; until then
 * the REC's granule is PENDING.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/measurement.h"
#include "rmm/platform.h"
#include "rmm/rec.h"
#include "rmm/sro.h"

enum { ARG_RD, ARG_PARAMS };

static bool mpidr_ok(const struct rd *rd, uint64_t mpidr)
{
	return !(mpidr & ~RMI_REC_MPIDR_MASK) &&
	       rec_mpidr_to_index(mpidr) == rd->rec_count;
}

static uint64_t check(const struct rd *rd, const struct rec_params *params)
{
	if (rd->rec_count >= REC_MAX || rd->state != REALM_NEW)
		return RMI_ERROR_REALM;
	if (!mpidr_ok(rd, params->mpidr))
		return RMI_ERROR_INPUT;
	return RMI_SUCCESS;
}

static void commit(struct sro *sro, struct rd *rd,
		   const struct rec_params *params)
{
	uint64_t pa = sro->object;
	uint64_t aux[REC_AUX_GRANULES];
	unsigned int i;

	for (i = REC_AUX_GRANULES; i > 0; i--)
		aux[i - 1] = sro_keep(sro);

	rec_init(plat_realm_view(pa), pa, rd, params, aux);
	if (params->flags & RMI_REC_PARAM_FLAG_RUNNABLE)
		measurement_extend_rec(rd, params);
	rd->rec_count++;
	rd->rec_live++;
	rmm_assert(granule_move(pa, GRANULE_PENDING, GRANULE_REC));
}

static uint64_t rec_create_work(struct sro *sro, uint64_t out[5])
{
	struct rec_params params;
	struct rd *rd;
	uint64_t status;

	(void)out;
	if (!granule_aligned(sro->arg[ARG_PARAMS]) ||
	    !ns_read(&params, sro->arg[ARG_PARAMS], sizeof(params)))
		return RMI_ERROR_INPUT;

	rd = realm_lock(sro->arg[ARG_RD]);
	if (!rd)
		return RMI_ERROR_INPUT;

	status = check(rd, &params);
	if (status == RMI_SUCCESS)
		commit(sro, rd, &params);
	realm_unlock(rd);
	return status;
}

static void rec_create_end(struct sro *sro)
{
	rmm_assert(granule_move(sro->object, GRANULE_PENDING,
				GRANULE_DELEGATED));
}

static const struct sro_kind rec_create = {
	.work = rec_create_work,
	.end = rec_create_end,
};

uint64_t rmi_rec_create(const uint64_t in[7], uint64_t out[5])
{
	struct granule *granule = granule_lock(in[2], GRANULE_DELEGATED);
	struct sro *sro;
	uint64_t status;

	if (!granule)
		return sro_refusal(in[2]);

	sro = sro_open(&rec_create, &status);
	if (sro)
		granule_set_state(granule, GRANULE_PENDING);
	granule_unlock(granule);
	if (!sro)
		return status;

	sro->arg[ARG_RD] = in[1];
	sro->object = in[2];
	sro->arg[ARG_PARAMS] = in[3];
	sro_donate_first(sro, REC_AUX_GRANULES, false);
	out[1] = sro_handle(sro);
	return sro_leave(sro, &out[2]);
}
