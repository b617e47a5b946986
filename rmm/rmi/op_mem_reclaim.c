/* SPDX-License-Identifier: BSD-3-Clause */
/* RMI_OP_MEM_RECLAIM (Arm DEN 0137): the host gets granules back. */
#include "rmm/rmi/rmi.h"

#include "rmm/sro.h"

uint64_t rmi_op_mem_reclaim(const uint64_t in[7], uint64_t out[5])
{
	struct sro *sro = sro_enter(in[1]);

	if (!sro)
		return RMI_ERROR_INPUT;
	return sro_reclaim(sro, in[2], in[3], &out[1]);
}
