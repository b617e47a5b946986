/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A PE's state lives with its REC: what goes in comes out, and what another PE
 * did meanwhile leaves no trace.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/sim/insn.h"
#include "tests/sim/realm.h"

#define SP_EL0 SYSREG(3, 0, 4, 1, 0)
#define TPIDR_EL1 SYSREG(3, 0, 13, 0, 4)
#define MPIDR_EL1 SYSREG(3, 0, 0, 0, 5)

static struct realm realm, other;

/* Registers that a Cortex-A72 has as constants, or with fields of its own. */
static bool is_fixed(unsigned int sysreg)
{
	switch (sysreg) {
	case PE_ACTLR_EL1:
	case PE_AFSR0_EL1:
	case PE_AFSR1_EL1:
	case PE_AMAIR_EL1:
	case PE_SCTLR_EL1:
	case PE_CSSELR_EL1:
		return true;
	}
	return false;
}

static int setup(void **state)
{
	start_machine(state);
	realm_init(&realm, 0);
	realm_init(&other, 1);
	return 0;
}

static void fill(struct realm *r, uint64_t seed)
{
	for (unsigned int i = 0; i < 31; i++)
		r->pe.x[i] = seed * 0x0101010101010101 + i;
	for (unsigned int i = 0; i < 32; i++) {
		r->simd.v[i][0] = seed << 32 | i;
		r->simd.v[i][1] = seed << 40 | i;
	}
	for (unsigned int i = 0; i < PE_SYSREGS; i++) {
		if (!is_fixed(i))
			r->pe.sysreg[i] = (seed << 12) + (i << 16);
	}
	r->pe.sysreg[PE_VBAR_EL1] = VECTORS_IPA;
	r->pe.sysreg[PE_CPACR_EL1] = 3 << 20;
	r->pe.sysreg[PE_TCR_EL1] = 0;
	/* Of the timers' controls there are two bits. */
	r->pe.sysreg[PE_CNTP_CTL_EL0] = CNT_CTL_IMASK;
	r->pe.sysreg[PE_CNTV_CTL_EL0] = seed & CNT_CTL_IMASK;
	r->simd.fpcr = 1 << 22;
	r->simd.fpsr = 1 << 27;
}

static void smc_changes_nothing_but_the_exit(void **state)
{
	struct realm before;

	(void)state;
	fill(&realm, 0x5a);
	REALM_CODE(&realm, CODE_IPA, INSN_SMC(0));
	realm.pe.pstate = PSTATE_EL1H | PSTATE_NZCV | PSTATE_DAIF;
	before = realm;
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_memory_equal(&realm.pe, &before.pe, sizeof(realm.pe));
	assert_memory_equal(&realm.simd, &before.simd, sizeof(realm.simd));
}

static void state_survives_another_pe(void **state)
{
	struct realm before;

	(void)state;
	fill(&realm, 0x5a);
	fill(&other, 0xa5);
	REALM_CODE(&realm, CODE_IPA, INSN_SMC(0));
	REALM_CODE(&other, CODE_IPA, INSN_SMC(0));
	/* Two RECs of one realm: one VMID, one engine. */
	other.regime.vttbr_el2 = (other.regime.vttbr_el2 & VTTBR_BADDR) |
				 (realm.regime.vttbr_el2 & VTTBR_VMID);
	before = realm;
	realm_run(&realm);
	realm_run(&other);
	realm_run(&realm);
	assert_memory_equal(&realm.pe, &before.pe, sizeof(realm.pe));
	assert_memory_equal(&realm.simd, &before.simd, sizeof(realm.simd));
}

static void program_sees_its_registers(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_MRS(0, TPIDR_EL1),
		   INSN_MRS(1, SP_EL0), INSN_MOV_X2_SP,
		   INSN_MRS(3, MPIDR_EL1),
		   0x9e660104, /* fmov x4, d8 */
		   INSN_SMC(0));
	realm.pe.sysreg[PE_CPACR_EL1] = 3 << 20;
	realm.pe.sysreg[PE_TPIDR_EL1] = 0x1234;
	realm.pe.sysreg[PE_SP_EL0] = 0xe10;
	realm.pe.sysreg[PE_SP_EL1] = 0xe110;
	realm.simd.v[8][0] = 0x8888;
	realm.regime.vmpidr_el2 = MPIDR_RES1 | 0x10203;
	realm_run(&realm);
	assert_int_equal(realm.pe.x[0], 0x1234);
	assert_int_equal(realm.pe.x[1], 0xe10);
	assert_int_equal(realm.pe.x[2], 0xe110);
	assert_int_equal(realm.pe.x[3], MPIDR_RES1 | 0x10203);
	assert_int_equal(realm.pe.x[4], 0x8888);
}

static void what_a_program_writes_comes_out(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_MSR(TPIDR_EL1, 9),
		   INSN_MSR(SP_EL0, 10),
		   0x9100017f, /* mov sp, x11 */
		   0x9e670183, /* fmov d3, x12 */
		   0xeb09013f, /* cmp x9, x9 */
		   INSN_SMC(0));
	realm.pe.sysreg[PE_CPACR_EL1] = 3 << 20;
	for (unsigned int i = 9; i < 13; i++)
		realm.pe.x[i] = 0x1000 * i;
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_int_equal(realm.pe.sysreg[PE_TPIDR_EL1], 0x9000);
	assert_int_equal(realm.pe.sysreg[PE_SP_EL0], 0xa000);
	assert_int_equal(realm.pe.sysreg[PE_SP_EL1], 0xb000);
	assert_int_equal(realm.simd.v[3][0], 0xc000);
	assert_int_equal(realm.pe.pstate & PSTATE_NZCV, 6ull << 28);
}

static void stack_pointer_of_el1t_is_sp_el0(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, 0x9100017f /* mov sp, x11 */,
		   INSN_SMC(0));
	realm.pe.pstate = PSTATE_DAIF | PSTATE_EL1T;
	realm.pe.sysreg[PE_SP_EL1] = 0x1111000;
	realm.pe.x[11] = 0xb000;
	realm_run(&realm);
	assert_int_equal(realm.pe.sysreg[PE_SP_EL0], 0xb000);
	assert_int_equal(realm.pe.sysreg[PE_SP_EL1], 0x1111000);
}

static void id_registers_are_those_of_the_engine(void **state)
{
	(void)state;
	realm.regime.hcr_el2 &= ~HCR_TID3;
	for (unsigned int crm = 1; crm < 8; crm++) {
		for (unsigned int op2 = 0; op2 < 8; op2++) {
			uint32_t id = SYSREG(3, 0, 0, crm, op2);

			/* ID_AFR0_EL1, and encodings that v8.0 leaves free. */
			if ((crm == 1 && op2 == 3) || (crm == 2 && op2 > 5))
				continue;
			REALM_CODE(&realm, CODE_IPA, INSN_MRS(0, id),
				   INSN_SMC(0));
			realm.pe.pc = CODE_IPA;
			realm_run(&realm);
			assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
			assert_int_equal(realm.pe.pc, CODE_IPA + 4);
			assert_int_equal(realm.pe.x[0], plat_id_register(id));
		}
	}
}

static void features_are_those_of_the_engine(void **state)
{
	uint64_t dfr0 = plat_id_register(SYSREG(3, 0, 0, 5, 0));
	struct plat_features features;

	(void)state;
	plat_features(&features);
	assert_int_equal(features.num_bps, ((dfr0 >> 12) & 15) + 1);
	assert_int_equal(features.num_wps, ((dfr0 >> 20) & 15) + 1);
	assert_int_equal(features.ipa_bits, 44);
	assert_int_equal(features.cpus, 4);
}

#define PE_TEST(test) cmocka_unit_test_setup_teardown(test, setup, stop_machine)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PE_TEST(smc_changes_nothing_but_the_exit),
		PE_TEST(state_survives_another_pe),
		PE_TEST(program_sees_its_registers),
		PE_TEST(what_a_program_writes_comes_out),
		PE_TEST(stack_pointer_of_el1t_is_sp_el0),
		PE_TEST(id_registers_are_those_of_the_engine),
		PE_TEST(features_are_those_of_the_engine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
