/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What each CPU holds, by class of lock. A broken order is a bug of the RMM, so
 * it panics, at the first lock out of order and not only at a deadlock.
 */
#include "rmm/lock_order.h"

#ifdef RMM_DEBUG

#include "rmm/debug_cpu.h"
#include "rmm/platform.h"

static struct {
	unsigned int count[LOCK_CLASSES];
	uint64_t highest[LOCK_CLASSES]; /* PA, while count is not 0 */
} held[DEBUG_CPUS];

static char *put(char *at, const char *text)
{
	while (*text)
		*at++ = *text++;
	return at;
}

static char *put_lock(char *at, enum lock_class class, uint64_t pa)
{
	static const char *const names[LOCK_CLASSES] = {
		"RD 0x", "REC 0x", "granule 0x",
	};

	at = put(at, names[class]);
	for (int shift = 44; shift >= 0; shift -= 4)
		*at++ = "0123456789abcdef"[pa >> shift & 15];
	return at;
}

/* The machine stops, so one text is enough. */
static _Noreturn void broken(enum lock_class wanted, uint64_t pa,
			     enum lock_class held_class, uint64_t held_pa)
{
	static char text[96];
	char *at = put(text, "lock order: ");

	at = put_lock(at, wanted, pa);
	at = put(at, " wanted while ");
	at = put_lock(at, held_class, held_pa);
	at = put(at, " is held");
	*at = '\0';
	rmm_panic(text);
}

static void check(unsigned int cpu, enum lock_class class, uint64_t pa)
{
	for (unsigned int later = class + 1; later < LOCK_CLASSES; later++) {
		if (held[cpu].count[later])
			broken(class, pa, later, held[cpu].highest[later]);
	}
	if (held[cpu].count[class] && pa <= held[cpu].highest[class])
		broken(class, pa, class, held[cpu].highest[class]);
}

void lock_order_take(enum lock_class class, uint64_t pa)
{
	unsigned int cpu = debug_cpu();

	check(cpu, class, pa);
	held[cpu].count[class]++;
	held[cpu].highest[class] = pa;
}

void lock_order_wait(enum lock_class class, uint64_t pa)
{
	check(debug_cpu(), class, pa);
}

void lock_order_drop(enum lock_class class)
{
	unsigned int cpu = debug_cpu();

	rmm_assert(held[cpu].count[class] != 0);
	held[cpu].count[class]--;
}

void lock_order_idle(void)
{
	unsigned int cpu = debug_cpu();

	for (unsigned int class = 0; class < LOCK_CLASSES; class++)
		rmm_assert(held[cpu].count[class] == 0);
}

void lock_order_init(void)
{
	for (unsigned int cpu = 0; cpu < DEBUG_CPUS; cpu++) {
		for (unsigned int class = 0; class < LOCK_CLASSES; class++)
			held[cpu].count[class] = 0;
	}
}

#endif
