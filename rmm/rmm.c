/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The entries of the RMM, and the dispatcher of RMI commands (Arm DEN 0137,
 * chapter B4), which is made from abi/rmi_table.h.
 */
#include "rmm/rmm.h"

#include "abi/smccc.h"
#include "rmm/granule.h"
#include "rmm/lock_order.h"
#include "rmm/platform.h"
#include "rmm/rmi/rmi.h"
#include "rmm/sro.h"
#include "rmm/vmid.h"
#include "rmm/word.h"

static uint32_t the_state; /* enum rmm_state */

enum rmm_state rmm_state(void)
{
	return word_get(&the_state);
}

/* Whoever holds it is done soon, so nobody is refused for that. */
bool rmm_init_hold(void)
{
	while (!word_change(&the_state, RMM_INIT, RMM_INIT_HELD)) {
		if (rmm_state() == RMM_ACTIVE)
			return false;
		plat_relax();
	}
	return true;
}

void rmm_init_release(enum rmm_state next)
{
	rmm_assert(rmm_state() == RMM_INIT_HELD);
	word_set(&the_state, next);
}

size_t rmm_metadata_size(uint64_t granules)
{
	return granules_size(granules);
}

void rmm_init(void *metadata)
{
	static const struct config at_boot = { RMI_GRANULE_SIZE_4KB, 0 };

	config_set(&at_boot);
	granules_init(metadata);
	vmid_init();
	sro_init();
	word_set(&the_state, RMM_INIT);
}

typedef uint64_t rmi_handler(const uint64_t in[7], uint64_t out[5]);

struct call {
	rmi_handler *handler; /* NULL: no such command */
	const char *results; /* their names, as in the table */
};

static struct call call_of(uint32_t fid)
{
	switch (fid) {
#define RMI_CASE(NAME, name, args, results) \
	case SMC_RMI_##NAME: \
		return (struct call){ rmi_##name, results };
	RMI_CALL_TABLE(RMI_CASE)
#undef RMI_CASE
	default:
		return (struct call){ NULL, "" };
	}
}

/* True if the state of the RMM allows the command. */
static bool gate_open(uint32_t fid)
{
	switch (fid) {
	case SMC_RMI_VERSION:
	case SMC_RMI_FEATURES:
	case SMC_RMI_RMM_CONFIG_GET:
	case SMC_RMI_GRANULE_TRACKING_GET:
		return true;
	case SMC_RMI_RMM_CONFIG_SET:
	case SMC_RMI_RMM_ACTIVATE:
		return rmm_state() != RMM_ACTIVE;
	default:
		return rmm_state() == RMM_ACTIVE;
	}
}

/*
 * Of a command, x1 to x3 are always written, so that nothing is left of
 * arguments; x4 is the caller's unless there is a fourth result.
 */
void rmm_handle_smc(uint64_t x[18])
{
	uint32_t fid = (uint32_t)x[0] & ~(uint32_t)SMCCC_SVE_HINT;
	const uint64_t in[7] = { fid, x[1], x[2], x[3], x[4], x[5], x[6] };
	struct call call = call_of(fid);
	uint64_t out[5] = { 0 };
	unsigned int i, last;

	if (!call.handler) {
		x[0] = SMCCC_NOT_SUPPORTED;
		return;
	}
	x[0] = gate_open(fid) ? call.handler(in, out) : RMI_ERROR_GLOBAL;
	last = rmi_table_words(call.results);
	for (i = 1; i <= 3 || i <= last; i++)
		x[i] = out[i];
	lock_order_idle();
}
