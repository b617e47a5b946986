/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_VERSION (Arm DEN 0137, "RMI_VERSION command") as a function of what an
 * RMM supports: for RMMs that our own is not.
 */
#ifndef SIM_MACHINE_VERSION_H
#define SIM_MACHINE_VERSION_H

#include <stdint.h>

struct version_answer {
	uint64_t status; /* RMI_SUCCESS or RMI_ERROR_INPUT */
	uint64_t lower;
	uint64_t higher;
};

/*
 * The answer to @request of an RMM that supports @versions, which are @count,
 * at least 1, in ascending order (RMI_ABI_VERSION()).
 */
struct version_answer version_answer(const uint64_t *versions,
				     unsigned int count, uint64_t request);

#endif
