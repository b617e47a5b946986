/* SPDX-License-Identifier: BSD-3-Clause */
/* The machine to be put back; see world.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/arm_arch.h"
#include "abi/rmi_layout.h"
#include "abi/rmi_smc.h"
#include "rmm/crypto.h"
#include "rmm/granule.h"
#include "rmm/platform.h"
#include "rmm/rmm.h"
#include "world.h"

#define RAM_SIZE (WORLD_GRANULES * WORLD_PAGE)
#define METADATA_MAX 1024

/* What the RMM itself remembers: see the Makefile. */
extern uint8_t __start_rmm_bss[], __stop_rmm_bss[];
extern uint8_t __start_rmm_data[], __stop_rmm_data[];

/* The machine's own part of a snapshot. */
static struct machine {
	_Alignas(4096) uint8_t ram[RAM_SIZE];
	_Alignas(64) uint8_t metadata[METADATA_MAX];
	bool realm_pas[WORLD_GRANULES];
	uint64_t ich_hcr;
} machine;

static struct {
	bool calls;
	uint64_t x[5];
} script;

uint64_t world_out[18];

struct world_snapshot {
	struct machine machine;
	uint8_t statics[];
};

static size_t bss_size(void)
{
	return (size_t)(__stop_rmm_bss - __start_rmm_bss);
}

static size_t data_size(void)
{
	return (size_t)(__stop_rmm_data - __start_rmm_data);
}

struct world_snapshot *world_snapshot_new(void)
{
	struct world_snapshot *snapshot =
		malloc(sizeof(*snapshot) + bss_size() + data_size());

	if (!snapshot)
		abort();
	return snapshot;
}

void world_save(struct world_snapshot *snapshot)
{
	snapshot->machine = machine;
	memcpy(snapshot->statics, __start_rmm_bss, bss_size());
	memcpy(snapshot->statics + bss_size(), __start_rmm_data, data_size());
}

void world_restore(const struct world_snapshot *snapshot)
{
	machine = snapshot->machine;
	memcpy(__start_rmm_bss, snapshot->statics, bss_size());
	memcpy(__start_rmm_data, snapshot->statics + bss_size(), data_size());
}

bool world_same_granules(const struct world_snapshot *snapshot)
{
	const struct machine *was = &snapshot->machine;

	return !memcmp(was->metadata, machine.metadata, METADATA_MAX) &&
	       !memcmp(was->realm_pas, machine.realm_pas,
		       sizeof(was->realm_pas)) &&
	       !memcmp(was->ram, machine.ram, WORLD_POOL * WORLD_PAGE);
}

uint8_t *world_page(unsigned int granule)
{
	return machine.ram + granule * WORLD_PAGE;
}

bool world_is_host(unsigned int granule)
{
	return !machine.realm_pas[granule];
}

uint64_t world_smc(uint64_t fid, const uint64_t args[5])
{
	memset(world_out, 0, sizeof(world_out));
	world_out[0] = fid;
	memcpy(&world_out[1], args, 5 * sizeof(args[0]));
	rmm_handle_smc(world_out);
	return world_out[0];
}

void world_realm_calls(const uint64_t x[5])
{
	script.calls = true;
	memcpy(script.x, x, sizeof(script.x));
}

void world_realm_idles(void)
{
	script.calls = false;
}

bool world_ledger_ok(uint64_t *counts, unsigned int states)
{
	rmm_ledger_count(counts, states);
	return rmm_ledger_ok();
}

void world_boot(void)
{
	const uint64_t config = world_pa(WORLD_POOL);

	if (rmm_metadata_size(WORLD_GRANULES) > METADATA_MAX)
		abort();
	memset(&machine, 0, sizeof(machine));
	rmm_init(machine.metadata);
	if (world_smc(SMC_RMI_RMM_CONFIG_SET, (uint64_t[5]){ config }) ||
	    world_smc(SMC_RMI_RMM_ACTIVATE, (uint64_t[5]){ 0 }))
		abort();
}

/* ---- rmm/platform.h ---------------------------------------------------- */

void plat_features(struct plat_features *features)
{
	*features = (struct plat_features){
		.ipa_bits = 48,
		.pa_bits = 48,
		.num_bps = 6,
		.num_wps = 4,
		.cpus = 1,
		.lrs = 4,
		.granule_sizes = 1u << RMI_GRANULE_SIZE_4KB,
	};
}

bool plat_ram_range(unsigned int index, uint64_t *base, uint64_t *size)
{
	*base = WORLD_BASE;
	*size = RAM_SIZE;
	return index == 0;
}

static unsigned int granule_of(uint64_t pa)
{
	if (pa < WORLD_BASE || pa - WORLD_BASE >= RAM_SIZE)
		return WORLD_NONE;
	return (unsigned int)((pa - WORLD_BASE) / WORLD_PAGE);
}

void *plat_realm_view(uint64_t pa)
{
	unsigned int granule = granule_of(pa);

	if (granule == WORLD_NONE || !machine.realm_pas[granule])
		rmm_panic("a look at memory that is not Realm memory");
	return machine.ram + (pa - WORLD_BASE);
}

static uint8_t *ns_view(uint64_t pa, size_t size)
{
	unsigned int granule = granule_of(pa);

	if (granule == WORLD_NONE || machine.realm_pas[granule])
		return NULL;
	if (size > WORLD_PAGE - (pa & (WORLD_PAGE - 1)))
		rmm_panic("a copy that leaves its granule");
	return machine.ram + (pa - WORLD_BASE);
}

bool ns_read(void *dst, uint64_t pa, size_t size)
{
	const uint8_t *src = ns_view(pa, size);

	if (src)
		memcpy(dst, src, size);
	return src;
}

bool ns_write(uint64_t pa, const void *src, size_t size)
{
	uint8_t *dst = ns_view(pa, size);

	if (dst)
		memcpy(dst, src, size);
	return dst;
}

static bool gpt_move(uint64_t base, uint64_t size, bool to_realm)
{
	for (uint64_t pa = base; pa < base + size; pa += WORLD_PAGE) {
		unsigned int granule = granule_of(pa);

		if (granule == WORLD_NONE ||
		    machine.realm_pas[granule] == to_realm)
			rmm_panic("a granule that is there already");
		machine.realm_pas[granule] = to_realm;
	}
	return true;
}

bool plat_gpt_to_realm(uint64_t base, uint64_t size)
{
	return gpt_move(base, size, true);
}

bool plat_gpt_to_ns(uint64_t base, uint64_t size)
{
	return gpt_move(base, size, false);
}

unsigned int plat_l0gpt_shift(void)
{
	return 30;
}

void plat_tlbi_range(uint16_t vmid, uint64_t ipa, uint64_t size)
{
	(void)vmid;
	(void)ipa;
	(void)size;
}

void plat_tlbi_vmid(uint16_t vmid)
{
	(void)vmid;
}

void plat_icache_invalidate(uint64_t pa, uint64_t size)
{
	(void)pa;
	(void)size;
}

unsigned int plat_cpu(void)
{
	return 0;
}

bool plat_irq_pending(void)
{
	return false;
}

bool plat_random(void *buf, size_t size)
{
	memset(buf, 0x11, size);
	return true;
}

void plat_pe_run(struct pe *pe, struct pe_simd *simd,
		 const struct pe_regime *regime, struct pe_exit *exit)
{
	(void)simd;
	(void)regime;
	*exit = (struct pe_exit){ .kind = PE_EXIT_IRQ };
	if (!script.calls)
		return;
	/* Once; after an answer that does not leave the realm it idles. */
	script.calls = false;
	memcpy(pe->x, script.x, sizeof(script.x));
	*exit = (struct pe_exit){
		.kind = PE_EXIT_SYNC,
		.esr = (uint64_t)ESR_EC_SMC64 << 26 | ESR_IL,
	};
}

uint64_t plat_ich_lr(unsigned int lr)
{
	(void)lr;
	return 0;
}

uint64_t plat_ich_hcr(void)
{
	return machine.ich_hcr;
}

void plat_ich_set_hcr(uint64_t hcr)
{
	machine.ich_hcr = hcr;
}

uint64_t plat_id_register(uint32_t encoding)
{
	(void)encoding;
	return 0;
}

void plat_relax(void)
{
	rmm_panic("a wait for another CPU, and there is none");
}

void plat_panic(const char *file, int line, const char *what)
{
	fprintf(stderr, "RMM panic: %s:%d: %s\n", file, line, what);
	abort();
}

/* Nothing here depends on what a hash is. */
void crypto_hash(enum crypto_hash algo, const struct crypto_span *spans,
		 unsigned int count, uint8_t *out)
{
	(void)spans;
	(void)count;
	memset(out, 0x22, crypto_hash_size(algo));
}
