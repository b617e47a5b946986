/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * All the ways in which a run of a realm can end (Arm DEN 0137, chapter "REC
 * exit"), with what the host may see of each, and nothing else.
 */
#include "abi/psci.h"
#include "abi/rmi_smc.h"
#include "abi/rsi_layout.h"
#include "abi/rsi_smc.h"
#include "tests/rmm/fake_platform.h"
#include "tests/taint/guest.h"
#include "tests/taint/scene.h"
#include "tests/taint/secret.h"

#define EC(class) ((uint64_t)(class) << 26)
#define ISS_SET(set) ((uint64_t)(set) << 11)
#define ISS_SAS(size) ((uint64_t)(size) << 22)

#define EC_SERROR 0x2f
#define EC_SVE 0x19
#define EC_BRK 0x3c
#define EC_ILLEGAL 0x0e

#define FETCH (ESR_EC | ESR_ABORT_SET | ESR_ABORT_EA | ESR_ABORT_FSC)
#define DATA (FETCH | ESR_ABORT_FNV)
#define PLAIN (DATA | ESR_IL | ESR_ABORT_ISV)
#define EMULATABLE \
	(DATA | ESR_ABORT_ISV | ESR_ABORT_SAS | ESR_ABORT_SF | ESR_ABORT_WNR)
#define SERROR_SHOWN \
	(ESR_EC | BIT_ULL(24) | GENMASK_ULL(12, 9) | GENMASK_ULL(5, 0))

#define TRANSLATION 0x07
#define EXTERNAL 0x10
#define WFX(ti) (EC(ESR_EC_WFX) | (ti))
#define WFX_FIXED (ESR_EC | ESR_WFX_TI)

#define GIC_SGI1R SYSREG(3, 0, 12, 11, 5)
#define TRAP(encoding) (EC(ESR_EC_SYSREG) | ESR_IL | (encoding))

/* The host may see the number of the message and 31 words, not the padding. */
static void write_message(struct pe *pe)
{
	struct rsi_host_call *call = fake_view(scene_message());

	(void)pe;
	call->imm = 0x4711;
	for (unsigned int i = 0; i < RSI_HOST_CALL_GPRS; i++)
		call->gprs[i] = 0x1234500000000ull + i;
}

/* Where the other CPU is to start, and with what, is between the two. */
static void choose_entry(struct pe *pe)
{
	pe->x[2] = GUEST_BASE + 0x100;
	if (!guest_script.public)
		pe->x[2] = GUEST_BASE + secret_choice(0x100, 0x2e00);
}

#define SYNC(...) .kind = PE_EXIT_SYNC, .esr = __VA_ARGS__
#define SMC(count, ...) \
	SYNC(EC(ESR_EC_SMC64), .fixed = ESR_EC, .args = (count), \
	     .x = { __VA_ARGS__ })

#define SERROR(aet) \
	.kind = PE_EXIT_SERROR, .fixed = SERROR_SHOWN, \
	.esr = EC(EC_SERROR) | (uint64_t)(aet) << 10 | 0x11

const struct guest_end guest_ends[] = {
	{ "an interrupt", .kind = PE_EXIT_IRQ },
	{ "a fast interrupt", .kind = PE_EXIT_FIQ },
	{ "SError, unrecoverable", SERROR(1) },
	{ "SError, restartable", SERROR(2) },
	{ "SError, recoverable", SERROR(3) },
	{ "SError, corrected", SERROR(6) },
	{ "WFI", SYNC(WFX(0), .fixed = WFX_FIXED) },
	{ "WFE", SYNC(WFX(1), .fixed = WFX_FIXED) },
	{ "WFIT", SYNC(WFX(2) | ESR_WFX_RV, .fixed = WFX_FIXED | ESR_WFX_RV,
		       .reg_shift = 5, .reg_bits = 64) },
	{ "WFET without a register", SYNC(WFX(3),
		       .fixed = WFX_FIXED | ESR_WFX_RV) },
	{ "a write to the GIC", SYNC(TRAP(GIC_SGI1R), .fixed = ~0ull,
		       .reg_shift = 5, .reg_bits = 64) },
	{ "a read of the GIC", SYNC(TRAP(GIC_SGI1R | ESR_SYSREG_READ),
		       .fixed = ~0ull, .reg_shift = 5) },
	{ "a load from absent memory", SYNC(EC(ESR_EC_DATA_ABORT_LOWER) |
		       TRANSLATION, .fixed = DATA, .has_ipa = true,
		       .ipa = GUEST_ABSENT) },
	{ "a fetch from absent memory", SYNC(EC(ESR_EC_INST_ABORT_LOWER) |
		       TRANSLATION, .fixed = FETCH, .has_ipa = true,
		       .ipa = GUEST_ABSENT) },
	{ "an access that is not described", SYNC(EC(ESR_EC_DATA_ABORT_LOWER) |
		       TRANSLATION, .fixed = PLAIN, .has_ipa = true,
		       .ipa = GUEST_DEVICE, .answer = RMI_ENTRY_INJECT_SEA) },
	{ "a load from a device", SYNC(EC(ESR_EC_DATA_ABORT_LOWER) |
		       TRANSLATION | ESR_ABORT_ISV | ISS_SAS(2),
		       .fixed = EMULATABLE, .reg_shift = 16, .has_ipa = true,
		       .ipa = GUEST_DEVICE, .offset_shown = true,
		       .answer = RMI_ENTRY_EMUL_MMIO) },
#define STORE(size) \
	SYNC(EC(ESR_EC_DATA_ABORT_LOWER) | TRANSLATION | ESR_ABORT_ISV | \
	     ESR_ABORT_WNR | ISS_SAS(size), .fixed = EMULATABLE, \
	     .reg_shift = 16, .reg_bits = 8 << (size), .has_ipa = true, \
	     .ipa = GUEST_DEVICE, .offset_shown = true, \
	     .answer = RMI_ENTRY_EMUL_MMIO)
	{ "a store of a byte", STORE(0) },
	{ "a store of 2 bytes", STORE(1) },
	{ "a store of 4 bytes", STORE(2) },
	{ "a store of 8 bytes", STORE(3) },
	{ "an external abort, recoverable", SYNC(EC(ESR_EC_DATA_ABORT_LOWER) |
		       EXTERNAL, .fixed = DATA, .has_ipa = true,
		       .ipa = GUEST_BASE) },
	{ "an external abort, restartable", SYNC(EC(ESR_EC_DATA_ABORT_LOWER) |
		       EXTERNAL | ISS_SET(3), .fixed = DATA, .has_ipa = true,
		       .ipa = GUEST_BASE) },
	{ "an external abort of a fetch", SYNC(EC(ESR_EC_INST_ABORT_LOWER) |
		       EXTERNAL, .fixed = DATA, .has_ipa = true,
		       .ipa = GUEST_BASE) },
	{ "what nobody knows", SYNC(EC(EC_BRK), .fixed = ESR_EC,
		       .esr_choice = EC(EC_ILLEGAL)) },

	/* Those that the realm does not leave by. */
	{ "HVC", SYNC(EC(ESR_EC_HVC64), .fixed = ESR_EC) },
	{ "SVE", SYNC(EC(EC_SVE), .fixed = ESR_EC) },
	{ "a register that is not there", SYNC(TRAP(SYSREG(3, 3, 9, 12, 0)),
		       .fixed = ~0ull, .reg_shift = 5) },
	{ "a debug register", SYNC(TRAP(SYSREG(2, 0, 0, 0, 4)),
		       .fixed = ~0ull, .reg_shift = 5) },
	{ "an ID register", SYNC(TRAP(SYSREG(3, 0, 0, 4, 0) | ESR_SYSREG_READ),
		       .fixed = ~0ull, .reg_shift = 5) },
	{ "a load from EMPTY", SYNC(EC(ESR_EC_DATA_ABORT_LOWER) | TRANSLATION,
		       .fixed = DATA, .has_ipa = true, .ipa = GUEST_EMPTY) },
	{ "a fetch from a device", SYNC(EC(ESR_EC_INST_ABORT_LOWER) |
		       TRANSLATION, .fixed = FETCH, .has_ipa = true,
		       .ipa = GUEST_DEVICE) },
	{ "an SMC that is none", SMC(1, 0x82000000) },

	/* SMCs that the host hears of. */
	{ "a host call", SMC(2, SMC_RSI_HOST_CALL, GUEST_MESSAGE),
		       .prepare = write_message },
	{ "a host call without memory", SMC(2, SMC_RSI_HOST_CALL,
		       GUEST_ABSENT) },
	{ "a configuration without memory", SMC(2, SMC_RSI_REALM_CONFIG,
		       GUEST_ABSENT) },
	{ "a wish for memory", SMC(5, SMC_RSI_IPA_STATE_SET, GUEST_ABSENT,
		       GUEST_ABSENT + 0x2000, RMI_EMPTY, 0) },
	{ "PSCI CPU_SUSPEND", SMC(1, PSCI_64(PSCI_CPU_SUSPEND)) },
	{ "PSCI AFFINITY_INFO", SMC(3, PSCI_64(PSCI_AFFINITY_INFO), 1, 0) },
	{ "PSCI CPU_ON", SMC(2, PSCI_64(PSCI_CPU_ON), 1),
		       .prepare = choose_entry },
	{ "PSCI VERSION", SMC(1, PSCI_VERSION) },
	{ "PSCI FEATURES", SMC(2, PSCI_FEATURES, PSCI_CPU_OFF) },
};

const unsigned int guest_ends_count = sizeof(guest_ends) /
				      sizeof(guest_ends[0]);
