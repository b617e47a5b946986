/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Who may ask what. A call that nobody answers gets -1, and with it every
 * register but x0 as it was. RSI belongs to realms: an RSI_VERSION from the
 * Non-secure world, which Linux tries at boot, must not look answered.
 */
#include "monitor/smc.h"

#include "abi/psci.h"
#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "monitor/canned.h"
#include "monitor/panic.h"
#include "monitor/psci.h"
#include "monitor/rmm_el3.h"
#include "monitor/sysregs.h"
#include "monitor/vendor.h"

/* Function numbers of RMI; its last one is the RMM's own way back to EL3. */
static bool is_rmi(uint32_t fid)
{
	uint32_t fnum = fid & SMCCC_FNUM;

	if (fid != SMC_RMI_CALL(fnum))
		return false;
	return (fnum >= RMI_FNUM_FIRST && fnum < RMI_FNUM_LAST) ||
	       (fnum >= RMI_FNUM2_FIRST && fnum <= RMI_FNUM2_LAST);
}

static uint64_t arch_features(uint32_t fid)
{
	switch (fid) {
	case SMCCC_VERSION:
	case SMCCC_ARCH_FEATURES:
		return 0;
	default:
		return SMCCC_NOT_SUPPORTED;
	}
}

static uint64_t rmi_calls(void)
{
	uint64_t calls = 0;

	for (unsigned int i = 0; i < CPUS_MAX; i++)
		calls += cpus[i].rmi_calls;
	return calls;
}

static uint64_t ns_call(struct cpu *cpu, uint32_t fid)
{
	switch (fid) {
	case SMCCC_VERSION:
		return SMCCC_VERSION_1_2;
	case SMCCC_ARCH_FEATURES:
		return arch_features((uint32_t)cpu->frame->x[1]);
	case VENDOR_EXIT:
		machine_exit(cpu->frame->x[1]);
	case VENDOR_RMI_CALLS:
		return rmi_calls();
	default:
		return psci_owns(fid) ? (uint64_t)psci_call(cpu, fid) :
					SMCCC_NOT_SUPPORTED;
	}
}

static void rmi_call(struct cpu *cpu)
{
	if (!cpu->rmm_ready)
		cpu->frame->x[0] = SMCCC_NOT_SUPPORTED;
	else if (!canned_rmi(cpu->frame->x))
		rmm_forward(cpu);
}

static bool from_el2(const struct frame *frame)
{
	return (frame->spsr & (PSTATE_AARCH32 | PSTATE_MODE)) == PSTATE_EL2H;
}

void smc(struct cpu *cpu)
{
	struct frame *frame = cpu->frame;
	uint32_t fid = (uint32_t)frame->x[0] & ~(uint32_t)SMCCC_SVE_HINT;

	if (cpu->current == WORLD_REALM) {
		/* A realm's own SMC that the RMM forgot to trap. */
		if (from_el2(frame))
			rmm_call(cpu, fid);
		else
			frame->x[0] = SMCCC_NOT_SUPPORTED;
	} else if (is_rmi(fid)) {
		rmi_call(cpu);
	} else {
		frame->x[0] = ns_call(cpu, fid);
	}
}
