/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where things are on QEMU's virt machine (secure=on), and where we put ours.
 * Also read by the assembler, so plain numbers only. docs/qemu.md has the map.
 */
#ifndef MONITOR_LAYOUT_H
#define MONITOR_LAYOUT_H

#define CPUS_MAX 16
#define CLUSTER_CPUS 16 /* Aff0 counts so far, Aff1 the clusters */

/* The machine's. */
#define FLASH_BASE 0x00000000
#define FLASH_SIZE 0x04000000
#define GIC_BASE 0x08000000
#define GIC_SIZE 0x01000000
#define GICD_BASE 0x08000000
#define GICR_BASE 0x080a0000
#define GICR_STRIDE 0x20000
#define UART_BASE 0x09000000 /* PL011, Non-secure */
#define SECURE_UART_BASE 0x09040000 /* PL011, secure: EL3's console */
#define SECURE_GPIO_BASE 0x090b0000 /* PL061: power off and reset */
#define SRAM_BASE 0x0e000000 /* secure */
#define SRAM_SIZE 0x01000000
#define DRAM_BASE 0x40000000

/* Flash: the monitor runs in place; the RMM's image is copied. */
#define FLASH_RMM 0x00100000

/* Secure SRAM: our data and stacks, then the granule protection tables. */
#define SRAM_GPT (SRAM_BASE + 0x00100000)
#define STACK_SHIFT 13 /* of one CPU */

/* DRAM: QEMU's device tree, the RMM's carve-out, then the Non-secure world. */
#define DTB_BASE DRAM_BASE
#define DTB_LIMIT 0x00100000 /* bytes that QEMU leaves for it */
#define DTB_MAPPED 0x00200000
#define CARVEOUT_BASE 0x40200000
#define CARVEOUT_SIZE 0x03e00000
#define MANIFEST_BASE (CARVEOUT_BASE + CARVEOUT_SIZE - 0x1000)
#define NS_BASE 0x44000000 /* also the host's device tree */
#define NS_ENTRY 0x44200000

#endif
