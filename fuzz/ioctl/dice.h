/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Numbers that a seed decides: the same seed, the same sequence, on any
 * machine. For one thread, the one that makes the system calls.
 */
#ifndef FUZZ_IOCTL_DICE_H
#define FUZZ_IOCTL_DICE_H

#include <stdbool.h>
#include <stdint.h>

void dice_seed(uint64_t seed);
uint64_t dice(void);

/* Below @n, which is not 0. */
unsigned int dice_below(unsigned int n);

/* True once in @n times. */
bool dice_once_in(unsigned int n);

#endif
