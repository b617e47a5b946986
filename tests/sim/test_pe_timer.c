/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm that uses the counter and its timers, by instructions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "tests/sim/insn.h"
#include "tests/sim/realm.h"

#define TICKS 30000ull /* more than a turn */

static struct realm realm;

/* Handlers: SMC of their vector's number. */
static void setup_realm(void)
{
	realm_init(&realm, 0);
	for (unsigned int v = 0; v < 0x800; v += 0x80)
		REALM_CODE(&realm, VECTORS_IPA + v, INSN_SMC(v));
}

static int setup(void **state)
{
	start_machine(state);
	setup_realm();
	return 0;
}

static void expect_smc(unsigned int imm)
{
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_int_equal(realm_iss(&realm), imm);
}

static void counter_counts_instructions(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_MRS(1, CNTVCT_EL0), INSN_NOP,
		   INSN_NOP, INSN_MRS(2, CNTPCT_EL0),
		   INSN_MRS(3, CNTFRQ_EL0), INSN_SMC(0));
	realm_run(&realm);
	expect_smc(0);
	assert_int_equal(realm.pe.x[2] - realm.pe.x[1], 3);
	assert_int_equal(realm.pe.x[3], machine_counter_hz());
	assert_true(machine_counter() > realm.pe.x[2]);
}

static void timer_registers_hold_what_is_written(void **state)
{
	(void)state;
	realm.pe.x[0] = 0x123456789abc;
	realm.pe.x[1] = 7; /* ENABLE, IMASK and the read-only ISTATUS */
	REALM_CODE(&realm, CODE_IPA, INSN_MSR(CNTV_CVAL_EL0, 0),
		   INSN_MSR(CNTV_CTL_EL0, 1), INSN_MRS(2, CNTV_CVAL_EL0),
		   INSN_MRS(3, CNTV_CTL_EL0), INSN_MRS(4, CNTV_TVAL_EL0),
		   INSN_MRS(30, CNTP_CVAL_EL0), INSN_MRS(29, CNTV_CVAL_EL0),
		   INSN_MSR(CNTP_TVAL_EL0, 31), INSN_SMC(0));
	realm_run(&realm);
	expect_smc(0);
	assert_int_equal(realm.pe.x[2], 0x123456789abc);
	assert_int_equal(realm.pe.x[3], 3);
	assert_in_range(realm.pe.x[4], 0x56789abc - 20, 0x56789abc);
	assert_int_equal(realm.pe.x[29], 0x123456789abc);
	assert_int_equal(realm.pe.x[30], 0);
	assert_int_equal(realm.pe.sysreg[PE_CNTV_CVAL_EL0], 0x123456789abc);
	assert_int_equal(realm.pe.sysreg[PE_CNTV_CTL_EL0], 3);
	assert_in_range(realm.pe.sysreg[PE_CNTP_CVAL_EL0], 5, 20);
}

static void expect_timer_ends_spin(uint32_t tval, uint32_t ctl,
				   enum pe_sysreg saved_ctl)
{
	uint64_t start = machine_counter();

	realm.pe.pc = CODE_IPA;
	realm.pe.x[0] = TICKS;
	realm.pe.x[1] = CNT_CTL_ENABLE;
	REALM_CODE(&realm, CODE_IPA, INSN_MSR(tval, 0), INSN_MSR(ctl, 1),
		   INSN_B_SELF);
	realm_run(&realm);
	assert_int_equal(realm.exit.kind, PE_EXIT_IRQ);
	assert_int_equal(realm.pe.pc, CODE_IPA + 8);
	assert_int_equal(realm.pe.sysreg[saved_ctl],
			 CNT_CTL_ENABLE | CNT_CTL_ISTATUS);
	assert_in_range(machine_counter(), start + TICKS, start + TICKS + 8);
}

static void timers_end_a_run_when_they_are_due(void **state)
{
	(void)state;
	expect_timer_ends_spin(CNTV_TVAL_EL0, CNTV_CTL_EL0, PE_CNTV_CTL_EL0);
	realm.pe.sysreg[PE_CNTV_CTL_EL0] = 0;
	expect_timer_ends_spin(CNTP_TVAL_EL0, CNTP_CTL_EL0, PE_CNTP_CTL_EL0);
}

static void timer_that_is_due_lets_nothing_run(void **state)
{
	(void)state;
	realm.pe.sysreg[PE_CNTV_CTL_EL0] = CNT_CTL_ENABLE;
	REALM_CODE(&realm, CODE_IPA, INSN_SMC(0));
	realm_run(&realm);
	assert_int_equal(realm.exit.kind, PE_EXIT_IRQ);
	assert_int_equal(realm.pe.pc, CODE_IPA);
}

/* IMASK, the mask of EL2, and not being enabled. */
static void masked_timer_ends_no_run(void **state)
{
	static const struct {
		uint64_t ctl;
		uint64_t cnthctl;
		uint64_t saved;
	} rows[] = {
		{ 3, 0, 7 },
		{ 1, CNTHCTL_CNTVMASK, 5 },
		{ 0, 0, 0 },
	};
	uint64_t cnthctl = realm.regime.cnthctl_el2;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		realm.pe.pc = CODE_IPA;
		realm.pe.sysreg[PE_CNTV_CTL_EL0] = rows[i].ctl;
		realm.regime.cnthctl_el2 = cnthctl | rows[i].cnthctl;
		REALM_CODE(&realm, CODE_IPA, INSN_SMC(3));
		realm_run(&realm);
		expect_smc(3);
		assert_int_equal(realm.pe.sysreg[PE_CNTV_CTL_EL0],
				 rows[i].saved);
	}
}

static void wfi_sleeps_until_the_timer(void **state)
{
	uint64_t start = machine_counter();

	(void)state;
	realm.regime.hcr_el2 &= ~HCR_TWI;
	realm.pe.sysreg[PE_CNTV_CTL_EL0] = CNT_CTL_ENABLE;
	/* An hour: a counter of instructions jumps. */
	realm.pe.sysreg[PE_CNTV_CVAL_EL0] =
		start + 3600 * machine_counter_hz();
	REALM_CODE(&realm, CODE_IPA, INSN_WFI, INSN_SMC(0));
	realm_run(&realm);
	assert_int_equal(realm.exit.kind, PE_EXIT_IRQ);
	assert_int_equal(realm.pe.pc, CODE_IPA + 4);
	assert_int_equal(realm.pe.sysreg[PE_CNTV_CTL_EL0],
			 CNT_CTL_ENABLE | CNT_CTL_ISTATUS);
	assert_in_range(machine_counter(),
			start + 3600 * machine_counter_hz(),
			start + 3600 * machine_counter_hz() + 100);
}

static void timer_of_the_host_ends_a_run(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_B_SELF);
	machine_timer_set(0, machine_counter() + TICKS);
	realm_run(&realm);
	assert_int_equal(realm.exit.kind, PE_EXIT_IRQ);
	assert_true(machine_irq_pending(0));
	machine_timer_set(0, UINT64_MAX);
	assert_false(machine_irq_pending(0));
}

static void el0_has_what_el1_gives_it(void **state)
{
	static const struct {
		uint32_t encoding;
		uint64_t cntkctl;
	} rows[] = {
		{ CNTPCT_EL0, 1 << 0 },
		{ CNTVCT_EL0, 1 << 1 },
		{ CNTV_CVAL_EL0, 1 << 8 },
		{ CNTP_CVAL_EL0, 1 << 9 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		REALM_CODE(&realm, CODE_IPA, INSN_MRS(1, rows[i].encoding),
			   INSN_SVC(0));
		realm.pe.pc = CODE_IPA;
		realm.pe.pstate = PSTATE_EL0T;
		realm.pe.sysreg[PE_CNTKCTL_EL1] = rows[i].cntkctl;
		realm_run(&realm);
		expect_smc(0x400);
		assert_int_equal(realm.pe.sysreg[PE_ELR_EL1], CODE_IPA + 8);

		realm.pe.pc = CODE_IPA;
		realm.pe.pstate = PSTATE_EL0T;
		realm.pe.sysreg[PE_CNTKCTL_EL1] = ~rows[i].cntkctl;
		realm_run(&realm);
		expect_smc(0x400);
		assert_int_equal(realm.pe.sysreg[PE_ELR_EL1], CODE_IPA);
	}
}

static void free_counter_is_the_hosts(void **state)
{
	struct machine_conf conf = *machine_conf();
	struct timespec used, when;
	char err[128];

	(void)state;
	machine_stop();
	conf.sched = MACHINE_SCHED_FREE;
	assert_true(machine_start(&conf, err, sizeof(err)));
	setup_realm();
	realm.regime.hcr_el2 &= ~HCR_TWI;
	realm.pe.sysreg[PE_CNTV_CTL_EL0] = CNT_CTL_ENABLE;
	realm.pe.sysreg[PE_CNTV_CVAL_EL0] =
		machine_counter() + machine_counter_hz() / 50;
	REALM_CODE(&realm, CODE_IPA, INSN_WFI, INSN_SMC(0));
	assert_true(machine_counter_when(realm.pe.sysreg[PE_CNTV_CVAL_EL0],
					 &when));
	realm_run(&realm);
	assert_int_equal(realm.exit.kind, PE_EXIT_IRQ);
	clock_gettime(CLOCK_MONOTONIC, &used);
	assert_true(used.tv_sec > when.tv_sec ||
		    (used.tv_sec == when.tv_sec &&
		     used.tv_nsec >= when.tv_nsec));
}

#define PE_TEST(test) cmocka_unit_test_setup_teardown(test, setup, stop_machine)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PE_TEST(counter_counts_instructions),
		PE_TEST(timer_registers_hold_what_is_written),
		PE_TEST(timers_end_a_run_when_they_are_due),
		PE_TEST(timer_that_is_due_lets_nothing_run),
		PE_TEST(masked_timer_ends_no_run),
		PE_TEST(wfi_sleeps_until_the_timer),
		PE_TEST(timer_of_the_host_ends_a_run),
		PE_TEST(el0_has_what_el1_gives_it),
		PE_TEST(free_counter_is_the_hosts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
