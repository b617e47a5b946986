// SPDX-License-Identifier: BSD-3-Clause
/*
 * The wire between host and RMM, with a tap on it.
 */
#include "tests/host/wire.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sim/kernel/kernel.h"

#define FNUMS 0x300

static wire_tap *wire;
static u64 calls[FNUMS];

static u64 *counter(u64 fid)
{
	return &calls[(fid & 0xffff) % FNUMS];
}

static void handle(uint64_t x[SMC_REGS])
{
	u64 nth = __atomic_add_fetch(counter(x[0]), 1, __ATOMIC_RELAXED);

	if (nth > WIRE_CALLS_MAX) {
		fprintf(stderr, "the host makes call 0x%llx without end\n",
			(unsigned long long)x[0]);
		_exit(1);
	}
	if (!wire(x, nth))
		wire_pass(x);
}

void wire_start(wire_tap *tap)
{
	memset(calls, 0, sizeof(calls));
	wire = tap;
	smc_redirect(handle);
}

void wire_stop(void)
{
	smc_redirect(NULL);
}

u64 wire_calls(u32 fid)
{
	return *counter(fid);
}

bool wire_answer(uint64_t x[SMC_REGS], u64 x0)
{
	memset(x, 0, 5 * sizeof(*x));
	x[0] = x0;
	return true;
}
