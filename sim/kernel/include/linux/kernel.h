/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: small arithmetic and annotations.
 */
#ifndef SIM_LINUX_KERNEL_H
#define SIM_LINUX_KERNEL_H

#include <stdarg.h>
#include <stdio.h>

#include <linux/types.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#define ALIGN_DOWN(x, a) ((x) & ~((typeof(x))(a) - 1))
#define ALIGN(x, a) ALIGN_DOWN((x) + (typeof(x))(a) - 1, a)
#define IS_ALIGNED(x, a) (((x) & ((typeof(x))(a) - 1)) == 0)

#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define min_t(type, a, b) min((type)(a), (type)(b))

#define container_of(ptr, type, member) \
	((type *)((char *)(ptr) - offsetof(type, member)))

/* Of integers, enumerations and bool. sparse knows atomics of integers only. */
static inline u64 read_once(const void *at, size_t size)
{
	switch (size) {
	case sizeof(u8):
		return __atomic_load_n((const u8 *)at, __ATOMIC_RELAXED);
	case sizeof(u32):
		return __atomic_load_n((const u32 *)at, __ATOMIC_RELAXED);
	default:
		return __atomic_load_n((const u64 *)at, __ATOMIC_RELAXED);
	}
}

static inline void write_once(void *at, size_t size, u64 value)
{
	switch (size) {
	case sizeof(u8):
		__atomic_store_n((u8 *)at, (u8)value, __ATOMIC_RELAXED);
		break;
	case sizeof(u32):
		__atomic_store_n((u32 *)at, (u32)value, __ATOMIC_RELAXED);
		break;
	default:
		__atomic_store_n((u64 *)at, value, __ATOMIC_RELAXED);
	}
}

#define READ_ONCE(x) ((typeof(x))read_once(&(x), sizeof(x)))
#define WRITE_ONCE(x, v) write_once(&(x), sizeof(x), (u64)(v))

/* What was written, not what there was no room for. */
static inline __attribute__((format(printf, 3, 4)))
int scnprintf(char *text, size_t size, const char *format, ...)
{
	va_list args;
	int length;

	va_start(args, format);
	length = vsnprintf(text, size, format, args);
	va_end(args);
	return !size ? 0 : length < (int)size ? length : (int)size - 1;
}

#define __init
#define __ro_after_init
#define noinstr
#define __must_check __attribute__((warn_unused_result))

#endif
