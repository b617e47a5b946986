// SPDX-License-Identifier: BSD-3-Clause
/*
 * What runs in the realms of the fault matrix.
 */
#include "tests/faults/programs.h"

#include <string.h>

#include <linux/kernel.h>

#include "abi/psci.h"
#include "abi/rmi_smc.h"
#include "abi/rsi_smc.h"
#include "tests/host/insn.h"

#define UART (0x09000000ull | SHARED_BIT)
#define CALL_PAGE RAM_PAGE(1)
#define VECTORS RAM_PAGE(2)
#define SECOND RAM_BASE /* never run */

#define SET_VECTORS A64_SET(1, VECTORS), A64_MSR(0, 12, 0, 0, 1), A64_ISB
#define OFF A64_SET(0, PSCI_SYSTEM_OFF), A64_SMC
#define MARK(value) A64_SET(9, UART), A64_SET(8, value), A64_STR_X(8, 9)
#define TOUCH(ipa) A64_SET(5, ipa), A64_STR_X(5, 5)
#define LOOK(ipa) A64_SET(5, ipa), A64_LDR_X(6, 5, 0)
#define CPU_ON(mpidr, entry) \
	A64_SET(0, PSCI_64(PSCI_CPU_ON)), A64_SET(1, mpidr), \
	A64_SET(2, entry), A64_SET(3, 0), A64_SMC
#define AFFINITY_INFO(mpidr) \
	A64_SET(0, PSCI_64(PSCI_AFFINITY_INFO)), A64_SET(1, mpidr), \
	A64_MOVZ(2, 0, 0), A64_SMC
/* struct RsiHostCall: imm at 0, gprs from 8 on */
#define CALL_HOST \
	A64_SET(5, CALL_PAGE + 8), A64_SET(6, HOST_CALL), A64_STR_X(6, 5), \
	A64_SET(0, SMC_RSI_HOST_CALL), A64_SET(1, CALL_PAGE), A64_SMC
#define IPA_STATE_SET(base, top, ripas, flags) \
	A64_SET(0, SMC_RSI_IPA_STATE_SET), A64_SET(1, base), A64_SET(2, top), \
	A64_SET(3, ripas), A64_SET(4, flags), A64_SMC

static const u32 words_off[] = { SET_VECTORS, OFF };

static const u32 words_run[] = {
	SET_VECTORS, MARK(MARK_1), A64_SET(5, UART), A64_LDR_X(6, 5, 0),
	CALL_HOST, CPU_ON(1, SECOND), AFFINITY_INFO(1), MARK(MARK_2), OFF,
};

static const u32 words_grow[] = {
	SET_VECTORS, TOUCH(RAM_PAGE(16)), TOUCH(RAM_PAGE(17)),
	TOUCH(RAM_PAGE(0x201)), TOUCH(RAM_PAGE(32) | SHARED_BIT),
	TOUCH(RAM_PAGE(33) | SHARED_BIT), TOUCH(RAM_PAGE(0x2ff) | SHARED_BIT),
	TOUCH(BLOCK_BASE), MARK(MARK_1), OFF,
};

/* The range lies over the end of a table, so that it takes several steps. */
static const u32 words_share[] = {
	SET_VECTORS, TOUCH(RAM_PAGE(0x1ff)), TOUCH(RAM_PAGE(0x200)),
	IPA_STATE_SET(RAM_PAGE(0x1fe), RAM_PAGE(0x202), RMI_EMPTY, 0),
	LOOK(RAM_PAGE(0x1ff) | SHARED_BIT), LOOK(RAM_PAGE(0x200) | SHARED_BIT),
	MARK(MARK_1),
	IPA_STATE_SET(RAM_PAGE(0x1fe), RAM_PAGE(0x202), RMI_RAM,
		      RSI_CHANGE_DESTROYED),
	LOOK(RAM_PAGE(0x1ff)), OFF,
};

#define PROGRAM(name) \
	const struct program program_##name = { \
		words_##name, sizeof(words_##name) \
	}

PROGRAM(off);
PROGRAM(run);
PROGRAM(grow);
PROGRAM(share);

void program_place(const struct program *program, u8 *ram)
{
	static const u32 end[] = { OFF };
	u8 *vector = ram + (VECTORS - RAM_BASE);
	unsigned int i;

	memcpy(ram, program->words, program->size);
	for (i = 0; i < 16; i++)
		memcpy(vector + i * 0x80, end, sizeof(end));
}
