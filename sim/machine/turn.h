/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A turn of a PE: what happens between the moment that it is in an engine and
 * the one at which it ends its run, or others may run. Exceptions to EL1,
 * virtual interrupts and the GIC's CPU interface are dealt with here.
 */
#ifndef SIM_MACHINE_TURN_H
#define SIM_MACHINE_TURN_H

#include <stdatomic.h>
#include <stdbool.h>

#include "rmm/pe.h"
#include "sim/machine/debug_gate.h"
#include "sim/machine/engine.h"

struct turn {
	struct pe *pe;
	const struct pe_regime *regime;
	struct pe_exit *exit;
	unsigned int cpu; /* whose interrupt line and list registers they are */
	struct debug_seen *seen;
};

enum turn_end {
	TURN_RUNNING, /* another turn, please */
	TURN_BREAKPOINT, /* another one, when the debugger lets it */
	TURN_EXITED, /* @exit says why */
	TURN_IDLE, /* waits for an interrupt */
};

/*
 * Runs the PE, which is in @engine, for at most a turn, or with @step for one
 * instruction. Soon after @attention becomes true, it ends.
 */
enum turn_end turn_take(const struct turn *turn, struct engine *engine,
			bool step, const atomic_bool *attention);

#endif
