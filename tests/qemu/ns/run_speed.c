/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What entering a REC costs, beside a call that does nothing. The machine below
 * QEMU is shared: the best of many rounds says more than their mean.
 */
#include "abi/rmi_smc.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/host_gic.h"
#include "tests/qemu/ns/live.h"
#include "tests/qemu/ns/ns.h"

#define ROUNDS 500

static uint64_t in_nothing(uint64_t a, uint64_t b, uint64_t c)
{
	return a + b + c;
}

static uint64_t in_vector(uint64_t a, uint64_t b, uint64_t c)
{
	asm volatile("fmov d0, xzr");
	return a + b + c;
}

static bool null_call(inside_function *function)
{
	(void)function;
	return call1(SMC_RMI_VERSION, RMI_ABI_VERSION(2, 0)).x[0] ==
	       RMI_SUCCESS;
}

static bool enter(inside_function *function)
{
	return live_eval(0, function, 1, 2, 3) == 6;
}

static uint64_t now(void)
{
	isb();
	return read_sysreg(cntpct_el0);
}

static unsigned int ns_of(uint64_t ticks)
{
	return (unsigned int)(ticks * 1000 / ticks_of(1));
}

static bool measure(const char *what, bool (*round)(inside_function *function),
		    inside_function *function)
{
	uint64_t best = ~0ull, start = now(), at, end = start;

	for (unsigned int i = 0; i < ROUNDS; i++) {
		at = now();
		if (!round(function))
			return false;
		end = now();
		if (end - at < best)
			best = end - at;
	}
	print("     %s: %u ns at best, %u in the mean\n", what, ns_of(best),
	      ns_of((end - start) / ROUNDS));
	return true;
}

void test_run_speed(void)
{
	expect("RMI_VERSION succeeds many times",
	       measure("RMI_VERSION", null_call, NULL));
	expect("a REC is entered many times",
	       measure("REC_ENTER", enter, in_nothing));
	expect("also one that uses vector registers each time",
	       measure("REC_ENTER with vector registers", enter, in_vector));
}
