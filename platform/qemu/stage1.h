/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stage 1 tables of one exception level (VMSAv8-64, 4 KiB granule, 39-bit
 * addresses, level 1 at the top), made of a fixed pool. Used at EL3 and at
 * Realm EL2, whose descriptors differ only in the bits that name the PAS.
 */
#ifndef PLATFORM_QEMU_STAGE1_H
#define PLATFORM_QEMU_STAGE1_H

#include <stdint.h>

#include "platform/qemu/sysreg.h"

#define STAGE1_VA_BITS 39
#define STAGE1_ENTRIES 512
#define STAGE1_TABLES 12

/* Physical address space of the output. */
#define STAGE1_NS (1ull << 5)
#define STAGE1_NSE (1ull << 11) /* EL3 only */
#define STAGE1_EL3_ROOT STAGE1_NSE
#define STAGE1_EL3_NS STAGE1_NS
#define STAGE1_EL3_REALM (STAGE1_NSE | STAGE1_NS)
#define STAGE1_EL2_REALM 0ull
#define STAGE1_EL2_NS STAGE1_NS

/* Kind of memory. AP[1] is RES1 where there is one privilege level. */
#define STAGE1_AP1 (1ull << 6)
#define STAGE1_RDONLY (1ull << 7)
#define STAGE1_INNER (3ull << 8)
#define STAGE1_AF (1ull << 10)
#define STAGE1_XN (1ull << 54)
#define STAGE1_COMMON (STAGE1_AF | STAGE1_AP1)
#define STAGE1_NORMAL (STAGE1_COMMON | STAGE1_INNER | (1ull << 2))
#define STAGE1_CODE (STAGE1_NORMAL | STAGE1_RDONLY)
#define STAGE1_RODATA (STAGE1_NORMAL | STAGE1_RDONLY | STAGE1_XN)
#define STAGE1_DATA (STAGE1_NORMAL | STAGE1_XN)
#define STAGE1_DEVICE (STAGE1_COMMON | STAGE1_XN)

/* MAIR_ELx for the attribute indices above: 0 Device-nGnRnE, 1 Normal WB. */
#define STAGE1_MAIR 0xff00ull

/* TCR_ELx: 39 bits in, write-back inner shareable walks, 40 bits out. */
#define STAGE1_TCR \
	((64ull - STAGE1_VA_BITS) | 1 << 8 | 1 << 10 | 3 << 12 | 2 << 16 | \
	 1 << 23 | 1ull << 31)

/* SCTLR_ELx */
#define SCTLR_ELX_M (1ull << 0)
#define SCTLR_ELX_C (1ull << 2)
#define SCTLR_ELX_SA (1ull << 3)
#define SCTLR_ELX_I (1ull << 12)
#define SCTLR_ELX_WXN (1ull << 19)
#define SCTLR_ELX_RES1 0x30c50830ull
#define SCTLR_ELX_MMU_ON \
	(SCTLR_ELX_RES1 | SCTLR_ELX_M | SCTLR_ELX_C | SCTLR_ELX_SA | \
	 SCTLR_ELX_I | SCTLR_ELX_WXN)

struct stage1 {
	uint64_t table[STAGE1_TABLES][STAGE1_ENTRIES]
		__attribute__((aligned(4096)));
	unsigned int used; /* table[0] is the root */
};

/* An empty root, nothing mapped. */
void stage1_init(struct stage1 *s1);

/*
 * Maps [@va, @va + @size) to @pa on, all multiples of 4 KiB, with the largest
 * blocks that fit. The range must not be mapped yet. Panics if the pool is
 * empty: the maps are fixed when the firmware is built.
 */
void stage1_map(struct stage1 *s1, uint64_t va, uint64_t pa, uint64_t size,
		uint64_t attributes);

/* On each CPU: switches on the MMU of EL@el, the caller's. */
#define STAGE1_ENABLE(el, s1) \
	do { \
		write_sysreg(mair_el##el, STAGE1_MAIR); \
		write_sysreg(tcr_el##el, STAGE1_TCR); \
		write_sysreg(ttbr0_el##el, (s1)->table[0]); \
		dsb(); \
		isb(); \
		asm volatile("tlbi alle" #el ::: "memory"); \
		dsb(); \
		isb(); \
		write_sysreg(sctlr_el##el, SCTLR_ELX_MMU_ON); \
		isb(); \
	} while (0)

/* Of whoever links this: says why, and ends. */
_Noreturn void stage1_panic(const char *what);

#endif
