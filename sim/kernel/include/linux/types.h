/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: integer types as arm64 has them.
 */
#ifndef SIM_LINUX_TYPES_H
#define SIM_LINUX_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef int s32;
typedef long long s64;

typedef u64 phys_addr_t;

typedef struct {
	long long counter;
} atomic64_t;

#endif
