/* SPDX-License-Identifier: BSD-3-Clause */
/* What must hold after each call, and at the end; see check.h. */
#include "fuzz/rmm/check.h"

#include "abi/rmi_table.h"
#include "abi/smccc.h"
#include "rmm/granule.h"
#include "rmm/rmm.h"

#define CHECK_ALL_EVERY 256 /* commands */

/* A word that no status of this RMM explains. */
static void check_result(const struct call *call)
{
	uint64_t x0 = call->out[0];
	uint64_t index = RMI_RETURN_INDEX(x0);

	if (x0 == SMCCC_NOT_SUPPORTED)
		return;
	if (x0 >> 16 || RMI_RETURN_STATUS(x0) > RMI_ERROR_GRANULE)
		machine_fail("no result word", x0);
	switch (RMI_RETURN_STATUS(x0)) {
	case RMI_ERROR_RTT:
		if (index > 3)
			machine_fail("no level", x0);
		break;
	case RMI_INCOMPLETE:
		if (RMI_RETURN_MEMREQ(x0) == 3 || index >> 3)
			machine_fail("no memory request", x0);
		break;
	default:
		if (index)
			machine_fail("an index where none belongs", x0);
	}
}

/* x4 is a result of one command only, the rest of none. */
static void check_registers(const struct call *call)
{
	unsigned int first = call->fid == SMC_RMI_RTT_READ_ENTRY ? 5 : 4;

	if (call->out[0] == SMCCC_NOT_SUPPORTED)
		first = 1;
	for (unsigned int i = first; i < 18; i++) {
		uint64_t was = i < 7 ? call->in[i] : ~(uint64_t)i;

		if (call->out[i] != was)
			machine_fail("a register that is no result", i);
	}
}

/* Where a range command says how far it got: its base and top. */
static bool range_of(const struct call *call, uint64_t *base, uint64_t *top)
{
	unsigned int first;

	switch (call->fid) {
	case SMC_RMI_GRANULE_RANGE_DELEGATE:
	case SMC_RMI_GRANULE_RANGE_UNDELEGATE:
		first = 1;
		break;
	case SMC_RMI_RTT_INIT_RIPAS:
	case SMC_RMI_RTT_DATA_MAP:
	case SMC_RMI_RTT_DATA_UNMAP:
	case SMC_RMI_RTT_UNPROT_MAP:
	case SMC_RMI_RTT_UNPROT_UNMAP:
		first = 2;
		break;
	case SMC_RMI_RTT_SET_RIPAS:
		first = 3;
		break;
	default:
		return false;
	}
	*base = call->in[first];
	*top = call->in[first + 1];
	return true;
}

void check_progress(const struct call *call)
{
	uint64_t base, top, at = call->out[1];

	if (call->out[0] != RMI_SUCCESS || !range_of(call, &base, &top))
		return;
	if (at <= base || at > top || !granule_aligned(at))
		machine_fail("SUCCESS, and progress to where", at);
}

static void check_granule(const struct granule *granule)
{
	bool ours = granule_state(granule) != GRANULE_UNDELEGATED;

	if (machine_is_realm(granule_pa(granule)) != ours)
		machine_fail("GPT and granule disagree", granule_pa(granule));
}

static void check_named(const struct call *call)
{
	for (unsigned int i = 1; i < 7; i++) {
		const struct granule *granule = granule_find(call->in[i]);

		if (granule)
			check_granule(granule);
	}
}

/*
 * For libFuzzer, which adds it to what it knows of code: at each size of
 * granules, each status of each command is something new.
 */
__attribute__((section("__libfuzzer_extra_counters")))
static uint8_t reached[RAM_KINDS][256][16];

static void note_reached(const struct call *call)
{
	unsigned int status = RMI_RETURN_STATUS(call->out[0]) & 15;

	if (call->out[0] != SMCCC_NOT_SUPPORTED)
		reached[(ram.shift - 12) / 2][call->fid & 0xff][status] = 1;
}

void check_call(const struct call *call)
{
	note_reached(call);
	check_result(call);
	check_registers(call);
	check_progress(call);
	check_named(call);
}

/* The RMM has what its answers said that it has. */
static void check_counts(void)
{
	uint64_t counts[GRANULE_STATES];

	rmm_ledger_count(counts, GRANULE_STATES);
	if (counts[GRANULE_RD] != world.realms)
		machine_fail("realms", counts[GRANULE_RD]);
	if (counts[GRANULE_REC] != world.recs)
		machine_fail("RECs", counts[GRANULE_REC]);
	if (counts[GRANULE_PENDING] != world_rec_ops())
		machine_fail("RECs on the way", counts[GRANULE_PENDING]);
}

void check_all(void)
{
	if (!rmm_ledger_ok())
		machine_fail("the ledger does not agree", world.commands);
	if (granules_total() != ram.pages)
		machine_fail("granules that are not whole", granules_total());
	for (unsigned int i = 0; i < ram.pages; i++)
		check_granule(granule_at(i));
	check_counts();
}

void check_now_and_then(void)
{
	if (world.commands % CHECK_ALL_EVERY == 0)
		check_all();
}

void check_nothing_left(void)
{
	uint64_t counts[GRANULE_STATES];

	check_all();
	if (world.realms || world.recs || world.ops)
		machine_fail("objects are left", world.realms);
	rmm_ledger_count(counts, GRANULE_STATES);
	if (counts[GRANULE_UNDELEGATED] != ram.pages)
		machine_fail("granules do not come back",
			     ram.pages - counts[GRANULE_UNDELEGATED]);
}
