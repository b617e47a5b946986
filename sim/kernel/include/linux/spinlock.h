/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: a thread that waits lets others run, and
 * nothing interrupts one that holds a lock.
 */
#ifndef SIM_LINUX_SPINLOCK_H
#define SIM_LINUX_SPINLOCK_H

#include <sched.h>

#include <linux/types.h>

typedef struct {
	bool taken;
} spinlock_t;

#define __SPIN_LOCK_UNLOCKED(name) { false }
#define DEFINE_SPINLOCK(name) spinlock_t name = __SPIN_LOCK_UNLOCKED(name)

#define spin_lock_irqsave(lock, flags) do { \
	(flags) = 0; \
	while (__atomic_test_and_set(&(lock)->taken, __ATOMIC_ACQUIRE)) \
		sched_yield(); \
} while (0)

#define spin_unlock_irqrestore(lock, flags) do { \
	(void)(flags); \
	__atomic_clear(&(lock)->taken, __ATOMIC_RELEASE); \
} while (0)

#endif
