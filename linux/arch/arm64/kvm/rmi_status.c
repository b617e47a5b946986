// SPDX-License-Identifier: GPL-2.0-only
/*
 * Statuses of RMI calls, by name.
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
 * rmi_status_print() - write a result word as --fault of cca takes it
 * @ret: x0 of a call
 * @text: where to
 * @size: bytes at @text
 *
 * "ERROR_RTT:2": a status that is an error comes with its index.
 *
 * Return: how many bytes were written, without the 0 at the end.
 */
int rmi_status_print(u64 ret, char *text, size_t size)
{
	switch (RMI_RETURN_STATUS(ret)) {
	case RMI_SUCCESS:
	case RMI_BUSY:
	case RMI_BLOCKED:
	case RMI_INCOMPLETE:
		break;
	default:
		if (!rmi_is_unknown_call(ret))
			return scnprintf(text, size, "%s:%llu",
					 rmi_status_name(ret),
					 RMI_RETURN_INDEX(ret));
	}
	return scnprintf(text, size, "%s", rmi_status_name(ret));
}

/**
 * rmi_is_refusal() - did a call fail, and change nothing?
 * @ret: x0 of a call
 *
 * Return: false for success, for what may go well later, and for what is no
 * answer: then nobody knows what was done.
 */
bool rmi_is_refusal(u64 ret)
{
	switch (ret & ~RMI_RETURN_INDEX_MASK) {
	case RMI_SUCCESS:
	case RMI_BUSY:
	case RMI_BLOCKED:
	case RMI_INCOMPLETE:
		return false;
	default:
		return (ret & ~RMI_RETURN_INDEX_MASK) <
		       ARRAY_SIZE(status_names);
	}
}
