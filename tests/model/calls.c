/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Moves as SMCs: registers, pages of parameters, and what the RMM answered, in
 * the words of the rules.
 */
#include <stdio.h>
#include <string.h>

#include "abi/psci.h"
#include "abi/rmi_layout.h"
#include "abi/rsi_smc.h"
#include "moves.h"

/* Pages that stay the host's. */
enum {
	PAGE_PARAMS = WORLD_POOL,
	PAGE_LIST,
	PAGE_RUN,
};

/* Physical address for an argument; a granule that there is not, too. */
static uint64_t pa(unsigned int granule)
{
	return world_pa(granule);
}

static uint64_t half_base(unsigned int half)
{
	return half == PROTECTED ? 0 : MODEL_UNPROTECTED;
}

static uint64_t entry_size(unsigned int level)
{
	return WORLD_PAGE << (9 * (LEVEL_PAGE - level));
}

static uint64_t one_page(unsigned int granule)
{
	return pa(granule) | FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1);
}

#define SMC(NAME, ...) \
	world_smc(SMC_RMI_##NAME, (const uint64_t[5]){ __VA_ARGS__ })

static uint64_t realm_create(const uint8_t arg[4])
{
	struct realm_params *params = (void *)world_page(PAGE_PARAMS);

	memset(params, 0, sizeof(*params));
	params->s2sz = MODEL_IPA_BITS;
	params->num_bps = 1;
	params->num_wps = 1;
	params->hash_algo = RMI_HASH_SHA_256;
	params->rtt_base = pa(arg[1]);
	params->rtt_level_start = LEVEL_ROOT;
	params->rtt_num_start = 1;
	return SMC(REALM_CREATE, pa(arg[0]), pa(PAGE_PARAMS));
}

/* The parameters of REC_CREATE are read when its operation commits. */
static uint64_t op_continue(const struct model *model, const uint8_t arg[4])
{
	struct rec_params *params = (void *)world_page(PAGE_PARAMS);
	struct model state = *model;
	const struct model_op *op = model_op(&state, arg[0]);
	const struct model_realm *realm =
		op ? model_realm(&state, op->rd) : NULL;

	memset(params, 0, sizeof(*params));
	params->flags = RMI_REC_PARAM_FLAG_RUNNABLE;
	params->mpidr = realm ? realm->recs_made : 0;
	if (!arg[1])
		params->mpidr++;
	return SMC(OP_CONTINUE, arg[0], 0);
}

static uint64_t op_donate(const uint8_t arg[4])
{
	uint64_t *list = (void *)world_page(PAGE_LIST);

	list[0] = arg[1] == WORLD_NONE ?
			  one_page(0) | RMI_ADDR_RANGE_UNDELEGATED :
			  one_page(arg[1]);
	return SMC(OP_MEM_DONATE, arg[0], pa(PAGE_LIST), 1);
}

static void realm_asks(uint64_t ripas, uint64_t flags)
{
	world_realm_calls((uint64_t[5]){ SMC_RSI_IPA_STATE_SET, 0, WORLD_PAGE,
					 ripas, flags });
}

static uint64_t rec_enter(const struct model *model, const uint8_t arg[4])
{
	struct model state = *model;
	const struct model_rec *rec = model_rec(&state, arg[0]);
	uint64_t other = rec ? rec->index ^ 1 : 0;

	memset(world_page(PAGE_RUN), 0, WORLD_PAGE);
	switch (arg[1]) {
	case DOES_ASK_EMPTY:
		realm_asks(RMI_EMPTY, 0);
		break;
	case DOES_ASK_RAM:
		realm_asks(RMI_RAM, 0);
		break;
	case DOES_ASK_RAM_DESTROYED:
		realm_asks(RMI_RAM, RSI_CHANGE_DESTROYED);
		break;
	case DOES_CPU_OFF:
		world_realm_calls((uint64_t[5]){ PSCI_CPU_OFF });
		break;
	case DOES_CPU_ON:
		world_realm_calls((uint64_t[5]){ PSCI_64(PSCI_CPU_ON),
						 other });
		break;
	case DOES_SYSTEM_OFF:
		world_realm_calls((uint64_t[5]){ PSCI_SYSTEM_OFF });
		break;
	default:
		world_realm_idles();
	}
	return SMC(REC_ENTER, pa(arg[0]), pa(PAGE_RUN));
}

/* Granules of 4 KiB, as at boot, or a size that there is not. */
static uint64_t configure(bool good)
{
	struct rmm_config *config = (void *)world_page(PAGE_PARAMS);

	memset(config, 0, sizeof(*config));
	config->rmi_granule_size = good ? RMI_GRANULE_SIZE_4KB : 0x7f;
	return SMC(RMM_CONFIG_SET, pa(PAGE_PARAMS));
}

static uint64_t tracking_set(uint64_t state)
{
	return SMC(GRANULE_TRACKING_SET, WORLD_BASE,
		   RMI_MEM_CATEGORY_CONVENTIONAL, state);
}

static uint64_t other(unsigned int which)
{
	switch (which) {
	case OTHER_VERSION:
		return SMC(VERSION, 2ull << 16);
	case OTHER_VERSION_BAD:
		return SMC(VERSION, 3ull << 16);
	case OTHER_FEATURES:
		return SMC(FEATURES, 0);
	case OTHER_CONFIG_GET:
		return SMC(RMM_CONFIG_GET, pa(PAGE_PARAMS));
	case OTHER_CONFIG_GET_BAD:
		return SMC(RMM_CONFIG_GET, pa(PAGE_PARAMS) + 8);
	case OTHER_TRACKING_GET:
		return SMC(GRANULE_TRACKING_GET, WORLD_BASE,
			   WORLD_BASE + WORLD_PAGE);
	case OTHER_TRACKING_GET_BAD:
		return SMC(GRANULE_TRACKING_GET, WORLD_BASE, WORLD_BASE);
	case OTHER_TRACKING_SET:
		return tracking_set(RMI_TRACKING_FINE);
	case OTHER_TRACKING_SET_BAD:
		return tracking_set(RMI_TRACKING_NONE);
	case OTHER_GPT_CREATE:
		return SMC(GPT_L1_CREATE, WORLD_BASE);
	default:
		return SMC(GPT_L1_DESTROY, WORLD_BASE);
	}
}

/* Calls on a realm's address space. */
static uint64_t of_realm(const struct move *move)
{
	const uint8_t *arg = move->arg;
	uint64_t rd = pa(arg[0]), shared = half_base(UNPROTECTED);

	switch (move->call) {
	case MOVE_REALM_ACTIVATE:
		return SMC(REALM_ACTIVATE, rd);
	case MOVE_REALM_TERMINATE:
		return SMC(REALM_TERMINATE, rd);
	case MOVE_REALM_DESTROY:
		return SMC(REALM_DESTROY, rd);
	case MOVE_RTT_CREATE:
		return SMC(RTT_CREATE, rd, pa(arg[1]), half_base(arg[2]),
			   arg[3]);
	case MOVE_RTT_DESTROY:
		return SMC(RTT_DESTROY, rd, half_base(arg[1]), arg[2]);
	case MOVE_RTT_FOLD:
		return SMC(RTT_FOLD, rd, half_base(arg[1]), arg[2]);
	case MOVE_READ_ENTRY:
		return SMC(RTT_READ_ENTRY, rd, half_base(arg[1]), arg[2]);
	case MOVE_INIT_RIPAS:
		return SMC(RTT_INIT_RIPAS, rd, 0, entry_size(arg[1]));
	case MOVE_SET_RIPAS:
		return SMC(RTT_SET_RIPAS, rd, pa(arg[1]), 0,
			   entry_size(arg[2]));
	case MOVE_DATA_MAP_INIT:
		return SMC(RTT_DATA_MAP_INIT, rd, pa(arg[1]), 0, pa(arg[2]), 1);
	case MOVE_DATA_MAP:
		return SMC(RTT_DATA_MAP, rd, 0, WORLD_PAGE, RMI_OADDR_SINGLE,
			   one_page(arg[1]));
	case MOVE_DATA_UNMAP:
		return SMC(RTT_DATA_UNMAP, rd, 0, entry_size(arg[1]),
			   RMI_OADDR_SINGLE, 0);
	case MOVE_UNPROT_MAP:
		return SMC(RTT_UNPROT_MAP, rd, shared, shared + WORLD_PAGE,
			   RMI_OADDR_SINGLE, one_page(WORLD_HOST_DATA) |
			   RMI_ADDR_RANGE_UNDELEGATED);
	default:
		return SMC(RTT_UNPROT_UNMAP, rd, shared,
			   shared + entry_size(arg[1]), RMI_OADDR_SINGLE, 0);
	}
}

static uint64_t smc(const struct model *model, const struct move *move)
{
	const uint8_t *arg = move->arg;

	switch (move->call) {
	case MOVE_DELEGATE:
		return SMC(GRANULE_RANGE_DELEGATE, pa(arg[0]), pa(arg[1]));
	case MOVE_UNDELEGATE:
		return SMC(GRANULE_RANGE_UNDELEGATE, pa(arg[0]), pa(arg[1]));
	case MOVE_REALM_CREATE:
		return realm_create(arg);
	case MOVE_REC_CREATE:
		return SMC(REC_CREATE, pa(arg[0]), pa(arg[1]), pa(PAGE_PARAMS));
	case MOVE_REC_DESTROY:
		return SMC(REC_DESTROY, pa(arg[0]));
	case MOVE_REC_ENTER:
		return rec_enter(model, arg);
	case MOVE_PSCI_COMPLETE:
		return SMC(PSCI_COMPLETE, pa(arg[0]), pa(arg[1]),
			   (uint64_t)(int64_t)(arg[2] ? PSCI_DENIED : 0));
	case MOVE_OP_CONTINUE:
		return op_continue(model, arg);
	case MOVE_OP_MEM_DONATE:
		return op_donate(arg);
	case MOVE_OP_MEM_RECLAIM:
		return SMC(OP_MEM_RECLAIM, arg[0], pa(PAGE_LIST), 8);
	case MOVE_OP_CANCEL:
		return SMC(OP_CANCEL, arg[0]);
	case MOVE_CONFIG_SET:
		return configure(arg[0]);
	case MOVE_ACTIVATE:
		return SMC(RMM_ACTIVATE);
	case MOVE_OTHER:
		return other(arg[0]);
	default:
		return of_realm(move);
	}
}

/* The granule that x1 names, for those calls whose x1 does. */
static unsigned int granule_out(const struct move *move)
{
	switch (move->call) {
	case MOVE_DELEGATE:
	case MOVE_UNDELEGATE:
	case MOVE_RTT_DESTROY:
	case MOVE_RTT_FOLD:
		return (unsigned int)((world_out[1] - WORLD_BASE) / WORLD_PAGE);
	default:
		return WORLD_NONE;
	}
}

struct answer calls_make(const struct model *model, const struct move *move)
{
	uint64_t x0 = smc(model, move);

	if (x0 == RMI_SUCCESS)
		return (struct answer){ DONE, granule_out(move) };
	if (RMI_RETURN_STATUS(x0) == RMI_INCOMPLETE)
		return (struct answer){ OPEN, WORLD_NONE };
	return (struct answer){ REFUSED, WORLD_NONE };
}

void move_print(const struct move *move)
{
	static const struct {
		const char *name;
		const char *args;
	} calls[] = {
#define MODEL_MOVE(name, args) { #name, args },
		MODEL_MOVES(MODEL_MOVE)
#undef MODEL_MOVE
	};
	const char *args = calls[move->call].args;

	printf("  %s", calls[move->call].name);
	for (int i = 0; *args; i++) {
		int length = (int)strcspn(args, " ");

		printf(" %.*s=%u", length, args, move->arg[i]);
		args += length;
		args += *args == ' ';
	}
	printf("\n");
}
