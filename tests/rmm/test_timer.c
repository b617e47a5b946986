/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The realm's timers as the host hears of them: in every exit, and by an exit
 * of its own when an output changes.
 */
#include <string.h>

#include "ripas_kit.h"

#define ON CNT_CTL_ENABLE
#define DUE (CNT_CTL_ENABLE | CNT_CTL_ISTATUS)
#define MASKED (CNT_CTL_ENABLE | CNT_CTL_ISTATUS | CNT_CTL_IMASK)

static int setup(void **state)
{
	(void)state;
	kit_start();
	return 0;
}

/* What the realm makes of its timers in the run to come. */
static uint64_t next_cntp, next_cntv;

static void set_timers(struct pe *pe)
{
	pe->sysreg[PE_CNTP_CTL_EL0] = next_cntp;
	pe->sysreg[PE_CNTV_CTL_EL0] = next_cntv;
}

/* An entry whose first run leaves the timers so, by a call that stays in. */
static void run_with(uint64_t cntp_ctl, uint64_t cntv_ctl)
{
	next_cntp = cntp_ctl;
	next_cntv = cntv_ctl;
	SMC(SMC_RSI_FEATURES, 0)->hook = set_timers;
	kit_pe_exit(PE_EXIT_FIQ, 0, 0, 0);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
}

/* The first run was the last: a timer had news. */
static void assert_news(void)
{
	assert_int_equal(kit_pe.runs, 1);
	assert_int_equal(kit_exit()->exit_reason, RMI_EXIT_IRQ);
	assert_int_equal(kit_exit()->cntp_ctl, next_cntp);
	assert_int_equal(kit_exit()->cntv_ctl, next_cntv);
	/* The call is answered all the same. */
	assert_int_equal(kit_rec()->pe.x[0], RSI_SUCCESS);
}

static void assert_no_news(void)
{
	assert_int_equal(kit_pe.runs, 2);
	assert_int_equal(kit_exit()->exit_reason, RMI_EXIT_FIQ);
}

static uint64_t masks(void)
{
	return kit_pe.regime.cnthctl_el2 &
	       (CNTHCTL_CNTPMASK | CNTHCTL_CNTVMASK);
}

/* ---- In every exit ----------------------------------------------------- */

static void set_all(struct pe *pe)
{
	pe->sysreg[PE_CNTP_CTL_EL0] = ON;
	pe->sysreg[PE_CNTP_CVAL_EL0] = 0x1111222233334444;
	pe->sysreg[PE_CNTV_CTL_EL0] = MASKED;
	pe->sysreg[PE_CNTV_CVAL_EL0] = 0x5555666677778888;
}

static void assert_told(void)
{
	const struct rec_exit *exit = kit_exit();

	assert_int_equal(exit->cntp_ctl, ON);
	assert_int_equal(exit->cntp_cval, 0x1111222233334444);
	assert_int_equal(exit->cntv_ctl, MASKED);
	assert_int_equal(exit->cntv_cval, 0x5555666677778888);
}

static void every_exit_tells_of_both_timers(void **state)
{
	static const struct {
		enum pe_exit_kind kind;
		uint64_t esr, ipa;
	} exits[] = {
		{ PE_EXIT_IRQ, 0, 0 },
		{ PE_EXIT_FIQ, 0, 0 },
		{ PE_EXIT_SYNC, KIT_ESR(ESR_EC_WFX, 0), 0 },
		{ PE_EXIT_SYNC, KIT_ESR(ESR_EC_DATA_ABORT_LOWER, 7),
		  KIT_VOID_RAM },
		{ PE_EXIT_SYNC, KIT_ESR(ESR_EC_DATA_ABORT_LOWER, 7),
		  KIT_UNPROTECTED },
		{ PE_EXIT_SYNC, KIT_ESR(0x3c, 0), 0 },
	};

	for (unsigned int i = 0; i < sizeof(exits) / sizeof(exits[0]); i++) {
		setup(state);
		kit_pe_exit(exits[i].kind, exits[i].esr, 0, exits[i].ipa)
			->hook = set_all;
		assert_int_equal(kit_enter(0), RET(SUCCESS));
		assert_int_equal(kit_pe.runs, 1);
		assert_told();
	}
}

static void exits_of_calls_tell_of_them_too(void **state)
{
	(void)state;
	SMC(PSCI_CPU_SUSPEND)->hook = set_all;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_told();
	setup(state);
	SMC(SMC_RSI_IPA_STATE_SET, KIT_CODE, KIT_EMPTY, RMI_EMPTY)->hook =
		set_all;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_told();
}

/* Even when the realm did not run at all. */
static void an_exit_without_a_run_tells_of_them(void **state)
{
	(void)state;
	SMC(SMC_RSI_HOST_CALL, KIT_CODE + 0x300)->hook = set_all;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_told();
	rmi(RTT_DATA_UNMAP, kit.rd, KIT_CODE, KIT_CODE + PAGE, 0, 0);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_pe.runs, 1);
	assert_int_equal(kit_exit()->exit_reason, RMI_EXIT_SYNC);
	assert_told();
}

static void a_rec_starts_with_both_timers_off(void **state)
{
	(void)state;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_exit()->cntp_ctl, 0);
	assert_int_equal(kit_exit()->cntp_cval, 0);
	assert_int_equal(kit_exit()->cntv_ctl, 0);
	assert_int_equal(kit_exit()->cntv_cval, 0);
	assert_int_equal(masks(), 0);
}

/* ---- Exits of their own ------------------------------------------------ */

static void a_timer_that_comes_due_exits(void **state)
{
	(void)state;
	run_with(DUE, 0);
	assert_news();
	setup(state);
	run_with(0, DUE);
	assert_news();
}

static void a_timer_that_is_not_due_or_masked_does_not(void **state)
{
	static const uint64_t quiet[] = {
		0, ON, MASKED, CNT_CTL_ISTATUS, CNT_CTL_IMASK,
		CNT_CTL_ISTATUS | CNT_CTL_IMASK, ON | CNT_CTL_IMASK,
	};

	for (unsigned int i = 0; i < sizeof(quiet) / sizeof(quiet[0]); i++) {
		setup(state);
		run_with(quiet[i], quiet[i]);
		assert_no_news();
	}
}

/* The host knows by now: the next runs are the realm's. */
static void a_timer_that_stays_due_exits_once(void **state)
{
	(void)state;
	run_with(DUE, 0);
	assert_news();
	for (unsigned int i = 0; i < 2; i++) {
		run_with(DUE, 0);
		assert_no_news();
		assert_int_equal(masks(), CNTHCTL_CNTPMASK);
	}
	/* The other one still counts. */
	run_with(DUE, DUE);
	assert_news();
	run_with(DUE, DUE);
	assert_no_news();
	assert_int_equal(masks(), CNTHCTL_CNTPMASK | CNTHCTL_CNTVMASK);
}

static void a_timer_that_is_due_no_more_exits(void **state)
{
	static const uint64_t quiet[] = { 0, ON, MASKED };

	for (unsigned int i = 0; i < sizeof(quiet) / sizeof(quiet[0]); i++) {
		setup(state);
		run_with(0, DUE);
		assert_news();
		run_with(0, quiet[i]);
		assert_news();
		run_with(0, quiet[i]);
		assert_no_news();
		assert_int_equal(masks(), 0);
	}
}

static void any_exit_is_news_of_a_timer(void **state)
{
	(void)state;
	next_cntp = DUE;
	next_cntv = 0;
	kit_pe_exit(PE_EXIT_SYNC, KIT_ESR(ESR_EC_WFX, 0), 0, 0)->hook =
		set_timers;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_exit()->exit_reason, RMI_EXIT_SYNC);
	run_with(DUE, 0);
	assert_no_news();
	assert_int_equal(masks(), CNTHCTL_CNTPMASK);
}

/* Whatever the masks, the realm has counters and timers for itself. */
static void masks_leave_the_timers_to_the_realm(void **state)
{
	uint64_t access = CNTHCTL_EL1PCTEN | CNTHCTL_EL1PTEN;

	(void)state;
	run_with(DUE, DUE);
	run_with(DUE, DUE);
	assert_int_equal(kit_pe.regime.cnthctl_el2 & access, access);
}

/* What was not told is not known. */
static void a_failed_entry_tells_nothing(void **state)
{
	(void)state;
	run_with(0, DUE);
	kit_rec()->pe.sysreg[PE_CNTV_CTL_EL0] = ON;
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(ERROR_REC));
	assert_int_equal(kit_exit()->cntv_ctl, DUE);
	run_with(0, ON);
	assert_news();
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(every_exit_tells_of_both_timers),
		CASE(exits_of_calls_tell_of_them_too),
		CASE(an_exit_without_a_run_tells_of_them),
		CASE(a_rec_starts_with_both_timers_off),
		CASE(a_timer_that_comes_due_exits),
		CASE(a_timer_that_is_not_due_or_masked_does_not),
		CASE(a_timer_that_stays_due_exits_once),
		CASE(a_timer_that_is_due_no_more_exits),
		CASE(any_exit_is_news_of_a_timer),
		CASE(masks_leave_the_timers_to_the_realm),
		CASE(a_failed_entry_tells_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
