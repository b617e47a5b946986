/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A turn of a PE. It is a number of instructions, not a time, so that the order
 * of things is the same in every run.
 */
#include "sim/machine/turn.h"

#include "abi/gic.h"
#include "sim/machine/counter.h"
#include "sim/machine/icc.h"
#include "sim/machine/ich.h"
#include "sim/machine/irq.h"
#include "sim/machine/machine.h"

/* Instructions: 0.05 to 2 ms. */
#define TURN_BUDGET 20000u

/*
 * The same, while an interrupt waits for the PE to unmask it, which nobody
 * hears of when it happens.
 */
#define MASKED_BUDGET 500u

/*
 * What an exception costs of both budget and time, in instructions: a PE that
 * does nothing but fault gets on, too.
 */
#define EXCEPTION_COST 16u

static bool is_wfi(const struct engine_trap *trap)
{
	return FIELD_GET(ESR_EC, trap->esr) == ESR_EC_WFX &&
	       FIELD_GET(ESR_WFX_TI, trap->esr) == 0;
}

static bool is_abort(const struct engine_trap *trap)
{
	switch (FIELD_GET(ESR_EC, trap->esr)) {
	case ESR_EC_INST_ABORT_LOWER:
	case ESR_EC_DATA_ABORT_LOWER:
		return true;
	}
	return false;
}

/* Hardware leaves the addresses unknown for what is no abort: zero here. */
static void fill_exit(struct pe_exit *exit, const struct engine_trap *trap)
{
	bool abort = is_abort(trap);

	*exit = (struct pe_exit){
		.kind = PE_EXIT_SYNC,
		.esr = trap->esr,
		.far = abort ? trap->far : 0,
		.hpfar = abort ? trap->hpfar : 0,
	};
}

/* An access to the GIC's CPU interface: done, Undefined, or EL2's business. */
static enum turn_end access_gic(struct engine *engine, const struct turn *turn,
				struct engine_trap *trap)
{
	uint32_t encoding = (uint32_t)(trap->esr & ESR_SYSREG_ENCODING);
	unsigned int rt = (unsigned int)FIELD_GET(ESR_SYSREG_RT, trap->esr);
	enum icc_result result;
	uint64_t value = 0;

	if (trap->esr & ESR_SYSREG_READ)
		result = icc_read(turn->cpu, encoding, &value);
	else
		result = icc_write(turn->cpu, encoding, engine_x(engine, rt));
	if (result == ICC_TRAP) {
		fill_exit(turn->exit, trap);
		return TURN_EXITED;
	}
	if (result == ICC_UNDEF) {
		trap->esr = FIELD_PREP(ESR_EC, ESR_EC_UNKNOWN) | ESR_IL;
		engine_take_to_el1(engine, trap);
		return TURN_RUNNING;
	}
	if (trap->esr & ESR_SYSREG_READ)
		engine_set_x(engine, rt, value);
	engine_skip(engine);
	return TURN_RUNNING;
}

static bool is_gic_access(const struct engine_trap *trap)
{
	return FIELD_GET(ESR_EC, trap->esr) == ESR_EC_SYSREG &&
	       icc_is((uint32_t)(trap->esr & ESR_SYSREG_ENCODING));
}

static enum turn_end handle_trap(struct engine *engine, const struct turn *turn,
				struct engine_trap *trap)
{
	if (trap->el == 1) {
		engine_take_to_el1(engine, trap);
		return TURN_RUNNING;
	}
	if (is_gic_access(trap))
		return access_gic(engine, turn, trap);
	/* There is something to wake up for. */
	if (is_wfi(trap) && icc_signal(turn->cpu) != ICC_NOTHING) {
		engine_skip(engine);
		return TURN_RUNNING;
	}
	fill_exit(turn->exit, trap);
	if (is_wfi(trap) && !(turn->regime->hcr_el2 & HCR_TWI))
		return TURN_IDLE;
	return TURN_EXITED;
}

/*
 * The host's interrupts are those of its devices, of the REC's timers, and
 * those by which the GIC wants more work.
 */
static bool is_interrupted(const struct engine *engine,
			   const struct turn *turn)
{
	return machine_irq_pending(turn->cpu) ||
	       machine_counter() >= timers_deadline(engine_timers(engine)) ||
	       ich_maintenance(turn->cpu);
}

/* Virtual interrupts: those that PSTATE does not mask are taken. */
static void deliver(struct engine *engine, const struct turn *turn)
{
	enum icc_signal signal = icc_signal(turn->cpu);
	bool fiq = signal == ICC_FIQ;

	if (signal != ICC_NOTHING &&
	    !(engine_pstate(engine) & (fiq ? PSTATE_F : PSTATE_I)))
		engine_take_interrupt(engine, fiq);
}

/* Up to what may have to be looked at; the PE is not interrupted now. */
static uint64_t run_budget(const struct engine *engine,
			   const struct turn *turn, uint64_t left)
{
	uint64_t end = timers_deadline(engine_timers(engine));
	uint64_t timer = irq_timer(turn->cpu);

	if (icc_signal(turn->cpu) != ICC_NOTHING && left > MASKED_BUDGET)
		left = MASKED_BUDGET;
	if (timer < end)
		end = timer;
	/* The host's clock is only looked at between runs. */
	if (counter_is_fixed() && end - machine_counter() < left)
		left = end - machine_counter();
	return left;
}

/* One run of the engine, and what it led to. Returns what it has cost. */
static uint64_t run(const struct turn *turn, struct engine *engine,
		    uint64_t left, enum turn_end *end)
{
	uint64_t used;
	struct engine_trap trap;
	bool trapped;

	deliver(engine, turn);
	engine_go_over(engine, turn->seen->over);
	trapped = engine_run(engine, run_budget(engine, turn, left), &trap);
	used = engine_executed(engine);
	if (trapped) {
		*end = handle_trap(engine, turn, &trap);
		used += EXCEPTION_COST;
	} else if (engine_at_breakpoint(engine)) {
		*end = TURN_BREAKPOINT;
	}
	if (used)
		turn->seen->over = DEBUG_NOWHERE;
	counter_add(used);
	irq_time_passed();
	return used;
}

enum turn_end turn_take(const struct turn *turn, struct engine *engine,
			bool step, const atomic_bool *attention)
{
	enum turn_end end = TURN_RUNNING;
	uint64_t left = step ? 1 : TURN_BUDGET, used;

	while (end == TURN_RUNNING && left && !is_interrupted(engine, turn)) {
		if (atomic_load(attention) || gate_wants_stop())
			return TURN_RUNNING;
		used = run(turn, engine, left, &end);
		left -= used < left ? used : left;
	}
	if (end == TURN_RUNNING && is_interrupted(engine, turn)) {
		*turn->exit = (struct pe_exit){ .kind = PE_EXIT_IRQ };
		return TURN_EXITED;
	}
	return end;
}
