/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: single bits and masks of bits.
 */
#ifndef SIM_LINUX_BITS_H
#define SIM_LINUX_BITS_H

#define BIT_ULL(n) (1ull << (n))
#define GENMASK_ULL(h, l) ((~0ull << (l)) & (~0ull >> (63 - (h))))

#endif
