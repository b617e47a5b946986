/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * What RMM and EL3 monitor say to each other: the image that EL3 loads, the
 * manifest that it hands over, and the SMCs from Realm EL2.
 *
 * EL3 enters the RMM at Realm EL2 with the MMU off, x0 = index of the CPU, x1 =
 * RMM_EL3_VERSION, x2 = physical address of the manifest, x3 = RMM_BOOT_*: cold
 * once, on the first CPU, then warm on every CPU that is switched on. The RMM
 * answers with RMM_BOOT_COMPLETE. Each later return from an SMC of the RMM that
 * ends a request (RMM_BOOT_COMPLETE, RMM_RMI_REQ_COMPLETE) brings the next RMI
 * call in x0 to x17.
 */
#ifndef ABI_RMM_EL3_H
#define ABI_RMM_EL3_H

#include "abi_types.h"

#define RMM_EL3_CALL(fnum) (0xc4000000u | (fnum))

/* The answer to an RMI call is ready: x1 to x5 become its x0 to x4. */
#define RMM_RMI_REQ_COMPLETE RMM_EL3_CALL(0x18f)

/*
 * Moves granules [x1, x2) between the Non-secure and the Realm PAS. x0 = 0, or
 * -1 if a granule was not in the PAS that it should leave; then none moved.
 */
#define RMM_GTSI_DELEGATE RMM_EL3_CALL(0x1b0)
#define RMM_GTSI_UNDELEGATE RMM_EL3_CALL(0x1b1)

/* Writes at most 8 characters to EL3's console: x1, lowest byte first, to 0. */
#define RMM_CONSOLE_WRITE RMM_EL3_CALL(0x1c8)

/* The RMM cannot go on. Does not return. */
#define RMM_PANIC RMM_EL3_CALL(0x1c9)

/* This CPU's RMM is ready (x1 = 0) or will never be (x1 = RMM_BOOT_ERROR_*). */
#define RMM_BOOT_COMPLETE RMM_EL3_CALL(0x1cf)

#define RMM_BOOT_ERROR_VERSION 1 /* x1 at entry, or the manifest */
#define RMM_BOOT_ERROR_CPU 2 /* too many for its stacks, or with SME */
#define RMM_BOOT_ERROR_MEMORY 3 /* carve-out too small for the RAM */

#define RMM_EL3_VERSION 0x10000u
#define RMM_BOOT_COLD 0
#define RMM_BOOT_WARM 1

/* The first bytes of an RMM's image; the first instruction is its entry. */
struct rmm_image {
	u32 entry;
	u32 pad;
	u64 magic; /* RMM_IMAGE_MAGIC */
	u64 base; /* where the image wants to lie */
	u64 file_size; /* bytes to copy */
	u64 memory_size; /* bytes that are the image's; the rest is zeroed */
};

#define RMM_IMAGE_MAGIC 0x314d4d526b616363ull

#define RMM_MANIFEST_RANGES 4

struct rmm_range {
	u64 base;
	u64 size;
};

/* Lies in the last granule of the carve-out. */
struct rmm_manifest {
	u64 version; /* RMM_EL3_VERSION */
	struct rmm_range carveout; /* the RMM's own memory */
	u64 cpus;
	u64 l0gpt_shift; /* log2 of what one level 0 GPT entry covers */
	u64 ram_ranges;
	struct rmm_range ram[RMM_MANIFEST_RANGES]; /* may be delegated */
};

static_assert(offsetof(struct rmm_image, magic) == 8, "rmm_image.magic");
static_assert(offsetof(struct rmm_image, base) == 16, "rmm_image.base");
static_assert(sizeof(struct rmm_image) == 40, "rmm_image");
static_assert(sizeof(struct rmm_manifest) == 112, "rmm_manifest");

#endif
