/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The state of a PE: into the engine, out of it, and to EL1 within it. Most PEs
 * come back to the engine that they left, with little changed; the engine knows
 * what they left with.
 */
#include <string.h>

#include "sim/machine/die.h"
#include "sim/machine/engine_private.h"
#include "sim/machine/machine.h"

/* Of HCR_EL2, what this processor has and a realm's run depends on. */
#define HCR_ENGINE (HCR_VM | HCR_PTW | HCR_TID3 | HCR_TSC | HCR_RW)

#define VREGS 32

/* From the vector of a mode: its kinds of exceptions. */
#define VECTOR_SYNC 0x000
#define VECTOR_IRQ 0x080
#define VECTOR_FIQ 0x100

static const uint32_t sysregs[PE_SYSREGS] = {
#define SYSREG_ROW(name, ...) [PE_##name] = SYSREG(__VA_ARGS__),
	PE_SYSREG_TABLE(SYSREG_ROW)
#undef SYSREG_ROW
};

/* Registers that engine_sysreg.c has in the engine's place. */
static bool is_timer(enum pe_sysreg sysreg)
{
	switch (sysreg) {
	case PE_CNTP_CTL_EL0:
	case PE_CNTP_CVAL_EL0:
	case PE_CNTV_CTL_EL0:
	case PE_CNTV_CVAL_EL0:
		return true;
	default:
		return false;
	}
}

int engine_gpr(unsigned int n)
{
	if (n == 29)
		return UC_ARM64_REG_X29;
	if (n == 30)
		return UC_ARM64_REG_X30;
	return UC_ARM64_REG_X0 + (int)n;
}

/* The register that the live stack pointer is. */
static enum pe_sysreg sp_bank(uint64_t pstate)
{
	return (pstate & PSTATE_MODE) == PSTATE_EL1H ? PE_SP_EL1 : PE_SP_EL0;
}

static void set_pstate(struct engine *engine, uint64_t pstate)
{
	uint32_t value = (uint32_t)pstate;

	engine_check(uc_reg_write(engine->uc, UC_ARM64_REG_PSTATE, &value),
		     "write of PSTATE");
}

static uint64_t get_pstate(struct engine *engine)
{
	uint32_t value = 0;

	engine_check(uc_reg_read(engine->uc, UC_ARM64_REG_PSTATE, &value),
		     "read of PSTATE");
	return value;
}

/* An ERET from EL3 may go to these; another mode would be an illegal return. */
static void check_mode(uint64_t pstate)
{
	uint64_t mode = pstate & (PSTATE_AARCH32 | PSTATE_MODE);

	if (mode != PSTATE_EL0T && mode != PSTATE_EL1T && mode != PSTATE_EL1H)
		machine_die("PE: PSTATE 0x%llx: not AArch64 at EL1 or EL0",
			    (unsigned long long)pstate);
}

/* The next run starts with an ERET from EL3 to @pc. */
static void eret_to(struct engine *engine, uint64_t pc, uint64_t pstate)
{
	check_mode(pstate);
	set_pstate(engine, PSTATE_AT_EL3);
	engine_write(engine, SPSR_EL3, pstate);
	engine_write(engine, ELR_EL3, pc);
	engine->entering = true;
}

static uint64_t cnthctl_e2h(const struct pe_regime *regime)
{
	if (regime->hcr_el2 & HCR_E2H)
		return regime->cnthctl_el2;
	return (regime->cnthctl_el2 & CNTHCTL_EL1_ACCESS) << CNTHCTL_E2H_SHIFT;
}

static void load_cnthctl(struct engine *engine, const struct pe_regime *regime)
{
	engine->cnthctl_el2 = cnthctl_e2h(regime);
	engine_write(engine, CNTHCTL_EL2,
		     engine->cnthctl_el2 >> CNTHCTL_E2H_SHIFT &
			     CNTHCTL_EL1_ACCESS);
}

static void load_regime(struct engine *engine, const struct pe_regime *regime)
{
	uint64_t vttbr = engine_walks_begin(engine, regime);

	/* A change of VMID flushes the TLBs. */
	engine_write(engine, VTTBR_EL2, vttbr ^ BIT_ULL(48));
	engine_write(engine, VTTBR_EL2, vttbr);
	engine_write(engine, VTCR_EL2, regime->vtcr_el2);
	engine_write(engine, VMPIDR_EL2, regime->vmpidr_el2);
	engine_write(engine, MDCR_EL2, regime->mdcr_el2);
	load_cnthctl(engine, regime);
	/* WFI always traps, or it could not be told from a spent budget. */
	engine_write(engine, HCR_EL2,
		     (regime->hcr_el2 & HCR_ENGINE) | HCR_TWI);
}

void engine_load(struct engine *engine, const struct pe *pe,
		 const struct pe_simd *simd, const struct pe_regime *regime)
{
	engine_check(uc_context_restore(engine->uc, engine->at_el3),
		     "context");
	load_regime(engine, regime);
	timers_load(&engine->timers, pe, regime);
	for (unsigned int i = 0; i < PE_SYSREGS; i++) {
		if (!is_timer(i))
			engine_write(engine, sysregs[i], pe->sysreg[i]);
	}
	for (unsigned int i = 0; i < GPRS; i++)
		engine_write_reg(engine, engine_gpr(i), pe->x[i]);
	for (int i = 0; i < VREGS; i++)
		engine_check(uc_reg_write(engine->uc, UC_ARM64_REG_V0 + i,
					  simd->v[i]), "write of V");
	engine_write_reg(engine, UC_ARM64_REG_FPCR, simd->fpcr);
	engine_write_reg(engine, UC_ARM64_REG_FPSR, simd->fpsr);
	eret_to(engine, pe->pc, pe->pstate);
	engine->held_regime = *regime;
}

/* All of a regime that translations depend on, and what changes as rarely. */
static bool same_regime(const struct pe_regime *a, const struct pe_regime *b)
{
	return a->vttbr_el2 == b->vttbr_el2 && a->vtcr_el2 == b->vtcr_el2 &&
	       a->vmpidr_el2 == b->vmpidr_el2 && a->mdcr_el2 == b->mdcr_el2 &&
	       (a->hcr_el2 & HCR_ENGINE) == (b->hcr_el2 & HCR_ENGINE);
}

static bool same_sysregs(const struct pe *a, const struct pe *b)
{
	for (unsigned int i = 0; i < PE_SYSREGS; i++) {
		if (!is_timer(i) && a->sysreg[i] != b->sysreg[i])
			return false;
	}
	return true;
}

static void reload_simd(struct engine *engine, const struct pe_simd *simd)
{
	const struct pe_simd *held = &engine->held_simd;

	for (int i = 0; i < VREGS; i++) {
		if (memcmp(simd->v[i], held->v[i], sizeof(simd->v[i])) != 0)
			engine_check(uc_reg_write(engine->uc,
						  UC_ARM64_REG_V0 + i,
						  simd->v[i]), "write of V");
	}
	if (simd->fpcr != held->fpcr)
		engine_write_reg(engine, UC_ARM64_REG_FPCR, simd->fpcr);
	if (simd->fpsr != held->fpsr)
		engine_write_reg(engine, UC_ARM64_REG_FPSR, simd->fpsr);
}

bool engine_reload(struct engine *engine, const struct pe *pe,
		   const struct pe_simd *simd, const struct pe_regime *regime)
{
	const struct pe *held = &engine->held;

	if (!same_regime(regime, &engine->held_regime) ||
	    !same_sysregs(pe, held) || pe->pstate != held->pstate)
		return false;
	timers_load(&engine->timers, pe, regime);
	if (cnthctl_e2h(regime) != engine->cnthctl_el2)
		load_cnthctl(engine, regime);
	for (unsigned int i = 0; i < GPRS; i++) {
		if (pe->x[i] != held->x[i])
			engine_write_reg(engine, engine_gpr(i), pe->x[i]);
	}
	reload_simd(engine, simd);
	if (engine->entering)
		engine_write(engine, ELR_EL3, pe->pc);
	else
		engine->pc = pe->pc;
	engine->held_regime = *regime;
	return true;
}

static void store_sysregs(struct engine *engine, struct pe *pe)
{
	uint32_t encodings[PE_SYSREGS];
	uint64_t *values[PE_SYSREGS];
	unsigned int n = 0;

	for (unsigned int i = 0; i < PE_SYSREGS; i++) {
		if (is_timer(i))
			continue;
		encodings[n] = sysregs[i];
		values[n++] = &pe->sysreg[i];
	}
	engine_read_many(engine, encodings, values, n);
}

static void store_x_and_v(struct engine *engine, struct pe *pe,
			  struct pe_simd *simd)
{
	void *values[GPRS + VREGS];
	int regs[GPRS + VREGS];

	for (unsigned int i = 0; i < GPRS; i++) {
		regs[i] = engine_gpr(i);
		values[i] = &pe->x[i];
	}
	for (int i = 0; i < VREGS; i++) {
		regs[GPRS + i] = UC_ARM64_REG_V0 + i;
		values[GPRS + i] = simd->v[i];
	}
	engine_check(uc_reg_read_batch(engine->uc, regs, values,
				       GPRS + VREGS), "read of X and V");
}

void engine_store(struct engine *engine, struct pe *pe, struct pe_simd *simd)
{
	timers_store(&engine->timers, pe, machine_counter());
	store_sysregs(engine, pe);
	if (engine->entering) {
		pe->pc = engine_read(engine, ELR_EL3);
		pe->pstate = engine_read(engine, SPSR_EL3);
	} else {
		pe->pc = engine->pc;
		pe->pstate = get_pstate(engine);
		pe->sysreg[sp_bank(pe->pstate)] =
			engine_read_reg(engine, UC_ARM64_REG_SP);
	}
	check_mode(pe->pstate);
	store_x_and_v(engine, pe, simd);
	simd->fpcr = engine_read_reg(engine, UC_ARM64_REG_FPCR);
	simd->fpsr = engine_read_reg(engine, UC_ARM64_REG_FPSR);
	engine->held = *pe;
	engine->held_simd = *simd;
}

/* Offset of the vector of a synchronous exception from @pstate. */
static uint64_t vector(uint64_t pstate)
{
	switch (pstate & PSTATE_MODE) {
	case PSTATE_EL1T:
		return 0x000;
	case PSTATE_EL1H:
		return 0x200;
	}
	return 0x400;
}

/* True if the exception class comes with an address in FAR_EL1. */
static bool has_far(uint64_t esr)
{
	switch (FIELD_GET(ESR_EC, esr)) {
	case ESR_EC_INST_ABORT_LOWER:
	case ESR_EC_INST_ABORT:
	case ESR_EC_PC_ALIGN:
	case ESR_EC_DATA_ABORT_LOWER:
	case ESR_EC_DATA_ABORT:
		return true;
	}
	return false;
}

/* Makes the flags EL3's, which no write of a register does in 2.0. */
static void plant_flags(struct engine *engine)
{
	uint8_t *state = (uint8_t *)engine->scratch;

	engine_check(uc_context_save(engine->uc, engine->scratch), "context");
	memcpy(state + engine->layout.flags, &engine->flags_el3,
	       sizeof(engine->flags_el3));
	engine_check(uc_context_restore(engine->uc, engine->scratch),
		     "context");
}

/* Cortex-A72 has neither PAN nor SSBS nor DIT. */
static void take(struct engine *engine, uint64_t offset)
{
	uint64_t pstate = engine_pstate(engine);
	uint64_t vbar = engine_read(engine, sysregs[PE_VBAR_EL1]);
	uint64_t pc = engine->pc;

	check_mode(pstate);
	if (engine->entering) {
		pc = engine_read(engine, ELR_EL3);
	} else {
		engine_write(engine, sysregs[sp_bank(pstate)],
			     engine_read_reg(engine, UC_ARM64_REG_SP));
		plant_flags(engine);
	}
	engine_write(engine, sysregs[PE_ELR_EL1], pc);
	engine_write(engine, sysregs[PE_SPSR_EL1], pstate);
	eret_to(engine, vbar + vector(pstate) + offset,
		(pstate & PSTATE_NZCV) | PSTATE_DAIF | PSTATE_EL1H);
}

void engine_take_to_el1(struct engine *engine, const struct engine_trap *trap)
{
	engine_write(engine, sysregs[PE_ESR_EL1], trap->esr);
	if (has_far(trap->esr))
		engine_write(engine, sysregs[PE_FAR_EL1], trap->far);
	take(engine, VECTOR_SYNC);
}

void engine_take_interrupt(struct engine *engine, bool fiq)
{
	take(engine, fiq ? VECTOR_FIQ : VECTOR_IRQ);
}

uint64_t engine_pstate(struct engine *engine)
{
	return engine->entering ? engine_read(engine, SPSR_EL3) :
				  get_pstate(engine);
}

uint64_t engine_x(struct engine *engine, unsigned int n)
{
	return n < GPRS ? engine_read_reg(engine, engine_gpr(n)) : 0;
}

void engine_set_x(struct engine *engine, unsigned int n, uint64_t value)
{
	if (n < GPRS)
		engine_write_reg(engine, engine_gpr(n), value);
}
