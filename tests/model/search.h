/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A search: breadth first from a machine that was just switched on, by the
 * RMM's own code, until no state is left that was not seen.
 */
#ifndef TESTS_MODEL_SEARCH_H
#define TESTS_MODEL_SEARCH_H

#include "bounds.h"

struct search_result {
	unsigned int states;
	unsigned int depth; /* calls to the last of them */
	unsigned long long calls;
	unsigned long long transitions; /* calls that changed something */
};

/* Room for a search of up to @states; @processes share the work. Once. */
void search_init(unsigned int states, unsigned int processes);

/*
 * False if something is wrong; that, and a shortest way to it, is printed then.
 * It does not depend on the number of processes.
 */
bool search_run(const struct bounds *bounds, struct search_result *result);

#endif
