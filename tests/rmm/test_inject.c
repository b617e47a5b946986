/* SPDX-License-Identifier: BSD-3-Clause */
/* Exceptions injected into EL1: vectors, PSTATE, syndromes, a rule a test. */
#include <string.h>

#include "realm_kit.h"
#include "rmm/inject.h"

#define VBAR 0xffff800010000800ull
#define PC 0x40001234ull
#define DABT_ESR KIT_ESR(ESR_EC_DATA_ABORT_LOWER, FSC_TRANSLATION | 3)

static struct pe pe;

static int setup(void **state)
{
	(void)state;
	fake_reset();
	memset(&pe, 0, sizeof(pe));
	pe.pc = PC;
	pe.pstate = PSTATE_EL1H;
	pe.sysreg[PE_VBAR_EL1] = VBAR;
	pe.sysreg[PE_SCTLR_EL1] = SCTLR_EL1_RESET;
	return 0;
}

static void vectors_depend_on_where_it_comes_from(void **state)
{
	static const struct {
		uint64_t pstate;
		uint64_t offset;
	} rows[] = {
		{ PSTATE_EL1T, 0x000 },
		{ PSTATE_EL1H, 0x200 },
		{ PSTATE_EL0T, 0x400 },
		{ PSTATE_AARCH32, 0x600 },
		{ PSTATE_AARCH32 | BIT_ULL(5), 0x600 }, /* T32 */
	};

	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		setup(state);
		pe.pstate = rows[i].pstate;
		inject_undef(&pe);
		assert_int_equal(pe.pc, VBAR + rows[i].offset);
		assert_int_equal(pe.sysreg[PE_SPSR_EL1], rows[i].pstate);
		assert_int_equal(pe.sysreg[PE_ELR_EL1], PC);
	}
}

static void pstate_is_that_of_a_new_exception(void **state)
{
	(void)state;
	inject_undef(&pe);
	assert_int_equal(pe.pstate, PSTATE_EL1H | PSTATE_DAIF);
}

static void nzcv_dit_and_pan_are_kept(void **state)
{
	uint64_t kept = PSTATE_NZCV | PSTATE_DIT | PSTATE_PAN;

	(void)state;
	pe.pstate = PSTATE_EL0T | kept;
	inject_undef(&pe);
	assert_int_equal(pe.pstate, PSTATE_EL1H | PSTATE_DAIF | kept);
}

/* UAO, SS, IL, BTYPE, SSBS, TCO, ALLINT, whatever they were. */
static void everything_else_is_cleared(void **state)
{
	(void)state;
	pe.pstate = PSTATE_EL1H | BIT_ULL(25) | BIT_ULL(23) | BIT_ULL(21) |
		    BIT_ULL(20) | BIT_ULL(13) | PSTATE_SSBS | 3 << 10;
	inject_undef(&pe);
	assert_int_equal(pe.pstate, PSTATE_EL1H | PSTATE_DAIF);
}

static void span_zero_sets_pan(void **state)
{
	(void)state;
	pe.sysreg[PE_SCTLR_EL1] &= ~SCTLR_SPAN;
	inject_undef(&pe);
	assert_int_equal(pe.pstate, PSTATE_EL1H | PSTATE_DAIF | PSTATE_PAN);
}

static void dssbs_becomes_ssbs(void **state)
{
	(void)state;
	pe.sysreg[PE_SCTLR_EL1] |= SCTLR_DSSBS;
	inject_undef(&pe);
	assert_int_equal(pe.pstate, PSTATE_EL1H | PSTATE_DAIF | PSTATE_SSBS);
}

static void undef_says_unknown_and_leaves_far(void **state)
{
	(void)state;
	pe.sysreg[PE_FAR_EL1] = 0x77;
	inject_undef(&pe);
	assert_int_equal(pe.sysreg[PE_ESR_EL1], ESR_IL);
	assert_int_equal(pe.sysreg[PE_FAR_EL1], 0x77);
}

static void sea_class_says_whether_it_comes_from_el1(void **state)
{
	static const struct {
		uint64_t ec;
		uint64_t pstate;
		uint64_t want;
	} rows[] = {
		{ ESR_EC_DATA_ABORT_LOWER, PSTATE_EL0T, 0x24 },
		{ ESR_EC_DATA_ABORT_LOWER, PSTATE_EL1T, 0x25 },
		{ ESR_EC_DATA_ABORT_LOWER, PSTATE_EL1H, 0x25 },
		{ ESR_EC_DATA_ABORT_LOWER, PSTATE_AARCH32, 0x24 },
		{ ESR_EC_INST_ABORT_LOWER, PSTATE_EL0T, 0x20 },
		{ ESR_EC_INST_ABORT_LOWER, PSTATE_EL1H, 0x21 },
	};

	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		setup(state);
		pe.pstate = rows[i].pstate;
		inject_sea(&pe, KIT_ESR(rows[i].ec, FSC_TRANSLATION), 0);
		assert_int_equal(FIELD_GET(ESR_EC, pe.sysreg[PE_ESR_EL1]),
				 rows[i].want);
	}
}

static void sea_is_external_at_the_address_of_the_access(void **state)
{
	(void)state;
	inject_sea(&pe, DABT_ESR | ESR_ABORT_FNV | ESR_ABORT_S1PTW,
		   0xffff000000001238);
	assert_int_equal(pe.sysreg[PE_ESR_EL1],
			 KIT_ESR(ESR_EC_DATA_ABORT,
				 ESR_ABORT_EA | FSC_EXTERNAL));
	assert_int_equal(pe.sysreg[PE_FAR_EL1], 0xffff000000001238);
	assert_int_equal(pe.sysreg[PE_ELR_EL1], PC);
}

static void sea_keeps_the_rest_of_the_syndrome(void **state)
{
	uint64_t kept = ESR_ABORT_ISV | ESR_ABORT_SAS | ESR_ABORT_SRT |
			ESR_ABORT_SF | ESR_ABORT_WNR | ESR_ABORT_CM;

	(void)state;
	inject_sea(&pe, DABT_ESR | kept, 0);
	assert_int_equal(pe.sysreg[PE_ESR_EL1],
			 KIT_ESR(ESR_EC_DATA_ABORT,
				 ESR_ABORT_EA | FSC_EXTERNAL | kept));
}

static void general_registers_are_untouched(void **state)
{
	uint64_t x[31];

	(void)state;
	for (unsigned int i = 0; i < 31; i++)
		pe.x[i] = ~0ull << i;
	memcpy(x, pe.x, sizeof(x));
	inject_sea(&pe, DABT_ESR, 0);
	inject_undef(&pe);
	assert_memory_equal(pe.x, x, sizeof(x));
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(vectors_depend_on_where_it_comes_from),
		CASE(pstate_is_that_of_a_new_exception),
		CASE(nzcv_dit_and_pan_are_kept),
		CASE(everything_else_is_cleared),
		CASE(span_zero_sets_pan),
		CASE(dssbs_becomes_ssbs),
		CASE(undef_says_unknown_and_leaves_far),
		CASE(sea_class_says_whether_it_comes_from_el1),
		CASE(sea_is_external_at_the_address_of_the_access),
		CASE(sea_keeps_the_rest_of_the_syndrome),
		CASE(general_registers_are_untouched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
