/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Whatever is made wrong by hand, a debug build's audit finds in the next call
 * that touches it; and it minds nothing that is right. In other builds there is
 * no audit, and the same calls go through.
 */
#include "realm_kit.h"
#include "rmm/rtt.h"

#ifdef RMM_DEBUG
#define AUDITED true
#else
#define AUDITED false
#endif

#define IPA (KIT_CODE + 16 * GRANULE_SIZE)

static int setup(void **state)
{
	(void)state;
	kit_start();
	return 0;
}

#define assert_found(statement) \
	assert_int_equal(FAKE_PANICS(statement), AUDITED)

/* A call that writes one entry of the table with KIT_CODE. */
static uint64_t map(uint64_t ipa)
{
	return rmi(RTT_DATA_MAP, kit.rd, ipa, ipa + GRANULE_SIZE,
		   RMI_OADDR_SINGLE, fake_delegate(1) | 1 << 2);
}

static struct granule *table_of(uint64_t ipa, int level)
{
	struct rtt_walk walk;

	rtt_walk(kit_rd(), ipa, level, &walk);
	return walk.granule;
}

static void a_call_that_is_right_goes_through(void **state)
{
	(void)state;
	assert_int_equal(map(IPA), RET(SUCCESS));
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_true(rmm_ledger_ok());
}

static void finds_a_table_that_counts_wrong(void **state)
{
	(void)state;
	table_of(IPA, 3)->refs++;
	assert_found(map(IPA));
}

/* And the tables above it. */
static void finds_a_table_above_that_counts_wrong(void **state)
{
	(void)state;
	table_of(IPA, 1)->refs--;
	assert_found(map(IPA));
}

static void finds_data_of_the_wrong_state(void **state)
{
	(void)state;
	granule_set_state(granule_find(kit.data), GRANULE_DELEGATED);
	assert_found(map(IPA));
}

static void finds_an_entry_in_the_wrong_half(void **state)
{
	struct rtt_walk walk;

	(void)state;
	rtt_walk(kit_rd(), KIT_CODE, 3, &walk);
	walk.table[511] = 0x4c3ull | 1ull << 55; /* MAPPED_NS */
	assert_found(map(IPA));
}

static void finds_a_root_that_is_no_table(void **state)
{
	(void)state;
	granule_set_state(granule_find(kit.root), GRANULE_DATA);
	assert_found(rmi(REALM_ACTIVATE, kit.rd));
}

static void finds_a_realm_that_miscounts_its_recs(void **state)
{
	(void)state;
	kit_rd()->rec_live = 2;
	assert_found(rmi(REALM_ACTIVATE, kit.rd));
	setup(state);
	kit_rd()->rec_running = 2;
	assert_found(rmi(REALM_ACTIVATE, kit.rd));
	setup(state);
	kit_rd()->rec_count = REC_MAX + 1;
	assert_found(rmi(REALM_ACTIVATE, kit.rd));
}

static void finds_a_realm_in_no_state(void **state)
{
	(void)state;
	kit_rd()->state = REALM_ZOMBIE + 1;
	assert_found(rmi(REALM_ACTIVATE, kit.rd));
}

/* PSCI_COMPLETE looks at both RECs and, here, does no more. */
static uint64_t touch_rec(void)
{
	return rmi(PSCI_COMPLETE, kit.rec, kit.rec + GRANULE_SIZE, 0);
}

static void finds_a_rec_without_a_realm(void **state)
{
	(void)state;
	kit_rec()->owner = kit.data;
	assert_found(touch_rec());
}

static void finds_a_rec_without_its_memory(void **state)
{
	(void)state;
	granule_set_state(granule_find(kit_rec()->aux[0]), GRANULE_DELEGATED);
	assert_found(touch_rec());
}

static void finds_a_rec_of_another_name(void **state)
{
	(void)state;
	kit_rec()->index = 3;
	assert_found(touch_rec());
}

static void finds_a_reference_to_what_has_none(void **state)
{
	uint64_t pa = fake_delegate(1);

	(void)state;
	granule_find(pa)->refs = 1;
	assert_found(rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + GRANULE_SIZE));
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_call_that_is_right_goes_through),
		CASE(finds_a_table_that_counts_wrong),
		CASE(finds_a_table_above_that_counts_wrong),
		CASE(finds_data_of_the_wrong_state),
		CASE(finds_an_entry_in_the_wrong_half),
		CASE(finds_a_root_that_is_no_table),
		CASE(finds_a_realm_that_miscounts_its_recs),
		CASE(finds_a_realm_in_no_state),
		CASE(finds_a_rec_without_a_realm),
		CASE(finds_a_rec_without_its_memory),
		CASE(finds_a_rec_of_another_name),
		CASE(finds_a_reference_to_what_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
