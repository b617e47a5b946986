/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The worlds that share a CPU: each has its own general registers, its own
 * bank of EL2 registers and its own SCR_EL3.
 */
#ifndef MONITOR_WORLD_H
#define MONITOR_WORLD_H

#include <stdint.h>

#include "monitor/entry.h"

enum world_id { WORLD_NS, WORLD_REALM, WORLDS };

/*
 * EL2 registers that exist once and belong to whoever runs. Everything that
 * Realm EL2 reads, writes or runs under; what the Realm world's SCR_EL3 fences
 * off (world.c) stays the Non-secure world's and is not here.
 */
#define EL2_BANK(REG) \
	REG(sctlr_el2) \
	REG(actlr_el2) \
	REG(hcr_el2) \
	REG(HCRX_EL2) \
	REG(mdcr_el2) \
	REG(cptr_el2) \
	REG(hstr_el2) \
	REG(ttbr0_el2) \
	REG(TTBR1_EL2) \
	REG(tcr_el2) \
	REG(vttbr_el2) \
	REG(vtcr_el2) \
	REG(mair_el2) \
	REG(amair_el2) \
	REG(vbar_el2) \
	REG(sp_el2) \
	REG(elr_el2) \
	REG(spsr_el2) \
	REG(esr_el2) \
	REG(far_el2) \
	REG(hpfar_el2) \
	REG(afsr0_el2) \
	REG(afsr1_el2) \
	REG(tpidr_el2) \
	REG(CONTEXTIDR_EL2) \
	REG(cnthctl_el2) \
	REG(cntvoff_el2) \
	REG(vpidr_el2) \
	REG(vmpidr_el2) \
	REG(vdisr_el2) \
	REG(vsesr_el2) \
	REG(ICC_SRE_EL2)

enum el2_register {
#define EL2_ENUM(reg) EL2_##reg,
	EL2_BANK(EL2_ENUM)
#undef EL2_ENUM
	EL2_REGISTERS
};

struct world {
	struct frame frame;
	uint64_t el2[EL2_REGISTERS];
};

struct cpu;

/* Registers as at reset, to start at EL2 at @entry with the MMU off. */
void world_reset(struct world *world, uint64_t entry);

/* Saves the current world of @cpu and loads @to, which runs next. */
void world_switch(struct cpu *cpu, enum world_id to);

/* Loads @to without saving, and runs it. */
_Noreturn void world_enter(struct cpu *cpu, enum world_id to);

/* SCR_EL3 of a world. */
uint64_t world_scr(enum world_id id);

#endif
