/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Exceptions that a PE takes to EL1 itself, as an operating system sees them:
 * vector, syndrome, return address, stack pointer, and the way back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/sim/insn.h"
#include "tests/sim/realm.h"

#define VECTOR_EL1T 0x000
#define VECTOR_EL1H 0x200
#define VECTOR_EL0 0x400
#define HANDLER_IMM 0x700 /* of the SMC in a vector, plus vector >> 7 */

#define EC_BRK 0x3c
#define EC_PC_ALIGN 0x22
#define FSC_ALIGNMENT 0x21

#define SPSR_EL1 SYSREG(3, 0, 4, 0, 0)
#define ELR_EL1 SYSREG(3, 0, 4, 0, 1)
#define CURRENT_EL SYSREG(3, 0, 4, 2, 2)
#define SCTLR_EL1 SYSREG(3, 0, 1, 0, 0)
#define SCXTNUM_EL1 SYSREG(3, 0, 13, 0, 7)

static struct realm realm;

/*
 * Every vector shows CurrentEL in x14 and SP in x15, calls out with its own
 * number, and returns.
 */
static int setup(void **state)
{
	start_machine(state);
	realm_init(&realm, 0);
	for (unsigned int v = 0; v < 0x800; v += 0x80)
		REALM_CODE(&realm, VECTORS_IPA + v, INSN_MRS(14, CURRENT_EL),
			   INSN_MOV_X15_SP, INSN_SMC(HANDLER_IMM + (v >> 7)),
			   INSN_ERET);
	realm.pe.sysreg[PE_SP_EL1] = 0x1111000;
	realm.pe.sysreg[PE_SP_EL0] = 0x2222000;
	return 0;
}

static void expect_smc(unsigned int imm)
{
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_int_equal(realm_iss(&realm), imm);
}

/* The exception is in the handler of @vector, at EL1h. */
static void expect_taken(unsigned int vector, uint64_t elr, unsigned int ec)
{
	const uint64_t *sysreg = realm.pe.sysreg;

	expect_smc(HANDLER_IMM + (vector >> 7));
	assert_int_equal(realm.pe.pc, VECTORS_IPA + vector + 8);
	assert_int_equal(realm.pe.x[14], 1 << 2);
	assert_int_equal(realm.pe.x[15], 0x1111000);
	assert_int_equal(realm.pe.pstate & (PSTATE_DAIF | PSTATE_MODE),
			 PSTATE_DAIF | PSTATE_EL1H);
	assert_int_equal(sysreg[PE_ELR_EL1], elr);
	assert_int_equal(FIELD_GET(ESR_EC, sysreg[PE_ESR_EL1]), ec);
}

static void resume(void)
{
	realm.pe.pc += 4;
	realm_run(&realm);
}

static void svc_at_el1h_is_taken_and_returns(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_SVC(0x1234), INSN_SMC(1));
	realm.pe.pstate = PSTATE_EL1H | PSTATE_N;
	realm_run(&realm);
	expect_taken(VECTOR_EL1H, CODE_IPA + 4, ESR_EC_SVC64);
	assert_int_equal(realm.pe.sysreg[PE_ESR_EL1] & ESR_ISS, 0x1234);
	assert_int_equal(realm.pe.sysreg[PE_SPSR_EL1],
			 PSTATE_EL1H | PSTATE_N);
	assert_true(realm.pe.pstate & PSTATE_N);
	resume();
	expect_smc(1);
	assert_int_equal(realm.pe.pc, CODE_IPA + 4);
	assert_int_equal(realm.pe.pstate, PSTATE_EL1H | PSTATE_N);
}

static void svc_at_el1t_uses_the_first_vectors(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_SVC(7), INSN_MOV_X2_SP, INSN_SMC(1));
	realm.pe.pstate = PSTATE_EL1T;
	realm_run(&realm);
	expect_taken(VECTOR_EL1T, CODE_IPA + 4, ESR_EC_SVC64);
	resume();
	expect_smc(1);
	assert_int_equal(realm.pe.x[2], 0x2222000);
	assert_int_equal(realm.pe.pstate & PSTATE_MODE, PSTATE_EL1T);
}

static void svc_at_el0_is_taken_and_returns(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_SVC(7), INSN_MOV_X2_SP, INSN_SVC(8));
	realm.pe.pstate = PSTATE_EL0T;
	realm_run(&realm);
	expect_taken(VECTOR_EL0, CODE_IPA + 4, ESR_EC_SVC64);
	assert_int_equal(realm.pe.sysreg[PE_SPSR_EL1] & PSTATE_MODE,
			 PSTATE_EL0T);
	resume();
	expect_taken(VECTOR_EL0, CODE_IPA + 12, ESR_EC_SVC64);
	assert_int_equal(realm.pe.sysreg[PE_ESR_EL1] & ESR_ISS, 8);
	assert_int_equal(realm.pe.x[2], 0x2222000);
}

static void eret_to_el0_drops_privilege(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_MSR(ELR_EL1, 0),
		   INSN_MSR(SPSR_EL1, 31), INSN_ERET, INSN_NOP,
		   INSN_MRS(1, SCTLR_EL1));
	realm.pe.x[0] = CODE_IPA + 16;
	realm_run(&realm);
	expect_taken(VECTOR_EL0, CODE_IPA + 16, ESR_EC_UNKNOWN);
}

static void smc_at_el0_is_undefined(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_SMC(0));
	realm.pe.pstate = PSTATE_EL0T;
	realm_run(&realm);
	expect_taken(VECTOR_EL0, CODE_IPA, ESR_EC_UNKNOWN);
}

static void undefined_instruction_is_taken(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_UDF);
	realm_run(&realm);
	expect_taken(VECTOR_EL1H, CODE_IPA, ESR_EC_UNKNOWN);
	assert_int_equal(realm.pe.sysreg[PE_ESR_EL1], ESR_IL);
}

static void unknown_register_is_undefined(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_MRS(0, SCXTNUM_EL1));
	realm_run(&realm);
	expect_taken(VECTOR_EL1H, CODE_IPA, ESR_EC_UNKNOWN);
}

static void breakpoint_instruction_is_taken(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_BRK(5));
	realm_run(&realm);
	expect_taken(VECTOR_EL1H, CODE_IPA, EC_BRK);
	assert_int_equal(realm.pe.sysreg[PE_ESR_EL1] & ESR_ISS, 5);
}

static void misaligned_exclusive_is_an_alignment_fault(void **state)
{
	const uint64_t *sysreg = realm.pe.sysreg;

	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_LDXR_X1_X0);
	realm.pe.x[0] = DATA_IPA + 3;
	realm_run(&realm);
	expect_taken(VECTOR_EL1H, CODE_IPA, ESR_EC_DATA_ABORT);
	assert_int_equal(sysreg[PE_ESR_EL1] & ESR_ABORT_FSC, FSC_ALIGNMENT);
	assert_int_equal(sysreg[PE_FAR_EL1], DATA_IPA + 3);
}

static void misaligned_pc_is_taken(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_BR_X0);
	realm.pe.x[0] = CODE_IPA + 2;
	realm_run(&realm);
	expect_taken(VECTOR_EL1H, CODE_IPA + 2, EC_PC_ALIGN);
	assert_int_equal(realm.pe.sysreg[PE_FAR_EL1], CODE_IPA + 2);
}

static void far_survives_what_is_no_abort(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_SVC(0));
	realm.pe.sysreg[PE_FAR_EL1] = 0x1234567;
	realm_run(&realm);
	expect_taken(VECTOR_EL1H, CODE_IPA + 4, ESR_EC_SVC64);
	assert_int_equal(realm.pe.sysreg[PE_FAR_EL1], 0x1234567);
}

/*
 * Stage 1 on: VA 0x40000000 and up is itself, 0xffffff8040000000 and up is the
 * same once more, and there is nothing else.
 */
#define HIGH 0xffffff8000000000ull
#define S1_BLOCK (1ull | 1ull << 10 | 3ull << 8) /* valid, AF, inner */
#define S1_EL0 (1ull << 6)
#define TCR_39_BITS \
	(25ull | 25ull << 16 | 2ull << 30 | 4ull << 32 | 3ull << 12 | \
	 3ull << 28)

static void stage1_on(void)
{
	uint64_t *low = realm_at(&realm, S1_IPA);
	uint64_t *high = realm_at(&realm, S1_IPA + 0x1000);

	low[1] = 0x40000000 | S1_BLOCK;
	high[1] = 0x40000000 | S1_BLOCK;
	realm.pe.sysreg[PE_TTBR0_EL1] = S1_IPA;
	realm.pe.sysreg[PE_TTBR1_EL1] = S1_IPA + 0x1000;
	realm.pe.sysreg[PE_TCR_EL1] = TCR_39_BITS;
	realm.pe.sysreg[PE_MAIR_EL1] = 0xff;
	realm.pe.sysreg[PE_SCTLR_EL1] |= 1;
}

static void stage1_translates_from_the_first_instruction(void **state)
{
	(void)state;
	stage1_on();
	*(uint64_t *)realm_at(&realm, DATA_IPA) = 0xabcd;
	REALM_CODE(&realm, CODE_IPA, INSN_LDR_X5_X0, INSN_SMC(1));
	realm.pe.pc = HIGH | CODE_IPA;
	realm.pe.x[0] = HIGH | DATA_IPA;
	realm_run(&realm);
	expect_smc(1);
	assert_int_equal(realm.pe.pc, (HIGH | CODE_IPA) + 4);
	assert_int_equal(realm.pe.x[5], 0xabcd);
}

static void stage1_fault_is_taken_to_el1(void **state)
{
	const uint64_t *sysreg = realm.pe.sysreg;

	(void)state;
	stage1_on();
	REALM_CODE(&realm, CODE_IPA, INSN_STR_X5_X0);
	realm.pe.x[0] = 0x81234560;
	realm_run(&realm);
	expect_taken(VECTOR_EL1H, CODE_IPA, ESR_EC_DATA_ABORT);
	assert_int_equal(sysreg[PE_ESR_EL1] & (ESR_ABORT_FSC | ESR_ABORT_WNR),
			 FSC_TRANSLATION | 1 | ESR_ABORT_WNR);
	assert_int_equal(sysreg[PE_FAR_EL1], 0x81234560);
}

static void stage1_fault_at_el0_is_a_lower_el_abort(void **state)
{
	uint64_t *low;

	(void)state;
	stage1_on();
	/* Executable at EL0 means not at EL1: the vectors go high. */
	low = realm_at(&realm, S1_IPA);
	low[1] |= S1_EL0;
	realm.pe.sysreg[PE_VBAR_EL1] = HIGH | VECTORS_IPA;
	REALM_CODE(&realm, CODE_IPA, INSN_LDR_X5_X0);
	realm.pe.x[0] = HIGH | DATA_IPA;
	realm.pe.pstate = PSTATE_EL0T;
	realm_run(&realm);
	expect_smc(HANDLER_IMM + (VECTOR_EL0 >> 7));
	assert_int_equal(FIELD_GET(ESR_EC, realm.pe.sysreg[PE_ESR_EL1]),
			 ESR_EC_DATA_ABORT_LOWER);
	assert_int_equal(realm.pe.sysreg[PE_FAR_EL1], HIGH | DATA_IPA);
}

static void stage2_fault_under_stage1_has_va_and_ipa(void **state)
{
	(void)state;
	stage1_on();
	REALM_CODE(&realm, CODE_IPA, INSN_LDR_X5_X0);
	realm.pe.x[0] = (HIGH | HOLE_IPA) + 0x20;
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_DATA_ABORT_LOWER);
	assert_true(realm.exit.esr & ESR_ABORT_ISV);
	assert_int_equal(realm.exit.far, (HIGH | HOLE_IPA) + 0x20);
	assert_int_equal(realm.exit.hpfar, IPA_TO_HPFAR(HOLE_IPA));
}

static void stage2_fault_of_a_stage1_walk_says_so(void **state)
{
	(void)state;
	stage1_on();
	REALM_CODE(&realm, CODE_IPA, INSN_LDR_X5_X0);
	realm.pe.sysreg[PE_TTBR1_EL1] = HOLE_IPA;
	realm.pe.x[0] = HIGH | DATA_IPA;
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_DATA_ABORT_LOWER);
	assert_true(realm.exit.esr & ESR_ABORT_S1PTW);
	assert_false(realm.exit.esr & ESR_ABORT_ISV);
	assert_int_equal(realm.exit.hpfar, IPA_TO_HPFAR(HOLE_IPA));
}

/* Where no memory can be: the same, but a part of it is beyond the engine. */
static void top_of_the_address_space_faults(void **state)
{
	static const struct {
		uint32_t insn;
		unsigned int ec;
		uint64_t wnr;
	} rows[] = {
		{ INSN_LDR_X5_X0, ESR_EC_DATA_ABORT, 0 },
		{ INSN_STR_X5_X0, ESR_EC_DATA_ABORT, ESR_ABORT_WNR },
		{ INSN_BR_X0, ESR_EC_INST_ABORT, 0 },
	};
	static const uint64_t tops[] = { 0xfffffffffffffff0,
					 0xffffffffffffe000 };
	const uint64_t *sysreg = realm.pe.sysreg;

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		unsigned int ec = rows[i / 2].ec;

		REALM_CODE(&realm, CODE_IPA, INSN_NOP, rows[i / 2].insn);
		realm.pe.pc = CODE_IPA;
		realm.pe.x[0] = tops[i % 2];
		realm.pe.x[5] = 0x5555;
		realm_run(&realm);
		expect_taken(VECTOR_EL1H,
			     ec == ESR_EC_INST_ABORT ? tops[i % 2] :
						       CODE_IPA + 4, ec);
		assert_int_equal(sysreg[PE_FAR_EL1], tops[i % 2]);
		assert_int_equal(sysreg[PE_ESR_EL1] & ESR_ABORT_WNR,
				 rows[i / 2].wnr);
		assert_int_equal(sysreg[PE_ESR_EL1] & ESR_ABORT_FSC,
				 FSC_ADDRESS_SIZE);
		assert_int_equal(realm.pe.x[5], 0x5555);
	}
}

static void many_exceptions_in_one_run(void **state)
{
	static const uint32_t handler[] = { INSN_ADD_X5_1, INSN_ERET };

	(void)state;
	realm_code(&realm, VECTORS_IPA + VECTOR_EL0, handler, 2);
	REALM_CODE(&realm, CODE_IPA, INSN_SVC(0),
		   0xf1000442, /* subs x2, x2, #1 */
		   0x54ffffc1, /* b.ne CODE_IPA */
		   INSN_LDR_X5_X0);
	realm.pe.pstate = PSTATE_EL0T;
	realm.pe.x[0] = HOLE_IPA;
	realm.pe.x[2] = 1000;
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_DATA_ABORT_LOWER);
	assert_int_equal(realm.pe.x[5], 1000);
}

#define PE_TEST(test) cmocka_unit_test_setup_teardown(test, setup, stop_machine)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PE_TEST(svc_at_el1h_is_taken_and_returns),
		PE_TEST(svc_at_el1t_uses_the_first_vectors),
		PE_TEST(svc_at_el0_is_taken_and_returns),
		PE_TEST(eret_to_el0_drops_privilege),
		PE_TEST(smc_at_el0_is_undefined),
		PE_TEST(undefined_instruction_is_taken),
		PE_TEST(unknown_register_is_undefined),
		PE_TEST(breakpoint_instruction_is_taken),
		PE_TEST(misaligned_exclusive_is_an_alignment_fault),
		PE_TEST(misaligned_pc_is_taken),
		PE_TEST(far_survives_what_is_no_abort),
		PE_TEST(stage1_translates_from_the_first_instruction),
		PE_TEST(stage1_fault_is_taken_to_el1),
		PE_TEST(stage1_fault_at_el0_is_a_lower_el_abort),
		PE_TEST(stage2_fault_under_stage1_has_va_and_ipa),
		PE_TEST(stage2_fault_of_a_stage1_walk_says_so),
		PE_TEST(top_of_the_address_space_faults),
		PE_TEST(many_exceptions_in_one_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
