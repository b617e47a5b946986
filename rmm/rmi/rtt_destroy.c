/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_DESTROY (Arm DEN 0137): a table in which nothing of the realm's is
 * mapped becomes a delegated granule again. What the realm had there is lost:
 * in the protected half the RIPAS is DESTROYED afterwards.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/platform.h"
#include "rmm/rtt.h"

/* Also on ERROR_RTT, *@top says how far there is nothing to destroy. */
static uint64_t check(const struct rd *rd, uint64_t ipa, uint64_t level,
		      struct rtt_walk *parent, uint64_t *top)
{
	if (!rtt_table_args_ok(rd, ipa, level))
		return RMI_ERROR_INPUT;

	rtt_walk(rd, ipa, (int)level - 1, parent);
	if (parent->entry.hipas != HIPAS_TABLE) {
		/* An entry that maps something may start below @ipa. */
		*top = rtt_vacant_end(rd, parent);
		if (*top < ipa)
			*top = ipa;
		return RMI_RETURN(RMI_ERROR_RTT, parent->level);
	}
	if (granule_find(parent->entry.pa)->refs) {
		*top = ipa;
		return RMI_RETURN(RMI_ERROR_RTT, level);
	}
	return RMI_SUCCESS;
}

static void commit(const struct rd *rd, struct rtt_walk *parent,
		   uint64_t out[5])
{
	struct rtte entry = rtte_unmapped(rd, parent->ipa, RMI_DESTROYED);
	uint64_t table = parent->entry.pa;

	rtt_replace(rd, parent, &entry);
	rmm_assert(granule_move(table, GRANULE_RTT, GRANULE_DELEGATED));
	out[1] = table;
	out[2] = rtt_vacant_end(rd, parent);
}

uint64_t rmi_rtt_destroy(const uint64_t in[7], uint64_t out[5])
{
	struct rd *rd = realm_lock(in[1]);
	struct rtt_walk parent;
	uint64_t status;

	if (!rd)
		return RMI_ERROR_INPUT;
	status = check(rd, in[2], in[3], &parent, &out[2]);
	if (status == RMI_SUCCESS)
		commit(rd, &parent, out);
	realm_unlock(rd);
	return status;
}
