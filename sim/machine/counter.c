/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The counter: instructions, or the host's clock.
 */
#include "sim/machine/counter.h"

#include <stdatomic.h>
#include <time.h>

#include "sim/machine/machine.h"

#define NS_PER_TICK (1000000000u / COUNTER_HZ)

static bool fixed;
static _Atomic uint64_t ticks; /* fixed */
static uint64_t epoch_ns; /* free */

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void counter_start(bool by_instructions)
{
	fixed = by_instructions;
	atomic_store(&ticks, 0);
	epoch_ns = now_ns();
}

bool counter_is_fixed(void)
{
	return fixed;
}

void counter_add(uint64_t more)
{
	if (fixed)
		atomic_fetch_add(&ticks, more);
}

uint64_t machine_counter(void)
{
	if (fixed)
		return atomic_load(&ticks);
	return (now_ns() - epoch_ns) / NS_PER_TICK;
}

uint64_t machine_counter_hz(void)
{
	return COUNTER_HZ;
}

void machine_counter_skip(uint64_t to)
{
	uint64_t now = atomic_load(&ticks);

	while (fixed && now < to &&
	       !atomic_compare_exchange_weak(&ticks, &now, to))
		;
}

bool machine_counter_when(uint64_t counter, struct timespec *when)
{
	/* Further away than any run; and it does not overflow. */
	uint64_t most = (UINT64_MAX / 2 - epoch_ns) / NS_PER_TICK;
	uint64_t ns;

	if (fixed || counter > most)
		return false;
	ns = epoch_ns + counter * NS_PER_TICK;
	when->tv_sec = (time_t)(ns / 1000000000u);
	when->tv_nsec = (long)(ns % 1000000000u);
	return true;
}
