/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The debugger of the machine: the test is the debugger, PEs run in threads.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/machine/debug.h"
#include "tests/sim/insn.h"
#include "tests/sim/realm.h"

#define PATIENCE_MS 10000
#define SHORT_MS 30

static struct realm realm, other;
static pthread_t thread, thread_other;
static struct debug_id id, id_other;

static struct debug_id id_of(const struct realm *r)
{
	return (struct debug_id){
		.vmid = (uint16_t)FIELD_GET(VTTBR_VMID, r->regime.vttbr_el2),
		.vmpidr = r->regime.vmpidr_el2,
	};
}

static int setup(void **state)
{
	start_machine(state);
	realm_init(&realm, 0);
	REALM_CODE(&realm, CODE_IPA, INSN_ADD_X5_1, INSN_ADD_X5_1,
		   INSN_ADD_X5_1, 0x17fffffd); /* b CODE_IPA */
	other = realm;
	other.regime.vmpidr_el2 = MPIDR_RES1 | 1;
	id = id_of(&realm);
	id_other = id_of(&other);
	return 0;
}

static void *run_realm(void *context)
{
	struct realm *r = context;

	machine_set_cpu(r == &realm ? 0 : 1);
	realm_run(r);
	return NULL;
}

static void start(pthread_t *at, struct realm *r)
{
	assert_int_equal(pthread_create(at, NULL, run_realm, r), 0);
}

static void finish(pthread_t at, unsigned int cpu)
{
	debug_detach();
	machine_irq_raise(cpu);
	pthread_join(at, NULL);
	machine_irq_lower(cpu);
}

static struct debug_event wait_for(enum debug_reason reason)
{
	struct debug_event event = { 0 };

	assert_true(debug_wait(&event, PATIENCE_MS));
	assert_int_equal(event.reason, reason);
	return event;
}

static struct debug_regs regs_of(struct debug_id pe)
{
	struct debug_regs regs;

	assert_true(debug_read_regs(pe, &regs));
	return regs;
}

static void attaching_stops_before_the_first_instruction(void **state)
{
	struct debug_event event;
	struct debug_pe pes[DEBUG_PES_MAX];

	(void)state;
	debug_attach();
	assert_false(debug_wait(&event, SHORT_MS)); /* nobody is there */
	realm.pe.x[5] = 7;
	start(&thread, &realm);
	event = wait_for(DEBUG_ASKED);
	assert_int_equal(event.id.vmpidr, id.vmpidr);
	assert_int_equal(event.id.vmid, id.vmid);
	assert_int_equal(debug_pes(pes), 1);
	assert_false(pes[0].away);
	assert_int_equal(regs_of(id).pc, CODE_IPA);
	assert_int_equal(regs_of(id).x[5], 7);
	finish(thread, 0);
	assert_int_equal(debug_pes(pes), 1);
	assert_true(pes[0].away);
}

static void steps_are_single_instructions(void **state)
{
	(void)state;
	debug_attach();
	realm.pe.x[5] = 0;
	start(&thread, &realm);
	wait_for(DEBUG_ASKED);
	for (unsigned int i = 1; i < 12; i++) {
		assert_true(debug_step(id));
		wait_for(DEBUG_STEPPED);
		assert_int_equal(regs_of(id).pc, CODE_IPA + i % 4 * 4);
		assert_int_equal(regs_of(id).x[5], i / 4 * 3 + i % 4);
	}
	finish(thread, 0);
}

static void step_of_an_exit_ends_when_the_pe_is_back(void **state)
{
	struct debug_event event;

	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_SMC(0), INSN_B_SELF);
	debug_attach();
	start(&thread, &realm);
	wait_for(DEBUG_ASKED);
	assert_true(debug_step(id));
	pthread_join(thread, NULL);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_false(debug_wait(&event, SHORT_MS));
	realm.pe.pc += 4;
	start(&thread, &realm);
	wait_for(DEBUG_STEPPED);
	assert_int_equal(regs_of(id).pc, CODE_IPA + 4);
	finish(thread, 0);
}

static void step_moves_no_other_pe(void **state)
{
	(void)state;
	debug_attach();
	realm.pe.x[5] = other.pe.x[5] = 0;
	start(&thread, &realm);
	start(&thread_other, &other);
	wait_for(DEBUG_ASKED);
	while (!debug_step(id_other))
		wait_for(DEBUG_ASKED);
	assert_int_equal(wait_for(DEBUG_STEPPED).id.vmpidr, id_other.vmpidr);
	assert_true(debug_step(id_other));
	wait_for(DEBUG_STEPPED);
	assert_int_equal(regs_of(id_other).x[5], 2);
	debug_detach();
	machine_irq_raise(0);
	finish(thread_other, 1);
	pthread_join(thread, NULL);
}

static void breakpoint_stops_before_its_instruction(void **state)
{
	(void)state;
	debug_attach();
	realm.pe.x[5] = 0;
	start(&thread, &realm);
	wait_for(DEBUG_ASKED);
	assert_true(debug_breakpoint_add(CODE_IPA + 8));
	for (unsigned int i = 0; i < 5; i++) {
		debug_continue();
		assert_int_equal(wait_for(DEBUG_BREAKPOINT).id.vmpidr,
				 id.vmpidr);
		assert_int_equal(regs_of(id).pc, CODE_IPA + 8);
		assert_int_equal(regs_of(id).x[5], 2 + 3 * i);
	}
	/* From it and onto it by steps. */
	assert_true(debug_step(id));
	wait_for(DEBUG_STEPPED);
	assert_int_equal(regs_of(id).pc, CODE_IPA + 12);
	assert_true(debug_breakpoint_remove(CODE_IPA + 8));
	assert_false(debug_breakpoint_remove(CODE_IPA + 8));
	finish(thread, 0);
}

static void running_pe_is_stopped_and_goes_on(void **state)
{
	uint64_t before;

	(void)state;
	realm.pe.x[5] = 0;
	start(&thread, &realm);
	for (unsigned int i = 0; i < 3; i++) {
		debug_stop();
		wait_for(DEBUG_ASKED);
		before = regs_of(id).x[5];
		wait_for(DEBUG_ASKED); /* the same */
		assert_int_equal(regs_of(id).x[5], before);
		assert_true(debug_step(id));
		wait_for(DEBUG_STEPPED);
		debug_continue();
	}
	finish(thread, 0);
}

static void written_registers_count(void **state)
{
	struct debug_regs regs;

	(void)state;
	debug_attach();
	realm.pe.x[5] = 0;
	start(&thread, &realm);
	wait_for(DEBUG_ASKED);
	regs = regs_of(id);
	regs.x[5] = 1000;
	regs.pc = CODE_IPA + 8;
	regs.sp = 0x1230;
	regs.v[31][1] = 0xfeed;
	assert_true(debug_write_regs(id, &regs));
	assert_true(debug_step(id));
	wait_for(DEBUG_STEPPED);
	regs = regs_of(id);
	assert_int_equal(regs.x[5], 1001);
	assert_int_equal(regs.pc, CODE_IPA + 12);
	assert_int_equal(regs.sp, 0x1230);
	assert_int_equal(regs.v[31][1], 0xfeed);
	regs.pstate = PSTATE_EL2H;
	assert_false(debug_write_regs(id, &regs));
	finish(thread, 0);
	assert_false(debug_write_regs(id, &regs)); /* away */
	assert_false(debug_read_regs(id_other, &regs)); /* never there */
}

static void memory_by_ipa_ends_where_the_map_does(void **state)
{
	uint8_t data[4] = { 1, 2, 3, 4 }, back[4] = { 0 };

	(void)state;
	debug_attach();
	start(&thread, &realm);
	wait_for(DEBUG_ASKED);
	/* DATA_IPA and DATA2_IPA are neighbours; behind them is nothing. */
	assert_int_equal(debug_write_ipa(id, DATA2_IPA - 2, data, 4), 4);
	assert_memory_equal((uint8_t *)realm_at(&realm, DATA_IPA) + 4094, data,
			    2);
	assert_memory_equal(realm_at(&realm, DATA2_IPA), data + 2, 2);
	assert_int_equal(debug_read_ipa(id, DATA2_IPA - 2, back, 4), 4);
	assert_memory_equal(back, data, 4);
	assert_int_equal(debug_read_ipa(id, DATA2_IPA + 4094, back, 4), 2);
	assert_int_equal(debug_read_ipa(id, HOLE_IPA, back, 4), 0);
	assert_int_equal(debug_read_ipa(id, 1ull << 60, back, 4), 0);
	assert_int_equal(debug_read_ipa(id_other, DATA_IPA, back, 4), 0);
	finish(thread, 0);
}

static void written_code_is_executed(void **state)
{
	uint32_t insn = INSN_MOVZ(6, 66);

	(void)state;
	debug_attach();
	start(&thread, &realm);
	wait_for(DEBUG_ASKED);
	assert_true(debug_step(id));
	wait_for(DEBUG_STEPPED);
	assert_int_equal(debug_write_va(id, CODE_IPA + 4, &insn, 4), 4);
	assert_true(debug_step(id));
	wait_for(DEBUG_STEPPED);
	assert_int_equal(regs_of(id).x[6], 66);
	finish(thread, 0);
}

/* Stage 1 of 4 KiB granules: level 1 to 3 of a 39 bit half. */
static void make_stage1(enum pe_sysreg ttbr, uint64_t va, uint64_t tables,
			uint64_t ipa)
{
	for (int level = 1; level <= 3; level++) {
		uint64_t at = tables + (uint64_t)(level - 1) * 4096;
		uint64_t *table = realm_at(&realm, at);

		table[va >> (12 + 9 * (3 - level)) & 511] =
			level == 3 ? ipa | 0x403 : (at + 4096) | 3;
	}
	realm.pe.sysreg[ttbr] = tables;
}

static void virtual_addresses_are_those_of_the_pe(void **state)
{
	const uint64_t low = 0x1234567000, high = 0xffffff8012345000;
	uint64_t value = 0xabcdef, back = 0;

	(void)state;
	realm.pe.sysreg[PE_TCR_EL1] = 25 | 25 << 16 | 2ull << 30;
	make_stage1(PE_TTBR0_EL1, low, S1_IPA, DATA_IPA);
	debug_attach();
	start(&thread, &realm);
	wait_for(DEBUG_ASKED);
	/* MMU off, then on; no instruction in between. */
	assert_int_equal(debug_write_va(id, DATA_IPA + 8, &value, 8), 8);
	assert_int_equal(debug_read_va(id, low + 8, &back, 8), 0);
	realm.pe.sysreg[PE_SCTLR_EL1] |= 1;
	assert_int_equal(debug_read_va(id, low + 8, &back, 8), 8);
	assert_int_equal(back, value);
	assert_int_equal(debug_read_va(id, low + 4092, &back, 8), 4);
	assert_int_equal(debug_read_va(id, low | 1ull << 39, &back, 8), 0);
	assert_int_equal(debug_read_va(id, high, &back, 8), 0);
	/* The upper half, through the same pages, which starts anew. */
	memset(realm_at(&realm, S1_IPA), 0, 4096);
	memset(realm_at(&realm, S1_IPA + 4096), 0, 4096);
	memset(realm_at(&realm, S1_IPA + 8192), 0, 4096);
	make_stage1(PE_TTBR1_EL1, high, S1_IPA, DATA_IPA);
	assert_int_equal(debug_read_va(id, high + 8, &back, 8), 8);
	assert_int_equal(back, value);
	realm.pe.sysreg[PE_SCTLR_EL1] &= ~1ull;
	finish(thread, 0);
}

static void too_many_breakpoints_are_refused(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < DEBUG_BREAKPOINTS_MAX; i++)
		assert_true(debug_breakpoint_add(i * 4));
	assert_false(debug_breakpoint_add(0x1000));
	assert_true(debug_breakpoint_remove(4));
	assert_true(debug_breakpoint_add(0x1000));
	debug_detach();
	assert_false(debug_breakpoint_remove(0x1000));
}

static void stopped_pe_leaves_for_no_interrupt(void **state)
{
	struct debug_event event;

	(void)state;
	debug_attach();
	start(&thread, &realm);
	wait_for(DEBUG_ASKED);
	machine_irq_raise(0);
	assert_true(debug_wait(&event, SHORT_MS));
	assert_int_equal(regs_of(id).pc, CODE_IPA);
	debug_detach();
	pthread_join(thread, NULL);
	assert_int_equal(realm.exit.kind, PE_EXIT_IRQ);
	assert_int_equal(realm.pe.pc, CODE_IPA);
}

#define PE_TEST(test) cmocka_unit_test_setup_teardown(test, setup, stop_machine)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PE_TEST(attaching_stops_before_the_first_instruction),
		PE_TEST(steps_are_single_instructions),
		PE_TEST(step_of_an_exit_ends_when_the_pe_is_back),
		PE_TEST(step_moves_no_other_pe),
		PE_TEST(breakpoint_stops_before_its_instruction),
		PE_TEST(running_pe_is_stopped_and_goes_on),
		PE_TEST(written_registers_count),
		PE_TEST(memory_by_ipa_ends_where_the_map_does),
		PE_TEST(written_code_is_executed),
		PE_TEST(virtual_addresses_are_those_of_the_pe),
		PE_TEST(too_many_breakpoints_are_refused),
		PE_TEST(stopped_pe_leaves_for_no_interrupt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
