/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What must hold after any fault.
 */
#ifndef TESTS_FAULTS_JUDGE_H
#define TESTS_FAULTS_JUDGE_H

#include "tests/faults/cells.h"

#define JUDGE_EXTRA_CALLS 16 /* that an error may cost besides its undo */
#define JUDGE_LINE_SIZE 160

/**
 * struct verdict - on a cell
 * @holds: all is as it must be
 * @lived: and the fault was not even felt
 * @lost: granules that were counted as lost
 * @why: what is not as it must be, a line
 */
struct verdict {
	bool holds;
	bool lived;
	u64 lost;
	char why[JUDGE_LINE_SIZE];
};

void judge(const struct cell *cell, const struct clean *clean,
	   const struct run *run, struct verdict *verdict);

#endif
