/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granules between the Non-secure and the Realm PAS: EL3 has the table.
 */
#include "abi/rmm_el3.h"
#include "platform/qemu/boot.h"
#include "platform/qemu/el3.h"
#include "rmm/platform.h"

bool plat_gpt_to_realm(uint64_t base, uint64_t size)
{
	return el3_call(RMM_GTSI_DELEGATE, base, base + size) == 0;
}

bool plat_gpt_to_ns(uint64_t base, uint64_t size)
{
	return el3_call(RMM_GTSI_UNDELEGATE, base, base + size) == 0;
}

unsigned int plat_l0gpt_shift(void)
{
	return (unsigned int)boot_manifest()->l0gpt_shift;
}
