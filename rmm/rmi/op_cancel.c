/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_OP_CANCEL (Arm DEN 0137): only for an operation whose last answer allowed
 * it. No answer of ours does, so a good handle is refused like a bad one, and
 * its operation stays as it is.
 */
#include "rmm/rmi/rmi.h"

uint64_t rmi_op_cancel(const uint64_t in[7], uint64_t out[5])
{
	(void)in;
	(void)out;
	return RMI_ERROR_INPUT;
}
