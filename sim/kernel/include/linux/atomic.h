/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: counters, compare and exchange.
 */
#ifndef SIM_LINUX_ATOMIC_H
#define SIM_LINUX_ATOMIC_H

#include <linux/types.h>

#define ATOMIC64_INIT(value) { (value) }

static inline s64 atomic64_read(const atomic64_t *v)
{
	return __atomic_load_n(&v->counter, __ATOMIC_RELAXED);
}

static inline void atomic64_set(atomic64_t *v, s64 value)
{
	__atomic_store_n(&v->counter, value, __ATOMIC_RELAXED);
}

static inline void atomic64_add(s64 value, atomic64_t *v)
{
	__atomic_add_fetch(&v->counter, value, __ATOMIC_RELAXED);
}

static inline void atomic64_sub(s64 value, atomic64_t *v)
{
	atomic64_add(-value, v);
}

static inline void atomic64_inc(atomic64_t *v)
{
	atomic64_add(1, v);
}

/* Of 32 bits, which an enum has: sparse knows atomics of integers only. */
#define try_cmpxchg(ptr, old, new) ({ \
	static_assert(sizeof(*(ptr)) == sizeof(u32)); \
	__atomic_compare_exchange_n((u32 *)(ptr), (u32 *)(old), (u32)(new), \
				    false, __ATOMIC_SEQ_CST, \
				    __ATOMIC_SEQ_CST); \
})

#endif
