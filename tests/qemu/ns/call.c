/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SMCs with few registers.
 */
#include "tests/qemu/ns/ns.h"

struct answer call(uint32_t fid, uint64_t x1, uint64_t x2, uint64_t x3,
		   uint64_t x4, uint64_t x5)
{
	const uint64_t in[31] = { fid, x1, x2, x3, x4, x5 };
	uint64_t out[31];

	smc_registers(in, out);
	return (struct answer){ { out[0], out[1], out[2], out[3], out[4] } };
}
