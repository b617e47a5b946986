/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The RMM's start on each CPU: cold on the first, which makes tables and the
 * metadata, warm on every CPU that is switched on later.
 */
#include "platform/qemu/boot.h"

#include <string.h>

#include "abi/arm_arch.h"
#include "platform/qemu/image.h"
#include "platform/qemu/mmu.h"
#include "platform/qemu/smc.h"
#include "platform/qemu/sysreg.h"
#include "rmm/platform.h"
#include "rmm/rmm.h"

#define GRANULE 4096ull

static struct rmm_manifest manifest;

const struct rmm_manifest *boot_manifest(void)
{
	return &manifest;
}

static bool manifest_ok(uint64_t version)
{
	const struct rmm_range *carveout = &manifest.carveout;
	uint64_t carveout_end = carveout->base + carveout->size;

	if (version != RMM_EL3_VERSION || manifest.version != version ||
	    manifest.ram_ranges > RMM_MANIFEST_RANGES ||
	    carveout->base != (uint64_t)__image_base ||
	    (uint64_t)__image_end > carveout_end)
		return false;
	for (unsigned int i = 0; i < manifest.ram_ranges; i++)
		if (manifest.ram[i].base < carveout_end ||
		    manifest.ram[i].base + manifest.ram[i].size >
			    MMU_ADDRESS_LIMIT)
			return false;
	return true;
}

bool plat_ram_range(unsigned int index, uint64_t *base, uint64_t *size)
{
	if (index >= manifest.ram_ranges)
		return false;
	*base = manifest.ram[index].base;
	*size = manifest.ram[index].size;
	return true;
}

static uint64_t ram_granules(void)
{
	uint64_t granules = 0;

	for (unsigned int i = 0; i < manifest.ram_ranges; i++)
		granules += manifest.ram[i].size / GRANULE;
	return granules;
}

/* The metadata lies between the image and the manifest, in the last granule. */
static uint64_t metadata_init(void)
{
	uint64_t room = manifest.carveout.base + manifest.carveout.size -
			GRANULE - (uint64_t)__image_end;
	size_t size = rmm_metadata_size(ram_granules());

	if (size > room)
		return RMM_BOOT_ERROR_MEMORY;
	memset(__image_end, 0, size);
	rmm_init(__image_end);
	return 0;
}

/*
 * A host in streaming mode would hand that on to the RMM and to realms, and
 * nobody saves SME's registers.
 */
static bool cpu_ok(void)
{
	return FIELD_GET(ID_AA64PFR1_SME, read_sysreg(id_aa64pfr1_el1)) == 0;
}

static uint64_t cold_boot(uint64_t version, uint64_t manifest_pa)
{
	manifest = *(const struct rmm_manifest *)manifest_pa;
	if (!manifest_ok(version))
		return RMM_BOOT_ERROR_VERSION;
	if (manifest.cpus > RMM_CPUS || !cpu_ok())
		return RMM_BOOT_ERROR_CPU;
	mmu_build();
	mmu_enable();
	return metadata_init();
}

static uint64_t warm_boot(uint64_t cpu, uint64_t version)
{
	if (version != manifest.version)
		return RMM_BOOT_ERROR_VERSION;
	if (cpu >= manifest.cpus)
		return RMM_BOOT_ERROR_CPU;
	mmu_enable();
	return 0;
}

_Noreturn void boot(uint64_t cpu, uint64_t version, uint64_t manifest_pa,
		    uint64_t kind)
{
	uint64_t status = kind == RMM_BOOT_COLD ?
				  cold_boot(version, manifest_pa) :
				  warm_boot(cpu, version);

	smc_loop(status);
}
