/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm that uses the GIC's CPU interface, by instructions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sim/machine/ich.h"
#include "tests/sim/icc_regs.h"
#include "tests/sim/insn.h"
#include "tests/sim/realm.h"

#define VECTOR_EL1H_IRQ 0x280
#define VECTOR_EL1H_FIQ 0x300
#define INTID 27
#define TICKS 30000ull /* more than a turn */

#define INSN_UNMASK 0xd50342ffu /* msr daifclr, #2 */

static struct realm realm;

/* Handlers: SMC of their vector's number. */
static int setup(void **state)
{
	start_machine(state);
	realm_init(&realm, 0);
	for (unsigned int v = 0; v < 0x800; v += 0x80)
		REALM_CODE(&realm, VECTORS_IPA + v, INSN_SMC(v));
	realm.regime.ich_hcr_el2 = ICH_HCR_EN;
	ich_write(0, ICH_VMCR_EL2,
		  ICH_VMCR_VENG0 | ICH_VMCR_VENG1 |
			  FIELD_PREP(ICH_VMCR_VPMR, 0xf0));
	return 0;
}

static void expect_smc(unsigned int imm)
{
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_int_equal(realm_iss(&realm), imm);
}

static uint64_t lr(unsigned int n)
{
	uint64_t value = 0;

	assert_true(ich_read(0, ICH_LR_EL2(n), &value));
	return value;
}

static void set_lr(unsigned int n, uint64_t value)
{
	assert_true(ich_write(0, ICH_LR_EL2(n), value));
}

static void interrupt_is_taken_acknowledged_and_ended(void **state)
{
	(void)state;
	set_lr(0, LR1(INTID, 0xa0));
	REALM_CODE(&realm, CODE_IPA, INSN_NOP, INSN_UNMASK, INSN_B_SELF);
	REALM_CODE(&realm, VECTORS_IPA + VECTOR_EL1H_IRQ,
		   INSN_MRS(1, ICC_IAR1_EL1), INSN_MRS(2, ICC_RPR_EL1),
		   INSN_MRS(3, ICC_HPPIR1_EL1), INSN_SMC(1),
		   INSN_MSR(ICC_EOIR1_EL1, 1), INSN_MRS(2, ICC_RPR_EL1),
		   INSN_SMC(2));
	realm_run(&realm);
	expect_smc(1);
	assert_int_equal(realm.pe.x[1], INTID);
	assert_int_equal(realm.pe.x[2], 0xa0);
	assert_int_equal(realm.pe.x[3], 1023);
	assert_int_equal(lr(0) & ICH_LR_STATE, ICH_LR_ACTIVE);
	assert_int_equal(realm.pe.sysreg[PE_ELR_EL1], CODE_IPA + 8);
	assert_int_equal(realm.pe.pstate & PSTATE_DAIF, PSTATE_DAIF);
	realm.pe.pc += 4;
	realm_run(&realm);
	expect_smc(2);
	assert_int_equal(realm.pe.x[2], 0xff);
	assert_int_equal(lr(0) & ICH_LR_STATE, 0);
}

static void interrupt_waits_while_it_is_masked(void **state)
{
	(void)state;
	set_lr(0, LR1(INTID, 0xa0));
	realm.pe.x[2] = TICKS;
	REALM_CODE(&realm, CODE_IPA, 0xf1000442, /* subs x2, x2, #1 */
		   0x54ffffe1, /* b.ne CODE_IPA */
		   INSN_SMC(9));
	realm_run(&realm);
	expect_smc(9);
	assert_int_equal(lr(0) & ICH_LR_STATE, ICH_LR_PENDING);
}

static void unmasking_is_noticed_soon(void **state)
{
	(void)state;
	set_lr(0, LR1(INTID, 0xa0));
	realm.pe.x[2] = 0;
	REALM_CODE(&realm, CODE_IPA, INSN_UNMASK,
		   0x91000442, /* add x2, x2, #1 */
		   0x17ffffff); /* b . - 4 */
	realm_run(&realm);
	expect_smc(VECTOR_EL1H_IRQ);
	assert_in_range(realm.pe.x[2], 0, 500);
}

static void interrupt_is_taken_before_the_first_instruction(void **state)
{
	static const struct {
		uint64_t pstate;
		unsigned int vector;
	} rows[] = {
		{ PSTATE_EL1H, 0x280 },
		{ PSTATE_EL1T, 0x080 },
		{ PSTATE_EL0T, 0x480 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		set_lr(0, LR1(INTID, 0xa0));
		realm.pe.pc = CODE_IPA;
		realm.pe.pstate = rows[i].pstate | PSTATE_N;
		realm.pe.sysreg[PE_SP_EL0] = 0x1000;
		realm.pe.sysreg[PE_SP_EL1] = 0x2000;
		realm_run(&realm);
		expect_smc(rows[i].vector);
		assert_int_equal(realm.pe.sysreg[PE_ELR_EL1], CODE_IPA);
		assert_int_equal(realm.pe.sysreg[PE_SPSR_EL1],
				 rows[i].pstate | PSTATE_N);
		assert_int_equal(realm.pe.sysreg[PE_SP_EL0], 0x1000);
		assert_int_equal(realm.pe.sysreg[PE_SP_EL1], 0x2000);
	}
}

static void group0_is_an_fiq(void **state)
{
	(void)state;
	set_lr(0, LR0(INTID, 0xa0));
	realm.pe.pstate = PSTATE_EL1H | PSTATE_I;
	realm_run(&realm);
	expect_smc(VECTOR_EL1H_FIQ);
	assert_int_equal(realm.pe.sysreg[PE_ELR_EL1], CODE_IPA);
}

/* Written by the realm itself: unmasked, then an interrupt is pending. */
static void lowering_the_mask_delivers_at_once(void **state)
{
	(void)state;
	set_lr(0, LR1(INTID, 0xa0));
	realm.pe.x[0] = 0xa0;
	realm.pe.x[1] = 0xa8;
	REALM_CODE(&realm, CODE_IPA, INSN_MSR(ICC_PMR_EL1, 0), INSN_UNMASK,
		   INSN_NOP, INSN_MSR(ICC_PMR_EL1, 1), INSN_SMC(1));
	realm_run(&realm);
	expect_smc(VECTOR_EL1H_IRQ);
	assert_int_equal(realm.pe.sysreg[PE_ELR_EL1], CODE_IPA + 16);
}

static void wfi_does_not_sleep_on_a_pending_interrupt(void **state)
{
	(void)state;
	set_lr(0, LR1(INTID, 0xa0));
	REALM_CODE(&realm, CODE_IPA, INSN_WFI, INSN_SMC(4));
	realm_run(&realm);
	expect_smc(4);
	realm.regime.hcr_el2 &= ~HCR_TWI;
	realm.pe.pc = CODE_IPA;
	realm_run(&realm);
	expect_smc(4);
}

static void expect_trap(uint32_t insn, uint32_t encoding, unsigned int rt)
{
	REALM_CODE(&realm, CODE_IPA, insn, INSN_SMC(0));
	realm.pe.pc = CODE_IPA;
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_SYSREG);
	assert_int_equal(realm.exit.esr & ESR_SYSREG_ENCODING, encoding);
	assert_int_equal(FIELD_GET(ESR_SYSREG_RT, realm.exit.esr), rt);
	assert_int_equal(realm.exit.esr & ESR_SYSREG_READ, 0);
	assert_int_equal(realm.exit.esr & ESR_IL, ESR_IL);
	assert_int_equal(realm.pe.pc, CODE_IPA);
}

static void sgis_and_dir_are_el2s_business(void **state)
{
	(void)state;
	expect_trap(INSN_MSR(ICC_SGI1R_EL1, 5), ICC_SGI1R_EL1, 5);
	expect_trap(INSN_MSR(ICC_SGI0R_EL1, 30), ICC_SGI0R_EL1, 30);
	expect_trap(INSN_MSR(ICC_ASGI1R_EL1, 31), ICC_ASGI1R_EL1, 31);
	realm.regime.ich_hcr_el2 |= ICH_HCR_TDIR;
	expect_trap(INSN_MSR(ICC_DIR_EL1, 29), ICC_DIR_EL1, 29);
}

static void wrong_accesses_are_undefined(void **state)
{
	static const struct {
		uint32_t insn;
		uint64_t pstate;
	} rows[] = {
		{ INSN_MRS(0, ICC_EOIR1_EL1), PSTATE_EL1H | PSTATE_DAIF },
		{ INSN_MSR(ICC_IAR1_EL1, 0), PSTATE_EL1H | PSTATE_DAIF },
		{ INSN_MRS(0, ICC_AP0R1_EL1), PSTATE_EL1H | PSTATE_DAIF },
		{ INSN_MRS(0, ICC_IAR1_EL1), PSTATE_EL0T },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		REALM_CODE(&realm, CODE_IPA, rows[i].insn, INSN_SMC(0));
		realm.pe.pc = CODE_IPA;
		realm.pe.pstate = rows[i].pstate;
		realm_run(&realm);
		expect_smc(i < 3 ? 0x200 : 0x400);
		assert_int_equal(realm.pe.sysreg[PE_ESR_EL1], ESR_IL);
		assert_int_equal(realm.pe.sysreg[PE_ELR_EL1], CODE_IPA);
	}
}

static void maintenance_ends_the_run(void **state)
{
	uint64_t misr;

	(void)state;
	set_lr(0, LR1(INTID, 0xa0) | ICH_LR_EOI);
	realm.pe.x[5] = 0;
	REALM_CODE(&realm, CODE_IPA, INSN_MRS(1, ICC_IAR1_EL1),
		   INSN_MSR(ICC_EOIR1_EL1, 1), INSN_ADD_X5_1, INSN_SMC(0));
	realm_run(&realm);
	assert_int_equal(realm.exit.kind, PE_EXIT_IRQ);
	assert_int_equal(realm.pe.pc, CODE_IPA + 8);
	assert_int_equal(realm.pe.x[5], 0);
	assert_true(ich_read(0, ICH_MISR_EL2, &misr));
	assert_int_equal(misr, 1);
	set_lr(0, 0);
	realm_run(&realm);
	expect_smc(0);
}

static void eoicount_goes_on_from_run_to_run(void **state)
{
	uint64_t hcr;

	(void)state;
	realm.pe.x[1] = 40;
	REALM_CODE(&realm, CODE_IPA, INSN_MSR(ICC_EOIR1_EL1, 1), INSN_SMC(0));
	for (unsigned int i = 1; i < 4; i++) {
		ich_write(0, ICH_AP1R0_EL2, 1);
		realm.pe.pc = CODE_IPA;
		realm_run(&realm);
		expect_smc(0);
		assert_true(ich_read(0, ICH_HCR_EL2, &hcr));
		assert_int_equal(FIELD_GET(ICH_HCR_EOICOUNT, hcr), i);
	}
}

static void without_en_there_are_no_interrupts(void **state)
{
	(void)state;
	realm.regime.ich_hcr_el2 = 0;
	set_lr(0, LR1(INTID, 0xa0));
	realm.pe.pstate = PSTATE_EL1H;
	REALM_CODE(&realm, CODE_IPA, INSN_MRS(1, ICC_IAR1_EL1), INSN_SMC(6));
	realm_run(&realm);
	expect_smc(6);
	assert_int_equal(realm.pe.x[1], 1023);
}

#define PE_TEST(test) cmocka_unit_test_setup_teardown(test, setup, stop_machine)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PE_TEST(interrupt_is_taken_acknowledged_and_ended),
		PE_TEST(interrupt_waits_while_it_is_masked),
		PE_TEST(unmasking_is_noticed_soon),
		PE_TEST(interrupt_is_taken_before_the_first_instruction),
		PE_TEST(group0_is_an_fiq),
		PE_TEST(lowering_the_mask_delivers_at_once),
		PE_TEST(wfi_does_not_sleep_on_a_pending_interrupt),
		PE_TEST(sgis_and_dir_are_el2s_business),
		PE_TEST(wrong_accesses_are_undefined),
		PE_TEST(maintenance_ends_the_run),
		PE_TEST(eoicount_goes_on_from_run_to_run),
		PE_TEST(without_en_there_are_no_interrupts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
