/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: mutexes that know their owner, so that
 * lockdep_assert_held() really checks, and so does who takes one twice.
 */
#ifndef SIM_LINUX_MUTEX_H
#define SIM_LINUX_MUTEX_H

#include <pthread.h>
#include <stdlib.h>

#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/types.h>

struct mutex {
	pthread_mutex_t lock;
	pthread_t owner;
	bool held;
};

static inline void mutex_init(struct mutex *mutex)
{
	pthread_mutexattr_t attr;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK);
	pthread_mutex_init(&mutex->lock, &attr);
	pthread_mutexattr_destroy(&attr);
	mutex->held = false;
}

static inline void mutex_destroy(struct mutex *mutex)
{
	pthread_mutex_destroy(&mutex->lock);
}

static inline bool mutex_is_mine(struct mutex *mutex)
{
	return __atomic_load_n(&mutex->held, __ATOMIC_ACQUIRE) &&
	       pthread_equal(mutex->owner, pthread_self());
}

static inline void mutex_lock(struct mutex *mutex)
{
	if (WARN_ON(pthread_mutex_lock(&mutex->lock)))
		abort(); /* by its owner: the kernel would hang */
	mutex->owner = pthread_self();
	__atomic_store_n(&mutex->held, true, __ATOMIC_RELEASE);
}

static inline void mutex_unlock(struct mutex *mutex)
{
	__atomic_store_n(&mutex->held, false, __ATOMIC_RELEASE);
	pthread_mutex_unlock(&mutex->lock);
}

#define lockdep_assert_held(mutex) ((void)WARN_ON(!mutex_is_mine(mutex)))

#endif
