/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_VERSION (Arm DEN 0137): is the revision that the host asks for one of
 * ours? We have one, so it is the answer in any case, and never gated.
 */
#include "rmm/rmi/rmi.h"

#define OUR_VERSION \
	RMI_ABI_VERSION(RMI_ABI_MAJOR_VERSION, RMI_ABI_MINOR_VERSION)

uint64_t rmi_version(const uint64_t in[7], uint64_t out[5])
{
	out[1] = OUR_VERSION;
	out[2] = OUR_VERSION;
	return in[1] == OUR_VERSION ? RMI_SUCCESS : RMI_ERROR_INPUT;
}
