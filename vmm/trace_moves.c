// SPDX-License-Identifier: BSD-3-Clause
/*
 * Which granules a call made change hands. A row a command: the states of the
 * granules before and after, and how many the call's registers say there were.
 */
#include <inttypes.h>

#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "sim/machine/machine.h"
#include "vmm/layout.h"
#include "vmm/trace_moves.h"

/* A block of a level has 512 of the next. */
#define LEVEL_SHIFT 9

static u64 one(const struct conduit_call *call)
{
	return RMI_RETURN_STATUS(call->out[0]) == RMI_SUCCESS;
}

/* Also when the RMM wants memory first, or has some to give back. */
static u64 one_begun(const struct conduit_call *call)
{
	return one(call) || RMI_RETURN_STATUS(call->out[0]) == RMI_INCOMPLETE;
}

/* A range from x1 or, where that is the RD, x2; up to where the RMM came. */
static u64 granules(const struct conduit_call *call, int base)
{
	return one(call) ? (call->out[1] - call->in[base]) / GRANULE_SIZE : 0;
}

static u64 of_range(const struct conduit_call *call)
{
	return granules(call, 1);
}

static u64 of_mapping(const struct conduit_call *call)
{
	return granules(call, 2);
}

static u64 of_descriptor(u64 descriptor)
{
	unsigned int level = descriptor & RMI_ADDR_RANGE_SIZE;

	return ((descriptor & RMI_ADDR_RANGE_COUNT) >> 2)
	       << level * LEVEL_SHIFT;
}

/* A word of the host's memory, as the host sees it. */
static u64 read64(u64 pa)
{
	u64 value = 0;
	u8 byte;

	for (int i = 0; i < 8; i++)
		if (machine_probe_read(pa + (u64)i, &byte))
			value |= (u64)byte << 8 * i;
	return value;
}

static u64 of_list(u64 pa, u64 count)
{
	u64 sum = 0;

	for (u64 i = 0; i < count; i++)
		sum += of_descriptor(read64(pa + 8 * i));
	return sum;
}

static u64 of_unmapping(const struct conduit_call *call)
{
	if (!one(call))
		return 0;
	switch (call->in[4] & RMI_MAP_OADDR_TYPE) {
	case RMI_OADDR_SINGLE:
		return of_descriptor(call->out[2]);
	case RMI_OADDR_LIST:
		return of_list(call->in[5], call->out[3]);
	default: /* nobody is told */
		return 0;
	}
}

static u64 taken(const struct conduit_call *call)
{
	return one_begun(call) ? call->out[1] : 0;
}

static u64 given_back(const struct conduit_call *call)
{
	return one_begun(call) ? of_list(call->in[2], call->out[1]) : 0;
}

static const struct {
	u32 fid;
	u64 (*count)(const struct conduit_call *call);
	const char *how;
} moves[] = {
	{ SMC_RMI_GRANULE_RANGE_DELEGATE, of_range,
	  "UNDELEGATED > DELEGATED" },
	{ SMC_RMI_GRANULE_RANGE_UNDELEGATE, of_range,
	  "DELEGATED > UNDELEGATED" },
	{ SMC_RMI_REALM_CREATE, one, "DELEGATED > RD, with its root tables" },
	{ SMC_RMI_REALM_DESTROY, one, "RD > DELEGATED, with its root tables" },
	{ SMC_RMI_REC_CREATE, one_begun, "DELEGATED > REC" },
	{ SMC_RMI_REC_DESTROY, one_begun, "REC > DELEGATED" },
	{ SMC_RMI_RTT_CREATE, one, "DELEGATED > RTT" },
	{ SMC_RMI_RTT_DESTROY, one, "RTT > DELEGATED" },
	{ SMC_RMI_RTT_FOLD, one, "RTT > DELEGATED" },
	{ SMC_RMI_RTT_DATA_MAP_INIT, one, "DELEGATED > DATA" },
	{ SMC_RMI_RTT_DATA_MAP, of_mapping, "DELEGATED > DATA" },
	{ SMC_RMI_RTT_DATA_UNMAP, of_unmapping, "DATA > DELEGATED" },
	{ SMC_RMI_OP_MEM_DONATE, taken, "DELEGATED > REC_AUX" },
	{ SMC_RMI_OP_MEM_RECLAIM, given_back, "REC_AUX > DELEGATED" },
};

void trace_add_moves(struct line *line, const struct conduit_call *call)
{
	u64 fid = call->in[0] & ~(u64)SMCCC_SVE_HINT;

	if (call->canned || call->out[0] == SMCCC_NOT_SUPPORTED)
		return;
	for (size_t i = 0; i < sizeof(moves) / sizeof(*moves); i++) {
		u64 count = moves[i].fid == fid ? moves[i].count(call) : 0;

		if (count)
			line_add(line, " [%" PRIu64 " granule%s %s]", count,
				 count == 1 ? "" : "s", moves[i].how);
	}
}
