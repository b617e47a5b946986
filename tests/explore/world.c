/* SPDX-License-Identifier: BSD-3-Clause */
/* The machine of a world, and what can be said of it; see world.h. */
#include "tests/explore/world.h"

#include <string.h>

#include "abi/rmi_smc.h"
#include "rmm/config.h"
#include "rmm/granule.h"
#include "rmm/realm.h"
#include "rmm/rmi/rmi.h"
#include "rmm/rmm.h"
#include "rmm/sro.h"
#include "tests/explore/host.h"
#include "tests/rmm/fake_platform.h"

void (*world_inside)(void);

static void wait_for_another(void)
{
	sched_wait();
}

void world_build(const struct world *world)
{
	fake_prepare();
	fake.features.cpus = SCHED_CPUS;
	fake.features.granule_sizes = 1u << RMI_GRANULE_SIZE_4KB |
				      1u << RMI_GRANULE_SIZE_16KB;
	fake.ram[0] = (struct fake_ram){
		WORLD_BASE, (WORLD_POOL + WORLD_HOST) * WORLD_PAGE
	};
	fake.ram[1] = (struct fake_ram){
		WORLD_BLOCK_PA, world->block ? WORLD_BLOCK : 0
	};
	fake.pe_run = host_pe_run;
	fake.on_relax = wait_for_another;
	fake_boot();
	if (!world->cold)
		host_boot();
	world->build();
}

/* A handle is any that was free: it is not compared. */
static void forget_handle(uint32_t fid, uint64_t x[5])
{
	if (RMI_RETURN_STATUS(x[0]) != RMI_INCOMPLETE)
		return;
	switch (fid) {
	case SMC_RMI_REC_CREATE:
	case SMC_RMI_REC_DESTROY:
	case SMC_RMI_RTT_DATA_MAP:
	case SMC_RMI_RTT_DATA_UNMAP:
		x[1] = 0;
	}
}

void world_give(const struct command *command, unsigned int cpu, uint64_t x[5])
{
	uint64_t regs[18] = { command->fid };

	memcpy(&regs[1], command->args, sizeof(command->args));
	if (command->fid == SMC_RMI_REC_ENTER)
		regs[2] += cpu * WORLD_PAGE;
	fake_cpu = cpu;
	rmm_handle_smc(regs);
	memcpy(x, regs, 5 * sizeof(x[0]));
	forget_handle(command->fid, x);
}

/* ---- What must hold ---------------------------------------------------- */

void world_check(void)
{
	for (uint64_t i = 0; i < granules_total(); i++) {
		const struct granule *granule = granule_at(i);
		enum fake_pas pas = fake_pas(granule_pa(granule));
		bool ours = granule_state(granule) != GRANULE_UNDELEGATED;

		if (granule_locked(granule))
			sched_fail("a lock is held when all is over");
		if (ours != (pas == FAKE_REALM))
			sched_fail("GPT and granules do not agree");
	}
	if (!rmm_ledger_ok())
		sched_fail("the ledger does not agree");
}

/* ---- How it is --------------------------------------------------------- */

#define SEED 0xcbf29ce484222325ull

static uint64_t mix(uint64_t digest, uint64_t word)
{
	digest = (digest ^ word) * 0x100000001b3ull;
	return digest ^ digest >> 32;
}

static uint64_t mix_bytes(uint64_t digest, const void *bytes, size_t size)
{
	const uint8_t *at = bytes;
	uint64_t word;

	for (; size >= sizeof(word); size -= sizeof(word)) {
		memcpy(&word, at, sizeof(word));
		digest = mix(digest, word);
		at += sizeof(word);
	}
	return digest;
}

/* A realm's name and number are given by chance. */
static uint64_t mix_rd(uint64_t digest, const struct rd *rd)
{
	struct rd copy;

	memcpy(&copy, rd, sizeof(copy));
	copy.vmid = 0;
	memset(copy.instance_id, 0, sizeof(copy.instance_id));
	return mix_bytes(digest, &copy, sizeof(copy));
}

static uint64_t digest_of_operation(const struct sro *sro)
{
	uint64_t digest = mix(SEED, sro->step);

	digest = mix(digest, sro->status);
	digest = mix(digest, sro->object);
	digest = mix(digest, sro->wanted);
	digest = mix(digest, sro->refused);
	digest = mix(digest, sro->cancellable);
	digest = mix(digest, sro->range.block.at);
	digest = mix(digest, sro->range.block.end);
	return mix_bytes(digest, sro->granule,
			 sro->held * sizeof(sro->granule[0]));
}

/* Of the host's pages, those that an RMM writes to. */
static bool is_answer(uint64_t pa)
{
	return (pa >= N(PAGE_RUN) && pa < N(PAGE_RUN + SCHED_CPUS)) ||
	       pa == N(PAGE_ANSWER) || pa == N(PAGE_ANSWER2);
}

static uint64_t mix_granule(uint64_t digest, const struct granule *granule)
{
	uint64_t pa = granule_pa(granule);
	enum granule_state state = granule_state(granule);

	digest = mix(digest, state);
	digest = mix(digest, granule->refs);
	switch (state) {
	case GRANULE_UNDELEGATED:
		if (!is_answer(pa))
			return digest;
		return mix_bytes(digest, fake_view(pa), WORLD_PAGE);
	case GRANULE_DELEGATED:
	case GRANULE_PENDING:
		/* What is there, nobody sees or looks at. */
		return digest;
	case GRANULE_RD:
		return mix_rd(digest, fake_view(pa));
	default:
		return mix_bytes(digest, fake_view(pa), WORLD_PAGE);
	}
}

static uint64_t mix_rmm(uint64_t digest)
{
	struct config config;

	config_get(&config);
	digest = mix(digest, config.granule);
	digest = mix(digest, config.region);
	return mix(digest, rmm_state());
}

uint64_t world_digest(void)
{
	uint64_t digest = mix_rmm(SEED), operations = 0;

	for (uint64_t i = 0; i < granules_total(); i++)
		digest = mix_granule(digest, granule_at(i));
	/* In whatever order they have handles. */
	for (unsigned int i = 0; i < SRO_HANDLES; i++) {
		const struct sro *sro = sro_at(i);

		if (sro)
			operations += digest_of_operation(sro);
	}
	return mix(digest, operations);
}
