/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Breakpoints of an engine: hooks on single addresses, which cost nothing
 * elsewhere. They are made with the engine and never change.
 */
#include "sim/machine/debug_gate.h"
#include "sim/machine/engine_private.h"

/* Before the instruction at @address. */
static void on_breakpoint(uc_engine *uc, uint64_t address, uint32_t size,
			  void *context)
{
	struct engine *engine = context;

	(void)size;
	if (address == engine->over) {
		engine->over = DEBUG_NOWHERE;
		return;
	}
	engine->at_breakpoint = true;
	uc_emu_stop(uc);
}

void engine_hook_breakpoints(struct engine *engine)
{
	uint64_t va[DEBUG_BREAKPOINTS_MAX];
	unsigned int count = gate_breakpoints(va);
	uc_hook hook;

	for (unsigned int i = 0; i < count; i++)
		engine_check(uc_hook_add(engine->uc, &hook, UC_HOOK_CODE,
					 (void *)on_breakpoint, engine, va[i],
					 va[i]), "hook of a breakpoint");
}

void engine_go_over(struct engine *engine, uint64_t pc)
{
	engine->over = pc;
}

bool engine_at_breakpoint(const struct engine *engine)
{
	return engine->at_breakpoint;
}
