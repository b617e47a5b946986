/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where things lie in a realm's IPA space: the contract of docs/boot.md.
 *
 * The topmost bit of an IPA selects the shared half, which is the host's. RAM
 * lies in the protected half, devices in the shared one.
 */
#ifndef VMM_LAYOUT_H
#define VMM_LAYOUT_H

#include <stdbool.h>

#include "abi/stdint/abi_types.h"
#include "vmm/err.h"

#define GRANULE_SIZE 4096ull

#define IPA_BITS_MIN 32
#define IPA_BITS_MAX 52
#define IPA_BITS_DEFAULT 40

#define RAM_BASE 0x40000000ull
#define RAM_SIZE_DEFAULT 0x10000000ull

/* The device tree: a granule at the start of the last 2 MiB block of RAM. */
#define DTB_ALIGN 0x200000ull
#define DTB_SIZE GRANULE_SIZE

/* Devices, without the bit that selects the shared half. */
#define PL011_BASE 0x09000000ull
#define PL011_SIZE 0x1000ull
#define EXITREG_BASE 0x09010000ull
#define EXITREG_SIZE 4ull

struct layout {
	unsigned int ipa_bits;
	u64 ram_size; /* bytes, a multiple of a granule */
};

/* False, with the bound, unless RAM fits the protected half. */
bool layout_check(const struct layout *layout, struct err *err);

/* The address bit that selects the shared half. */
u64 layout_shared(const struct layout *layout);

/* First address past RAM. */
u64 layout_ram_top(const struct layout *layout);

/* Address of the device tree. */
u64 layout_dtb(const struct layout *layout);

#endif
