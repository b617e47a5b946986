/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The engine: opening, memory, running, and the hook that sees exceptions.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/machine/die.h"
#include "sim/machine/engine_private.h"
#include "sim/machine/machine.h"
#include "sim/machine/views.h"

#define LAST_PAGE (~VIEW_GRANULE + 1) /* a region cannot end at 2^64 */

/* SCR_EL3: EL2 and below are Non-secure and AArch64, HVC works. */
#define SCR_NS BIT_ULL(0)
#define SCR_HCE BIT_ULL(8)
#define SCR_RW BIT_ULL(10)

static const uint32_t stub_code[VIEW_GRANULE / 4]
	__attribute__((aligned(VIEW_GRANULE))) = {
	[STUB_ERET] = 0xd69f03e0, /* eret */
	[STUB_AFTER_ERET] = 0xd69f03e0, /* eret */
	[STUB_SVC] = 0xd4024681, /* svc #0x1234 */
	[STUB_AFTER_SVC] = 0xd503201f, /* nop */
	[STUB_LDXR] = 0xc85f7c01, /* ldxr x1, [x0] */
};

void engine_check(uc_err error, const char *what)
{
	if (error != UC_ERR_OK)
		machine_die("PE: %s: %s", what, uc_strerror(error));
}

static uc_arm64_cp_reg cp_reg(uint32_t encoding, uint64_t value)
{
	return (uc_arm64_cp_reg){
		.op0 = SYSREG_OP0(encoding),
		.op1 = SYSREG_OP1(encoding),
		.crn = SYSREG_CRN(encoding),
		.crm = SYSREG_CRM(encoding),
		.op2 = SYSREG_OP2(encoding),
		.val = value,
	};
}

void engine_write(struct engine *engine, uint32_t encoding, uint64_t value)
{
	uc_arm64_cp_reg reg = cp_reg(encoding, value);

	engine_check(uc_reg_write(engine->uc, UC_ARM64_REG_CP_REG, &reg),
		     "write of a system register");
}

uint64_t engine_read(struct engine *engine, uint32_t encoding)
{
	uc_arm64_cp_reg reg = cp_reg(encoding, 0);

	engine_check(uc_reg_read(engine->uc, UC_ARM64_REG_CP_REG, &reg),
		     "read of a system register");
	return reg.val;
}

void engine_read_many(struct engine *engine, const uint32_t *encodings,
		      uint64_t *const *values, unsigned int count)
{
	uc_arm64_cp_reg regs[ENGINE_MANY];
	void *at[ENGINE_MANY];
	int ids[ENGINE_MANY];

	for (unsigned int i = 0; i < count; i++) {
		ids[i] = UC_ARM64_REG_CP_REG;
		regs[i] = cp_reg(encodings[i], 0);
		at[i] = &regs[i];
	}
	engine_check(uc_reg_read_batch(engine->uc, ids, at, (int)count),
		     "read of system registers");
	for (unsigned int i = 0; i < count; i++)
		*values[i] = regs[i].val;
}

void engine_write_reg(struct engine *engine, int reg, uint64_t value)
{
	engine_check(uc_reg_write(engine->uc, reg, &value),
		     "write of a register");
}

uint64_t engine_read_reg(struct engine *engine, int reg)
{
	uint64_t value = 0;

	engine_check(uc_reg_read(engine->uc, reg, &value),
		     "read of a register");
	return value;
}

/*
 * Called inside the engine when it has recognised an exception. It only notes
 * what there is and stops: 2.0 loses a stop that meets a write to PC.
 */
static void on_exception(uc_engine *uc, uint32_t number, void *context)
{
	struct engine *engine = context;
	const uint8_t *state = (const uint8_t *)engine->scratch;
	uint32_t esr, el;

	engine->trapped = true;
	engine->number = number;
	engine->trap.pc = engine_read_reg(engine, UC_ARM64_REG_PC);
	uc_context_save(uc, engine->scratch);
	memcpy(&esr, state + engine->layout.esr, sizeof(esr));
	memcpy(&el, state + engine->layout.el, sizeof(el));
	memcpy(&engine->trap.far, state + engine->layout.far,
	       sizeof(engine->trap.far));
	engine->trap.esr = esr;
	engine->trap.el = el;
	uc_emu_stop(uc);
}

static uint64_t read_nothing(uc_engine *uc, uint64_t offset, unsigned int size,
			     void *context)
{
	(void)uc;
	(void)offset;
	(void)size;
	(void)context;
	return ~0ull;
}

static void write_nothing(uc_engine *uc, uint64_t offset, unsigned int size,
			  uint64_t value, void *context)
{
	(void)uc;
	(void)offset;
	(void)size;
	(void)value;
	(void)context;
}

void engine_map_read(struct engine *engine, uint64_t start, uint64_t end,
		     uc_cb_mmio_read_t read, void *context)
{
	engine_check(uc_mmio_map(engine->uc, start, end - start, read, context,
				 write_nothing, NULL), "mapping no memory");
	engine_check(uc_mem_protect(engine->uc, start, end - start,
				    UC_PROT_ALL), "mapping no memory");
}

/*
 * Unicorn 2.0 looks for the *virtual* address of an access among its regions of
 * physical memory, so all addresses must be in one. Behind these is nothing,
 * and no access gets there: its walk has failed before (engine_walk.c).
 */
static void map_hole(struct engine *engine, uint64_t start, uint64_t end)
{
	if (start != end)
		engine_map_read(engine, start, end, read_nothing, NULL);
}

static void map_memory(struct engine *engine)
{
	const struct machine_conf *conf = machine_conf();
	uint64_t end = 0, offset, window;

	for (unsigned int i = 0; i < conf->ram_count; i++) {
		const struct machine_ram *ram = &conf->ram[i];

		if (!views_offset(ram->base, ram->size, &offset))
			machine_die("PE: RAM without a view");
		map_hole(engine, end, ram->base);
		engine_check(uc_mem_map_ptr(engine->uc, ram->base, ram->size,
					    UC_PROT_ALL,
					    view_base(VIEW_PE) + offset),
			     "mapping RAM");
		end = ram->base + ram->size;
	}
	if (end > ENGINE_PA_TOP - VIEW_GRANULE)
		machine_die("PE: no room for its own page: RAM ends at 0x%llx",
			    (unsigned long long)end);

	engine->stub = ENGINE_PA_TOP - VIEW_GRANULE;
	map_hole(engine, end, engine->stub);
	engine_check(uc_mem_map_ptr(engine->uc, engine->stub, VIEW_GRANULE,
				    UC_PROT_READ | UC_PROT_EXEC,
				    (void *)(uintptr_t)stub_code),
		     "mapping its own page");
	window = engine_walks_open(engine);
	map_hole(engine, ENGINE_PA_TOP, window);
	map_hole(engine, 2 * window, LAST_PAGE);
}

/*
 * From EL1, where reset leaves it, to EL3. The flags still say EL1, so that
 * the first ERET returns by ELR_EL1; but it believes PSTATE, and makes new
 * flags, which are then EL3's.
 */
static void climb_to_el3(struct engine *engine)
{
	uint64_t after = engine->stub + 4 * STUB_AFTER_ERET;
	uint32_t pstate = PSTATE_AT_EL3, flags;

	engine_write(engine, SCR_EL3, SCR_NS | SCR_HCE | SCR_RW);
	engine_write(engine, HCR_EL2, HCR_RW);
	engine_check(uc_reg_write(engine->uc, UC_ARM64_REG_PSTATE, &pstate),
		     "write of PSTATE");
	engine_write(engine, SPSR_EL3, PSTATE_AT_EL3);
	engine_write(engine, ELR_EL3, after);
	engine_write_reg(engine, UC_ARM64_REG_ELR_EL1, after);
	engine->trapped = false;
	engine_check(uc_emu_start(engine->uc, engine->stub, 0, 0, 1),
		     "climbing to EL3");
	if (engine->trapped ||
	    engine_read_reg(engine, UC_ARM64_REG_PC) != after)
		machine_die("PE: this Unicorn does not climb to EL3");

	engine_check(uc_context_save(engine->uc, engine->at_el3), "context");
	memcpy(&flags, (const uint8_t *)engine->at_el3 + engine->layout.flags,
	       sizeof(flags));
	engine->flags_el3 = flags;
}

struct engine *engine_open(void)
{
	struct engine *engine = calloc(1, sizeof(*engine));
	uc_hook hook;

	if (!engine)
		machine_die("PE: no memory");
	engine_check(uc_open(UC_ARCH_ARM64, UC_MODE_ARM, &engine->uc), "open");
	engine_check(uc_ctl_set_cpu_model(engine->uc, UC_CPU_ARM64_A72),
		     "CPU model");
	/* With exits on, and none set: an `until` would overwrite syndromes. */
	engine_check(uc_ctl_exits_enable(engine->uc), "exits");
	map_memory(engine);
	engine_check(uc_context_alloc(engine->uc, &engine->at_el3), "context");
	engine_check(uc_context_alloc(engine->uc, &engine->scratch),
		     "context");
	engine_check(uc_hook_add(engine->uc, &hook, UC_HOOK_INTR,
				 (void *)on_exception, engine, 1, 0), "hook");
	engine_hook_sysregs(engine);
	engine_hook_breakpoints(engine);
	engine_hook_last_page(engine);
	engine_find_layout(engine);
	climb_to_el3(engine);
	return engine;
}

void engine_close(struct engine *engine)
{
	uc_context_free(engine->at_el3);
	uc_context_free(engine->scratch);
	uc_close(engine->uc);
	engine_walks_close(engine);
	free(engine);
}

/*
 * Without TSC an SMC would go to EL3; there is nobody, and the RMM would have
 * trapped it: as if it had.
 */
static void smc_to_el2(struct engine_trap *trap)
{
	trap->el = 2;
	trap->pc -= 4;
}

/* To this engine a fetch from a misaligned PC is an undefined instruction. */
static void fix_pc_alignment(struct engine_trap *trap)
{
	if (trap->pc % 4 == 0)
		return;
	trap->esr = FIELD_PREP(ESR_EC, ESR_EC_PC_ALIGN) | ESR_IL;
	trap->far = trap->pc;
}

bool engine_run(struct engine *engine, uint64_t budget,
		struct engine_trap *trap)
{
	uint64_t start = engine->entering ? engine->stub + 4 * STUB_ERET :
					    engine->pc;
	uc_err error;

	engine->trapped = false;
	engine->gic_access = 0;
	engine->at_breakpoint = false;
	engine->overhead = engine->entering;
	engine->budget = budget + engine->overhead;
	engine->entering = false;
	error = uc_emu_start(engine->uc, start, 0, 0, engine->budget);
	if (!engine->trapped) {
		engine->pc = engine_read_reg(engine, UC_ARM64_REG_PC);
		if (error == UC_ERR_OK)
			return false;
		if (!engine_last_page_trap(engine, error))
			machine_die("PE: engine error at PC 0x%llx: %s",
				    (unsigned long long)engine->pc,
				    uc_strerror(error));
	}

	*trap = engine->trap;
	if (engine->number == EXCP_SMC)
		smc_to_el2(trap);
	fix_pc_alignment(trap);
	engine_fix_gic_access(engine, trap);
	if (trap->el != 1 && trap->el != 2)
		machine_die("PE: exception %u to EL%u at PC 0x%llx, ESR 0x%llx",
			    engine->number, trap->el,
			    (unsigned long long)trap->pc,
			    (unsigned long long)trap->esr);
	engine_fix_walk(engine, trap);
	if (trap->el == 2)
		trap->hpfar = engine_read(engine, HPFAR_EL2);
	engine->pc = trap->pc;
	return true;
}

uint64_t engine_executed(const struct engine *engine)
{
	const uint8_t *uc = (const uint8_t *)engine->uc;
	uint64_t count;

	memcpy(&count, uc + engine->layout.count, sizeof(count));
	/* The instruction that was one too many has been counted, too. */
	if (count > engine->budget)
		count = engine->budget;
	return count > engine->overhead ? count - engine->overhead : 0;
}

void engine_skip(struct engine *engine)
{
	engine->pc += 4;
}

void engine_drop_code(struct engine *engine, const struct engine_range *ranges,
		      unsigned int count)
{
	/* The ranges are virtual; at EL3 that is physical. */
	engine_check(uc_context_save(engine->uc, engine->scratch), "context");
	engine_check(uc_context_restore(engine->uc, engine->at_el3),
		     "context");
	for (unsigned int i = 0; i < count; i++)
		engine_check(uc_ctl_remove_cache(engine->uc, ranges[i].pa,
						 ranges[i].pa + ranges[i].size),
			     "dropping code");
	engine_check(uc_context_restore(engine->uc, engine->scratch),
		     "context");
}
