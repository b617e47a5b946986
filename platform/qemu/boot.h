/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the RMM was told at its cold boot.
 */
#ifndef PLATFORM_QEMU_BOOT_H
#define PLATFORM_QEMU_BOOT_H

#include <stdint.h>

#include "abi/rmm_el3.h"

/* From start.S, on each CPU. Does not return. */
_Noreturn void boot(uint64_t cpu, uint64_t version, uint64_t manifest_pa,
		    uint64_t kind);

/* EL3's manifest, checked. */
const struct rmm_manifest *boot_manifest(void);

#endif
