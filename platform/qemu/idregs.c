/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ID registers by encoding: op0 = 3, op1 = 0, CRn = 0, CRm = 1 to 7, where any
 * encoding may be read (Arm DDI 0487, "Reserved encodings in the ID space").
 */
#include "abi/arm_arch.h"
#include "platform/qemu/sysreg.h"
#include "rmm/platform.h"

#define ID_CASE(crm, op2) \
	case SYSREG(3, 0, 0, crm, op2): \
		return read_sysreg(S3_0_C0_C##crm##_##op2);

#define ID_ROW(crm) \
	ID_CASE(crm, 0) \
	ID_CASE(crm, 1) \
	ID_CASE(crm, 2) \
	ID_CASE(crm, 3) \
	ID_CASE(crm, 4) \
	ID_CASE(crm, 5) \
	ID_CASE(crm, 6) \
	ID_CASE(crm, 7)

uint64_t plat_id_register(uint32_t encoding)
{
	switch (encoding) {
	ID_ROW(1)
	ID_ROW(2)
	ID_ROW(3)
	ID_ROW(4)
	ID_ROW(5)
	ID_ROW(6)
	ID_ROW(7)
	case SYSREG(3, 0, 0, 0, 0):
		return read_sysreg(midr_el1);
	case SYSREG(3, 0, 0, 0, 6):
		return read_sysreg(revidr_el1);
	case SYSREG(3, 3, 0, 0, 1):
		return read_sysreg(ctr_el0);
	default:
		rmm_panic("no ID register");
	}
}
