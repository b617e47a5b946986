/* SPDX-License-Identifier: BSD-3-Clause */
/* The host's calls and pages; see host.h. */
#include "fuzz/rmm/host.h"

#include <string.h>

#include "fuzz/rmm/check.h"
#include "fuzz/rmm/meaning.h"
#include "rmm/granule.h"
#include "rmm/rmm.h"

uint64_t host_page(enum host_page page)
{
	return machine_page(ram.pages - HOST_PAGES + page);
}

/* The page of the host that the command may write. */
static uint64_t writes_to(const struct call *call)
{
	uint64_t pa;

	switch (call->fid) {
	case SMC_RMI_RMM_CONFIG_GET:
		pa = call->in[1];
		break;
	case SMC_RMI_REC_ENTER:
	case SMC_RMI_OP_MEM_RECLAIM:
		pa = call->in[2];
		break;
	case SMC_RMI_RTT_DATA_UNMAP:
	case SMC_RMI_RTT_UNPROT_UNMAP:
		pa = call->in[5];
		break;
	default:
		return MACHINE_NO_PAGE;
	}
	return pa & ~(PAGE - 1);
}

/* What a realm is to be, before the RMM may have read it. */
static void remember_params(const struct call *call)
{
	const void *params = machine_host_view(call->in[2]);

	if (params && granule_aligned(call->in[2]))
		memcpy(&world.params, params, sizeof(world.params));
}

uint64_t host_smc(struct call *call)
{
	uint64_t outer = machine.may_write;
	struct meaning meaning;

	if (call->fid == SMC_RMI_REALM_CREATE)
		remember_params(call);
	call->in[0] = call->fid;
	memcpy(call->out, call->in, sizeof(call->in));
	for (unsigned int i = 7; i < 18; i++)
		call->out[i] = ~(uint64_t)i;
	machine.may_write = writes_to(call);
	meaning_before(&meaning, call);
	rmm_handle_smc(call->out);
	meaning_after(&meaning, call);
	machine.may_write = outer;

	world.commands++;
	check_call(call);
	world_learn(call);
	check_now_and_then();
	return call->out[0];
}

uint64_t host_call_array(struct call *call, uint32_t fid,
			 const uint64_t args[6])
{
	call->fid = fid;
	memcpy(&call->in[1], args, 6 * sizeof(args[0]));
	return host_smc(call);
}

void host_write(uint64_t pa, uint64_t word)
{
	uint64_t *at = machine_host_view(pa);

	if (at)
		*at = word;
}

/* By the size of granules: 4, 16, 64 KiB. Large roots take time. */
static const struct geometry {
	uint8_t s2sz;
	int8_t level_start;
	uint8_t roots;
} geometries[3][8] = {
	{ { 40, 1, 2 }, { 32, 1, 1 }, { 33, 2, 8 }, { 32, 2, 4 },
	  { 40, 0, 1 }, { 48, 0, 1 }, { 43, 1, 16 }, { 34, 2, 16 } },
	{ { 34, 2, 1 }, { 32, 2, 1 }, { 37, 2, 2 }, { 36, 2, 1 },
	  { 37, 1, 1 }, { 47, 1, 1 }, { 48, 1, 2 }, { 40, 2, 16 } },
	{ { 36, 2, 1 }, { 32, 2, 1 }, { 43, 2, 2 }, { 42, 2, 1 },
	  { 43, 1, 1 }, { 47, 1, 1 }, { 48, 1, 1 }, { 44, 2, 4 } },
};

static const struct geometry *geometry(unsigned int pick)
{
	return &geometries[(ram.shift - 12) / 2][pick % 8];
}

unsigned int host_realm_roots(unsigned int pick)
{
	return geometry(pick)->roots;
}

void host_realm_params(unsigned int pick, uint64_t base)
{
	struct realm_params *params = machine_host_view(host_page(HOST_PARAMS));

	if (!params)
		return;
	memset(params, 0, sizeof(*params));
	params->s2sz = geometry(pick)->s2sz;
	params->rtt_level_start = geometry(pick)->level_start;
	params->rtt_num_start = geometry(pick)->roots;
	params->rtt_base = base;
	params->num_bps = 1 + pick / 8 % 4;
	params->num_wps = 1 + pick / 32 % 2;
	params->hash_algo = pick / 64 % 2 ? RMI_HASH_SHA_512 : RMI_HASH_SHA_256;
	memset(params->rpv, 0x77, sizeof(params->rpv));
}

/* The affinity of the REC with @index: four bits, then eights. */
static uint64_t affinity(uint64_t index)
{
	return (index & 0xf) | (index >> 4) << 8;
}

void host_rec_params(const struct realm *realm, uint64_t flags, uint64_t pc)
{
	struct rec_params *params = machine_host_view(host_page(HOST_PARAMS));

	if (!params)
		return;
	memset(params, 0, sizeof(*params));
	params->mpidr = realm ? affinity(realm->recs) : 0;
	params->flags = flags;
	params->pc = pc;
	memset(params->gprs, 0x33, sizeof(params->gprs));
}

static bool is_free(unsigned int page)
{
	return granule_state(granule_at(page)) == GRANULE_DELEGATED;
}

uint64_t host_free_granule(unsigned int pick)
{
	for (unsigned int i = 0; i < ram.pages; i++) {
		unsigned int page = (pick + i) % ram.pages;

		if (is_free(page))
			return machine_page(page);
	}
	return 0;
}

uint64_t host_free_run(unsigned int pick, unsigned int count)
{
	/* Granules that are before the boundary. */
	uint64_t before = RAM0_BASE - machine_page(0);
	unsigned int skip = (unsigned int)(before / PAGE);
	unsigned int slots = (ram.pages0 - skip) / count;

	for (unsigned int i = 0; i < slots; i++) {
		unsigned int first = skip + (pick + i) % slots * count;
		unsigned int n = 0;

		while (n < count && is_free(first + n))
			n++;
		if (n == count)
			return machine_page(first);
	}
	return 0;
}
