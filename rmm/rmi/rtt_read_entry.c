/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_READ_ENTRY (Arm DEN 0137): the entry where a walk to a level ends,
 * wherever that is.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/rtt.h"
#include "rmm/rtt_format.h"

static uint64_t check(const struct rd *rd, uint64_t ipa, uint64_t level)
{
	if (level > RTT_LEVEL_LAST || (int)level < rd->rtt_level_start)
		return RMI_ERROR_INPUT;
	if (ipa >= realm_ipa_end(rd) || ipa % rtt_entry_size((int)level))
		return RMI_ERROR_INPUT;
	return RMI_SUCCESS;
}

static enum rmi_rtte_state state_of(const struct rtte *entry)
{
	switch (entry->hipas) {
	case HIPAS_DATA:
	case HIPAS_MAPPED_NS:
		return RMI_DATA;
	case HIPAS_TABLE:
		return RMI_TABLE;
	default:
		return RMI_VOID;
	}
}

static void report(const struct rd *rd, uint64_t ipa, int level,
		   uint64_t out[5])
{
	struct rtt_walk walk;

	rtt_walk(rd, ipa, level, &walk);
	out[1] = (uint64_t)walk.level;
	out[2] = state_of(&walk.entry);
	out[3] = rtte_describe(&walk.entry);
	out[4] = walk.entry.ripas;
}

uint64_t rmi_rtt_read_entry(const uint64_t in[7], uint64_t out[5])
{
	struct rd *rd = realm_lock(in[1]);
	uint64_t status;

	if (!rd)
		return RMI_ERROR_INPUT;
	status = check(rd, in[2], in[3]);
	if (status == RMI_SUCCESS)
		report(rd, in[2], (int)in[3], out);
	realm_unlock(rd);
	return status;
}
