/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What ends a PE's run, and what EL2 is told: stage 2 aborts, calls, WFI,
 * trapped registers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/sim/insn.h"
#include "tests/sim/realm.h"

#define FSC_TRANSLATION_3 (FSC_TRANSLATION | 3)
#define FSC_PERMISSION_3 (FSC_PERMISSION | 3)

#define ID_AA64PFR0_EL1 SYSREG(3, 0, 0, 4, 0)
#define MDSCR_EL1 SYSREG(2, 0, 0, 2, 2)
#define PMCR_EL0 SYSREG(3, 3, 9, 12, 0)

static struct realm realm;

static int setup(void **state)
{
	start_machine(state);
	realm_init(&realm, 0);
	return 0;
}

static void run_insn(uint32_t word)
{
	REALM_CODE(&realm, CODE_IPA, word, INSN_SMC(0x99));
	realm.pe.pc = CODE_IPA;
	realm_run(&realm);
}

/* An abort of an access at HOLE_IPA + 0x18, whose ISS is @iss but for FSC. */
static void expect_data_abort(uint32_t word, uint32_t iss)
{
	realm.pe.x[0] = HOLE_IPA + 0x18;
	run_insn(word);
	assert_int_equal(realm_ec(&realm), ESR_EC_DATA_ABORT_LOWER);
	assert_true(realm.exit.esr & ESR_IL);
	assert_int_equal(realm_iss(&realm), iss | FSC_TRANSLATION_3);
	assert_int_equal(realm.exit.far, HOLE_IPA + 0x18);
	assert_int_equal(realm.exit.hpfar, IPA_TO_HPFAR(HOLE_IPA));
	assert_int_equal(realm.pe.pc, CODE_IPA);
	assert_int_equal(realm.pe.x[0], HOLE_IPA + 0x18);
}

#define ISV ((uint32_t)ESR_ABORT_ISV)
#define SAS(n) ((uint32_t)(n) << 22)
#define SSE ((uint32_t)ESR_ABORT_SSE)
#define SRT(n) ((uint32_t)(n) << 16)
#define SF ((uint32_t)ESR_ABORT_SF)
#define WNR ((uint32_t)ESR_ABORT_WNR)

#define DATA_ABORT(test, word, iss) \
	static void test(void **state) \
	{ \
		(void)state; \
		expect_data_abort(word, iss); \
	}

DATA_ABORT(ldr_x_aborts, 0xf9400005, ISV | SAS(3) | SRT(5) | SF)
DATA_ABORT(ldr_w_aborts, 0xb9400005, ISV | SAS(2) | SRT(5))
DATA_ABORT(ldrb_aborts, 0x39400003, ISV | SAS(0) | SRT(3))
DATA_ABORT(ldrh_aborts, 0x79400003, ISV | SAS(1) | SRT(3))
DATA_ABORT(ldrsb_x_aborts, 0x39800006, ISV | SAS(0) | SSE | SRT(6) | SF)
DATA_ABORT(ldrsb_w_aborts, 0x39c00006, ISV | SAS(0) | SSE | SRT(6))
DATA_ABORT(ldrsh_x_aborts, 0x79800007, ISV | SAS(1) | SSE | SRT(7) | SF)
DATA_ABORT(ldrsw_aborts, 0xb9800006, ISV | SAS(2) | SSE | SRT(6) | SF)
DATA_ABORT(str_x_aborts, 0xf9000005, ISV | SAS(3) | SRT(5) | SF | WNR)
DATA_ABORT(str_w_aborts, 0xb9000005, ISV | SAS(2) | SRT(5) | WNR)
DATA_ABORT(strb_aborts, 0x39000004, ISV | SAS(0) | SRT(4) | WNR)
DATA_ABORT(strh_aborts, 0x79000004, ISV | SAS(1) | SRT(4) | WNR)
DATA_ABORT(str_xzr_aborts, 0xf900001f, ISV | SAS(3) | SRT(31) | SF | WNR)
DATA_ABORT(ldp_has_no_syndrome, 0xa9401805, 0)
DATA_ABORT(stp_has_no_syndrome, 0xa9001805, WNR)
DATA_ABORT(ldr_q_has_no_syndrome, 0x3dc00001, 0)

static void store_to_read_only_page_is_a_permission_fault(void **state)
{
	(void)state;
	realm_map_to(&realm, DATA_IPA, realm_pa(&realm, DATA_IPA), S2_READ);
	realm.pe.x[0] = DATA_IPA + 8;
	run_insn(INSN_STR_X5_X0);
	assert_int_equal(realm_ec(&realm), ESR_EC_DATA_ABORT_LOWER);
	assert_int_equal(realm_iss(&realm), ISV | SAS(3) | SRT(5) | SF | WNR |
						    FSC_PERMISSION_3);
	assert_int_equal(realm.exit.far, DATA_IPA + 8);
}

static void load_from_write_only_page_is_a_permission_fault(void **state)
{
	(void)state;
	realm_map_to(&realm, DATA_IPA, realm_pa(&realm, DATA_IPA), S2_WRITE);
	realm.pe.x[0] = DATA_IPA;
	run_insn(INSN_LDR_X5_X0);
	assert_int_equal(realm_ec(&realm), ESR_EC_DATA_ABORT_LOWER);
	assert_int_equal(realm_iss(&realm) & ESR_ABORT_FSC, FSC_PERMISSION_3);
}

static void fetch_from_hole_aborts(void **state)
{
	(void)state;
	realm.pe.x[0] = HOLE_IPA + 0x40;
	run_insn(INSN_BR_X0);
	assert_int_equal(realm_ec(&realm), ESR_EC_INST_ABORT_LOWER);
	assert_int_equal(realm_iss(&realm), FSC_TRANSLATION_3);
	assert_int_equal(realm.exit.far, HOLE_IPA + 0x40);
	assert_int_equal(realm.exit.hpfar, IPA_TO_HPFAR(HOLE_IPA));
	assert_int_equal(realm.pe.pc, HOLE_IPA + 0x40);
}

static void fetch_from_xn_page_is_a_permission_fault(void **state)
{
	(void)state;
	realm.pe.x[0] = DATA_IPA;
	run_insn(INSN_BR_X0);
	assert_int_equal(realm_ec(&realm), ESR_EC_INST_ABORT_LOWER);
	assert_int_equal(realm_iss(&realm), FSC_PERMISSION_3);
	assert_int_equal(realm.pe.pc, DATA_IPA);
}

static void fault_level_is_that_of_the_walk(void **state)
{
	static const struct {
		uint64_t ipa;
		unsigned int level;
	} rows[] = {
		{ 0x7f00000000, 1 }, /* no level 2 table */
		{ 0x40200000, 2 }, /* no level 3 table */
		{ HOLE_IPA, 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		realm.pe.x[0] = rows[i].ipa;
		run_insn(INSN_LDR_X5_X0);
		assert_int_equal(realm_ec(&realm), ESR_EC_DATA_ABORT_LOWER);
		assert_int_equal(realm_iss(&realm) & ESR_ABORT_FSC,
				 FSC_TRANSLATION | rows[i].level);
		assert_int_equal(realm.exit.hpfar, IPA_TO_HPFAR(rows[i].ipa));
	}
}

static void abort_is_retried_after_the_page_is_mapped(void **state)
{
	(void)state;
	realm.pe.x[0] = HOLE_IPA + 0x18;
	run_insn(INSN_LDR_X5_X0);
	assert_int_equal(realm_ec(&realm), ESR_EC_DATA_ABORT_LOWER);
	realm_map(&realm, HOLE_IPA, S2_READ);
	*(uint64_t *)realm_at(&realm, HOLE_IPA + 0x18) = 0xc0ffee;
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_int_equal(realm.pe.x[5], 0xc0ffee);
}

static void loads_and_stores_reach_the_mapped_page(void **state)
{
	(void)state;
	*(uint64_t *)realm_at(&realm, DATA_IPA) = 0x1122334455667788;
	REALM_CODE(&realm, CODE_IPA, INSN_LDR_X5_X0,
		   0xf9000405, /* str x5, [x0, #8] */
		   INSN_SMC(0));
	realm.pe.x[0] = DATA_IPA;
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_int_equal(realm.pe.x[5], 0x1122334455667788);
	assert_int_equal(*(uint64_t *)realm_at(&realm, DATA_IPA + 8),
			 0x1122334455667788);
}

static void ipa_space_of_44_bits_from_level_0(void **state)
{
	uint64_t level0 = realm.next_pa;
	uint64_t *table = plat_realm_view(level0);

	(void)state;
	realm.next_pa += 4096;
	table[0] = realm.root | 3;
	realm.regime.vttbr_el2 = level0 | FIELD_PREP(VTTBR_VMID, 1);
	realm.regime.vtcr_el2 &= ~(VTCR_SL0 | VTCR_T0SZ);
	realm.regime.vtcr_el2 |= FIELD_PREP(VTCR_SL0, 2) |
				 FIELD_PREP(VTCR_T0SZ, 64 - 44);
	realm.pe.x[0] = 0x80000000000;
	run_insn(INSN_LDR_X5_X0);
	assert_int_equal(realm_ec(&realm), ESR_EC_DATA_ABORT_LOWER);
	assert_int_equal(realm_iss(&realm) & ESR_ABORT_FSC, FSC_TRANSLATION);
	assert_int_equal(realm.exit.hpfar, IPA_TO_HPFAR(0x80000000000ull));
}

static void smc_exits_with_pc_at_it(void **state)
{
	(void)state;
	run_insn(INSN_SMC(0x1234));
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_int_equal(realm_iss(&realm), 0x1234);
	assert_int_equal(realm.pe.pc, CODE_IPA);
	assert_int_equal(realm.exit.far, 0);
	assert_int_equal(realm.exit.hpfar, 0);
}

static void smc_without_tsc_looks_the_same(void **state)
{
	(void)state;
	realm.regime.hcr_el2 &= ~HCR_TSC;
	run_insn(INSN_SMC(0x1234));
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_int_equal(realm_iss(&realm), 0x1234);
	assert_int_equal(realm.pe.pc, CODE_IPA);
}

static void hvc_exits_with_pc_after_it(void **state)
{
	(void)state;
	run_insn(INSN_HVC(0x12));
	assert_int_equal(realm_ec(&realm), ESR_EC_HVC64);
	assert_int_equal(realm_iss(&realm), 0x12);
	assert_int_equal(realm.pe.pc, CODE_IPA + 4);
}

static void wfi_exits_with_pc_at_it_if_trapped(void **state)
{
	(void)state;
	run_insn(INSN_WFI);
	assert_int_equal(realm_ec(&realm), ESR_EC_WFX);
	assert_int_equal(FIELD_GET(ESR_WFX_TI, realm.exit.esr), 0);
	assert_int_equal(realm.pe.pc, CODE_IPA);
}

static void wfe_falls_through(void **state)
{
	(void)state;
	run_insn(INSN_WFE);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_int_equal(realm_iss(&realm), 0x99);
}

/* A trapped access: EC 0x18, the encoding, Rt and the direction. */
static void expect_sysreg_trap(uint32_t word, uint32_t encoding,
			       unsigned int rt, bool read)
{
	run_insn(word);
	assert_int_equal(realm_ec(&realm), ESR_EC_SYSREG);
	assert_int_equal(realm.exit.esr & ESR_SYSREG_ENCODING, encoding);
	assert_int_equal(FIELD_GET(ESR_SYSREG_RT, realm.exit.esr), rt);
	assert_int_equal(realm.exit.esr & ESR_SYSREG_READ, read);
	assert_int_equal(realm.pe.pc, CODE_IPA);
}

static void id_registers_trap_by_tid3(void **state)
{
	(void)state;
	expect_sysreg_trap(INSN_MRS(7, ID_AA64PFR0_EL1), ID_AA64PFR0_EL1, 7,
			   true);
}

static void debug_registers_trap_by_tda(void **state)
{
	(void)state;
	expect_sysreg_trap(INSN_MRS(1, MDSCR_EL1), MDSCR_EL1, 1, true);
	expect_sysreg_trap(INSN_MSR(MDSCR_EL1, 3), MDSCR_EL1, 3, false);
}

static void pmu_registers_trap_by_tpm(void **state)
{
	(void)state;
	expect_sysreg_trap(INSN_MRS(2, PMCR_EL0), PMCR_EL0, 2, true);
}

static void counter_is_readable_as_cnthctl_says(void **state)
{
	(void)state;
	run_insn(INSN_MRS(0, CNTPCT_EL0));
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	realm.regime.cnthctl_el2 = 0;
	expect_sysreg_trap(INSN_MRS(0, CNTPCT_EL0), CNTPCT_EL0, 0, true);
}

static void page_of_another_ram_range_is_reached(void **state)
{
	struct machine_conf conf;
	char err[128];

	(void)state;
	machine_stop();
	assert_true(machine_conf_parse("two", "ram = 0x80000000+16M\n"
				       "ram = 0x8800000000+1M\nrmm = no\n",
				       &conf, err, sizeof(err)));
	assert_true(machine_start(&conf, err, sizeof(err)));
	realm_init(&realm, 0);
	realm_map_to(&realm, HOLE_IPA, 0x88000ff000, S2_READ | S2_NS);
	*(uint64_t *)plat_realm_view(0x88000ff008) = 0x5ec0d;
	realm.pe.x[0] = HOLE_IPA + 8;
	run_insn(INSN_LDR_X5_X0);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_int_equal(realm.pe.x[5], 0x5ec0d);
}

#define PE_TEST(test) cmocka_unit_test_setup_teardown(test, setup, stop_machine)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PE_TEST(ldr_x_aborts),
		PE_TEST(ldr_w_aborts),
		PE_TEST(ldrb_aborts),
		PE_TEST(ldrh_aborts),
		PE_TEST(ldrsb_x_aborts),
		PE_TEST(ldrsb_w_aborts),
		PE_TEST(ldrsh_x_aborts),
		PE_TEST(ldrsw_aborts),
		PE_TEST(str_x_aborts),
		PE_TEST(str_w_aborts),
		PE_TEST(strb_aborts),
		PE_TEST(strh_aborts),
		PE_TEST(str_xzr_aborts),
		PE_TEST(ldp_has_no_syndrome),
		PE_TEST(stp_has_no_syndrome),
		PE_TEST(ldr_q_has_no_syndrome),
		PE_TEST(store_to_read_only_page_is_a_permission_fault),
		PE_TEST(load_from_write_only_page_is_a_permission_fault),
		PE_TEST(fetch_from_hole_aborts),
		PE_TEST(fetch_from_xn_page_is_a_permission_fault),
		PE_TEST(fault_level_is_that_of_the_walk),
		PE_TEST(abort_is_retried_after_the_page_is_mapped),
		PE_TEST(loads_and_stores_reach_the_mapped_page),
		PE_TEST(ipa_space_of_44_bits_from_level_0),
		PE_TEST(smc_exits_with_pc_at_it),
		PE_TEST(smc_without_tsc_looks_the_same),
		PE_TEST(hvc_exits_with_pc_after_it),
		PE_TEST(wfi_exits_with_pc_at_it_if_trapped),
		PE_TEST(wfe_falls_through),
		PE_TEST(id_registers_trap_by_tid3),
		PE_TEST(debug_registers_trap_by_tda),
		PE_TEST(pmu_registers_trap_by_tpm),
		PE_TEST(counter_is_readable_as_cnthctl_says),
		PE_TEST(page_of_another_ram_range_is_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
