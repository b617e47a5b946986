/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The wire between host and RMM, with a tap on it: a test sees each SMC of the
 * host first, may change its arguments, and may answer in the RMM's place. A
 * host that repeats a call without end ends the test program.
 */
#ifndef TESTS_HOST_WIRE_H
#define TESTS_HOST_WIRE_H

#include <linux/types.h>

#include "abi/rmi_smc.h"
#include "sim/machine/conduit.h"

/* So often is no call made in a test that has a tap. */
#define WIRE_CALLS_MAX 5000

/*
 * The @nth call with the function x[0], counted from 1 since wire_start().
 * True: the answer is in @x. False: the RMM answers.
 */
typedef bool wire_tap(uint64_t x[SMC_REGS], u64 nth);

void wire_start(wire_tap *tap);
void wire_stop(void);

/* Calls with a function since wire_start(), whoever answered. */
u64 wire_calls(u32 fid);

/* Answers: x0, and no results. Always true, for a tap to return. */
bool wire_answer(uint64_t x[SMC_REGS], u64 x0);

/* The RMM's own answer, for a tap that wants to change it. */
static inline void wire_pass(uint64_t x[SMC_REGS])
{
	conduit_smc(x);
}

#endif
