/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The virtual CPU interface of the CPU that the RMM runs on.
 */
#include "sim/machine/ich.h"

#include "abi/gic.h"
#include "rmm/platform.h"
#include "sim/machine/die.h"
#include "sim/machine/machine.h"

static uint64_t read(uint32_t encoding)
{
	uint64_t value = 0;

	if (!ich_read(machine_cpu(), encoding, &value))
		machine_die("RMM: no ICH register 0x%x", encoding);
	return value;
}

uint64_t plat_ich_lr(unsigned int lr)
{
	return read(ICH_LR_EL2(lr));
}

uint64_t plat_ich_hcr(void)
{
	return read(ICH_HCR_EL2);
}

void plat_ich_set_hcr(uint64_t hcr)
{
	ich_write(machine_cpu(), ICH_HCR_EL2, hcr);
}
