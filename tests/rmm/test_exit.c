/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Ends of a run other than aborts and SMCs: interrupts, WFx, HVC, SError, and
 * system registers.
 */
#include <string.h>

#include "realm_kit.h"

#define ISS_SYSREG(encoding, rt, read) ((encoding) | (rt) << 5 | (read))
#define PFR0 SYSREG(3, 0, 0, 4, 0)
#define DFR0 SYSREG(3, 0, 0, 5, 0)
#define MDSCR SYSREG(2, 0, 0, 2, 2)

static int setup(void **state)
{
	(void)state;
	kit_start();
	return 0;
}

/* A run that ends so; the next one ends by FIQ. */
static void end_by(enum pe_exit_kind kind, uint64_t esr)
{
	kit_pe.runs = kit_pe.written = 0;
	kit_pe_exit(kind, esr, ~0ull, ~0ull);
	kit_pe_exit(PE_EXIT_FIQ, 0, 0, 0);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
}

/* The host sees reason and ESR, and nothing else whatever. */
static void assert_told(unsigned int reason, uint64_t esr)
{
	struct rec_exit want;

	memset(&want, 0, sizeof(want));
	want.exit_reason = (uint8_t)reason;
	want.esr = esr;
	kit_assert_exit(&want);
	assert_int_equal(kit_pe.runs, 1);
}

static void assert_undef(uint64_t elr)
{
	const struct pe *pe = &kit_pe.found[1];

	assert_int_equal(kit_pe.runs, 2);
	assert_int_equal(kit_exit()->exit_reason, RMI_EXIT_FIQ);
	assert_int_equal(pe->pc, KIT_VECTORS + 0x200);
	assert_int_equal(pe->sysreg[PE_ESR_EL1], ESR_IL);
	assert_int_equal(pe->sysreg[PE_ELR_EL1], elr);
}

static void irq_exits(void **state)
{
	(void)state;
	end_by(PE_EXIT_IRQ, ~0ull);
	assert_told(RMI_EXIT_IRQ, 0);
}

static void fiq_exits(void **state)
{
	(void)state;
	end_by(PE_EXIT_FIQ, ~0ull);
	assert_told(RMI_EXIT_FIQ, 0);
}

static void wfi_exits_behind_it(void **state)
{
	(void)state;
	end_by(PE_EXIT_SYNC, KIT_ESR(ESR_EC_WFX, 0x1e00000));
	assert_told(RMI_EXIT_SYNC, (uint64_t)ESR_EC_WFX << 26);
	assert_int_equal(kit_rec()->pe.pc, KIT_CODE + 4);
}

/* PSTATE behind an instruction that was stepped, at the target of a branch. */
static uint64_t pstate_behind(uint64_t pstate)
{
	kit_rec()->pe.pstate = pstate;
	end_by(PE_EXIT_SYNC, KIT_ESR(ESR_EC_WFX, 0x1e00000));
	return kit_rec()->pe.pstate;
}

static void what_is_emulated_is_a_step_and_no_branch(void **state)
{
	uint64_t el1 = PSTATE_NZCV | PSTATE_PAN | PSTATE_DAIF | PSTATE_EL1H;
	uint64_t user = PSTATE_NZCV | PSTATE_AARCH32 | PSTATE_BTYPE;

	(void)state;
	assert_int_equal(pstate_behind(el1 | PSTATE_SS | PSTATE_BTYPE), el1);
	/* There the bits of BTYPE are those of an IT block. */
	assert_int_equal(pstate_behind(user | PSTATE_SS), user);
}

static void wfe_says_that_it_is_one(void **state)
{
	(void)state;
	end_by(PE_EXIT_SYNC, KIT_ESR(ESR_EC_WFX, 0x1e00001));
	assert_told(RMI_EXIT_SYNC, (uint64_t)ESR_EC_WFX << 26 | 1);
	assert_int_equal(kit_rec()->pe.pc, KIT_CODE + 4);
}

#define WFX_RN(rn) (ESR_WFX_RV | (uint64_t)(rn) << 5)

/* WFIT and WFET bring the time at which they give up; the others have none. */
static void waits_with_a_timeout_tell_the_timeout(void **state)
{
	static const struct {
		uint64_t iss;
		uint64_t gpr0;
	} rows[] = {
		{ ESR_WFX_TI_WFIT | WFX_RN(7), 0x700 },
		{ ESR_WFX_TI_WFET | WFX_RN(7), 0x700 },
		{ ESR_WFX_TI_WFIT | WFX_RN(31), 0 },
		{ ESR_WFX_TI_WFIT | (WFX_RN(7) & ~ESR_WFX_RV), 0 },
		{ ESR_WFX_TI_WFI | WFX_RN(7), 0 },
		{ ESR_WFX_TI_WFE | WFX_RN(7), 0 },
	};

	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rec_exit want;

		setup(state);
		kit_rec()->pe.x[7] = 0x700;
		end_by(PE_EXIT_SYNC,
		       KIT_ESR(ESR_EC_WFX, 0x1e00000 | rows[i].iss));
		memset(&want, 0, sizeof(want));
		want.exit_reason = RMI_EXIT_SYNC;
		want.esr = (uint64_t)ESR_EC_WFX << 26 | (rows[i].iss & 3);
		want.gprs[0] = rows[i].gpr0;
		kit_assert_exit(&want);
		assert_int_equal(kit_rec()->pe.pc, KIT_CODE + 4);
	}
}

static void hvc_is_undefined_at_the_hvc(void **state)
{
	(void)state;
	/* The saved PC is behind an HVC already. */
	end_by(PE_EXIT_SYNC, KIT_ESR(ESR_EC_HVC64, 0x1234));
	assert_undef(KIT_CODE - 4);
}

static void sve_and_sme_are_undefined(void **state)
{
	(void)state;
	end_by(PE_EXIT_SYNC, KIT_ESR(0x19, 0));
	assert_undef(KIT_CODE);
	kit_start();
	end_by(PE_EXIT_SYNC, KIT_ESR(0x1d, 0));
	assert_undef(KIT_CODE);
}

static void an_unknown_class_exits_without_a_word(void **state)
{
	(void)state;
	end_by(PE_EXIT_SYNC, KIT_ESR(0x3c, 0x1234));
	assert_told(RMI_EXIT_SYNC, 0);
	assert_int_equal(kit_rec()->pe.pc, KIT_CODE);
}

/* ---- SError ------------------------------------------------------------ */

#define SERROR(aet) (0x2full << 26 | ESR_IL | (uint64_t)(aet) << 10 | 0x11)

static void a_contained_serror_exits(void **state)
{
	(void)state;
	end_by(PE_EXIT_SERROR, SERROR(2) | ESR_ABORT_EA | 0xff0000);
	assert_told(RMI_EXIT_SERROR, (SERROR(2) | ESR_ABORT_EA) & ~ESR_IL);
	end_by(PE_EXIT_SERROR, SERROR(6));
	assert_told(RMI_EXIT_SERROR, SERROR(6) & ~ESR_IL);
}

static void a_realm_hears_of_what_it_cannot_go_on_from(void **state)
{
	static const unsigned int aets[] = { 1, 3 };

	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		uint64_t esr = SERROR(aets[i]) | ESR_ABORT_EA;

		kit_start();
		end_by(PE_EXIT_SERROR, esr);
		assert_told(RMI_EXIT_SERROR, esr & ~ESR_IL);
		assert_int_equal(kit_enter(0), RET(SUCCESS));
		assert_true(kit_pe.found[1].serror);
		assert_int_equal(kit_pe.found[1].vsesr_el2, esr & ESR_ISS);
		assert_int_equal(kit_pe.found[1].pc, kit_pe.found[0].pc);
	}
}

static void an_serror_that_concerns_nobody_is_not_passed_on(void **state)
{
	(void)state;
	end_by(PE_EXIT_SERROR, SERROR(6));
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_false(kit_pe.found[1].serror);
}

static void any_other_serror_stops_the_machine(void **state)
{
	static const uint64_t bad[] = {
		SERROR(0), SERROR(4), SERROR(5), SERROR(7),
		SERROR(2) | BIT_ULL(24), SERROR(2) & ~0x3full,
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		kit_start();
		kit_pe_exit(PE_EXIT_SERROR, bad[i], 0, 0);
		assert_true(FAKE_PANICS(kit_enter(0)));
	}
}

/* ---- System registers -------------------------------------------------- */

static uint64_t all_ones(uint32_t encoding)
{
	(void)encoding;
	return ~0ull;
}

static uint64_t encoding_itself(uint32_t encoding)
{
	return encoding == PFR0 ? 0x0002000000110011 : 0;
}

static uint64_t read_sysreg(uint32_t encoding)
{
	kit_rec()->pe.pc = KIT_CODE;
	end_by(PE_EXIT_SYNC,
	       KIT_ESR(ESR_EC_SYSREG, ISS_SYSREG(encoding, 9, 1)));
	assert_int_equal(kit_pe.runs, 2);
	assert_int_equal(kit_pe.found[1].pc, KIT_CODE + 4);
	return kit_pe.found[1].x[9];
}

static void id_registers_show_the_allowed_fields(void **state)
{
	static const struct {
		uint32_t encoding;
		uint64_t want;
	} rows[] = {
		{ PFR0, 0xf10f00000fff0011 },
		{ SYSREG(3, 0, 0, 4, 1), 0xff },
		{ SYSREG(3, 0, 0, 4, 4), 0 }, /* ZFR0 */
		{ SYSREG(3, 0, 0, 4, 5), 0 }, /* SMFR0 */
		{ SYSREG(3, 0, 0, 6, 0), 0xfffffffff0fffff0 },
		{ SYSREG(3, 0, 0, 6, 1), 0x0fffffff00fff00f },
		{ SYSREG(3, 0, 0, 6, 2), 0x00f00000f0f000f0 },
		{ SYSREG(3, 0, 0, 6, 3), 0 },
		{ SYSREG(3, 0, 0, 7, 0), 0x0000f000ffff0fff },
		{ SYSREG(3, 0, 0, 7, 1), 0x000ff0f00ff0f00f },
		{ SYSREG(3, 0, 0, 7, 2), 0xf0ff00fff0ff0fff },
		{ SYSREG(3, 0, 0, 7, 3), 0 },
		{ SYSREG(3, 0, 0, 1, 0), 0 }, /* AArch32 */
		{ SYSREG(3, 0, 0, 5, 1), 0 }, /* DFR1 */
	};

	(void)state;
	fake.id_register = all_ones;
	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(read_sysreg(rows[i].encoding), rows[i].want);
}

static void rme_and_sve_are_hidden(void **state)
{
	uint64_t value;

	(void)state;
	fake.id_register = all_ones;
	value = read_sysreg(PFR0);
	assert_int_equal(FIELD_GET(ID_AA64PFR0_RME, value), 0);
	assert_int_equal(value >> 32 & 0xf, 0);
}

static void what_the_machine_lacks_is_not_shown(void **state)
{
	(void)state;
	fake.id_register = encoding_itself;
	assert_int_equal(read_sysreg(PFR0), 0x0002000000110011);
	assert_int_equal(read_sysreg(SYSREG(3, 0, 0, 6, 0)), 0);
}

static void debug_counts_are_those_of_the_realm(void **state)
{
	uint64_t value;

	(void)state;
	fake.id_register = all_ones;
	value = read_sysreg(DFR0);
	assert_int_equal(value >> 12 & 0xf, kit_rd()->num_bps);
	assert_int_equal(value >> 20 & 0xf, kit_rd()->num_wps);
	assert_int_equal(value >> 28 & 0xf, kit_rd()->num_bps);
	/* DebugVer, no DoubleLock; neither PMU, SPE, TRBE, BRBE nor trace. */
	assert_int_equal(value & 0xffffffff0f0f0fff, 0x000000f00000000f);
	fake.id_register = NULL;
	value = read_sysreg(DFR0);
	assert_int_equal(value >> 12 & 0xf, kit_rd()->num_bps);
	assert_int_equal(value >> 28 & 0xf, 0);
}

static void a_read_into_xzr_is_dropped(void **state)
{
	struct pe before = kit_rec()->pe;

	(void)state;
	fake.id_register = all_ones;
	end_by(PE_EXIT_SYNC,
	       KIT_ESR(ESR_EC_SYSREG, ISS_SYSREG(PFR0, 31, 1)));
	before.pc += 4;
	assert_memory_equal(&kit_pe.found[1], &before, sizeof(before));
}

static void mdscr_is_the_recs_own(void **state)
{
	(void)state;
	kit_rec()->pe.x[4] = 0x8000;
	end_by(PE_EXIT_SYNC,
	       KIT_ESR(ESR_EC_SYSREG, ISS_SYSREG(MDSCR, 4, 0)));
	assert_int_equal(kit_pe.found[1].sysreg[PE_MDSCR_EL1], 0x8000);
	assert_int_equal(kit_pe.found[1].pc, KIT_CODE + 4);
	assert_int_equal(read_sysreg(MDSCR), 0x8000);
}

static void other_registers_are_undefined(void **state)
{
	static const uint32_t rows[] = {
		ISS_SYSREG(SYSREG(3, 0, 12, 7, 5), 1, 0), /* before the GIC */
		ISS_SYSREG(SYSREG(3, 0, 12, 13, 0), 1, 0), /* behind it */
		ISS_SYSREG(SYSREG(2, 0, 12, 8, 0), 1, 1), /* op0 is 2 */
		ISS_SYSREG(SYSREG(3, 0, 4, 6, 1), 1, 1),
		ISS_SYSREG(SYSREG(3, 4, 12, 11, 5), 1, 1), /* ICH_ELRSR */
		ISS_SYSREG(SYSREG(3, 0, 12, 0, 0), 1, 1), /* VBAR_EL1 */
		ISS_SYSREG(SYSREG(3, 3, 9, 12, 0), 1, 1), /* PMCR_EL0 */
		ISS_SYSREG(SYSREG(2, 0, 0, 4, 2), 1, 1), /* DBGDTR */
		ISS_SYSREG(SYSREG(3, 1, 15, 0, 0), 1, 1), /* implementation */
		ISS_SYSREG(SYSREG(3, 0, 0, 0, 0), 1, 1), /* before the group */
		ISS_SYSREG(SYSREG(3, 0, 0, 8, 0), 1, 1), /* behind it */
		ISS_SYSREG(SYSREG(3, 3, 0, 4, 0), 1, 1), /* of another EL */
		ISS_SYSREG(SYSREG(3, 0, 0, 4, 0), 1, 0), /* PFR0 written */
	};

	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		setup(state);
		end_by(PE_EXIT_SYNC, KIT_ESR(ESR_EC_SYSREG, rows[i]));
		assert_undef(KIT_CODE);
		assert_int_equal(kit_exit()->esr, 0);
	}
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(irq_exits),
		CASE(fiq_exits),
		CASE(wfi_exits_behind_it),
		CASE(what_is_emulated_is_a_step_and_no_branch),
		CASE(wfe_says_that_it_is_one),
		CASE(waits_with_a_timeout_tell_the_timeout),
		CASE(hvc_is_undefined_at_the_hvc),
		CASE(sve_and_sme_are_undefined),
		CASE(an_unknown_class_exits_without_a_word),
		CASE(a_contained_serror_exits),
		CASE(a_realm_hears_of_what_it_cannot_go_on_from),
		CASE(an_serror_that_concerns_nobody_is_not_passed_on),
		CASE(any_other_serror_stops_the_machine),
		CASE(id_registers_show_the_allowed_fields),
		CASE(rme_and_sve_are_hidden),
		CASE(what_the_machine_lacks_is_not_shown),
		CASE(debug_counts_are_those_of_the_realm),
		CASE(a_read_into_xzr_is_dropped),
		CASE(mdscr_is_the_recs_own),
		CASE(other_registers_are_undefined),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
