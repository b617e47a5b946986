/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The Realm Host Interface (Arm DEN 0148): what a realm asks its host by
 * RSI_HOST_CALL, which KVM hands to the VMM as a hypercall.
 */
#ifndef VMM_RHI_H
#define VMM_RHI_H

#include "abi/stdint/abi_types.h"

/* Functions that KVM forwards to us: all families of the interface. */
#define RHI_FID_BASE 0xc5000040u
#define RHI_FID_COUNT 0xc0u

/* The result of function @fid for x0; all bits set if we do not have it. */
u64 rhi_call(u64 fid);

#endif
