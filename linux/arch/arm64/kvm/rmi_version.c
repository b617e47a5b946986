// SPDX-License-Identifier: GPL-2.0-only
/*
 * The choice of a version of the RMI. The RMM answers a request that it does
 * not support with its next lower version, so that a host which speaks several
 * finds the highest common one by walking down.
 */
#include "rmi_internal.h"

/* The highest version that we speak, of those not above @limit; 0 for none. */
static u64 highest_spoken(const u64 *spoken, unsigned int count, u64 limit)
{
	while (count--) {
		if (spoken[count] <= limit)
			return spoken[count];
	}
	return 0;
}

/**
 * rmi_version_step() - decide what follows an answer of RMI_VERSION
 * @spoken: versions that the host speaks, ascending
 * @count: how many
 * @answer: what the RMM said; NULL before it was asked at all
 * @request: what it was asked for, and what it shall be asked for next
 *
 * Each request is below the one before, so that there are at most @count.
 *
 * Return: RMI_VERSION_CHOSEN if @request is the version, RMI_VERSION_ASK_AGAIN
 * if @request was changed, RMI_VERSION_REFUSED if there is no common one.
 */
enum rmi_version_step rmi_version_step(const u64 *spoken, unsigned int count,
				       const struct rmi_version_answer *answer,
				       u64 *request)
{
	u64 next;

	if (!answer) {
		*request = spoken[count - 1];
		return RMI_VERSION_ASK_AGAIN;
	}
	if (rmi_is_unknown_call(answer->ret))
		return RMI_VERSION_REFUSED;
	if (answer->ret == RMI_SUCCESS)
		return answer->lower == *request ? RMI_VERSION_CHOSEN :
						   RMI_VERSION_REFUSED;

	/* All that the RMM speaks is above the request: it is too new. */
	if (answer->lower >= *request)
		return RMI_VERSION_REFUSED;

	next = highest_spoken(spoken, count, answer->lower);
	if (!next)
		return RMI_VERSION_REFUSED;
	*request = next;
	return RMI_VERSION_ASK_AGAIN;
}
