/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_OP_CONTINUE (Arm DEN 0137): an operation goes on without moving memory of
 * the host's. The flag that asks to stop early says nothing to ours: what is
 * left of each is the least progress that there is, an entry or a REC.
 */
#include "rmm/rmi/rmi.h"

#include "rmm/sro.h"

uint64_t rmi_op_continue(const uint64_t in[7], uint64_t out[5])
{
	struct sro *sro = sro_enter(in[1]);

	return sro ? sro_continue(sro, out) : RMI_ERROR_INPUT;
}
