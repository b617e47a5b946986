/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_CREATE (Arm DEN 0137): a delegated granule becomes the table for
 * [ipa, ipa + size of an entry one level up), and says what that entry said.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/rtt.h"

/* On SUCCESS @table is locked and @parent the entry to split. */
static uint64_t check(const struct rd *rd, const uint64_t in[7],
		      struct granule **table, struct rtt_walk *parent)
{
	uint64_t ipa = in[3], level = in[4];

	if (!rtt_table_args_ok(rd, ipa, level))
		return RMI_ERROR_INPUT;
	*table = granule_lock(in[2], GRANULE_DELEGATED);
	if (!*table)
		return RMI_ERROR_INPUT;

	rtt_walk(rd, ipa, (int)level - 1, parent);
	if (parent->level != (int)level - 1 ||
	    parent->entry.hipas == HIPAS_TABLE) {
		granule_unlock(*table);
		return RMI_RETURN(RMI_ERROR_RTT, parent->level);
	}
	if (parent->entry.open) {
		granule_unlock(*table);
		return RMI_BLOCKED;
	}
	return RMI_SUCCESS;
}

static void commit(const struct rd *rd, struct granule *table,
		   struct rtt_walk *parent)
{
	struct rtte entry = { .hipas = HIPAS_TABLE, .pa = granule_pa(table) };

	rtt_unfold(table, parent->level + 1, &parent->entry);
	granule_set_state(table, GRANULE_RTT);
	granule_unlock(table);
	rtt_replace(rd, parent, &entry);
}

uint64_t rmi_rtt_create(const uint64_t in[7], uint64_t out[5])
{
	struct rd *rd = realm_lock(in[1]);
	struct rtt_walk parent;
	struct granule *table;
	uint64_t status;

	(void)out;
	if (!rd)
		return RMI_ERROR_INPUT;
	status = check(rd, in, &table, &parent);
	if (status == RMI_SUCCESS)
		commit(rd, table, &parent);
	realm_unlock(rd);
	return status;
}
