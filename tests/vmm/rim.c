// SPDX-License-Identifier: BSD-3-Clause
/*
 * The initial measurement, written from the reference and not from the RMM:
 * offsets are numbers here.
 */
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/vmm/rim.h"
#include "vmm/dtb.h"

#define DESCRIPTOR_SIZE 0x100
#define PAGE_SIZE 4096

struct rim {
	bool sha_512;
	u8 value[64]; /* padded with zeros */
};

static void hash(const struct rim *rim, const void *data, size_t size,
		 u8 digest[64])
{
	struct sha256_ctx sha_256;
	struct sha512_ctx sha_512;

	memset(digest, 0, 64);
	if (rim->sha_512) {
		sha512_init(&sha_512);
		sha512_update(&sha_512, size, data);
		sha512_digest(&sha_512, 64, digest);
	} else {
		sha256_init(&sha_256);
		sha256_update(&sha_256, size, data);
		sha256_digest(&sha_256, 32, digest);
	}
}

static void put64(u8 *at, u64 value)
{
	for (int i = 0; i < 8; i++)
		at[i] = (u8)(value >> 8 * i);
}

static void extend(struct rim *rim, u8 descriptor[DESCRIPTOR_SIZE], u8 type)
{
	descriptor[0] = type;
	put64(descriptor + 0x8, DESCRIPTOR_SIZE);
	memcpy(descriptor + 0x10, rim->value, 64);
	hash(rim, descriptor, DESCRIPTOR_SIZE, rim->value);
}

static void start(struct rim *rim, const struct layout *layout)
{
	u8 params[PAGE_SIZE] = { 0 };

	params[0x8] = (u8)layout->ipa_bits;
	params[0x18] = 1; /* two breakpoints */
	params[0x20] = 1; /* two watchpoints */
	params[0x30] = rim->sha_512;
	hash(rim, params, sizeof(params), rim->value);
}

static void add_granule(struct rim *rim, u64 ipa, const u8 *data)
{
	u8 descriptor[DESCRIPTOR_SIZE] = { 0 };

	put64(descriptor + 0x50, ipa);
	put64(descriptor + 0x58, 1);
	hash(rim, data, PAGE_SIZE, descriptor + 0x60);
	extend(rim, descriptor, 0);
}

static void add_rec(struct rim *rim, u64 pc, u64 x0)
{
	u8 descriptor[DESCRIPTOR_SIZE] = { 0 }, params[PAGE_SIZE] = { 0 };

	put64(params, 1);
	put64(params + 0x200, pc);
	put64(params + 0x300, x0);
	hash(rim, params, sizeof(params), descriptor + 0x50);
	extend(rim, descriptor, 1);
}

void rim_of(const struct image *image, const struct layout *layout,
	    bool sha_512, char text[RIM_TEXT_SIZE])
{
	struct rim rim = { .sha_512 = sha_512 };
	u64 dtb = layout_dtb(layout);
	u8 tree[DTB_SIZE];
	struct err err;

	start(&rim, layout);
	for (unsigned int i = 0; i < image->count; i++)
		for (u64 at = 0; at < image->extents[i].size; at += PAGE_SIZE)
			add_granule(&rim, image->extents[i].ipa + at,
				    image->extents[i].data + at);
	if (!dtb_build(layout, tree, &err))
		abort();
	add_granule(&rim, dtb, tree);
	add_rec(&rim, image->entry, dtb);
	for (int i = 0; i < (sha_512 ? 64 : 32); i++)
		snprintf(text + 2 * i, 3, "%02x", rim.value[i]);
}
