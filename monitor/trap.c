/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What comes to EL3, and who may ask what. SMCs (SMCCC 1.2): a call that nobody
 * answers gets -1, and with it every register but x0 as it was. RSI belongs to
 * realms: an RSI_VERSION from the Non-secure world, which Linux tries at boot,
 * must not look answered. Group 0 interrupts: the only one is the SGI that
 * wakes CPUs. Everything else is a bug below or here.
 */
#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "monitor/cpu.h"
#include "monitor/gic.h"
#include "monitor/panic.h"
#include "monitor/psci.h"
#include "monitor/rmm_el3.h"
#include "monitor/sysregs.h"
#include "monitor/vendor.h"

struct frame own_frame;

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
	return fid == SMCCC_VERSION || fid == SMCCC_ARCH_FEATURES ?
		       0 :
		       SMCCC_NOT_SUPPORTED;
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
		return (uint64_t)psci_call(cpu, fid);
	}
}

static bool from_el2(const struct frame *frame)
{
	return (frame->spsr & (PSTATE_AARCH32 | PSTATE_MODE)) == PSTATE_EL2H;
}

static void smc(struct cpu *cpu, struct frame *frame)
{
	uint32_t fid = (uint32_t)frame->x[0] & ~(uint32_t)SMCCC_SVE_HINT;

	if (cpu->current == WORLD_NS && is_rmi(fid) && cpu->rmm_ready)
		rmm_forward(cpu);
	else if (cpu->current == WORLD_NS)
		frame->x[0] = ns_call(cpu, fid);
	else if (from_el2(frame))
		rmm_call(cpu, fid);
	else /* a realm's own SMC that the RMM forgot to trap */
		frame->x[0] = SMCCC_NOT_SUPPORTED;
}

void trap(struct frame *frame, uint64_t vector)
{
	uint64_t class = FIELD_GET(ESR_EC, mrs(esr_el3));

	if (vector == VECTOR_LOWER_SYNC && class == ESR_EC_SMC64)
		smc(this_cpu(), frame);
	else if (vector == VECTOR_LOWER_FIQ)
		gic_acknowledge_wake();
	else if (this_cpu()->current == WORLD_REALM)
		panic_frame("unexpected exception from Realm", frame);
	else
		panic_frame("unexpected exception from Non-secure", frame);
}

_Noreturn void own_trap(uint64_t vector)
{
	static const char *const what[] = {
		"exception at EL3",
		"IRQ at EL3",
		"FIQ at EL3",
		"SError at EL3",
	};

	panic_frame(what[vector % 4], &own_frame);
}
