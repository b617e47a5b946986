/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ICH_*_EL2. The names are spelt out: the assembler knows them only with newer
 * -march.
 */
#include "platform/qemu/ich.h"

#include "abi/gic.h"
#include "platform/qemu/sysreg.h"
#include "rmm/platform.h"

#define ICH_HCR S3_4_C12_C11_0
#define ICH_VTR S3_4_C12_C11_1

#define VTR_LIST_REGS GENMASK_ULL(4, 0) /* how many, less one */

#define READ(reg) read_sysreg(reg)
#define WRITE(reg, value) write_sysreg(reg, value)

#define LR_CASE(n, crm, op2) \
	case n: \
		return read_sysreg(S3_4_C12_C##crm##_##op2);

unsigned int ich_lrs(void)
{
	return (unsigned int)FIELD_GET(VTR_LIST_REGS, READ(ICH_VTR)) + 1;
}

uint64_t plat_ich_lr(unsigned int lr)
{
	switch (lr) {
	LR_CASE(0, 12, 0)
	LR_CASE(1, 12, 1)
	LR_CASE(2, 12, 2)
	LR_CASE(3, 12, 3)
	LR_CASE(4, 12, 4)
	LR_CASE(5, 12, 5)
	LR_CASE(6, 12, 6)
	LR_CASE(7, 12, 7)
	LR_CASE(8, 13, 0)
	LR_CASE(9, 13, 1)
	LR_CASE(10, 13, 2)
	LR_CASE(11, 13, 3)
	LR_CASE(12, 13, 4)
	LR_CASE(13, 13, 5)
	LR_CASE(14, 13, 6)
	LR_CASE(15, 13, 7)
	default:
		rmm_panic("no list register");
	}
}

uint64_t plat_ich_hcr(void)
{
	return READ(ICH_HCR);
}

void plat_ich_set_hcr(uint64_t hcr)
{
	WRITE(ICH_HCR, hcr);
	isb();
}

void ich_enter(uint64_t hcr)
{
	uint64_t count = READ(ICH_HCR) & ICH_HCR_EOICOUNT;

	WRITE(ICH_HCR, (hcr & ~ICH_HCR_EOICOUNT) | count);
}
