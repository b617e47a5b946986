/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The ledger agrees with a machine in use, and finds whatever is made wrong.
 */
#include "fixture.h"
#include "rmm/rmm.h"

static uint64_t rd; /* a realm with tables, data and a block */
static uint64_t page; /* DATA at 0 */
static uint64_t spare; /* a delegated granule */

static int setup(void **state)
{
	uint64_t block;

	fixture_setup(state);
	rd = fixture_realm_default();
	fixture_tables(rd, 0, 3);
	page = fixture_page(rd, 0);
	block = fake_delegate(512);
	spare = fake_delegate(1);
	return rmi(RTT_DATA_MAP, rd, BLOCK2, 2 * BLOCK2, RMI_OADDR_SINGLE,
		   fixture_desc(block, 2, 1)) != RMI_SUCCESS;
}

#define ledger_test(name) cmocka_unit_test_setup(name, setup)

static void agrees_with_a_machine_in_use(void **state)
{
	(void)state;
	assert_true(rmm_ledger_ok());
	/* It leaves no trace: once more. */
	assert_true(rmm_ledger_ok());
}

static void counts_granules_by_state(void **state)
{
	uint64_t counts[GRANULE_STATES];

	(void)state;
	rmm_ledger_count(counts, GRANULE_STATES);
	assert_int_equal(counts[GRANULE_RD], 1);
	assert_int_equal(counts[GRANULE_RTT], 2 + 2);
	assert_int_equal(counts[GRANULE_DATA], 1 + 512);
	assert_int_equal(counts[GRANULE_DELEGATED], 1);
	assert_int_equal(counts[GRANULE_REC], 0);
	assert_int_equal(counts[GRANULE_UNDELEGATED],
			 granules_total() - 1 - 4 - 513 - 1);
}

static void counts_only_as_many_states_as_asked(void **state)
{
	uint64_t counts[3] = { 0, 0, 77 };

	(void)state;
	rmm_ledger_count(counts, 2);
	assert_int_equal(counts[GRANULE_DELEGATED], 1);
	assert_int_equal(counts[2], 77);
}

static void finds_a_lock_left_behind(void **state)
{
	(void)state;
	granule_lock(spare, GRANULE_DELEGATED);
	assert_false(rmm_ledger_ok());
}

static void finds_a_state_that_does_not_exist(void **state)
{
	(void)state;
	granule_set_state(granule_find(spare), GRANULE_STATES);
	assert_false(rmm_ledger_ok());
}

static void finds_a_reference_to_what_has_none(void **state)
{
	(void)state;
	granule_find(spare)->refs = 1;
	assert_false(rmm_ledger_ok());
}

static void finds_a_wrong_count_of_live_entries(void **state)
{
	struct rtt_walk walk;

	(void)state;
	rtt_walk_deep(fake_view(rd), 0, &walk);
	walk.granule->refs++;
	assert_false(rmm_ledger_ok());
	walk.granule->refs--;
	assert_true(rmm_ledger_ok());
}

static void finds_data_that_no_realm_maps(void **state)
{
	(void)state;
	granule_set_state(granule_find(spare), GRANULE_DATA);
	assert_false(rmm_ledger_ok());
}

static void finds_donated_memory_that_nobody_holds(void **state)
{
	(void)state;
	granule_set_state(granule_find(spare), GRANULE_INTERNAL);
	assert_false(rmm_ledger_ok());
}

static void finds_an_object_without_an_operation(void **state)
{
	(void)state;
	granule_set_state(granule_find(spare), GRANULE_PENDING);
	assert_false(rmm_ledger_ok());
}

static void finds_a_table_that_no_realm_has(void **state)
{
	(void)state;
	granule_set_state(granule_find(spare), GRANULE_RTT);
	assert_false(rmm_ledger_ok());
}

static void finds_an_entry_that_leads_to_no_table(void **state)
{
	struct rtte entry = { .hipas = HIPAS_TABLE, .pa = spare };
	struct rtt_walk walk;

	(void)state;
	rtt_walk_deep(fake_view(rd), 5 * BLOCK2, &walk);
	rtt_write(&walk, &entry);
	assert_false(rmm_ledger_ok());
}

static void finds_mapped_memory_that_is_not_data(void **state)
{
	(void)state;
	granule_set_state(granule_find(page), GRANULE_DELEGATED);
	assert_false(rmm_ledger_ok());
}

static void finds_a_granule_mapped_twice(void **state)
{
	struct rtte entry = { .hipas = HIPAS_DATA, .pa = page };
	struct rtt_walk walk;

	(void)state;
	/* The counts agree: a second granule is DATA, and mapped by nobody. */
	rtt_walk_deep(fake_view(rd), PAGE, &walk);
	rtt_write(&walk, &entry);
	granule_set_state(granule_find(spare), GRANULE_DATA);
	assert_false(rmm_ledger_ok());
}

static void finds_a_realms_memory_in_the_unprotected_half(void **state)
{
	struct rtte entry = { .hipas = HIPAS_DATA, .ripas = RMI_RAM,
			      .pa = spare };
	struct rtt_walk walk;

	(void)state;
	fixture_tables(rd, FIXTURE_PAR_END, 3);
	rtt_walk_deep(fake_view(rd), FIXTURE_PAR_END, &walk);
	rtt_write(&walk, &entry);
	granule_set_state(granule_find(spare), GRANULE_DATA);
	assert_false(rmm_ledger_ok());
}

static void finds_the_hosts_memory_in_the_protected_half(void **state)
{
	struct rtte entry = { .hipas = HIPAS_MAPPED_NS };
	struct rtt_walk walk;

	(void)state;
	rtt_walk_deep(fake_view(rd), PAGE, &walk);
	rtt_write(&walk, &entry);
	assert_false(rmm_ledger_ok());
}

static void finds_a_wrong_count_of_recs(void **state)
{
	struct rd *realm = fake_view(rd);

	(void)state;
	realm->rec_live++;
	assert_false(rmm_ledger_ok());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ledger_test(agrees_with_a_machine_in_use),
		ledger_test(counts_granules_by_state),
		ledger_test(counts_only_as_many_states_as_asked),
		ledger_test(finds_a_lock_left_behind),
		ledger_test(finds_a_state_that_does_not_exist),
		ledger_test(finds_a_reference_to_what_has_none),
		ledger_test(finds_a_wrong_count_of_live_entries),
		ledger_test(finds_data_that_no_realm_maps),
		ledger_test(finds_donated_memory_that_nobody_holds),
		ledger_test(finds_an_object_without_an_operation),
		ledger_test(finds_a_table_that_no_realm_has),
		ledger_test(finds_an_entry_that_leads_to_no_table),
		ledger_test(finds_mapped_memory_that_is_not_data),
		ledger_test(finds_a_granule_mapped_twice),
		ledger_test(finds_a_realms_memory_in_the_unprotected_half),
		ledger_test(finds_the_hosts_memory_in_the_protected_half),
		ledger_test(finds_a_wrong_count_of_recs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
