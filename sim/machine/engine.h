/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A PE as a Unicorn engine: an AArch64 processor (Cortex-A72) that walks stage
 * 2 tables in RAM as EL2 left them. Its users know nothing of Unicorn.
 *
 * Between engine_store() and engine_load() all of a PE's state lies with its
 * REC. Any thread may use an engine, one at a time.
 */
#ifndef SIM_MACHINE_ENGINE_H
#define SIM_MACHINE_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/pe.h"
#include "sim/machine/timer.h"

struct engine;

/*
 * An exception that the engine has recognised and not taken. Accesses to the
 * GIC's CPU interface (icc.h) at EL1 target EL2, as trapped system registers.
 */
struct engine_trap {
	unsigned int el; /* that it targets: 1 or 2 */
	uint64_t pc; /* preferred return address */
	uint64_t esr;
	uint64_t far;
	uint64_t hpfar; /* of aborts that target EL2 */
};

/*
 * Makes an engine and checks that it is one we know; else the machine dies. It
 * has the debugger's breakpoints (debug_gate.h).
 */
struct engine *engine_open(void);
void engine_close(struct engine *engine);

/* Moves a PE's state in, with empty TLBs, or out. Its timers go with it. */
void engine_load(struct engine *engine, const struct pe *pe,
		 const struct pe_simd *simd, const struct pe_regime *regime);

/*
 * The same, for the PE that was stored last: only what has changed since then
 * is moved, and TLBs are kept. False, and nothing is done, if something has
 * changed that translations depend on, or PSTATE.
 */
bool engine_reload(struct engine *engine, const struct pe *pe,
		   const struct pe_simd *simd, const struct pe_regime *regime);
void engine_store(struct engine *engine, struct pe *pe, struct pe_simd *simd);

/*
 * Runs up to @budget instructions, at least 1. True if an exception ended the
 * run, which is then in @trap; false if the budget did, or a write to a timer.
 */
bool engine_run(struct engine *engine, uint64_t budget,
		struct engine_trap *trap);

/*
 * The breakpoint at @pc does not stop the next run at its first instruction;
 * and whether one has ended the last run.
 */
void engine_go_over(struct engine *engine, uint64_t pc);
bool engine_at_breakpoint(const struct engine *engine);

/* Instructions that the last run has executed, or the present one so far. */
uint64_t engine_executed(const struct engine *engine);

/* Takes an exception that targets EL1: the run goes on at its vector. */
void engine_take_to_el1(struct engine *engine, const struct engine_trap *trap);

/* Takes an interrupt, IRQ or FIQ, to EL1. PSTATE does not mask it. */
void engine_take_interrupt(struct engine *engine, bool fiq);

/* Of the PE that is loaded: */
uint64_t engine_pstate(struct engine *engine);
const struct timers *engine_timers(const struct engine *engine);

/* After a trap: a register (31 is XZR), and going on behind the instruction. */
uint64_t engine_x(struct engine *engine, unsigned int n);
void engine_set_x(struct engine *engine, unsigned int n, uint64_t value);
void engine_skip(struct engine *engine);

/*
 * True if the TLB may have a translation to a granule in [@pa, @pa + @size).
 * Also while another thread runs the engine.
 */
bool engine_has_cached(const struct engine *engine, uint64_t pa, uint64_t size);

/* Drops what was translated of granules of RAM. A PE that is loaded stays. */
struct engine_range {
	uint64_t pa;
	uint64_t size;
};

void engine_drop_code(struct engine *engine, const struct engine_range *ranges,
		      unsigned int count);

#endif
