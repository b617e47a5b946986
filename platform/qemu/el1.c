/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Saving and loading what EL1 and EL0 see. HCR_EL2.E2H is 0 here, so each name
 * means the register of that name.
 */
#include "platform/qemu/el1.h"

#include <stdbool.h>

#include "abi/arm_arch.h"
#include "platform/qemu/sysreg.h"

/* ID_AA64ISAR1_EL1: APA, API, GPA, GPI; ID_AA64ISAR2_EL1: GPA3, APA3. */
#define ISAR1_PAUTH (GENMASK_ULL(11, 4) | GENMASK_ULL(31, 24))
#define ISAR2_PAUTH GENMASK_ULL(15, 8)

void el1_save(uint64_t sysreg[PE_SYSREGS])
{
#define SAVE(name, op0, op1, crn, crm, op2) \
	sysreg[PE_##name] = \
		read_sysreg(S##op0##_##op1##_C##crn##_C##crm##_##op2);
	PE_SYSREG_TABLE(SAVE)
#undef SAVE
}

void el1_load(const uint64_t sysreg[PE_SYSREGS])
{
#define LOAD(name, op0, op1, crn, crm, op2) \
	write_sysreg(S##op0##_##op1##_C##crn##_C##crm##_##op2, \
		     sysreg[PE_##name]);
	PE_SYSREG_TABLE(LOAD)
#undef LOAD
}

#define KEY_TABLE(KEY) \
	KEY(APIA, apiakeylo_el1, apiakeyhi_el1) \
	KEY(APIB, apibkeylo_el1, apibkeyhi_el1) \
	KEY(APDA, apdakeylo_el1, apdakeyhi_el1) \
	KEY(APDB, apdbkeylo_el1, apdbkeyhi_el1) \
	KEY(APGA, apgakeylo_el1, apgakeyhi_el1)

static bool has_keys(void)
{
	return (read_sysreg(id_aa64isar1_el1) & ISAR1_PAUTH) ||
	       (read_sysreg(S3_0_C0_C6_2) & ISAR2_PAUTH);
}

void el1_keys_save(uint64_t key[PE_KEYS][2])
{
	if (!has_keys())
		return;
#define SAVE(name, lo, hi) \
	key[PE_KEY_##name][0] = read_sysreg(lo); \
	key[PE_KEY_##name][1] = read_sysreg(hi);
	KEY_TABLE(SAVE)
#undef SAVE
}

void el1_keys_load(const uint64_t key[PE_KEYS][2])
{
	if (!has_keys())
		return;
#define LOAD(name, lo, hi) \
	write_sysreg(lo, key[PE_KEY_##name][0]); \
	write_sysreg(hi, key[PE_KEY_##name][1]);
	KEY_TABLE(LOAD)
#undef LOAD
}
