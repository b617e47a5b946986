/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A lock for short sections. Interrupts are masked at EL3, so nobody who holds
 * it can be interrupted. Only after the MMU is on.
 */
#ifndef MONITOR_LOCK_H
#define MONITOR_LOCK_H

#include <stdint.h>

#include "platform/qemu/sysreg.h"

struct lock {
	uint32_t taken;
};

static inline void lock(struct lock *lock)
{
	while (__atomic_exchange_n(&lock->taken, 1, __ATOMIC_ACQUIRE))
		relax();
}

static inline void unlock(struct lock *lock)
{
	__atomic_store_n(&lock->taken, 0, __ATOMIC_RELEASE);
}

#endif
