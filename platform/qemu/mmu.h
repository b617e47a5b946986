/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The RMM's own translation: RAM at its physical address in the Realm PAS, and
 * RAM once more, MMU_NS_ALIAS higher, in the Non-secure PAS.
 */
#ifndef PLATFORM_QEMU_MMU_H
#define PLATFORM_QEMU_MMU_H

#include <stdint.h>

#define MMU_ADDRESS_LIMIT (1ull << 38) /* of physical addresses */
#define MMU_NS_ALIAS (1ull << 38)

/* Once, with EL3's manifest at hand: the tables. */
void mmu_build(void);

/* On each CPU. */
void mmu_enable(void);

#endif
