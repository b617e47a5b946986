/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Where PEs meet the debugger (debug.h): they are known to it from their first
 * run, and pass here when they enter their realm, take a turn in it, and leave.
 */
#ifndef SIM_MACHINE_DEBUG_GATE_H
#define SIM_MACHINE_DEBUG_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "rmm/pe.h"
#include "sim/machine/debug.h"

/* A PE that has run. */
struct debug_seen {
	struct debug_id id;
	bool used;
	bool away;
	bool idle; /* in WFI */
	uint64_t over; /* where no breakpoint stops its next instruction */

	/* Where its state is: with the REC, or if it is away, below. */
	struct pe *pe;
	struct pe_simd *simd;
	struct pe_regime regime;
	struct pe last;
	struct pe_simd last_simd;
};

#define DEBUG_NOWHERE UINT64_MAX /* no address of an instruction */

/* ---- For executors ------------------------------------------------------- */

/* Around a run. Leaving waits while the PEs are stopped. */
struct debug_seen *gate_enter(struct pe *pe, struct pe_simd *simd,
			      const struct pe_regime *regime);
void gate_idle(struct debug_seen *seen, bool idle);
void gate_leave(struct debug_seen *seen);

/*
 * Around a turn, within which the state may be in the engine: one that is
 * refused is not taken. The end says why it ended, if the debugger is to know.
 */
enum gate_turn {
	GATE_CLOSED,
	GATE_OPEN,
	GATE_STEP, /* for one instruction */
};

enum gate_end {
	GATE_NO_EVENT,
	GATE_STEPPED,
	GATE_BREAKPOINT,
};

enum gate_turn gate_begin(struct debug_seen *seen);
void gate_end(struct debug_seen *seen, enum gate_end end);

/* The breakpoints, and how many. */
unsigned int gate_breakpoints(uint64_t va[DEBUG_BREAKPOINTS_MAX]);

/* True if turns are to end. */
bool gate_wants_stop(void);

/*
 * For those that were refused: waits for the gate to be another one, or for a
 * newcomer in their queue.
 */
uint64_t gate_state(void);
void gate_wait(uint64_t state);
void gate_newcomer(void);

/* ---- For the debugger, while the PEs are stopped ------------------------- */

/* Forgets all PEs and lets those go that there may be. */
void gate_reset(void);

struct debug_seen *gate_find(struct debug_id id);
struct debug_seen *gate_at(unsigned int index);

#endif
