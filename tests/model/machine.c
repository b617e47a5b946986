/* SPDX-License-Identifier: BSD-3-Clause */
/* The machine under the RMM: rmm/platform.h, and a PE by script; machine.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/arm_arch.h"
#include "abi/rmi_smc.h"
#include "machine.h"
#include "rmm/crypto.h"
#include "rmm/platform.h"

struct machine machine;
uint32_t machine_touched;

static struct {
	bool calls;
	uint64_t x[5];
} script;

void world_realm_calls(const uint64_t x[5])
{
	script.calls = true;
	memcpy(script.x, x, sizeof(script.x));
}

void world_realm_idles(void)
{
	script.calls = false;
}

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
	*size = MACHINE_RAM;
	return index == 0;
}

static unsigned int granule_of(uint64_t pa)
{
	if (pa < WORLD_BASE || pa - WORLD_BASE >= MACHINE_RAM)
		return WORLD_NONE;
	return (unsigned int)((pa - WORLD_BASE) / WORLD_PAGE);
}

void *plat_realm_view(uint64_t pa)
{
	unsigned int granule = granule_of(pa);

	if (granule == WORLD_NONE || !machine.realm_pas[granule])
		rmm_panic("a look at memory that is not Realm memory");
	machine_touched |= 1u << granule;
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

	if (!dst)
		return false;
	machine_touched |= 1u << granule_of(pa);
	memcpy(dst, src, size);
	return true;
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
