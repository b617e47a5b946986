/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * EL3 stage 1: an identity map of what the monitor uses and nothing else, each
 * range in the PAS that the granule protection table gives it (gpt.c). Code
 * cannot be written, data cannot be executed.
 */
#include "monitor/mmu.h"

#include "monitor/layout.h"
#include "platform/qemu/stage1.h"

static struct stage1 stage1;

static void map(uint64_t base, uint64_t size, uint64_t attributes)
{
	stage1_map(&stage1, base, base, size, attributes);
}

void mmu_build(void)
{
	stage1_init(&stage1);
	map(FLASH_BASE, FLASH_RMM, STAGE1_CODE | STAGE1_EL3_ROOT);
	map(FLASH_RMM, FLASH_SIZE - FLASH_RMM,
	    STAGE1_RODATA | STAGE1_EL3_ROOT);
	map(SRAM_BASE, SRAM_SIZE, STAGE1_DATA | STAGE1_EL3_ROOT);
	map(GIC_BASE, GIC_SIZE, STAGE1_DEVICE | STAGE1_EL3_ROOT);
	map(SECURE_UART_BASE, 0x1000, STAGE1_DEVICE | STAGE1_EL3_ROOT);
	map(SECURE_GPIO_BASE, 0x1000, STAGE1_DEVICE | STAGE1_EL3_ROOT);
	map(DTB_BASE, DTB_MAPPED, STAGE1_RODATA | STAGE1_EL3_NS);
	map(CARVEOUT_BASE, CARVEOUT_SIZE, STAGE1_DATA | STAGE1_EL3_REALM);
}

void mmu_enable(void)
{
	STAGE1_ENABLE(3, &stage1);
}
