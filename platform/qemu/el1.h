/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * System registers of EL1 and EL0 that exist once: the REC's while it runs, the
 * host's for the rest of the time. EL3 banks those of EL2 (monitor/world.h).
 */
#ifndef PLATFORM_QEMU_EL1_H
#define PLATFORM_QEMU_EL1_H

#include <stdint.h>

#include "rmm/pe.h"

/* Those of PE_SYSREG_TABLE. */
void el1_save(uint64_t sysreg[PE_SYSREGS]);
void el1_load(const uint64_t sysreg[PE_SYSREGS]);

/* Keys of pointer authentication; nothing on a CPU without them. */
void el1_keys_save(uint64_t key[PE_KEYS][2]);
void el1_keys_load(const uint64_t key[PE_KEYS][2]);

#endif
