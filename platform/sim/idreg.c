/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ID registers of the machine's PEs, which are Cortex-A72 (as the engine has
 * them, r0p3). Encodings of the ID group that are not listed read as zero.
 */
#include "rmm/platform.h"

static const struct {
	uint32_t encoding;
	uint64_t value;
} id_registers[] = {
	{ SYSREG(3, 0, 0, 0, 0), 0x410fd083 }, /* MIDR_EL1 */
	{ SYSREG(3, 0, 0, 1, 0), 0x131 }, /* ID_PFR0_EL1 */
	{ SYSREG(3, 0, 0, 1, 1), 0x11011 }, /* ID_PFR1_EL1 */
	{ SYSREG(3, 0, 0, 1, 2), 0x03010066 }, /* ID_DFR0_EL1 */
	{ SYSREG(3, 0, 0, 1, 4), 0x10201105 }, /* ID_MMFR0_EL1 */
	{ SYSREG(3, 0, 0, 1, 5), 0x40000000 }, /* ID_MMFR1_EL1 */
	{ SYSREG(3, 0, 0, 1, 6), 0x01260000 }, /* ID_MMFR2_EL1 */
	{ SYSREG(3, 0, 0, 1, 7), 0x02102211 }, /* ID_MMFR3_EL1 */
	{ SYSREG(3, 0, 0, 2, 0), 0x02101110 }, /* ID_ISAR0_EL1 */
	{ SYSREG(3, 0, 0, 2, 1), 0x13112111 }, /* ID_ISAR1_EL1 */
	{ SYSREG(3, 0, 0, 2, 2), 0x21232042 }, /* ID_ISAR2_EL1 */
	{ SYSREG(3, 0, 0, 2, 3), 0x01112131 }, /* ID_ISAR3_EL1 */
	{ SYSREG(3, 0, 0, 2, 4), 0x00011142 }, /* ID_ISAR4_EL1 */
	{ SYSREG(3, 0, 0, 2, 5), 0x00011121 }, /* ID_ISAR5_EL1 */
	{ SYSREG(3, 0, 0, 3, 0), 0x10110222 }, /* MVFR0_EL1 */
	{ SYSREG(3, 0, 0, 3, 1), 0x12111111 }, /* MVFR1_EL1 */
	{ SYSREG(3, 0, 0, 3, 2), 0x43 }, /* MVFR2_EL1 */
	{ SYSREG(3, 0, 0, 4, 0), 0x2222 }, /* ID_AA64PFR0_EL1 */
	{ SYSREG(3, 0, 0, 5, 0), 0x10305106 }, /* ID_AA64DFR0_EL1 */
	{ SYSREG(3, 0, 0, 6, 0), 0x11120 }, /* ID_AA64ISAR0_EL1 */
	{ SYSREG(3, 0, 0, 7, 0), 0x1124 }, /* ID_AA64MMFR0_EL1 */
};

uint64_t plat_id_register(uint32_t encoding)
{
	unsigned int count = sizeof(id_registers) / sizeof(id_registers[0]);

	for (unsigned int i = 0; i < count; i++) {
		if (id_registers[i].encoding == encoding)
			return id_registers[i].value;
	}
	return 0;
}
