/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_VERSION as a function of what an RMM supports.
 */
#include "abi/rmi_smc.h"
#include "sim/machine/version.h"

struct version_answer version_answer(const uint64_t *versions,
				     unsigned int count, uint64_t request)
{
	uint64_t higher = versions[count - 1];
	struct version_answer answer = {
		.status = RMI_ERROR_INPUT,
		.lower = higher, /* if all are above the request */
		.higher = higher,
	};

	for (unsigned int i = 0; i < count && versions[i] <= request; i++) {
		answer.lower = versions[i];
		if (versions[i] == request)
			answer.status = RMI_SUCCESS;
	}
	return answer;
}
