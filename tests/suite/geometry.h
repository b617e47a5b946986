/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Sizes. The suite's core is compiled once for each size of granules, whose
 * log2 is SUITE_GRANULE_SHIFT: 12, 14 or 16. All else follows from it:
 *
 *	granule   4 KiB    16 KiB   64 KiB
 *	level 3   4 KiB    16 KiB   64 KiB    an entry translates GRANULE
 *	level 2   2 MiB    32 MiB  512 MiB    BLOCK
 *	level 1   1 GiB    64 GiB    4 TiB    ROOT_ENTRY
 *	level 0 512 GiB   128 TiB
 */
#ifndef SUITE_GEOMETRY_H
#define SUITE_GEOMETRY_H

#include "abi/rmi_smc.h"

#define GRANULE (1ull << SUITE_GRANULE_SHIFT)

/* What an address that is none of a granule is off by. */
#define HALF (GRANULE / 2)

/* Words of a granule: entries of a table, descriptors of a list. */
#define WORDS (GRANULE / 8)
#define LEVEL_BITS (SUITE_GRANULE_SHIFT - 3)

/* What an entry translates: its log2, its size. */
#define LEVEL_SHIFT(level) (SUITE_GRANULE_SHIFT + LEVEL_BITS * (3 - (level)))
#define LEVEL_SIZE(level) (1ull << LEVEL_SHIFT(level))
#define BLOCK LEVEL_SIZE(2)
#define ROOT_ENTRY LEVEL_SIZE(1) /* of the scene's realm, whose root is there */

/* Bits of a word that are a PA; what else there is says how it is mapped. */
#define PA_MASK GENMASK_ULL(51, SUITE_GRANULE_SHIFT)

/* Most pages of a descriptor: the bits below the address, but for its size. */
#define PAGES_MAX (GRANULE / 4 - 1)

/* Larger granules have no level 0 without LPA2. */
#define LEVEL_FIRST (SUITE_GRANULE_SHIFT == 12 ? 0 : 1)

/* And no blocks above level 2 without LPA2 or LPA. */
#define BLOCK_LEVEL_FIRST (LEVEL_FIRST + 1)

/* The size as RMM_CONFIG_SET says it, and as register 1 offers it. */
#define GRANULE_CONFIG ((SUITE_GRANULE_SHIFT - 12) / 2)
#define GRANULE_OFFERED (RMI_FEATURE_REGISTER_1_GRAN_4K << GRANULE_CONFIG)

#endif
