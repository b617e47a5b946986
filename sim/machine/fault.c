/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Canned answers: matching, answering.
 */
#include <string.h>

#include "abi/smccc.h"
#include "sim/machine/fault.h"

bool fault_matches(const struct fault *fault, enum call call,
		   uint64_t nth_call, uint64_t nth_smc)
{
	uint64_t nth = nth_call;

	if (fault->call == CALL_UNKNOWN)
		nth = nth_smc;
	else if (fault->call != call)
		return false;
	return fault->nth == 0 || fault->nth == nth ||
	       (fault->later && nth > fault->nth);
}

void fault_answer(const struct fault *fault, const uint64_t *in, uint64_t *x)
{
	const struct fault_value *value;

	/* An unknown function changes no other register. */
	if (!fault->made && fault->x0 != SMCCC_NOT_SUPPORTED)
		memset(&x[1], 0, (FAULT_REGS - 1) * sizeof(x[0]));
	x[0] = fault->x0;
	for (unsigned int i = 0; i < FAULT_REGS; i++) {
		value = &fault->x[i];
		if (value->set)
			x[i] = (value->arg == FAULT_NO_ARG ?
				0 : in[value->arg]) + value->add;
	}
}
