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

struct fault {
	enum call call; /* CALL_UNKNOWN: any SMC */
	uint64_t nth; /* counted from 1; 0: every one */
	uint64_t x0; /* the answer */
};

/*
 * Parses `COMMAND[#N]=STATUS[:INDEX]`. False, with one line in @err that names
 * the part and its bound, if @spec is none.
 */
bool fault_parse(const char *spec, struct fault *fault, char *err, size_t size);

/*
 * True if @fault answers an SMC that is the @nth_call-th of @call and the
 * @nth_smc-th of all.
 */
bool fault_matches(const struct fault *fault, enum call call,
		   uint64_t nth_call, uint64_t nth_smc);

/* Writes the answer where the RMM would: x0, and no results. */
void fault_answer(const struct fault *fault, uint64_t *x);

#endif
