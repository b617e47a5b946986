/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The hypervisor's side of this CPU's virtual CPU interface (Arm IHI 0069).
 * GICv3 does not tell Realm from Non-secure, so these are the registers that
 * the host has just written.
 */
#ifndef PLATFORM_QEMU_ICH_H
#define PLATFORM_QEMU_ICH_H

#include <stdint.h>

/* How many list registers there are. */
unsigned int ich_lrs(void);

/* ICH_HCR_EL2 = @hcr, but for EOIcount, which stays. */
void ich_enter(uint64_t hcr);

#endif
