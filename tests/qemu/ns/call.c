/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SMCs with few registers, and the range commands to their end.
 */
#include "abi/rmi_smc.h"
#include "tests/qemu/ns/ns.h"

struct answer call(uint32_t fid, uint64_t x1, uint64_t x2, uint64_t x3,
		   uint64_t x4, uint64_t x5)
{
	const uint64_t in[31] = { fid, x1, x2, x3, x4, x5 };
	uint64_t out[31];

	smc_registers(in, out);
	return (struct answer){ { out[0], out[1], out[2], out[3], out[4] } };
}

static uint64_t range_call(uint32_t fid, uint64_t base, uint64_t top)
{
	while (base < top) {
		struct answer a = call2(fid, base, top);

		if (a.x[0] != RMI_SUCCESS)
			return a.x[0];
		base = a.x[1];
	}
	return RMI_SUCCESS;
}

uint64_t delegate(uint64_t base, uint64_t size)
{
	return range_call(SMC_RMI_GRANULE_RANGE_DELEGATE, base, base + size);
}

uint64_t undelegate(uint64_t base, uint64_t size)
{
	return range_call(SMC_RMI_GRANULE_RANGE_UNDELEGATE, base, base + size);
}
