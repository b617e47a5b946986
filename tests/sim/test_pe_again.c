/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A PE that comes back to the engine that it left has what EL2 gave it
 * meanwhile, and an engine that comes to another realm has nothing of the last.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "tests/sim/insn.h"
#include "tests/sim/realm.h"

#define MPIDR_EL1 SYSREG(3, 0, 0, 0, 5)
#define PAGE 4096ull
#define DELAY_NS 10000000 /* in which a PE has surely begun to run */
#define REALMS 4 /* more than there are spare engines */

static struct realm realm, other;

/* The PE has run once, and stands at an SMC. */
static int setup(void **state)
{
	start_machine(state);
	realm_init(&realm, 0);
	realm.pe.sysreg[PE_CPACR_EL1] = 3 << 20;
	REALM_CODE(&realm, CODE_IPA, INSN_SMC(0), INSN_SMC(1));
	realm_run(&realm);
	return 0;
}

/* What goes in comes out of a run that only makes an SMC. */
static void assert_arrives(void)
{
	struct realm before = realm;

	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_memory_equal(&realm.pe, &before.pe, sizeof(realm.pe));
	assert_memory_equal(&realm.simd, &before.simd, sizeof(realm.simd));
}

/* ---- The same PE --------------------------------------------------------- */

static void unchanged_pe_goes_on(void **state)
{
	(void)state;
	assert_arrives();
	realm.pe.pc += 4;
	assert_arrives();
	assert_int_equal(realm_iss(&realm), 1);
}

static void changed_general_registers_arrive(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 31; i++) {
		realm.pe.x[i] = 0xabcd0000 + i;
		assert_arrives();
	}
}

static void changed_simd_registers_arrive(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 32; i++) {
		realm.simd.v[i][i % 2] = 0xabcd0000 + i;
		assert_arrives();
	}
	realm.simd.fpcr = 1 << 22;
	assert_arrives();
	realm.simd.fpsr = 1 << 27;
	assert_arrives();
}

static void changed_system_registers_arrive(void **state)
{
	static const enum pe_sysreg changed[] = {
		PE_TTBR0_EL1, PE_TTBR1_EL1, PE_SPSR_EL1, PE_ELR_EL1,
		PE_SP_EL0, PE_SP_EL1, PE_ESR_EL1, PE_FAR_EL1, PE_PAR_EL1,
		PE_MAIR_EL1, PE_VBAR_EL1, PE_CONTEXTIDR_EL1, PE_TPIDR_EL1,
		PE_TPIDR_EL0, PE_TPIDRRO_EL0, PE_CNTKCTL_EL1,
		PE_CNTP_CVAL_EL0, PE_CNTV_CVAL_EL0, PE_MDSCR_EL1,
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(changed) / sizeof(*changed); i++) {
		realm.pe.sysreg[changed[i]] = 0x1000;
		assert_arrives();
	}
}

static void changed_pstate_arrives(void **state)
{
	(void)state;
	realm.pe.pstate ^= PSTATE_NZCV;
	assert_arrives();
	realm.pe.pstate = PSTATE_EL1T;
	assert_arrives();
}

static void changed_controls_arrive(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_MRS(3, MPIDR_EL1), INSN_SMC(0),
		   INSN_MRS(4, CNTP_CVAL_EL0), INSN_SMC(0));
	realm.pe.pc = CODE_IPA;
	realm.regime.vmpidr_el2 = MPIDR_RES1 | 7;
	realm_run(&realm);
	assert_int_equal(realm.pe.x[3], MPIDR_RES1 | 7);
	realm.pe.pc += 4;
	realm.pe.sysreg[PE_CNTP_CVAL_EL0] = 0x1234;
	realm_run(&realm);
	assert_int_equal(realm.pe.x[4], 0x1234);
	realm.pe.pc -= 4;
	realm.regime.cnthctl_el2 &= ~CNTHCTL_EL1PTEN;
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_SYSREG);
}

static void injected_exception_is_taken(void **state)
{
	(void)state;
	REALM_CODE(&realm, VECTORS_IPA + 0x200, INSN_SMC(9));
	realm.pe.sysreg[PE_ELR_EL1] = realm.pe.pc;
	realm.pe.sysreg[PE_SPSR_EL1] = realm.pe.pstate;
	realm.pe.sysreg[PE_ESR_EL1] = ESR_IL;
	realm.pe.pc = VECTORS_IPA + 0x200;
	realm.pe.pstate = PSTATE_DAIF | PSTATE_EL1H;
	assert_arrives();
	assert_int_equal(realm_iss(&realm), 9);
}

/* ---- Its translations and its code --------------------------------------- */

/* Reads the word at DATA_IPA. */
static uint64_t read_data(void)
{
	realm.pe.pc = CODE_IPA;
	realm.pe.x[0] = DATA_IPA;
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	return realm.pe.x[5];
}

static void translation_stays_until_it_is_invalidated(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_LDR_X5_X0, INSN_SMC(0));
	*(uint64_t *)realm_at(&realm, DATA_IPA) = 1;
	*(uint64_t *)realm_at(&realm, DATA2_IPA) = 2;
	assert_int_equal(read_data(), 1);
	realm_map_to(&realm, DATA_IPA, realm_pa(&realm, DATA2_IPA), S2_READ);
	assert_int_equal(read_data(), 1);
	plat_tlbi_range(1, DATA_IPA, PAGE);
	assert_int_equal(read_data(), 2);
}

static void translation_goes_with_its_vmid(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_LDR_X5_X0, INSN_SMC(0));
	*(uint64_t *)realm_at(&realm, DATA_IPA) = 1;
	*(uint64_t *)realm_at(&realm, DATA2_IPA) = 2;
	assert_int_equal(read_data(), 1);
	realm_map_to(&realm, DATA_IPA, realm_pa(&realm, DATA2_IPA), S2_READ);
	plat_tlbi_vmid(1);
	assert_int_equal(read_data(), 2);
}

static void unmapped_page_faults_after_tlbi(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_LDR_X5_X0, INSN_SMC(0));
	read_data();
	realm_map(&realm, DATA_IPA, 0);
	plat_tlbi_range(1, DATA_IPA, PAGE);
	realm.pe.pc = CODE_IPA;
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_DATA_ABORT_LOWER);
}

static void mapped_page_needs_no_tlbi(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_LDR_X5_X0, INSN_SMC(0));
	realm_map(&realm, DATA_IPA, 0);
	realm.pe.pc = CODE_IPA;
	realm.pe.x[0] = DATA_IPA;
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_DATA_ABORT_LOWER);
	realm_map(&realm, DATA_IPA, S2_READ);
	*(uint64_t *)realm_at(&realm, DATA_IPA) = 3;
	assert_int_equal(read_data(), 3);
}

static void other_tables_are_walked(void **state)
{
	(void)state;
	realm_init(&other, 1);
	REALM_CODE(&realm, CODE_IPA, INSN_LDR_X5_X0, INSN_SMC(0));
	REALM_CODE(&other, CODE_IPA, INSN_LDR_X5_X0, INSN_SMC(0));
	*(uint64_t *)realm_at(&realm, DATA_IPA) = 1;
	*(uint64_t *)realm_at(&other, DATA_IPA) = 2;
	assert_int_equal(read_data(), 1);
	realm.regime.vttbr_el2 = other.root | FIELD_PREP(VTTBR_VMID, 1);
	assert_int_equal(read_data(), 2);
}

static void *rewrite_later(void *context)
{
	struct timespec delay = { .tv_nsec = DELAY_NS };

	(void)context;
	nanosleep(&delay, NULL);
	REALM_CODE(&realm, CODE_IPA, INSN_ADD_X5_1, INSN_SMC(5));
	return NULL;
}

static void code_changes_under_a_running_pe(void **state)
{
	struct realm before;
	pthread_t thread;

	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_ADD_X5_1,
		   0x17ffffff); /* b CODE_IPA */
	for (unsigned int i = 0; i < 31; i++)
		realm.pe.x[i] = 0x100 + i;
	realm.simd.v[7][1] = 0x77;
	before = realm;
	pthread_create(&thread, NULL, rewrite_later, NULL);
	realm_run(&realm);
	pthread_join(thread, NULL);
	assert_int_equal(realm_iss(&realm), 5);
	assert_true(realm.pe.x[5] > before.pe.x[5]);
	realm.pe.x[5] = before.pe.x[5];
	assert_memory_equal(realm.pe.x, before.pe.x, sizeof(realm.pe.x));
	assert_memory_equal(&realm.simd, &before.simd, sizeof(realm.simd));
}

/* ---- An engine that moves ------------------------------------------------ */

/* A realm with pages of its own program and data, all at the same addresses. */
static void life(unsigned int index, uint16_t vmid, unsigned int number)
{
	realm_init(&other, index);
	other.regime.vttbr_el2 = other.root | FIELD_PREP(VTTBR_VMID, vmid);
	REALM_CODE(&other, CODE_IPA, INSN_MOVZ(1, number), INSN_LDR_X5_X0,
		   INSN_SMC(0));
	*(uint64_t *)realm_at(&other, DATA_IPA) = number;
	other.pe.x[0] = DATA_IPA;
	realm_run(&other);
	assert_int_equal(realm_ec(&other), ESR_EC_SMC64);
	assert_int_equal(other.pe.x[1], number);
	assert_int_equal(other.pe.x[5], number);
	for (unsigned int i = 2; i < 31; i++)
		assert_int_equal(other.pe.x[i], i == 5 ? number : 0);
	for (unsigned int i = 0; i < 32; i++)
		assert_int_equal(other.simd.v[i][0] | other.simd.v[i][1], 0);
}

static void next_realm_sees_nothing_of_the_last(void **state)
{
	(void)state;
	memset(realm.pe.x, 0xaa, sizeof(realm.pe.x));
	memset(realm.simd.v, 0xaa, sizeof(realm.simd.v));
	realm_run(&realm);
	plat_tlbi_vmid(1);
	/* The same granules, other ones, the same VMID, another one. */
	for (unsigned int i = 1; i < 20; i++) {
		uint16_t vmid = (uint16_t)(1 + i / 2 % 2);

		life(i % 3, vmid, i);
		plat_tlbi_vmid(vmid);
	}
}

static void many_realms_come_and_go_at_once(void **state)
{
	(void)state;
	for (unsigned int i = 1; i < 3 * REALMS; i++) {
		for (uint16_t vmid = 2; vmid < 2 + REALMS; vmid++)
			life(vmid, vmid, 10 * i + vmid);
		for (uint16_t vmid = 2; vmid < 2 + REALMS; vmid++)
			plat_tlbi_vmid(vmid);
	}
}

static void code_is_dropped_while_no_realm_is_there(void **state)
{
	(void)state;
	life(1, 2, 1);
	plat_tlbi_vmid(2);
	/* Every other granule, so that no two can be told as one. */
	for (uint64_t i = 0; i < 1000; i++)
		plat_icache_invalidate(TEST_RAM + (16 << 20) + i * 2 * PAGE,
				       PAGE);
	life(1, 3, 2);
}

static void *run_once(void *context)
{
	machine_set_cpu(1);
	realm_run(context);
	return NULL;
}

static void pe_may_be_run_by_any_thread(void **state)
{
	pthread_t thread;

	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_ADD_X5_1, INSN_SMC(0));
	for (unsigned int i = 1; i <= 50; i++) {
		realm.pe.pc = CODE_IPA;
		if (i % 2) {
			pthread_create(&thread, NULL, run_once, &realm);
			pthread_join(thread, NULL);
		} else {
			realm_run(&realm);
		}
		assert_int_equal(realm.pe.x[5], i);
	}
}

/* Both ways: the one that ends first came first, or last. */
static void one_goes_on_when_the_other_has_ended(void **state)
{
	pthread_t thread;

	(void)state;
	REALM_CODE(&realm, CODE_IPA, 0xf1000442, /* subs x2, x2, #1 */
		   0x54ffffe1, /* b.ne CODE_IPA */
		   INSN_SMC(0));
	realm.pe.pc = CODE_IPA;
	other = realm;
	other.regime.vmpidr_el2 |= 1;
	for (unsigned int i = 0; i < 2; i++) {
		realm.pe.pc = other.pe.pc = CODE_IPA;
		realm.pe.x[2] = i ? 100000 : 2000000;
		other.pe.x[2] = i ? 2000000 : 100000;
		pthread_create(&thread, NULL, run_once, &other);
		realm_run(&realm);
		pthread_join(thread, NULL);
		assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
		assert_int_equal(realm_ec(&other), ESR_EC_SMC64);
		assert_int_equal(realm.pe.x[2] | other.pe.x[2], 0);
	}
}

#define PE_TEST(test) cmocka_unit_test_setup_teardown(test, setup, stop_machine)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PE_TEST(unchanged_pe_goes_on),
		PE_TEST(changed_general_registers_arrive),
		PE_TEST(changed_simd_registers_arrive),
		PE_TEST(changed_system_registers_arrive),
		PE_TEST(changed_pstate_arrives),
		PE_TEST(changed_controls_arrive),
		PE_TEST(injected_exception_is_taken),
		PE_TEST(translation_stays_until_it_is_invalidated),
		PE_TEST(translation_goes_with_its_vmid),
		PE_TEST(unmapped_page_faults_after_tlbi),
		PE_TEST(mapped_page_needs_no_tlbi),
		PE_TEST(other_tables_are_walked),
		PE_TEST(code_changes_under_a_running_pe),
		PE_TEST(next_realm_sees_nothing_of_the_last),
		PE_TEST(many_realms_come_and_go_at_once),
		PE_TEST(code_is_dropped_while_no_realm_is_there),
		PE_TEST(pe_may_be_run_by_any_thread),
		PE_TEST(one_goes_on_when_the_other_has_ended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
