/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The switch between the worlds (Arm DDI 0487, SCR_EL3; Arm DEN 0126).
 *
 * The Non-secure world may use every feature. The Realm world gets few: the
 * controls of newer features (TCR2_EL2, PIR_EL2, the fine-grained traps and
 * their kin) then count as zero there, so that what the host left in them
 * cannot change how Realm EL2 runs, and they need no bank. Whatever a realm
 * would touch of those traps to EL3, so the RMM must hide them from realms.
 */
#include "monitor/world.h"

#include "monitor/cpu.h"
#include "monitor/sysregs.h"

#define SCR_COMMON \
	(SCR_NS | SCR_FIQ | SCR_RES1 | SCR_HCE | SCR_RW | SCR_APK | SCR_API | \
	 SCR_HXEN)

#define SCR_WORLD_REALM (SCR_COMMON | SCR_NSE)

#define SCR_WORLD_NS \
	(SCR_COMMON | SCR_EEL2 | SCR_ENSCXT | SCR_ATA | SCR_FGTEN | \
	 SCR_ECVEN | SCR_AMVOFFEN | SCR_ENAS0 | SCR_ADEN | SCR_GCSEN | \
	 SCR_ENTP2 | SCR_TCR2EN | SCR_SCTLR2EN | SCR_PIEN | SCR_AIEN | \
	 SCR_ENFPM)

extern uint8_t __stacks[]; /* monitor.ld */

uint64_t world_scr(enum world_id id)
{
	return id == WORLD_REALM ? SCR_WORLD_REALM : SCR_WORLD_NS;
}

static void bank_save(uint64_t *bank)
{
#define BANK_SAVE(reg) bank[EL2_##reg] = mrs(reg);
	EL2_BANK(BANK_SAVE)
#undef BANK_SAVE
}

static void bank_load(const uint64_t *bank)
{
#define BANK_LOAD(reg) msr(reg, bank[EL2_##reg]);
	EL2_BANK(BANK_LOAD)
#undef BANK_LOAD
}

void world_reset(struct world *world, uint64_t entry)
{
	*world = (struct world){
		.frame = { .elr = entry, .spsr = SPSR_EL2H },
	};
	world->el2[EL2_sctlr_el2] = SCTLR_EL2_RESET;
	world->el2[EL2_cptr_el2] = CPTR_EL2_RES1;
	world->el2[EL2_vpidr_el2] = mrs(midr_el1);
	world->el2[EL2_vmpidr_el2] = mrs(mpidr_el1);
	world->el2[EL2_ICC_SRE_EL2] = ICC_SRE_ALL;
}

/* After the switch of SCR_EL3: ICC_SRE_EL2 is only there with SCR_EL3.NS. */
static void load(struct cpu *cpu, enum world_id to)
{
	msr(scr_el3, world_scr(to));
	isb();
	bank_load(cpu->world[to].el2);
	isb();
	cpu->current = to;
	cpu->frame = &cpu->world[to].frame;
}

void world_switch(struct cpu *cpu, enum world_id to)
{
	bank_save(cpu->world[cpu->current].el2);
	load(cpu, to);
}

_Noreturn void world_enter(struct cpu *cpu, enum world_id to)
{
	load(cpu, to);
	trap_return((uint64_t)__stacks + ((cpu - cpus + 1) << STACK_SHIFT));
}
