/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Calls to EL3 that have few arguments.
 */
#include "platform/qemu/el3.h"

uint64_t el3_call(uint32_t fid, uint64_t x1, uint64_t x2)
{
	uint64_t x[SMCCC_REGS] = { fid, x1, x2 };

	el3_smc(x);
	return x[0];
}
