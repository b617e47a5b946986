// SPDX-License-Identifier: BSD-3-Clause
/*
 * The Realm Host Interface: host configuration, and no other family.
 */
#include "abi/rsi_smc.h"
#include "abi/smccc.h"
#include "vmm/layout.h"
#include "vmm/rhi.h"

u64 rhi_call(u64 fid)
{
	switch (fid) {
	case RHI_HOSTCONF_VERSION:
		return RHI_VERSION_1_0;
	case RHI_HOSTCONF_FEATURES:
		return RHI_HOSTCONF_FEATURE_IPA_CHANGE_ALIGNMENT;
	case RHI_HOSTCONF_GET_IPA_CHANGE_ALIGNMENT:
		return GRANULE_SIZE;
	default:
		return SMCCC_NOT_SUPPORTED;
	}
}
