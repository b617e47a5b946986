/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Each RMM differs from ours in one answer, by which a host can know it
 * (RMI_VERSION, or a function that the beta lacks or adds). The linker gives
 * the monitor's calls of rmm_forward() to __wrap_rmm_forward().
 */
#include "tests/qemu/monitor/canned.h"

#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "monitor/cpu.h"
#include "monitor/layout.h"
#include "tests/qemu/monitor/armed.h"

void __real_rmm_forward(struct cpu *cpu);
void __wrap_rmm_forward(struct cpu *cpu);

/* RMI_VERSION of an RMM that speaks @low to @high, all of one major number. */
static void answer_version(uint64_t *x, uint64_t low, uint64_t high)
{
	uint64_t asked = x[1];

	x[0] = RMI_ERROR_INPUT;
	x[1] = high;
	x[2] = high;
	if (asked < low || asked > high)
		return;
	x[0] = RMI_SUCCESS;
	x[1] = asked;
}

static bool answer_word(uint64_t *x, uint64_t word)
{
	x[0] = word;
	return true;
}

/* The Non-secure world's memory is not in EL3's tables. */
static bool fault(void)
{
	register uint64_t mark asm("x7") = CANNED_MARK;

	asm volatile("ldr xzr, [%0]" ::"r"((uint64_t)NS_BASE), "r"(mark));
	return true;
}

/* Answers the call in @x and says true, or leaves it to the RMM. */
static bool answer(enum canned_rmm as, uint64_t *x)
{
	uint32_t fid = (uint32_t)x[0] & ~(uint32_t)SMCCC_SVE_HINT;
	bool version = fid == SMC_RMI_VERSION;

	switch (as) {
	case CANNED_1_0_TO_1_1:
		if (version)
			answer_version(x, RMI_ABI_VERSION(1, 0),
				       RMI_ABI_VERSION(1, 1));
		return version;
	case CANNED_2_0_TO_2_1:
		if (version)
			answer_version(x, RMI_ABI_VERSION(2, 0),
				       RMI_ABI_VERSION(2, 1));
		return version;
	case CANNED_BETA_0:
		return fid == SMC_RMI_REALM_TERMINATE &&
		       answer_word(x, SMCCC_NOT_SUPPORTED);
	case CANNED_BETA_3:
		return fid == SMC_RMI_GPT_INFO && answer_word(x, RMI_SUCCESS);
	case CANNED_NO_ACTIVATE:
		return fid == SMC_RMI_RMM_ACTIVATE &&
		       answer_word(x, RMI_ERROR_GLOBAL);
	case CANNED_FAULT:
		return version && fault();
	default:
		return false;
	}
}

void __wrap_rmm_forward(struct cpu *cpu)
{
	const volatile uint64_t *word =
		(const volatile uint64_t *)(FLASH_BASE + CANNED_WORD);

	if (!armed_answer(cpu->frame->x) &&
	    !answer((enum canned_rmm)*word, cpu->frame->x))
		__real_rmm_forward(cpu);
}
