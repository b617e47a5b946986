// SPDX-License-Identifier: GPL-2.0-only
/*
 * Statuses of RMI calls: their names, and what they mean for KVM's callers.
 */
#include "rmi_internal.h"

static const char *const status_names[] = {
#define STATUS_NAME(value, name) \
	[value] = #name,
	RMI_STATUS_TABLE(STATUS_NAME)
#undef STATUS_NAME
};

/**
 * rmi_status_name() - name a result word
 * @ret: x0 of a call
 *
 * Return: the specification's name of its status.
 */
const char *rmi_status_name(u64 ret)
{
	u64 status = RMI_RETURN_STATUS(ret);

	if (rmi_is_unknown_call(ret))
		return "NOT_SUPPORTED";
	return status < ARRAY_SIZE(status_names) ? status_names[status] :
						   "unknown status";
}

/**
 * rmi_failed() - report a call that failed
 * @call: its name, without RMI_
 * @ret: x0, other than success
 *
 * Return: -EAGAIN if the RMM was busy for too long, else -ENXIO. Results of the
 * RMM are never passed on as numbers: they would be taken for counts.
 */
int rmi_failed(const char *call, u64 ret)
{
	u64 status = RMI_RETURN_STATUS(ret);

	pr_err_ratelimited("kvm: RMI_%s: %s (0x%llx)\n", call,
			   rmi_status_name(ret), ret);
	return status == RMI_BUSY || status == RMI_BLOCKED ? -EAGAIN : -ENXIO;
}
