/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Realm EL2 stage 1. A granule is mapped in both PAS at all times; the granule
 * protection check decides which of the two works. No page can be both written
 * and executed.
 */
#include "platform/qemu/mmu.h"

#include "platform/qemu/boot.h"
#include "platform/qemu/image.h"
#include "platform/qemu/stage1.h"
#include "rmm/platform.h"

static struct stage1 stage1;

static void map_realm(uint64_t base, uint64_t end, uint64_t kind)
{
	stage1_map(&stage1, base, base, end - base, kind | STAGE1_EL2_REALM);
}

static void map_stacks(void)
{
	uint64_t stack = (uint64_t)__stacks;

	for (; stack < (uint64_t)__image_end; stack += 1ull << STACK_SHIFT)
		map_realm(stack + STACK_GUARD, stack + (1ull << STACK_SHIFT),
			  STAGE1_DATA);
}

static void map_carveout(void)
{
	const struct rmm_range *carveout = &boot_manifest()->carveout;

	map_realm((uint64_t)__image_base, (uint64_t)__text_end, STAGE1_CODE);
	map_realm((uint64_t)__text_end, (uint64_t)__rodata_end, STAGE1_RODATA);
	map_realm((uint64_t)__rodata_end, (uint64_t)__data_end, STAGE1_DATA);
	map_stacks();
	map_realm((uint64_t)__image_end, carveout->base + carveout->size,
		  STAGE1_DATA);
}

static void map_ram(uint64_t base, uint64_t size)
{
	map_realm(base, base + size, STAGE1_DATA);
	stage1_map(&stage1, base + MMU_NS_ALIAS, base, size,
		   STAGE1_DATA | STAGE1_EL2_NS);
}

void mmu_build(void)
{
	uint64_t base, size;

	stage1_init(&stage1);
	map_carveout();
	for (unsigned int i = 0; plat_ram_range(i, &base, &size); i++)
		map_ram(base, size);
}

void mmu_enable(void)
{
	STAGE1_ENABLE(2, &stage1);
}

void *plat_realm_view(uint64_t pa)
{
	return (void *)pa;
}

_Noreturn void stage1_panic(const char *what)
{
	rmm_panic(what);
}
