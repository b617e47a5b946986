/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm's initial measurement (RIM), computed as its owner would: from what
 * the realm is made of, without an RMM. It starts as the hash of the realm's
 * parameters, and each measured granule and each REC that starts runnable
 * extends it, in the order in which the host adds them (docs/boot.md).
 */
#ifndef VMM_RIM_H
#define VMM_RIM_H

#include <stdbool.h>
#include <stddef.h>

#include "abi/stdint/abi_types.h"

#define RIM_SIZE_MAX 64
#define RIM_REC_GPRS 8

/* What is measured of a realm's parameters; all else is zero. */
struct rim_params {
	u32 hash; /* KVM_ARM_RMI_HASH_* */
	unsigned int ipa_bits;
	unsigned int breakpoints; /* how many, minus 1 */
	unsigned int watchpoints;
};

struct rim {
	u32 hash;
	u8 value[RIM_SIZE_MAX]; /* zero behind the hash */
};

/* Bytes of the hash. */
size_t rim_size(const struct rim *rim);

/* REALM_CREATE */
void rim_start(struct rim *rim, const struct rim_params *params);

/* RTT_DATA_MAP_INIT of whole granules, ascending, each with its contents. */
void rim_add_data(struct rim *rim, u64 ipa, const void *data, u64 size);

/* REC_CREATE of a runnable REC. One that is not runnable adds nothing. */
void rim_add_rec(struct rim *rim, u64 pc, const u64 gprs[RIM_REC_GPRS]);

#endif
