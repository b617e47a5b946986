/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What each CPU holds, by class of lock. A broken order is a bug of the RMM, so
 * it panics, at the first lock out of order and not only at a deadlock.
 */
#include "rmm/lock_order.h"

#ifdef RMM_DEBUG

#include "rmm/platform.h"

#define LOCK_ORDER_CPUS 256

static struct {
	unsigned int count[LOCK_CLASSES];
	uint64_t highest[LOCK_CLASSES]; /* PA, while count is not 0 */
} held[LOCK_ORDER_CPUS];

static unsigned int this_cpu(void)
{
	unsigned int cpu = plat_cpu();

	rmm_assert(cpu < LOCK_ORDER_CPUS);
	return cpu;
}

void lock_order_take(enum lock_class class, uint64_t pa)
{
	unsigned int cpu = this_cpu();

	for (unsigned int later = class + 1; later < LOCK_CLASSES; later++)
		rmm_assert(held[cpu].count[later] == 0);
	if (held[cpu].count[class])
		rmm_assert(pa > held[cpu].highest[class]);
	held[cpu].count[class]++;
	held[cpu].highest[class] = pa;
}

void lock_order_drop(enum lock_class class)
{
	unsigned int cpu = this_cpu();

	rmm_assert(held[cpu].count[class] != 0);
	held[cpu].count[class]--;
}

void lock_order_idle(void)
{
	unsigned int cpu = this_cpu();

	for (unsigned int class = 0; class < LOCK_CLASSES; class++)
		rmm_assert(held[cpu].count[class] == 0);
}

void lock_order_init(void)
{
	for (unsigned int cpu = 0; cpu < LOCK_ORDER_CPUS; cpu++) {
		for (unsigned int class = 0; class < LOCK_CLASSES; class++)
			held[cpu].count[class] = 0;
	}
}

#endif
