/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm whose code is the input: each run of its PE ends with whatever the
 * next bytes say, and while it runs, another CPU of the host makes calls.
 */
#include <string.h>

#include "abi/psci.h"
#include "abi/rmi_smc.h"
#include "abi/rsi_table.h"
#include "fuzz/rmm/command.h"
#include "fuzz/rmm/host.h"
#include "fuzz/rmm/input.h"
#include "fuzz/rmm/value.h"
#include "rmm/granule.h"
#include "rmm/platform.h"
#include "rmm/rec.h"

#define SET_UNCONTAINABLE 2

static const uint32_t calls[] = {
#define GUEST_CALL(NAME, name, args, results) SMC_RSI_##NAME,
	RSI_CALL_TABLE(GUEST_CALL)
#undef GUEST_CALL
	PSCI_VERSION, PSCI_FEATURES, PSCI_CPU_SUSPEND, PSCI_CPU_OFF,
	PSCI_CPU_ON, PSCI_64(PSCI_CPU_ON), PSCI_AFFINITY_INFO,
	PSCI_64(PSCI_AFFINITY_INFO), PSCI_SYSTEM_OFF, PSCI_SYSTEM_RESET,
};
#define CALLS (sizeof(calls) / sizeof(calls[0]))

/* The realm that this PE belongs to, as its REC says. */
static const struct realm *realm_of(const struct pe *pe)
{
	const struct rec *rec = (const void *)((const char *)pe -
					       offsetof(struct rec, pe));

	return world_realm_at(rec->owner);
}

/* A number, an address of the realm, a range's end, or nonsense. */
static uint64_t argument(const struct pe *pe, unsigned int n)
{
	uint8_t bits = input_byte();

	switch (bits >> 6) {
	case 0:
		return bits & 0x1f;
	case 1:
		return value_ipa(realm_of(pe), input_byte());
	case 2:
		return pe->x[n - 1] + (uint64_t)(bits & 0x3f) *
					     (bits & 0x20 ? RAM_PAGE : PAGE);
	default:
		return bits & 1 ? input_word() : 1ull << (bits & 0x3f);
	}
}

static uint64_t esr_of(unsigned int ec, uint64_t iss)
{
	return FIELD_PREP(ESR_EC, ec) | ESR_IL | iss;
}

static void smc(struct pe *pe, struct pe_exit *exit)
{
	uint8_t which = input_byte();

	pe->x[0] = which < 0xe0 ? calls[which % CALLS] :
				  0x84000000u | input_byte();
	for (unsigned int i = 1; i < 5; i++)
		pe->x[i] = argument(pe, i);
	exit->esr = esr_of(ESR_EC_SMC64, 0);
}

/* What hardware reports as uncontainable stops an RMM, and is no bad input. */
static uint64_t contained(uint64_t esr)
{
	if (FIELD_GET(ESR_ABORT_SET, esr) == SET_UNCONTAINABLE)
		return esr & ~ESR_ABORT_SET;
	return esr;
}

static void abort_at(const struct pe *pe, struct pe_exit *exit, unsigned int ec)
{
	uint64_t ipa = value_ipa(realm_of(pe), input_byte());
	uint64_t iss = input_byte() << 18 | input_byte() << 8 | input_byte();

	exit->esr = contained(esr_of(ec, iss & 0x1ffffff));
	exit->far = 0xffff000000000000ull | (ipa & (PAGE - 1)) | iss;
	exit->hpfar = ipa >> 12 << 4;
}

static void serror(struct pe_exit *exit)
{
	exit->kind = PE_EXIT_SERROR;
	/* AET: corrected or restartable */
	exit->esr = esr_of(0x2f, (input_byte() & 1 ? 2 : 6) << 10 | 0x11);
}

/* Registers that the realm may have written meanwhile. */
static void registers(struct pe *pe)
{
	uint8_t which = input_byte();
	uint64_t value = input_word();

	if (which < 31)
		pe->x[which] = value;
	else if (which == 31)
		pe->pc = value;
	else if (which == 32)
		pe->pstate = value;
	else
		pe->sysreg[which % PE_SYSREGS] = value;
}

/* What it writes into a page that is its own. */
static void store(const struct realm *realm)
{
	unsigned int start = input_byte() * 3u;

	for (unsigned int i = 0; realm && i < ram.pages; i++) {
		const struct granule *at = granule_at((start + i) % ram.pages);

		if (granule_state(at) != GRANULE_DATA)
			continue;
		memset(granule_view(at), (int)(start | 1), 0x200);
		return;
	}
}

/* Another CPU is in the host, or enters another REC. */
static void meanwhile(void)
{
	unsigned int steps = 1 + input_byte() % 4;
	unsigned int cpu = machine.cpu;

	if (cpu + 1 == MACHINE_CPUS)
		return;
	machine.cpu = cpu + 1;
	while (steps-- && input_more())
		command_step();
	machine.cpu = cpu;
}

/* What the realm does next. Kept inputs have these numbers. */
enum {
	ACT_IRQ,
	ACT_FIQ,
	ACT_SERROR,
	ACT_DATA_ABORT,
	ACT_INST_ABORT,
	ACT_SYSREG,
	ACT_WFX,
	ACT_HVC,
	ACT_ANY_SYNDROME,
	ACT_REGISTERS,
	ACT_STORE,
	ACT_MEANWHILE,
	ACT_SMC, /* and all from here on */
	ACTS = 16
};

/* One thing that the realm does; false if that does not end the run. */
static bool act(struct pe *pe, struct pe_exit *exit)
{
	exit->kind = PE_EXIT_SYNC;
	switch (input_byte() % ACTS) {
	case ACT_IRQ:
		exit->kind = PE_EXIT_IRQ;
		return true;
	case ACT_FIQ:
		exit->kind = PE_EXIT_FIQ;
		return true;
	case ACT_SERROR:
		serror(exit);
		return true;
	case ACT_DATA_ABORT:
		abort_at(pe, exit, ESR_EC_DATA_ABORT_LOWER);
		return true;
	case ACT_INST_ABORT:
		abort_at(pe, exit, ESR_EC_INST_ABORT_LOWER);
		return true;
	case ACT_SYSREG:
		exit->esr = esr_of(ESR_EC_SYSREG, input_word() & 0x3fffff);
		return true;
	case ACT_WFX:
		exit->esr = esr_of(ESR_EC_WFX, input_word() & 0x3ff);
		return true;
	case ACT_HVC:
		exit->esr = esr_of(ESR_EC_HVC64, input_byte());
		return true;
	case ACT_ANY_SYNDROME:
		exit->esr = contained(input_word());
		return true;
	case ACT_REGISTERS:
		registers(pe);
		return false;
	case ACT_STORE:
		store(realm_of(pe));
		return false;
	case ACT_MEANWHILE:
		meanwhile();
		return false;
	default:
		smc(pe, exit);
		return true;
	}
}

void plat_pe_run(struct pe *pe, struct pe_simd *simd,
		 const struct pe_regime *regime, struct pe_exit *exit)
{
	if (!(regime->hcr_el2 & 1) || !regime->vttbr_el2)
		machine_fail("a realm would run without stage 2",
			     regime->hcr_el2);
	memset(simd->v, 0x44, sizeof(simd->v[0]));
	*exit = (struct pe_exit){ 0 };
	while (!act(pe, exit))
		;
}
