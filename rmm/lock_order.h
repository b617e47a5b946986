/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The lock order of rmm/granule.h, checked by debug builds: each CPU remembers
 * which classes it holds, and the highest address in each. The panic names both
 * locks, the one that is wanted and the one that is in the way.
 */
#ifndef RMM_LOCK_ORDER_H
#define RMM_LOCK_ORDER_H

#include <stdint.h>

/* Lowest first: a lock may only be taken if none of a later class is held. */
enum lock_class {
	LOCK_RD,
	LOCK_REC,
	LOCK_OTHER, /* DELEGATED, UNDELEGATED, and what an owner moves */
	LOCK_CLASSES
};

#ifdef RMM_DEBUG
/*
 * This CPU has locked the granule at @pa; or is about to wait for it, so that a
 * broken order panics and does not stand still; or gives it back.
 */
void lock_order_take(enum lock_class class, uint64_t pa);
void lock_order_wait(enum lock_class class, uint64_t pa);
void lock_order_drop(enum lock_class class);

/* This CPU must hold nothing. */
void lock_order_idle(void);

/* No CPU holds anything: a cold start. */
void lock_order_init(void);
#else
static inline void lock_order_take(enum lock_class class, uint64_t pa)
{
	(void)class;
	(void)pa;
}

static inline void lock_order_wait(enum lock_class class, uint64_t pa)
{
	(void)class;
	(void)pa;
}

static inline void lock_order_drop(enum lock_class class)
{
	(void)class;
}

static inline void lock_order_idle(void)
{
}

static inline void lock_order_init(void)
{
}
#endif

#endif
