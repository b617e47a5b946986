/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_REC_DESTROY (Arm DEN 0137): the REC leaves its realm at once. Then an
 * operation gives back the memory donated for it, and its granule last.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/platform.h"
#include "rmm/rec.h"
#include "rmm/sro.h"

static void rec_destroy_end(struct sro *sro)
{
	uint64_t pa = sro->object;

	granule_wipe(pa);
	rmm_assert(granule_move(pa, GRANULE_PENDING, GRANULE_DELEGATED));
}

static const struct sro_kind rec_destroy = {
	.end = rec_destroy_end,
};

/* The REC at @pa, no longer one and now the caller's. */
static uint64_t claim(uint64_t pa, struct rec **rec)
{
	struct granule *granule = granule_lock(pa, GRANULE_REC);

	if (!granule)
		return sro_refusal(pa);
	*rec = granule_view(granule);
	if ((*rec)->running) {
		granule_unlock(granule);
		return RMI_ERROR_REC;
	}
	granule_set_state(granule, GRANULE_PENDING);
	granule_unlock(granule);
	return RMI_SUCCESS;
}

static void commit(struct sro *sro, const struct rec *rec)
{
	struct rd *rd = realm_lock_owner(rec->owner);
	unsigned int i;

	rd->rec_live--;
	realm_unlock(rd);

	for (i = 0; i < REC_AUX_GRANULES; i++)
		sro_hold(sro, rec->aux[i]);
	sro->object = rec->pa;
	sro_reclaim_first(sro);
}

uint64_t rmi_rec_destroy(const uint64_t in[7], uint64_t out[5])
{
	struct rec *rec = NULL;
	struct sro *sro;
	uint64_t status, unused;

	sro = sro_open(&rec_destroy, &status);
	if (!sro)
		return status;

	status = claim(in[1], &rec);
	if (status != RMI_SUCCESS) {
		sro_close(sro);
		return status;
	}
	commit(sro, rec);
	out[1] = sro_handle(sro);
	return sro_leave(sro, &unused);
}
