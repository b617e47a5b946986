// SPDX-License-Identifier: BSD-3-Clause
/*
 * A realm's initial measurement. Written from the specification's layouts and
 * not from the RMM, so that the two check each other: offsets are numbers here.
 */
#include <nettle/sha2.h>
#include <string.h>

#include "abi/kvm_uapi.h"
#include "vmm/layout.h"
#include "vmm/rim.h"

/* RMM specification, RmmMeasurementDescriptor*: always of one size. */
#define DESCRIPTOR_SIZE 0x100
#define DESCRIPTOR_DATA 0
#define DESCRIPTOR_REC 1
#define AT_TYPE 0x0
#define AT_LENGTH 0x8
#define AT_RIM 0x10
#define AT_DATA_IPA 0x50
#define AT_DATA_FLAGS 0x58
#define AT_DATA_HASH 0x60
#define AT_REC_HASH 0x50
#define DATA_FLAG_MEASURED 1

/* RmiRealmParams and RmiRecParams, as far as they are measured. */
#define AT_REALM_S2SZ 0x8
#define AT_REALM_BREAKPOINTS 0x18
#define AT_REALM_WATCHPOINTS 0x20
#define AT_REALM_HASH 0x30
#define AT_REC_FLAGS 0x0
#define AT_REC_PC 0x200
#define AT_REC_GPRS 0x300
#define REC_FLAG_RUNNABLE 1

size_t rim_size(const struct rim *rim)
{
	return rim->hash == KVM_ARM_RMI_HASH_SHA512 ? SHA512_DIGEST_SIZE :
						      SHA256_DIGEST_SIZE;
}

/* The hash of @data, zero padded to the largest. */
static void hash(u32 algorithm, const void *data, size_t size,
		 u8 digest[RIM_SIZE_MAX])
{
	struct sha256_ctx sha256;
	struct sha512_ctx sha512;

	if (algorithm == KVM_ARM_RMI_HASH_SHA512) {
		sha512_init(&sha512);
		sha512_update(&sha512, size, data);
		sha512_digest(&sha512, SHA512_DIGEST_SIZE, digest);
	} else {
		sha256_init(&sha256);
		sha256_update(&sha256, size, data);
		memset(digest, 0, RIM_SIZE_MAX);
		sha256_digest(&sha256, SHA256_DIGEST_SIZE, digest);
	}
}

static void put64(u8 *at, u64 value)
{
	for (int i = 0; i < 8; i++)
		at[i] = (u8)(value >> 8 * i);
}

static void extend(struct rim *rim, u8 descriptor[DESCRIPTOR_SIZE], u8 type)
{
	descriptor[AT_TYPE] = type;
	put64(descriptor + AT_LENGTH, DESCRIPTOR_SIZE);
	memcpy(descriptor + AT_RIM, rim->value, RIM_SIZE_MAX);
	hash(rim->hash, descriptor, DESCRIPTOR_SIZE, rim->value);
}

void rim_start(struct rim *rim, const struct rim_params *params)
{
	u8 page[GRANULE_SIZE] = { 0 };

	rim->hash = params->hash;
	page[AT_REALM_S2SZ] = (u8)params->ipa_bits;
	page[AT_REALM_BREAKPOINTS] = (u8)params->breakpoints;
	page[AT_REALM_WATCHPOINTS] = (u8)params->watchpoints;
	page[AT_REALM_HASH] = (u8)params->hash;
	hash(rim->hash, page, sizeof(page), rim->value);
}

static void add_granule(struct rim *rim, u64 ipa, const u8 *data)
{
	u8 descriptor[DESCRIPTOR_SIZE] = { 0 };

	put64(descriptor + AT_DATA_IPA, ipa);
	put64(descriptor + AT_DATA_FLAGS, DATA_FLAG_MEASURED);
	hash(rim->hash, data, GRANULE_SIZE, descriptor + AT_DATA_HASH);
	extend(rim, descriptor, DESCRIPTOR_DATA);
}

void rim_add_data(struct rim *rim, u64 ipa, const void *data, u64 size)
{
	for (u64 at = 0; at < size; at += GRANULE_SIZE)
		add_granule(rim, ipa + at, (const u8 *)data + at);
}

void rim_add_rec(struct rim *rim, u64 pc, const u64 gprs[RIM_REC_GPRS])
{
	u8 descriptor[DESCRIPTOR_SIZE] = { 0 }, page[GRANULE_SIZE] = { 0 };

	put64(page + AT_REC_FLAGS, REC_FLAG_RUNNABLE);
	put64(page + AT_REC_PC, pc);
	for (int i = 0; i < RIM_REC_GPRS; i++)
		put64(page + AT_REC_GPRS + 8 * i, gprs[i]);
	hash(rim->hash, page, sizeof(page), descriptor + AT_REC_HASH);
	extend(rim, descriptor, DESCRIPTOR_REC);
}
