/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Running many cells, in processes that may crash or hang.
 */
#ifndef TESTS_FAULTS_POOL_H
#define TESTS_FAULTS_POOL_H

#include "tests/faults/judge.h"

/* Calls after which a run is taken to hang; the process ends. */
#define POOL_CALLS_MAX 20000

/* What is to be done with a verdict, in the caller's process. */
typedef void pool_sink(void *context, const struct cell *cell,
		       const struct verdict *verdict);

/**
 * pool_run() - run cells
 * @cells: the matrix
 * @chosen: which of them, by index
 * @count: how many
 * @sink: gets each verdict, in no order
 * @context: of @sink
 *
 * Return: false, with a line on stderr, if there are no processes.
 */
bool pool_run(const struct cells *cells, const unsigned int *chosen,
	      unsigned int count, pool_sink *sink, void *context);

#endif
