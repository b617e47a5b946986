/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Canned answers: what a specification of conduit_fault_add() says.
 */
#ifndef SIM_MACHINE_FAULT_H
#define SIM_MACHINE_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sim/machine/calls.h"

#define FAULT_REGS 5 /* x0 to x4: what an answer consists of */
#define FAULT_ARGS 18 /* x0 to x17 of the call */
#define FAULT_NO_ARG FAULT_ARGS

/* What a register of an answer shall be: a number, on top of an argument. */
struct fault_value {
	bool set;
	unsigned int arg; /* of the call; FAULT_NO_ARG: 0 */
	uint64_t add;
};

struct fault {
	enum call call; /* CALL_UNKNOWN: any SMC */
	uint64_t nth; /* counted from 1; 0: every one */
	bool later; /* those after the @nth, too */
	bool made; /* the RMM gets the call; only its answer is replaced */
	uint64_t x0;
	struct fault_value x[FAULT_REGS];
};

/*
 * Parses the grammar that conduit.h has. False, with one line in @err that
 * names the part and its bound, if @spec is none.
 */
bool fault_parse(const char *spec, struct fault *fault, char *err, size_t size);

/*
 * True if @fault answers an SMC that is the @nth_call-th of @call and the
 * @nth_smc-th of all.
 */
bool fault_matches(const struct fault *fault, enum call call,
		   uint64_t nth_call, uint64_t nth_smc);

/*
 * Writes the answer to a call with the arguments @in over what is in @x: those
 * arguments too, or, if the call was made, the answer of the RMM.
 */
void fault_answer(const struct fault *fault, const uint64_t *in, uint64_t *x);

#endif
