/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: logarithms to the base 2.
 */
#ifndef SIM_LINUX_LOG2_H
#define SIM_LINUX_LOG2_H

#include <linux/types.h>

static inline bool is_power_of_2(unsigned long n)
{
	return n && !(n & (n - 1));
}

/* Of 1 and more, rounded down. */
static inline unsigned int ilog2(unsigned long n)
{
	return 63 - (unsigned int)__builtin_clzl(n);
}

#endif
