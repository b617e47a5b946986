/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * The words that the headers of abi/ are written in, for every environment
 * that has a C11 compiler and nothing else: RMM, monitor, guests, sim, vmm.
 * A kernel has its own file of this name (linux/arch/arm64/include/asm).
 */
#ifndef ABI_TYPES_H
#define ABI_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifndef static_assert
#define static_assert _Static_assert
#endif

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int64_t s64;

#define BIT_ULL(n) (1ull << (n))
#define GENMASK_ULL(h, l) ((~0ull << (l)) & (~0ull >> (63 - (h))))

/* The field that @mask names, out of a word or into one. */
#define FIELD_GET(mask, word) (((word) & (mask)) >> __builtin_ctzll(mask))
#define FIELD_PREP(mask, value) \
	(((u64)(value) << __builtin_ctzll(mask)) & (mask))

#endif
