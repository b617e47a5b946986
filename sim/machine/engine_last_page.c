/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The last page of the address space. Unicorn 2.0 wants a region of memory for
 * each virtual address (see map_hole() in engine.c), and can have none that
 * ends at 2^64: there it gives up, and the access becomes the fault that it
 * would be if nothing were mapped there. Newer ones never come here.
 */
#include "sim/machine/engine_private.h"

#define SCTLR_EL1 SYSREG(3, 0, 1, 0, 0)
#define SCTLR_M BIT_ULL(0)

static bool on_unmapped(uc_engine *uc, uc_mem_type type, uint64_t address,
			int size, int64_t value, void *context)
{
	struct engine *engine = context;

	(void)uc;
	(void)size;
	(void)value;
	engine->lost = type;
	engine->trap.far = address;
	return false;
}

void engine_hook_last_page(struct engine *engine)
{
	uc_hook hook;

	engine_check(uc_hook_add(engine->uc, &hook, UC_HOOK_MEM_UNMAPPED,
				 (void *)on_unmapped, engine, 1, 0),
		     "hook of unmapped memory");
}

bool engine_last_page_trap(struct engine *engine, uc_err error)
{
	bool fetch = engine->lost == UC_MEM_FETCH_UNMAPPED;
	bool mmu = engine_read(engine, SCTLR_EL1) & SCTLR_M;
	bool el0 = (engine_pstate(engine) & PSTATE_MODE) == PSTATE_EL0T;
	uint64_t ec = fetch ? ESR_EC_INST_ABORT : ESR_EC_DATA_ABORT;

	if (error != UC_ERR_READ_UNMAPPED && error != UC_ERR_WRITE_UNMAPPED &&
	    error != UC_ERR_FETCH_UNMAPPED)
		return false;
	/* The class of an abort from a lower level is the one before. */
	ec -= el0;
	engine->trap.el = 1;
	engine->trap.pc = engine->pc;
	engine->trap.esr = FIELD_PREP(ESR_EC, ec) | ESR_IL |
			   (mmu ? FSC_TRANSLATION : FSC_ADDRESS_SIZE);
	if (engine->lost == UC_MEM_WRITE_UNMAPPED)
		engine->trap.esr |= ESR_ABORT_WNR;
	return true;
}
