/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the files of the engine share; nobody else includes it.
 *
 * The engine is QEMU 5.0's processor with EL2 and EL3, driven through its
 * registers. Three things of it shape this code:
 *
 * - It takes no exception itself. A hook sees each one with its syndrome in the
 *   processor's state, for which there is no register: a copy of the state
 *   (a "context") has it, at an offset that engine_layout.c finds.
 * - Flags derived from the state ("which regime am I in") are kept, and writes
 *   through Unicorn 2.0 do not renew them; 2.1 does it for some. Only the
 *   engine's own ERET always does. So an entry into EL1 or EL0 is an ERET from
 *   EL3: a context saved at EL3 is restored, registers are written, and the run
 *   starts at an ERET in a page that only the engine has.
 * - TLBs belong to no context: a load flushes them, by changing the VMID. Not
 *   so engine_reload(), which goes on where the engine was, without an ERET.
 *
 * Timers and the GIC's CPU interface, which it lacks, are added by hooks on
 * accesses to system registers (engine_sysreg.c).
 *
 * Where it differs from hardware and nothing here can help: floating point
 * never traps (CPACR_EL1, CPTR_EL2), WFE never does, and a load or store that
 * writes its base register back claims a valid syndrome (ISV) when it aborts.
 * An exclusive monitor outlives an exit to EL2 after which the same PE is the
 * next to run: its store-exclusive passes if memory has the value it had.
 */
#ifndef SIM_MACHINE_ENGINE_PRIVATE_H
#define SIM_MACHINE_ENGINE_PRIVATE_H

#include <stddef.h>
#include <unicorn/unicorn.h>

#include "sim/machine/engine.h"

/* Where things lie in a context, in bytes. */
struct engine_layout {
	size_t esr; /* 32 bits */
	size_t far; /* 64 bits */
	size_t el; /* 32 bits: the exception's target */
	size_t flags; /* 32 bits: derived from the rest */
	size_t count; /* in the engine: instructions of a run, 64 bits */
};

struct engine {
	uc_engine *uc;
	uc_context *at_el3; /* never changed once it is made */
	uc_context *scratch;
	struct engine_layout layout;
	struct engine_walks *walks;
	uint32_t flags_el3;
	uint64_t stub; /* PA of the engine's page */
	bool entering; /* the next run starts at the ERET, else at pc */
	uint64_t pc;
	uint64_t budget; /* of the run, with the ERET */
	uint64_t overhead; /* of it: 1 if there was an ERET */
	struct timers timers;
	uint64_t cnthctl_el2; /* with E2H */
	uint64_t over; /* a breakpoint that does not count */

	/* What the PE that was stored last came and went with. */
	struct pe_regime held_regime;
	struct pe held;
	struct pe_simd held_simd;

	/* Written by the hooks. */
	bool at_breakpoint;
	uc_mem_type lost; /* an access to what the engine cannot map */
	uint64_t gic_access; /* the ISS of an access to ICC_*, or 0 */
	bool trapped;
	uint32_t number; /* QEMU's, of the exception */
	struct engine_trap trap;
};

/* Words of the engine's page. */
enum engine_stub {
	STUB_ERET,
	STUB_AFTER_ERET,
	STUB_SVC, /* the two exceptions that the layout is found by */
	STUB_AFTER_SVC,
	STUB_LDXR,
	STUB_WORDS
};

#define STUB_SVC_ESR 0x56001234u

/* QEMU's numbers of exceptions, as far as they matter. */
#define EXCP_SMC 13

#define ESR_EC_PC_ALIGN 0x22

#define GPRS 31

#define ENGINE_PA_TOP (1ull << 44) /* of the processor */

/* CNTHCTL_EL2 without E2H: the two bits lie lower. */
#define CNTHCTL_E2H_SHIFT 10
#define CNTHCTL_EL1_ACCESS 3u

#define SCR_EL3 SYSREG(3, 6, 1, 1, 0)
#define SPSR_EL3 SYSREG(3, 6, 4, 0, 0)
#define ELR_EL3 SYSREG(3, 6, 4, 0, 1)
#define HCR_EL2 SYSREG(3, 4, 1, 1, 0)
#define MDCR_EL2 SYSREG(3, 4, 1, 1, 1)
#define VTTBR_EL2 SYSREG(3, 4, 2, 1, 0)
#define VTCR_EL2 SYSREG(3, 4, 2, 1, 2)
#define HPFAR_EL2 SYSREG(3, 4, 6, 0, 4)
#define CNTHCTL_EL2 SYSREG(3, 4, 14, 1, 0)
#define VMPIDR_EL2 SYSREG(3, 4, 0, 0, 5)

#define PSTATE_AT_EL3 (PSTATE_DAIF | PSTATE_EL3H)

/* Dies, naming @what, unless @error is UC_ERR_OK. */
void engine_check(uc_err error, const char *what);

/* Registers by encoding, and by Unicorn's name. */
void engine_write(struct engine *engine, uint32_t encoding, uint64_t value);
uint64_t engine_read(struct engine *engine, uint32_t encoding);

/* @count is at most ENGINE_MANY; quicker than one after the other. */
#define ENGINE_MANY PE_SYSREGS
void engine_read_many(struct engine *engine, const uint32_t *encodings,
		      uint64_t *const *values, unsigned int count);

void engine_write_reg(struct engine *engine, int reg, uint64_t value);
uint64_t engine_read_reg(struct engine *engine, int reg);

/* X<n> by Unicorn's name; @n is below GPRS. */
int engine_gpr(unsigned int n);

/* Finds engine->layout; the engine is fresh from reset. */
void engine_find_layout(struct engine *engine);

/* Sees accesses to the registers that are added. */
void engine_hook_sysregs(struct engine *engine);

/*
 * Accesses to the last page: sees them, and makes a trap of one that ended a
 * run with @error. False if it was something else.
 */
void engine_hook_last_page(struct engine *engine);
bool engine_last_page_trap(struct engine *engine, uc_err error);

/* [@start, @end) is no memory: @read answers; what is written is lost. */
void engine_map_read(struct engine *engine, uint64_t start, uint64_t end,
		     uc_cb_mmio_read_t read, void *context);

/*
 * Walks of stage 2 (engine_walk.c): maps [window, 2 * window), which is
 * returned; and before each flush of the TLBs, VTTBR_EL2 as the engine has it.
 */
uint64_t engine_walks_open(struct engine *engine);
void engine_walks_close(struct engine *engine);
uint64_t engine_walks_begin(struct engine *engine,
			    const struct pe_regime *regime);

/* Makes an abort of a walk what it would have been with a GPT. */
void engine_fix_walk(struct engine *engine, struct engine_trap *trap);

/* Stops a run at the debugger's breakpoints. */
void engine_hook_breakpoints(struct engine *engine);

/* Makes a trap of an access that the engine, knowing no better, undefined. */
void engine_fix_gic_access(struct engine *engine, struct engine_trap *trap);

#endif
