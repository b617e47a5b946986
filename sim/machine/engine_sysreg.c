/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * System registers that the engine lacks. Its timers ignore writes, and its
 * counter is the host's: accesses to both are hooked and skipped, as far as
 * EL2 and EL1 allow them; else the engine traps them, which it does well. The
 * GIC's CPU interface is unknown to it, and an unknown instruction cannot be
 * skipped: the hook notes what it was, and the exception that follows becomes
 * the trap of a system register.
 */
#include "sim/machine/counter.h"
#include "sim/machine/engine_private.h"
#include "sim/machine/icc.h"
#include "sim/machine/machine.h"

#define PSTATE_EL(pstate) ((unsigned int)(pstate) >> 2 & 3)
#define CNTKCTL_EL1 SYSREG(3, 0, 14, 1, 0)

static uint64_t now(const struct engine *engine)
{
	return machine_counter() +
	       (counter_is_fixed() ? engine_executed(engine) : 0);
}

static uint32_t encoding(const uc_arm64_cp_reg *reg)
{
	return SYSREG(reg->op0, reg->op1, reg->crn, reg->crm, reg->op2);
}

static unsigned int current_el(uc_engine *uc)
{
	uint32_t pstate = 0;

	uc_reg_read(uc, UC_ARM64_REG_PSTATE, &pstate);
	return PSTATE_EL(pstate);
}

static unsigned int rt(uc_arm64_reg reg)
{
	unsigned int n = 0;

	while (n < GPRS && (int)reg != engine_gpr(n))
		n++;
	return n;
}

static bool is_ours(struct engine *engine, uint32_t enc, bool read)
{
	return timer_is(enc, read) &&
	       timer_allowed(enc, current_el(engine->uc),
			     engine_read(engine, CNTKCTL_EL1),
			     engine->cnthctl_el2);
}

static void note_gic_access(struct engine *engine, uint32_t enc,
			    uc_arm64_reg reg, bool read)
{
	if (icc_is(enc) && current_el(engine->uc) == 1)
		engine->gic_access = ESR_IL | enc |
				     FIELD_PREP(ESR_SYSREG_RT, rt(reg)) |
				     (read ? ESR_SYSREG_READ : 0);
}

/* Hooks: 1 is "done, skip it", 0 "let the engine do it". */
static uint32_t on_mrs(uc_engine *uc, uc_arm64_reg reg,
		       const uc_arm64_cp_reg *cp, void *context)
{
	struct engine *engine = context;
	uint32_t enc = encoding(cp);
	uint64_t value;

	note_gic_access(engine, enc, reg, true);
	if (!is_ours(engine, enc, true))
		return 0;
	value = timer_read(&engine->timers, enc, now(engine));
	uc_reg_write(uc, (int)reg, &value);
	return 1;
}

/* The executor has to look when a timer is due: the run ends here. */
static uint32_t on_msr(uc_engine *uc, uc_arm64_reg reg,
		       const uc_arm64_cp_reg *cp, void *context)
{
	struct engine *engine = context;
	uint32_t enc = encoding(cp);

	note_gic_access(engine, enc, reg, false);
	if (!is_ours(engine, enc, false))
		return 0;
	timer_write(&engine->timers, enc, cp->val, now(engine));
	uc_emu_stop(uc);
	return 1;
}

void engine_hook_sysregs(struct engine *engine)
{
	uc_hook hook;

	engine_check(uc_hook_add(engine->uc, &hook, UC_HOOK_INSN,
				 (void *)on_mrs, engine, 1, 0,
				 UC_ARM64_INS_MRS), "hook of MRS");
	engine_check(uc_hook_add(engine->uc, &hook, UC_HOOK_INSN,
				 (void *)on_msr, engine, 1, 0,
				 UC_ARM64_INS_MSR), "hook of MSR");
}

void engine_fix_gic_access(struct engine *engine, struct engine_trap *trap)
{
	if (!engine->gic_access || trap->el != 1 ||
	    FIELD_GET(ESR_EC, trap->esr) != ESR_EC_UNKNOWN)
		return;
	trap->el = 2;
	trap->esr = FIELD_PREP(ESR_EC, ESR_EC_SYSREG) | engine->gic_access;
}

const struct timers *engine_timers(const struct engine *engine)
{
	return &engine->timers;
}
