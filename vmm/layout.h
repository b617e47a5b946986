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

/* vCPUs; the device tree has to fit its granule. */
#define CPUS_MAX 16

/* Host files in the shared half. */
#define SHARES_MAX 8

/* Devices, without the bit that selects the shared half. */
#define GIC_DIST_BASE 0x08000000ull
#define GIC_DIST_SIZE 0x10000ull
#define GIC_REDIST_BASE 0x080a0000ull
#define GIC_REDIST_SIZE 0x20000ull /* for each vCPU */
#define PL011_BASE 0x09000000ull
#define PL011_SIZE 0x1000ull
#define EXITREG_BASE 0x09010000ull
#define EXITREG_SIZE 4ull
#define MAILBOX_BASE 0x09020000ull
#define MAILBOX_SIZE 8ull

/* A host file, without the bit that selects the shared half. */
struct layout_share {
	u64 ipa; /* a multiple of a granule */
	u64 size; /* of the file, bytes */
};

struct layout {
	unsigned int ipa_bits;
	u64 ram_size; /* bytes, a multiple of a granule */
	unsigned int cpus;
	bool gic; /* there is an interrupt controller */
	struct layout_share shares[SHARES_MAX];
	unsigned int share_count;
};

static inline u64 granule_down(u64 address)
{
	return address & ~(GRANULE_SIZE - 1);
}

static inline u64 granule_up(u64 address)
{
	return granule_down(address + GRANULE_SIZE - 1);
}

/* False, with the bound, unless RAM fits the protected half. */
bool layout_check(const struct layout *layout, struct err *err);

/* The address bit that selects the shared half. */
u64 layout_shared(const struct layout *layout);

/*
 * Adds a host file of @size bytes. False, with the bound, unless its granules
 * are free: apart from RAM, devices and other files.
 */
bool layout_add_share(struct layout *layout, u64 ipa, u64 size,
		      struct err *err);

/* What identifies a vCPU to PSCI: the MPIDR that KVM gives it. */
u64 layout_mpidr(unsigned int cpu);

/* First address past RAM. */
u64 layout_ram_top(const struct layout *layout);

/* Address of the device tree. */
u64 layout_dtb(const struct layout *layout);

#endif
