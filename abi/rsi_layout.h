/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * Realm Services Interface 1.0 (Arm DEN 0137): structures in realm memory.
 */
#ifndef ABI_RSI_LAYOUT_H
#define ABI_RSI_LAYOUT_H

#include "abi_types.h"

#define RSI_GRANULE_SIZE 4096

/* Result of RSI_REALM_CONFIG: one granule. */
struct realm_config {
	u64 ipa_width; /* bits, the topmost selects the unprotected half */
	u8 hash_algo; /* RMI_HASH_* */
	u8 pad0[0x200 - 0x9];
	u8 rpv[64];
	u8 pad1[0x1000 - 0x240];
};

/* Argument and result of RSI_HOST_CALL: 256 bytes, 256-byte aligned. */
#define RSI_HOST_CALL_GPRS 31

struct rsi_host_call {
	u16 imm;
	u16 pad0[3];
	u64 gprs[RSI_HOST_CALL_GPRS];
};

static_assert(sizeof(struct realm_config) == 0x1000, "realm_config");
static_assert(offsetof(struct realm_config, ipa_width) == 0x0, "ipa_width");
static_assert(offsetof(struct realm_config, hash_algo) == 0x8, "hash_algo");
static_assert(offsetof(struct realm_config, rpv) == 0x200, "rpv");

static_assert(sizeof(struct rsi_host_call) == 0x100, "rsi_host_call");
static_assert(offsetof(struct rsi_host_call, imm) == 0x0, "imm");
static_assert(offsetof(struct rsi_host_call, gprs) == 0x8, "gprs");

#endif
