/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The granule protection check of what a realm does: walks of stage 2 end in
 * the world that their entries name, or in a fault; and where there is no
 * memory, in an external abort.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "tests/sim/insn.h"
#include "tests/sim/realm.h"

#define PAGE 4096ull
#define BLOCK (2ull << 20)

/* Beyond all realms, and below the end of RAM. */
#define NS_PA (TEST_RAM + (24ull << 20))
#define NOWHERE_PA (TEST_RAM + TEST_RAM_SIZE)

#define S2_SHARED (S2_READ | S2_WRITE | S2_NS)
#define S2_BLOCK(pa) ((pa) | 0x7fdull | 1ull << 55) /* Non-secure, S2_SHARED */
#define PTE_ADDR 0x0000fffffffff000ull

#define FSC_EXTERNAL_WALK 0x14
#define FSC_GPF_WALK 0x24
#define FSC_GPF 0x28

#define WORD 0x5ec0d5ec0d5ec0dull

static struct realm realm, other;

static int setup(void **state)
{
	start_machine(state);
	realm_init(&realm, 0);
	return 0;
}

static uint64_t *word_at(uint64_t pa)
{
	return plat_realm_view(pa);
}

static void delegate(uint64_t pa)
{
	assert_true(plat_gpt_to_realm(pa, PAGE));
}

static void undelegate(uint64_t pa)
{
	assert_true(plat_gpt_to_ns(pa, PAGE));
}

static void run_at(struct realm *r, uint32_t insn, uint64_t address)
{
	REALM_CODE(r, CODE_IPA, insn, INSN_SMC(0x99));
	r->pe.pc = CODE_IPA;
	r->pe.x[0] = address;
	realm_run(r);
}

static void expect_passes(uint32_t insn, uint64_t address)
{
	run_at(&realm, insn, address);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
}

/* The last run has ended in an abort of @ec, with nothing else in its ISS. */
static void expect_abort(unsigned int ec, uint64_t address, uint32_t iss)
{
	assert_int_equal(realm_ec(&realm), ec);
	assert_true(realm.exit.esr & ESR_IL);
	assert_int_equal(realm_iss(&realm), iss);
	assert_int_equal(realm.exit.far, address);
	assert_int_equal(realm.exit.hpfar, IPA_TO_HPFAR(address & ~(PAGE - 1)));
}

static void expect_fault(uint32_t insn, uint64_t address, uint32_t iss)
{
	run_at(&realm, insn, address);
	expect_abort(ESR_EC_DATA_ABORT_LOWER, address, iss);
	assert_int_equal(realm.pe.pc, CODE_IPA);
}

static void shared_page_is_reached(void **state)
{
	(void)state;
	realm_map_to(&realm, HOLE_IPA, NS_PA, S2_SHARED);
	*word_at(NS_PA + 8) = WORD;
	expect_passes(INSN_LDR_X5_X0, HOLE_IPA + 8);
	assert_int_equal(realm.pe.x[5], WORD);
	expect_passes(INSN_STR_X5_X0, HOLE_IPA + 16);
	assert_int_equal(*word_at(NS_PA + 16), WORD);
}

static void shared_page_in_the_realm_world_faults(void **state)
{
	(void)state;
	realm_map_to(&realm, HOLE_IPA, NS_PA, S2_SHARED);
	delegate(NS_PA);
	*word_at(NS_PA + 8) = WORD;
	realm.pe.x[5] = 1;
	expect_fault(INSN_LDR_X5_X0, HOLE_IPA + 8, FSC_GPF);
	assert_int_equal(realm.pe.x[5], 1);
	expect_fault(INSN_STR_X5_X0, HOLE_IPA + 8, ESR_ABORT_WNR | FSC_GPF);
	assert_int_equal(*word_at(NS_PA + 8), WORD);
}

static void fetch_from_the_realm_world_by_a_shared_page_faults(void **state)
{
	(void)state;
	realm_map_to(&realm, HOLE_IPA, NS_PA, S2_ALL | S2_NS);
	delegate(NS_PA);
	run_at(&realm, INSN_BR_X0, HOLE_IPA);
	expect_abort(ESR_EC_INST_ABORT_LOWER, HOLE_IPA, FSC_GPF);
	assert_int_equal(realm.pe.pc, HOLE_IPA);
}

static void own_page_in_the_hosts_world_faults(void **state)
{
	(void)state;
	realm_map_to(&realm, HOLE_IPA, NS_PA, S2_ALL);
	expect_fault(INSN_LDR_X5_X0, HOLE_IPA, FSC_GPF);
	run_at(&realm, INSN_BR_X0, HOLE_IPA);
	expect_abort(ESR_EC_INST_ABORT_LOWER, HOLE_IPA, FSC_GPF);
}

/* No TLBI by EL2: what has changed is not its table. */
static void delegating_takes_what_was_used(void **state)
{
	(void)state;
	realm_map_to(&realm, HOLE_IPA, NS_PA, S2_SHARED);
	for (unsigned int i = 0; i < 3; i++) {
		*word_at(NS_PA) = i;
		expect_passes(INSN_LDR_X5_X0, HOLE_IPA);
		assert_int_equal(realm.pe.x[5], i);
		delegate(NS_PA);
		expect_fault(INSN_LDR_X5_X0, HOLE_IPA, FSC_GPF);
		undelegate(NS_PA);
	}
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
}

static void undelegating_takes_what_was_used(void **state)
{
	(void)state;
	delegate(NS_PA);
	realm_map_to(&realm, HOLE_IPA, NS_PA, S2_READ | S2_WRITE);
	expect_passes(INSN_LDR_X5_X0, HOLE_IPA);
	undelegate(NS_PA);
	expect_fault(INSN_LDR_X5_X0, HOLE_IPA, FSC_GPF);
}

static void delegating_one_page_takes_no_other(void **state)
{
	(void)state;
	realm_map_to(&realm, HOLE_IPA, NS_PA, S2_SHARED);
	expect_passes(INSN_LDR_X5_X0, HOLE_IPA);
	delegate(NS_PA + PAGE);
	delegate(NS_PA - PAGE);
	expect_passes(INSN_LDR_X5_X0, HOLE_IPA);
}

static void delegating_reaches_all_realms(void **state)
{
	struct realm *both[] = { &realm, &other };

	(void)state;
	realm_init(&other, 1);
	for (unsigned int i = 0; i < 2; i++) {
		realm_map_to(both[i], HOLE_IPA, NS_PA, S2_SHARED);
		run_at(both[i], INSN_LDR_X5_X0, HOLE_IPA);
		assert_int_equal(realm_ec(both[i]), ESR_EC_SMC64);
	}
	delegate(NS_PA);
	for (unsigned int i = 0; i < 2; i++) {
		run_at(both[i], INSN_LDR_X5_X0, HOLE_IPA);
		assert_int_equal(realm_ec(both[i]), ESR_EC_DATA_ABORT_LOWER);
		assert_int_equal(realm_iss(both[i]), FSC_GPF);
	}
}

static void *delegate_later(void *done)
{
	nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
	delegate(NS_PA);
	*word_at(NS_PA) = WORD;
	atomic_store((atomic_bool *)done, true);
	return NULL;
}

static void delegating_reaches_a_running_pe(void **state)
{
	static atomic_bool done;
	pthread_t thread;

	(void)state;
	realm_map_to(&realm, HOLE_IPA, NS_PA, S2_SHARED);
	REALM_CODE(&realm, CODE_IPA, INSN_LDR_X5_X0,
		   0x17ffffff); /* b CODE_IPA */
	realm.pe.x[0] = HOLE_IPA;
	pthread_create(&thread, NULL, delegate_later, &done);
	realm_run(&realm);
	pthread_join(thread, NULL);
	assert_true(atomic_load(&done));
	expect_abort(ESR_EC_DATA_ABORT_LOWER, HOLE_IPA, FSC_GPF);
	assert_int_not_equal(realm.pe.x[5], WORD);
}

/* Half of a block goes; the other half stays. */
static void block_is_checked_by_granules(void **state)
{
	uint64_t table = *word_at(realm.root + 8) & PTE_ADDR;
	uint64_t ipa = CODE_IPA + BLOCK;

	(void)state;
	*word_at(table + 8 * (ipa / BLOCK % 512)) = S2_BLOCK(NS_PA);
	delegate(NS_PA + 5 * PAGE);
	*word_at(NS_PA + 4 * PAGE) = WORD;
	expect_passes(INSN_LDR_X5_X0, ipa + 4 * PAGE);
	assert_int_equal(realm.pe.x[5], WORD);
	expect_fault(INSN_LDR_X5_X0, ipa + 5 * PAGE, FSC_GPF);
	expect_passes(INSN_LDR_X5_X0, ipa + 511 * PAGE);
	delegate(NS_PA + 511 * PAGE);
	expect_fault(INSN_LDR_X5_X0, ipa + 511 * PAGE, FSC_GPF);
}

/* A GiB by one entry, of which the machine has 32 MiB. */
static void large_block_is_checked_by_granules(void **state)
{
	uint64_t ipa = 3ull << 30;

	(void)state;
	*word_at(realm.root + 3 * 8) = S2_BLOCK(TEST_RAM);
	*word_at(NS_PA + PAGE) = WORD;
	expect_passes(INSN_LDR_X5_X0, ipa + (NS_PA - TEST_RAM) + PAGE);
	assert_int_equal(realm.pe.x[5], WORD);
	expect_fault(INSN_LDR_X5_X0, ipa, FSC_GPF);
	expect_fault(INSN_LDR_X5_X0, ipa + TEST_RAM_SIZE, FSC_EXTERNAL);
}

static void tables_have_to_be_the_realm_worlds(void **state)
{
	uint64_t level2 = *word_at(realm.root + 8) & PTE_ADDR;

	(void)state;
	realm_map_to(&realm, HOLE_IPA + BLOCK, NS_PA, S2_SHARED);
	expect_passes(INSN_LDR_X5_X0, HOLE_IPA + BLOCK);
	undelegate(*word_at(level2 + 8) & PTE_ADDR);
	plat_tlbi_range(1, HOLE_IPA + BLOCK, PAGE);
	expect_fault(INSN_LDR_X5_X0, HOLE_IPA + BLOCK, FSC_GPF_WALK | 3);
	undelegate(realm.root);
	plat_tlbi_range(1, 0, BLOCK);
	run_at(&realm, INSN_NOP, 0);
	expect_abort(ESR_EC_INST_ABORT_LOWER, CODE_IPA, FSC_GPF_WALK | 1);
}

static void table_of_stage_1_may_be_lost(void **state)
{
	(void)state;
	realm_map_to(&realm, S1_IPA, NS_PA, S2_SHARED);
	delegate(NS_PA);
	realm.pe.sysreg[PE_TTBR0_EL1] = S1_IPA;
	realm.pe.sysreg[PE_TCR_EL1] = 64 - 39;
	realm.pe.sysreg[PE_SCTLR_EL1] |= 1;
	run_at(&realm, INSN_NOP, 0);
	assert_int_equal(realm_ec(&realm), ESR_EC_INST_ABORT_LOWER);
	assert_int_equal(realm_iss(&realm) & ~FSC_LEVEL,
			 ESR_ABORT_S1PTW | FSC_GPF_WALK);
	assert_int_equal(realm.exit.hpfar, IPA_TO_HPFAR(S1_IPA));
}

/* Recoverable (SET is 0), and no bit says what the instruction was. */
static void no_memory_is_an_external_abort(void **state)
{
	(void)state;
	realm_map_to(&realm, HOLE_IPA, NOWHERE_PA, S2_ALL | S2_NS);
	expect_fault(INSN_LDR_X5_X0, HOLE_IPA + 8, FSC_EXTERNAL);
	expect_fault(INSN_STR_X5_X0, HOLE_IPA + 8,
		     ESR_ABORT_WNR | FSC_EXTERNAL);
	run_at(&realm, INSN_BR_X0, HOLE_IPA);
	expect_abort(ESR_EC_INST_ABORT_LOWER, HOLE_IPA, FSC_EXTERNAL);
}

static void no_memory_on_a_walk_is_an_external_abort(void **state)
{
	(void)state;
	*word_at(realm.root + 3 * 8) = NOWHERE_PA | 3;
	expect_fault(INSN_LDR_X5_X0, 3ull << 30, FSC_EXTERNAL_WALK | 2);
}

/* A fault of the check leaves nothing to those that come after it. */
static void later_faults_are_what_they_are(void **state)
{
	(void)state;
	realm_map_to(&realm, HOLE_IPA, NS_PA, S2_SHARED);
	delegate(NS_PA);
	expect_fault(INSN_LDR_X5_X0, HOLE_IPA, FSC_GPF);
	run_at(&realm, INSN_LDR_X5_X0, HOLE_IPA + PAGE);
	assert_int_equal(realm_iss(&realm) & ESR_ABORT_FSC,
			 FSC_TRANSLATION | 3);
	assert_true(realm.exit.esr & ESR_ABORT_ISV);
	expect_fault(INSN_LDR_X5_X0, HOLE_IPA, FSC_GPF);
	run_at(&realm, INSN_LDR_X5_X0, 1ull << 39);
	assert_int_equal(realm_iss(&realm) & FSC_TYPE, FSC_TRANSLATION);
}

#define PE_TEST(test) cmocka_unit_test_setup_teardown(test, setup, stop_machine)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PE_TEST(shared_page_is_reached),
		PE_TEST(shared_page_in_the_realm_world_faults),
		PE_TEST(fetch_from_the_realm_world_by_a_shared_page_faults),
		PE_TEST(own_page_in_the_hosts_world_faults),
		PE_TEST(delegating_takes_what_was_used),
		PE_TEST(undelegating_takes_what_was_used),
		PE_TEST(delegating_one_page_takes_no_other),
		PE_TEST(delegating_reaches_all_realms),
		PE_TEST(delegating_reaches_a_running_pe),
		PE_TEST(block_is_checked_by_granules),
		PE_TEST(large_block_is_checked_by_granules),
		PE_TEST(tables_have_to_be_the_realm_worlds),
		PE_TEST(table_of_stage_1_may_be_lost),
		PE_TEST(no_memory_is_an_external_abort),
		PE_TEST(no_memory_on_a_walk_is_an_external_abort),
		PE_TEST(later_faults_are_what_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
