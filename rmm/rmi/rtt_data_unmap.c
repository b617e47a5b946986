/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_DATA_UNMAP (Arm DEN 0137): memory of a realm goes back to being
 * delegated, in any state of the realm. Where it was RAM, the realm finds
 * DESTROYED.
 *
 * A block that an interrupt finds half given back becomes an operation, which
 * gives back the rest. The realm has lost all of it before.
 */
#include "rmm/rmi/rmi.h"

#include <string.h>

#include "rmm/platform.h"
#include "rmm/sro.h"
#include "rmm/unmap_range.h"

static uint64_t data_unmap_work(struct sro *sro, uint64_t out[5])
{
	struct sro_range *range = &sro->range;
	struct rd *rd = realm_lock_owner(range->rd);
	bool done = block_move(&range->block) == BLOCK_DONE;

	if (done) {
		unmap_range_close(rd, range->ipa, range->level);
		memcpy(&out[1], range->out, 3 * sizeof(out[1]));
	}
	realm_unlock(rd);
	return done ? RMI_SUCCESS : RMI_INCOMPLETE;
}

static const struct sro_kind data_unmap = { .work = data_unmap_work };

/* What is left to do, and the answer then, are the operation's. */
static void keep(struct sro *sro, const struct unmap_range *unmap,
		 uint64_t out[5])
{
	sro->range = (struct sro_range){
		.rd = realm_pa(unmap->rd),
		.ipa = unmap->open_ipa,
		.level = unmap->walk.level,
		.block = unmap->block,
	};
	memcpy(sro->range.out, &out[1], 3 * sizeof(out[1]));
	memset(&out[1], 0, 3 * sizeof(out[1]));
}

static uint64_t run(struct sro *sro, const uint64_t in[7], uint64_t out[5])
{
	struct rd *rd = realm_lock(in[1]);
	struct unmap_range unmap;
	uint64_t status;

	if (!rd)
		return RMI_ERROR_INPUT;
	status = unmap_range_check(&unmap, rd, in, true);
	if (status == RMI_SUCCESS)
		status = unmap_range_run(&unmap, out);
	if (status == RMI_INCOMPLETE)
		keep(sro, &unmap, out);
	realm_unlock(rd);
	return status;
}

uint64_t rmi_rtt_data_unmap(const uint64_t in[7], uint64_t out[5])
{
	uint64_t status;
	struct sro *sro = sro_open(&data_unmap, &status);

	if (!sro)
		return status;
	status = run(sro, in, out);
	return sro_finish(sro, status, out);
}
