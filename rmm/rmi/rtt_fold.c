/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_FOLD (Arm DEN 0137): a table whose entries all say the same becomes
 * one entry that says it, and a delegated granule. The inverse of RTT_CREATE.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/platform.h"
#include "rmm/rtt.h"

/* On SUCCESS @parent is the table's entry, and @entry what it may become. */
static uint64_t check(const struct rd *rd, uint64_t ipa, uint64_t level,
		      struct rtt_walk *parent, struct rtte *entry)
{
	if (!rtt_table_args_ok(rd, ipa, level))
		return RMI_ERROR_INPUT;

	rtt_walk(rd, ipa, (int)level - 1, parent);
	if (parent->entry.hipas != HIPAS_TABLE)
		return RMI_RETURN(RMI_ERROR_RTT, parent->level);
	if (!rtt_fold(rd, parent, entry))
		return RMI_RETURN(RMI_ERROR_RTT, level);
	if (rtte_maps(entry) && parent->level < rtt_level_block())
		return RMI_RETURN(RMI_ERROR_RTT, parent->level);
	return RMI_SUCCESS;
}

static void commit(const struct rd *rd, struct rtt_walk *parent,
		   const struct rtte *entry, uint64_t out[5])
{
	uint64_t table = parent->entry.pa;

	rtt_replace(rd, parent, entry);
	granule_find(table)->refs = 0;
	rmm_assert(granule_move(table, GRANULE_RTT, GRANULE_DELEGATED));
	out[1] = table;
}

uint64_t rmi_rtt_fold(const uint64_t in[7], uint64_t out[5])
{
	struct rd *rd = realm_lock(in[1]);
	struct rtt_walk parent;
	struct rtte entry;
	uint64_t status;

	if (!rd)
		return RMI_ERROR_INPUT;
	status = check(rd, in[2], in[3], &parent, &entry);
	if (status == RMI_SUCCESS)
		commit(rd, &parent, &entry, out);
	realm_unlock(rd);
	return status;
}
