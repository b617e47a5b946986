/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RTT_CREATE, RTT_DESTROY and RTT_READ_ENTRY.
 */
#include "fixture.h"

static uint64_t rd; /* the default realm, with tables down to level 3 at 0 */
static uint64_t table; /* a delegated granule */

static int setup(void **state)
{
	fixture_setup(state);
	rd = fixture_realm_default();
	fixture_tables(rd, 0, 3);
	table = fake_delegate(1);
	return 0;
}

#define tables_test(name) \
	cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

static uint64_t flags_ns(void)
{
	return RMI_OADDR_SINGLE | RMI_MEMATTR_NORMAL_WB << 16 |
	       RMI_S2AP_RW << 19;
}

/* ---- RTT_CREATE -------------------------------------------------------- */

static void create_makes_a_table_of_what_was_there(void **state)
{
	uint64_t ipa = 7 * BLOCK2;

	(void)state;
	fixture_ram(rd, ipa, ipa + BLOCK2);
	assert_int_equal(rmi(RTT_CREATE, rd, table, ipa, 3), RMI_SUCCESS);
	assert_int_equal(fixture_state(table), GRANULE_RTT);
	fixture_expect_entry(rd, ipa, 2, RMI_TABLE, table, RMI_EMPTY);
	for (unsigned int i = 0; i < rtt_entries(); i++)
		fixture_expect_entry(rd, ipa + i * PAGE, 3, RMI_VOID, 0,
				     RMI_RAM);
	/* The neighbour was not asked for. */
	fixture_expect_entry(rd, ipa + BLOCK2, 2, RMI_VOID, 0, RMI_EMPTY);
}

static void create_keeps_destroyed(void **state)
{
	uint64_t ipa = 7 * BLOCK2;

	(void)state;
	fixture_set_ripas(rd, ipa, RMI_DESTROYED);
	assert_int_equal(rmi(RTT_CREATE, rd, table, ipa, 3), RMI_SUCCESS);
	fixture_expect_entry(rd, ipa + 100 * PAGE, 3, RMI_VOID, 0,
			     RMI_DESTROYED);
}

static void create_works_in_the_unprotected_half(void **state)
{
	uint64_t ipa = FIXTURE_PAR_END + 3 * BLOCK1;

	(void)state;
	assert_int_equal(rmi(RTT_CREATE, rd, table, ipa, 2), RMI_SUCCESS);
	fixture_expect_entry(rd, ipa + BLOCK2, 2, RMI_VOID, 0, RMI_EMPTY);
}

static void create_leaves_nothing_of_the_granules_contents(void **state)
{
	uint64_t *words = fake_view(table);

	(void)state;
	for (unsigned int i = 0; i <= rtt_entries(); i++)
		words[i] = ~0ull;
	assert_int_equal(rmi(RTT_CREATE, rd, table, BLOCK2, 3), RMI_SUCCESS);
	for (unsigned int i = 0; i < rtt_entries(); i++)
		assert_int_equal(words[i], 0);
	assert_int_equal(words[rtt_entries()], ~0ull); /* the next granule's */
}

static void create_unfolds_a_block_of_data(void **state)
{
	uint64_t pa = fake_delegate(rtt_entries()), ipa = 4 * BLOCK2;

	(void)state;
	fixture_ram(rd, ipa, ipa + BLOCK2);
	assert_int_equal(rmi(RTT_DATA_MAP, rd, ipa, ipa + BLOCK2,
			     RMI_OADDR_SINGLE, fixture_desc(pa, 2, 1)),
			 RMI_SUCCESS);
	fake.tlbi_ranges = 0;
	assert_int_equal(rmi(RTT_CREATE, rd, table, ipa, 3), RMI_SUCCESS);
	for (unsigned int i = 0; i < rtt_entries(); i++)
		fixture_expect_entry(rd, ipa + i * PAGE, 3, RMI_DATA,
				     pa + i * PAGE, RMI_RAM);
	assert_int_equal(fake.tlbi_ranges, 1);
	assert_int_equal(fake.tlbi_ipa, ipa);
	assert_int_equal(fake.tlbi_size, BLOCK2);
	assert_int_equal(fake.tlbi_vmid, ((struct rd *)fake_view(rd))->vmid);
}

/* Runs while the TLB is cleaned: the PE must find nothing at 4 * BLOCK2. */
static void expect_broken(void)
{
	struct rtt_walk walk;

	rtt_walk_deep(fake_view(rd), 4 * BLOCK2, &walk);
	assert_int_equal(walk.level, 2);
	assert_int_equal(walk.table[walk.index], 0);
}

static void create_breaks_a_valid_block_before_it_makes_a_table(void **state)
{
	uint64_t pa = fake_delegate(rtt_entries()), ipa = 4 * BLOCK2;

	(void)state;
	fixture_ram(rd, ipa, ipa + BLOCK2);
	rmi(RTT_DATA_MAP, rd, ipa, ipa + BLOCK2, RMI_OADDR_SINGLE,
	    fixture_desc(pa, 2, 1));
	fake.tlbi_ranges = 0;
	fake.on_tlbi = expect_broken;
	assert_int_equal(rmi(RTT_CREATE, rd, table, ipa, 3), RMI_SUCCESS);
	assert_int_equal(fake.tlbi_ranges, 1);
}

static void destroy_breaks_the_table_before_it_is_released(void **state)
{
	(void)state;
	fixture_table(rd, 4 * BLOCK2, 3);
	fake.tlbi_ranges = 0;
	fake.on_tlbi = expect_broken;
	assert_int_equal(rmi(RTT_DESTROY, rd, 4 * BLOCK2, 3), RMI_SUCCESS);
	assert_int_equal(fake.tlbi_ranges, 1);
}

static void create_unfolds_a_block_that_is_not_accessible(void **state)
{
	uint64_t pa = fake_delegate(rtt_entries()), ipa = 4 * BLOCK2;

	(void)state;
	rmi(RTT_DATA_MAP, rd, ipa, ipa + BLOCK2, RMI_OADDR_SINGLE,
	    fixture_desc(pa, 2, 1));
	fake.tlbi_ranges = 0;
	assert_int_equal(rmi(RTT_CREATE, rd, table, ipa, 3), RMI_SUCCESS);
	fixture_expect_entry(rd, ipa + 9 * PAGE, 3, RMI_DATA, pa + 9 * PAGE,
			     RMI_EMPTY);
	assert_int_equal(fake.tlbi_ranges, 0);
}

static void create_unfolds_a_block_of_ns_memory(void **state)
{
	uint64_t ipa = FIXTURE_PAR_END, pa = 0x4000000000;

	(void)state;
	if (rtt_level_block() > 1)
		skip();
	assert_int_equal(rmi(RTT_UNPROT_MAP, rd, ipa, ipa + BLOCK1, flags_ns(),
			     fixture_desc(pa, 1, 1)),
			 RMI_SUCCESS);
	fake.tlbi_ranges = 0;
	assert_int_equal(rmi(RTT_CREATE, rd, table, ipa, 2), RMI_SUCCESS);
	fixture_expect_entry(rd, ipa + 5 * BLOCK2, 2, RMI_DATA,
			     (pa + 5 * BLOCK2) | 3 << 6 | 6 << 2, RMI_EMPTY);
	assert_int_equal(fake.tlbi_ranges, 1);
}

static void create_needs_no_tlbi_where_nothing_was(void **state)
{
	(void)state;
	fake.tlbi_ranges = 0;
	assert_int_equal(rmi(RTT_CREATE, rd, table, BLOCK2, 3), RMI_SUCCESS);
	assert_int_equal(fake.tlbi_ranges, 0);
}

static void create_works_in_every_state_of_the_realm(void **state)
{
	(void)state;
	for (enum realm_state s = REALM_NEW; s <= REALM_ZOMBIE; s++) {
		fixture_set_realm_state(rd, s);
		assert_int_equal(rmi(RTT_CREATE, rd, fake_delegate(1),
				     (s + 1) * BLOCK2, 3),
				 RMI_SUCCESS);
	}
}

static void create_wants_a_realm(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_CREATE, table, table, BLOCK2, 3),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_CREATE, rd + 8, table, BLOCK2, 3),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_CREATE, 0, table, BLOCK2, 3), RMI_ERROR_INPUT);
}

static void create_wants_a_delegated_granule(void **state)
{
	uint64_t ns = fake_ns_page();

	(void)state;
	assert_refused(rmi(RTT_CREATE, rd, ns, BLOCK2, 3), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_CREATE, rd, rd, BLOCK2, 3), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_CREATE, rd, table + 8, BLOCK2, 3),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_CREATE, rd, 0, BLOCK2, 3), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_CREATE, rd, 1ull << 48, BLOCK2, 3),
		       RMI_ERROR_INPUT);
	/* Before the table above. */
	assert_refused(rmi(RTT_CREATE, rd, ns, BLOCK1, 3), RMI_ERROR_INPUT);
}

static void create_wants_a_level_below_the_roots(void **state)
{
	static const uint64_t levels[] = { 0, 1, 4, 255, ~0ull, 1ull << 32 };

	(void)state;
	for (unsigned int i = 0; i < sizeof(levels) / sizeof(levels[0]); i++)
		assert_refused(rmi(RTT_CREATE, rd, table, BLOCK1, levels[i]),
			       RMI_ERROR_INPUT);
}

static void create_wants_an_ipa_inside_the_space(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_CREATE, rd, table, FIXTURE_IPA_END, 2),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_CREATE, rd, table, ~0ull << 30, 2),
		       RMI_ERROR_INPUT);
}

static void create_wants_an_ipa_aligned_to_the_parents_entry(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_CREATE, rd, table, BLOCK2 + PAGE, 3),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_CREATE, rd, table, BLOCK1 + BLOCK2, 2),
		       RMI_ERROR_INPUT);
}

static void create_wants_a_parent(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_CREATE, rd, table, BLOCK1, 3), RET_RTT(1));
	assert_refused(rmi(RTT_CREATE, rd, table, FIXTURE_PAR_END, 3),
		       RET_RTT(1));
}

static void create_wants_no_table_there(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_CREATE, rd, table, 0, 3), RET_RTT(2));
	assert_refused(rmi(RTT_CREATE, rd, table, 0, 2), RET_RTT(1));
}

/* ---- RTT_DESTROY ------------------------------------------------------- */

static void destroy_gives_the_table_back_and_leaves_destroyed(void **state)
{
	uint64_t pa = fixture_table(rd, BLOCK2, 3);

	(void)state;
	fake.tlbi_ranges = 0;
	assert_int_equal(rmi(RTT_DESTROY, rd, BLOCK2, 3), RMI_SUCCESS);
	assert_int_equal(fake_out[1], pa);
	/* Nothing follows in the table above, up to its end. */
	assert_int_equal(fake_out[2], BLOCK1);
	assert_int_equal(fixture_state(pa), GRANULE_DELEGATED);
	fixture_expect_entry(rd, BLOCK2, 2, RMI_VOID, 0, RMI_DESTROYED);
	assert_int_equal(fake.tlbi_ranges, 1);
	assert_int_equal(fake.tlbi_ipa, BLOCK2);
	assert_int_equal(fake.tlbi_size, BLOCK2);
}

static void destroy_tells_where_the_next_table_is(void **state)
{
	(void)state;
	fixture_table(rd, BLOCK2, 3);
	fixture_table(rd, 9 * BLOCK2, 3);
	assert_int_equal(rmi(RTT_DESTROY, rd, BLOCK2, 3), RMI_SUCCESS);
	assert_int_equal(fake_out[2], 9 * BLOCK2);
}

static void destroy_in_the_unprotected_half_leaves_unmapped_ns(void **state)
{
	uint64_t ipa = FIXTURE_PAR_END;

	(void)state;
	fixture_tables(rd, ipa, 2);
	assert_int_equal(rmi(RTT_DESTROY, rd, ipa, 2), RMI_SUCCESS);
	fixture_expect_entry(rd, ipa, 1, RMI_VOID, 0, RMI_EMPTY);
}

static void destroy_drops_ns_mappings(void **state)
{
	uint64_t ipa = FIXTURE_PAR_END;

	(void)state;
	fixture_tables(rd, ipa, 3);
	rmi(RTT_UNPROT_MAP, rd, ipa, ipa + PAGE, flags_ns(),
	    fixture_desc(fake_ns_page(), 3, 1));
	assert_int_equal(rmi(RTT_DESTROY, rd, ipa, 3), RMI_SUCCESS);
	fixture_expect_entry(rd, ipa, 2, RMI_VOID, 0, RMI_EMPTY);
}

static void destroy_works_in_every_state_of_the_realm(void **state)
{
	(void)state;
	for (enum realm_state s = REALM_NEW; s <= REALM_ZOMBIE; s++) {
		fixture_table(rd, BLOCK2, 3);
		fixture_set_realm_state(rd, s);
		assert_int_equal(rmi(RTT_DESTROY, rd, BLOCK2, 3),
				 RMI_SUCCESS);
	}
}

static void destroy_wants_a_realm(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_DESTROY, table, 0, 3), RMI_ERROR_INPUT);
	assert_int_equal(fake_out[2], 0);
}

static void destroy_wants_a_level_below_the_roots(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_DESTROY, rd, 0, 1), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_DESTROY, rd, 0, 4), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_DESTROY, rd, 0, ~0ull), RMI_ERROR_INPUT);
	assert_int_equal(fake_out[2], 0);
}

static void destroy_wants_an_ipa_inside_and_aligned(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_DESTROY, rd, FIXTURE_IPA_END, 2),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_DESTROY, rd, PAGE, 3), RMI_ERROR_INPUT);
}

static void destroy_without_a_table_says_how_far_to_skip(void **state)
{
	(void)state;
	/* Nothing in the root after the first GiB, which has tables. */
	assert_refused(rmi(RTT_DESTROY, rd, BLOCK1, 3), RET_RTT(1));
	assert_int_equal(fake_out[1], 0);
	assert_int_equal(fake_out[2], rtt_entries() * BLOCK1);
	fixture_table(rd, 8 * BLOCK2, 3);
	assert_refused(rmi(RTT_DESTROY, rd, 5 * BLOCK2, 3), RET_RTT(2));
	assert_int_equal(fake_out[2], 8 * BLOCK2);
}

static void destroy_at_a_live_block_does_not_skip(void **state)
{
	uint64_t pa = fake_delegate(rtt_entries()), ipa = 4 * BLOCK2;

	(void)state;
	rmi(RTT_DATA_MAP, rd, ipa, ipa + BLOCK2, RMI_OADDR_SINGLE,
	    fixture_desc(pa, 2, 1));
	assert_refused(rmi(RTT_DESTROY, rd, ipa, 3), RET_RTT(2));
	assert_int_equal(fake_out[2], ipa);
}

static void destroy_below_a_live_block_does_not_go_back(void **state)
{
	uint64_t ipa = FIXTURE_PAR_END;

	(void)state;
	if (rtt_level_block() > 1)
		skip();
	rmi(RTT_UNPROT_MAP, rd, ipa, ipa + BLOCK1, flags_ns(),
	    fixture_desc(0, 1, 1));
	assert_refused(rmi(RTT_DESTROY, rd, ipa + BLOCK2, 3), RET_RTT(1));
	assert_int_equal(fake_out[2], ipa + BLOCK2);
}

static void destroy_keeps_a_table_with_data(void **state)
{
	(void)state;
	fixture_page(rd, 3 * PAGE);
	assert_refused(rmi(RTT_DESTROY, rd, 0, 3), RET_RTT(3));
	assert_int_equal(fake_out[2], 0);
}

static void destroy_keeps_a_table_with_tables(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_DESTROY, rd, 0, 2), RET_RTT(2));
	assert_int_equal(fake_out[2], 0);
}

/* ---- RTT_READ_ENTRY ---------------------------------------------------- */

static void read_entry_reports_where_the_walk_ended(void **state)
{
	(void)state;
	assert_int_equal(rmi(RTT_READ_ENTRY, rd, BLOCK1 + PAGE, 3),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], 1);
	assert_int_equal(rmi(RTT_READ_ENTRY, rd, BLOCK2 + PAGE, 3),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], 2);
}

static void read_entry_reports_tables(void **state)
{
	uint64_t pa = fixture_table(rd, BLOCK2, 3);

	(void)state;
	fixture_expect_entry(rd, BLOCK2, 2, RMI_TABLE, pa, RMI_EMPTY);
}

static void read_entry_reports_data_with_any_ripas(void **state)
{
	uint64_t pa = fixture_page(rd, PAGE);

	(void)state;
	for (enum rmi_ripas r = RMI_EMPTY; r <= RMI_DESTROYED; r++) {
		fixture_set_ripas(rd, PAGE, r);
		fixture_expect_entry(rd, PAGE, 3, RMI_DATA, pa, r);
	}
}

static void read_entry_changes_nothing(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_READ_ENTRY, rd, 0, 3), RMI_SUCCESS);
}

static void read_entry_wants_a_realm(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_READ_ENTRY, table, 0, 3), RMI_ERROR_INPUT);
}

static void read_entry_wants_a_level_of_the_realm(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_READ_ENTRY, rd, 0, 0), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_READ_ENTRY, rd, 0, 4), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_READ_ENTRY, rd, 0, ~0ull), RMI_ERROR_INPUT);
	assert_int_equal(rmi(RTT_READ_ENTRY, rd, 0, 1), RMI_SUCCESS);
}

static void read_entry_wants_an_ipa_inside_and_aligned(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_READ_ENTRY, rd, FIXTURE_IPA_END, 3),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_READ_ENTRY, rd, PAGE, 2), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_READ_ENTRY, rd, 8, 3), RMI_ERROR_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tables_test(create_makes_a_table_of_what_was_there),
		tables_test(create_keeps_destroyed),
		tables_test(create_works_in_the_unprotected_half),
		tables_test(create_leaves_nothing_of_the_granules_contents),
		tables_test(create_unfolds_a_block_of_data),
		tables_test(
			create_breaks_a_valid_block_before_it_makes_a_table),
		tables_test(destroy_breaks_the_table_before_it_is_released),
		tables_test(create_unfolds_a_block_that_is_not_accessible),
		tables_test(create_unfolds_a_block_of_ns_memory),
		tables_test(create_needs_no_tlbi_where_nothing_was),
		tables_test(create_works_in_every_state_of_the_realm),
		tables_test(create_wants_a_realm),
		tables_test(create_wants_a_delegated_granule),
		tables_test(create_wants_a_level_below_the_roots),
		tables_test(create_wants_an_ipa_inside_the_space),
		tables_test(create_wants_an_ipa_aligned_to_the_parents_entry),
		tables_test(create_wants_a_parent),
		tables_test(create_wants_no_table_there),
		tables_test(destroy_gives_the_table_back_and_leaves_destroyed),
		tables_test(destroy_tells_where_the_next_table_is),
		tables_test(
			destroy_in_the_unprotected_half_leaves_unmapped_ns),
		tables_test(destroy_drops_ns_mappings),
		tables_test(destroy_works_in_every_state_of_the_realm),
		tables_test(destroy_wants_a_realm),
		tables_test(destroy_wants_a_level_below_the_roots),
		tables_test(destroy_wants_an_ipa_inside_and_aligned),
		tables_test(destroy_without_a_table_says_how_far_to_skip),
		tables_test(destroy_at_a_live_block_does_not_skip),
		tables_test(destroy_below_a_live_block_does_not_go_back),
		tables_test(destroy_keeps_a_table_with_data),
		tables_test(destroy_keeps_a_table_with_tables),
		tables_test(read_entry_reports_where_the_walk_ended),
		tables_test(read_entry_reports_tables),
		tables_test(read_entry_reports_data_with_any_ripas),
		tables_test(read_entry_changes_nothing),
		tables_test(read_entry_wants_a_realm),
		tables_test(read_entry_wants_a_level_of_the_realm),
		tables_test(read_entry_wants_an_ipa_inside_and_aligned),
	};

	return fixture_run(tests, RMI_GRANULE_SIZE_16KB);
}
