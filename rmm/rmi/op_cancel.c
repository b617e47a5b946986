/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_OP_CANCEL (Arm DEN 0137): undoes an operation whose last answer allowed
 * that. What it was given comes back first, then ERROR_INPUT, which says that
 * the command which opened it has had no effect.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/sro.h"

uint64_t rmi_op_cancel(const uint64_t in[7], uint64_t out[5])
{
	struct sro *sro = sro_enter(in[1]);

	return sro ? sro_cancel(sro, out) : RMI_ERROR_INPUT;
}
