// SPDX-License-Identifier: BSD-3-Clause
/*
 * System registers of the machine, by the kernel's names.
 */
#include <asm/arch_timer.h>
#include <asm/sysreg.h>
#include <linux/bug.h>

#include "sim/machine/ich.h"
#include "sim/machine/machine.h"

/* From the kernel's packing of op0, op1, CRn, CRm, op2 to abi/arm_arch.h's. */
static u32 encoding(u32 reg)
{
	u32 op0 = reg >> 19 & 3, op1 = reg >> 16 & 7;
	u32 crn = reg >> 12 & 15, crm = reg >> 8 & 15, op2 = reg >> 5 & 7;

	return op0 << 20 | op2 << 17 | op1 << 14 | crn << 10 | crm << 1;
}

u64 sim_read_sysreg(u32 reg)
{
	uint64_t value = 0;

	(void)WARN_ON(!ich_read(machine_cpu(), encoding(reg), &value));
	return value;
}

void sim_write_sysreg(u64 value, u32 reg)
{
	(void)WARN_ON(!ich_write(machine_cpu(), encoding(reg), value));
}

u64 __arch_counter_get_cntvct(void)
{
	return machine_counter();
}

u32 arch_timer_get_cntfrq(void)
{
	return (u32)machine_counter_hz();
}
