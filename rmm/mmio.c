/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Emulated loads and stores. The host deals in the bytes of the access alone;
 * which register they come from or go to, and how they are extended, is not
 * shown to it.
 */
#include "rmm/mmio.h"

#include "rmm/reg.h"

static unsigned int access_bits(uint64_t esr)
{
	return 8u << FIELD_GET(ESR_ABORT_SAS, esr);
}

static uint64_t cut(uint64_t value, unsigned int bits)
{
	return value & GENMASK_ULL(bits - 1, 0);
}

static uint64_t sign_extend(uint64_t value, unsigned int bits)
{
	uint64_t sign = BIT_ULL(bits - 1);

	return (value ^ sign) - sign;
}

static unsigned int target(uint64_t esr)
{
	return (unsigned int)FIELD_GET(ESR_ABORT_SRT, esr);
}

uint64_t mmio_value(const struct pe *pe, uint64_t esr)
{
	if (!(esr & ESR_ABORT_WNR))
		return 0;
	return cut(reg_read(pe, target(esr)), access_bits(esr));
}

void mmio_complete(struct pe *pe, uint64_t esr, uint64_t value)
{
	if (!(esr & ESR_ABORT_WNR)) {
		value = cut(value, access_bits(esr));
		if (esr & ESR_ABORT_SSE)
			value = sign_extend(value, access_bits(esr));
		if (!(esr & ESR_ABORT_SF))
			value = cut(value, 32);
		reg_write(pe, target(esr), value);
	}
	reg_next_insn(pe);
}
