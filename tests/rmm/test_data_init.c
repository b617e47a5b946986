/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a host does to a realm that is NEW: RTT_INIT_RIPAS and
 * RTT_DATA_MAP_INIT.
 */
#include <string.h>

#include "fixture.h"

static uint64_t rd; /* the default realm, with tables down to level 3 at 0 */
static uint64_t data; /* a delegated granule */
static uint64_t src; /* a page of the host's, all 0x5a */

static int setup(void **state)
{
	fixture_setup(state);
	rd = fixture_realm_default();
	fixture_tables(rd, 0, 3);
	data = fake_delegate(1);
	src = fake_ns_page();
	memset(fake_view(src), 0x5a, PAGE);
	return 0;
}

#define init_test(name) \
	cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

/* ---- RTT_INIT_RIPAS ---------------------------------------------------- */

static void empty_becomes_ram(void **state)
{
	(void)state;
	assert_int_equal(rmi(RTT_INIT_RIPAS, rd, PAGE, 3 * PAGE), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 3 * PAGE);
	fixture_expect_entry(rd, 0, 3, RMI_VOID, 0, RMI_EMPTY);
	fixture_expect_entry(rd, PAGE, 3, RMI_VOID, 0, RMI_RAM);
	fixture_expect_entry(rd, 2 * PAGE, 3, RMI_VOID, 0, RMI_RAM);
	fixture_expect_entry(rd, 3 * PAGE, 3, RMI_VOID, 0, RMI_EMPTY);
}

static void data_becomes_ram_and_accessible(void **state)
{
	uint64_t pa = fixture_page(rd, 0);

	(void)state;
	assert_int_equal(rmi(RTT_INIT_RIPAS, rd, 0, PAGE), RMI_SUCCESS);
	fixture_expect_entry(rd, 0, 3, RMI_DATA, pa, RMI_RAM);
}

static void ram_stays_and_counts_as_progress(void **state)
{
	(void)state;
	fixture_ram(rd, 0, 4 * PAGE);
	assert_refused(rmi(RTT_INIT_RIPAS, rd, 0, 4 * PAGE), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 4 * PAGE);
}

static void init_ripas_takes_whole_blocks(void **state)
{
	(void)state;
	assert_int_equal(rmi(RTT_INIT_RIPAS, rd, BLOCK2, 3 * BLOCK2),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], 3 * BLOCK2);
	fixture_expect_entry(rd, 2 * BLOCK2, 2, RMI_VOID, 0, RMI_RAM);
	assert_int_equal(rmi(RTT_INIT_RIPAS, rd, BLOCK1, 2 * BLOCK1),
			 RMI_SUCCESS);
	fixture_expect_entry(rd, BLOCK1, 1, RMI_VOID, 0, RMI_RAM);
}

static void init_ripas_ends_with_the_table(void **state)
{
	(void)state;
	assert_int_equal(rmi(RTT_INIT_RIPAS, rd, BLOCK2 - PAGE, 2 * BLOCK2),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], BLOCK2);
}

static void an_interrupt_ends_init_ripas(void **state)
{
	for (unsigned int n = 1; n <= 4; n++) {
		uint64_t end = (FAKE_STRIDE == 1 ? n : 4) * PAGE;

		setup(state);
		fake.irq_countdown = n;
		assert_int_equal(rmi(RTT_INIT_RIPAS, rd, 0, 4 * PAGE),
				 RMI_SUCCESS);
		assert_int_equal(fake_out[1], end);
	}
}

static void init_ripas_stops_at_a_table(void **state)
{
	(void)state;
	fixture_table(rd, 3 * BLOCK2, 3);
	assert_int_equal(rmi(RTT_INIT_RIPAS, rd, BLOCK2, 6 * BLOCK2),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], 3 * BLOCK2);
}

static void init_ripas_stops_at_destroyed(void **state)
{
	(void)state;
	fixture_set_ripas(rd, 2 * PAGE, RMI_DESTROYED);
	assert_int_equal(rmi(RTT_INIT_RIPAS, rd, 0, 4 * PAGE), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 2 * PAGE);
	assert_refused(rmi(RTT_INIT_RIPAS, rd, 2 * PAGE, 4 * PAGE),
		       RET_RTT(3));
}

static void init_ripas_stops_at_destroyed_data(void **state)
{
	(void)state;
	fixture_page(rd, 0);
	fixture_set_ripas(rd, 0, RMI_DESTROYED);
	assert_refused(rmi(RTT_INIT_RIPAS, rd, 0, PAGE), RET_RTT(3));
}

static void init_ripas_stops_at_an_entry_that_passes_top(void **state)
{
	(void)state;
	assert_int_equal(rmi(RTT_INIT_RIPAS, rd, BLOCK2, 2 * BLOCK2 + PAGE),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], 2 * BLOCK2);
	assert_refused(rmi(RTT_INIT_RIPAS, rd, 2 * BLOCK2, 2 * BLOCK2 + PAGE),
		       RET_RTT(2));
}

static void init_ripas_reaches_the_end_of_the_protected_half(void **state)
{
	(void)state;
	assert_int_equal(rmi(RTT_INIT_RIPAS, rd, FIXTURE_PAR_END - BLOCK1,
			     FIXTURE_PAR_END),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], FIXTURE_PAR_END);
}

static void init_ripas_is_not_measured(void **state)
{
	struct rd before = *(struct rd *)fake_view(rd);

	(void)state;
	fixture_ram(rd, 0, BLOCK2);
	assert_memory_equal(&before, fake_view(rd), sizeof(before));
}

static void init_ripas_wants_a_range(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_INIT_RIPAS, rd, PAGE, PAGE), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_INIT_RIPAS, rd, PAGE, 0), RMI_ERROR_INPUT);
}

static void init_ripas_wants_a_realm(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_INIT_RIPAS, data, 0, PAGE), RMI_ERROR_INPUT);
}

static void init_ripas_wants_aligned_ends_in_the_protected_half(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_INIT_RIPAS, rd, 8, PAGE), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_INIT_RIPAS, rd, 0, PAGE + 8), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_INIT_RIPAS, rd, FIXTURE_PAR_END - PAGE,
			   FIXTURE_PAR_END + PAGE), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_INIT_RIPAS, rd, FIXTURE_PAR_END,
			   FIXTURE_PAR_END + PAGE), RMI_ERROR_INPUT);
}

static void init_ripas_wants_a_new_realm(void **state)
{
	(void)state;
	for (enum realm_state s = REALM_ACTIVE; s <= REALM_ZOMBIE; s++) {
		fixture_set_realm_state(rd, s);
		assert_refused(rmi(RTT_INIT_RIPAS, rd, 0, PAGE),
			       RMI_ERROR_REALM);
		/* Arguments come before states, states before tables. */
		assert_refused(rmi(RTT_INIT_RIPAS, rd, 8, PAGE),
			       RMI_ERROR_INPUT);
		assert_refused(rmi(RTT_INIT_RIPAS, rd, BLOCK2 + PAGE,
				   2 * BLOCK2), RMI_ERROR_REALM);
	}
}

static void init_ripas_wants_a_base_at_an_entry(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_INIT_RIPAS, rd, BLOCK2 + PAGE, 2 * BLOCK2),
		       RET_RTT(2));
	assert_refused(rmi(RTT_INIT_RIPAS, rd, BLOCK1 + BLOCK2, 2 * BLOCK1),
		       RET_RTT(1));
	assert_int_equal(fake_out[1], 0);
}

/* ---- RTT_DATA_MAP_INIT ------------------------------------------------- */

static uint64_t map_init(uint64_t ipa)
{
	return rmi(RTT_DATA_MAP_INIT, rd, data, ipa, src, RMI_MEASURE_CONTENT);
}

static void the_realm_gets_a_copy_as_ram(void **state)
{
	(void)state;
	assert_int_equal(map_init(PAGE), RMI_SUCCESS);
	assert_int_equal(fixture_state(data), GRANULE_DATA);
	fixture_expect_entry(rd, PAGE, 3, RMI_DATA, data, RMI_RAM);
	assert_memory_equal(fake_view(data), fake_view(src), PAGE);
	memset(fake_view(src), 0, PAGE);
	assert_int_equal(*(uint8_t *)fake_view(data), 0x5a);
}

static void data_map_init_makes_ram_of_every_ripas(void **state)
{
	(void)state;
	for (enum rmi_ripas r = RMI_EMPTY; r <= RMI_DESTROYED; r++) {
		uint64_t ipa = r * PAGE;

		data = fake_delegate(1);
		fixture_set_ripas(rd, ipa, r);
		assert_int_equal(map_init(ipa), RMI_SUCCESS);
		fixture_expect_entry(rd, ipa, 3, RMI_DATA, data, RMI_RAM);
	}
}

static void new_contents_leave_the_instruction_caches(void **state)
{
	(void)state;
	fake.icache_calls = 0;
	fake.icache_bytes = 0;
	assert_int_equal(map_init(0), RMI_SUCCESS);
	assert_int_equal(fake.icache_calls, 1);
	assert_int_equal(fake.icache_bytes, PAGE);
}

static void the_rim(uint8_t *rim)
{
	const struct rd *realm = fake_view(rd);

	memcpy(rim, realm->measurement[0], RSI_MEASUREMENT_SIZE);
}

static void the_rim_depends_on_place_flags_and_contents(void **state)
{
	uint8_t rim[5][RSI_MEASUREMENT_SIZE];

	(void)state;
	/* The same start, and one thing changed at a time. */
	for (unsigned int i = 0; i < 5; i++) {
		uint64_t flags = i == 1 ? 0 : RMI_MEASURE_CONTENT;

		setup(state);
		if (i == 2)
			memset(fake_view(src), 0x33, PAGE);
		if (i == 0)
			the_rim(rim[0]);
		else
			assert_int_equal(rmi(RTT_DATA_MAP_INIT, rd, data,
					     i == 3 ? PAGE : 0, src, flags),
					 RMI_SUCCESS);
		the_rim(rim[i]);
	}
	for (unsigned int i = 0; i < 5; i++) {
		for (unsigned int j = 0; j < i; j++)
			assert_memory_not_equal(rim[i], rim[j],
						RSI_MEASUREMENT_SIZE);
	}
}

static void unmeasured_contents_do_not_change_the_rim(void **state)
{
	uint8_t rim[2][RSI_MEASUREMENT_SIZE];

	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		setup(state);
		memset(fake_view(src), (int)i, PAGE);
		assert_int_equal(rmi(RTT_DATA_MAP_INIT, rd, data, 0, src, 0),
				 RMI_SUCCESS);
		the_rim(rim[i]);
	}
	assert_memory_equal(rim[0], rim[1], RSI_MEASUREMENT_SIZE);
}

static void map_init_wants_known_flags(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, data, 0, src, 2),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, data, 0, src, 1ull << 63),
		       RMI_ERROR_INPUT);
}

static void map_init_wants_data_that_is_not_the_rd(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, rd, 0, src, 0),
		       RMI_ERROR_INPUT);
}

static void map_init_wants_a_source_of_the_hosts(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, data, 0, src + 8, 0),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, data, 0, data, 0),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, data, 0, 0, 0),
		       RMI_ERROR_INPUT);
}

static void map_init_checks_the_source_before_the_realms_state(void **state)
{
	(void)state;
	fixture_set_realm_state(rd, REALM_ACTIVE);
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, data, 0, 0, 0),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, rd, 0, src, 0),
		       RMI_ERROR_INPUT);
	/* ... and the realm's state before the IPA. */
	assert_refused(map_init(8), RMI_ERROR_REALM);
}

static void map_init_wants_a_realm(void **state)
{
	uint64_t other = fake_delegate(1);

	(void)state;
	assert_refused(rmi(RTT_DATA_MAP_INIT, other, data, 0, src, 0),
		       RMI_ERROR_INPUT);
}

static void map_init_wants_a_new_realm(void **state)
{
	(void)state;
	for (enum realm_state s = REALM_ACTIVE; s <= REALM_ZOMBIE; s++) {
		fixture_set_realm_state(rd, s);
		assert_refused(map_init(0), RMI_ERROR_REALM);
	}
}

static void map_init_wants_a_page_in_the_protected_half(void **state)
{
	(void)state;
	assert_refused(map_init(8), RMI_ERROR_INPUT);
	assert_refused(map_init(FIXTURE_PAR_END), RMI_ERROR_INPUT);
	assert_refused(map_init(~(PAGE - 1)), RMI_ERROR_INPUT);
}

static void map_init_wants_a_table_of_level_3(void **state)
{
	(void)state;
	assert_refused(map_init(BLOCK2), RET_RTT(2));
	assert_refused(map_init(BLOCK1), RET_RTT(1));
}

static void map_init_checks_the_table_before_the_granule(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, 0, BLOCK2, src, 0),
		       RET_RTT(2));
	/* Unless no entry could hold its address. */
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, 1ull << 48, BLOCK2, src, 0),
		       RMI_ERROR_INPUT);
}

static void map_init_wants_nothing_mapped(void **state)
{
	(void)state;
	fixture_page(rd, 0);
	for (enum rmi_ripas r = RMI_EMPTY; r <= RMI_DESTROYED; r++) {
		fixture_set_ripas(rd, 0, r);
		assert_refused(map_init(0), RET_RTT(3));
	}
}

static void map_init_wants_a_delegated_granule(void **state)
{
	uint64_t used = fixture_page(rd, PAGE), ns = fake_ns_page();

	(void)state;
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, used, 0, src, 0),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, ns, 0, src, 0),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, data + 8, 0, src, 0),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_DATA_MAP_INIT, rd, 1ull << 48, 0, src, 0),
		       RMI_ERROR_INPUT);
}

static void a_fault_while_copying_leaves_the_granule_delegated(void **state)
{
	(void)state;
	/* The first read only asks if it is Non-secure. */
	fake.ns_read_countdown = 2;
	assert_refused(map_init(0), RMI_ERROR_INPUT);
	assert_int_equal(fixture_state(data), GRANULE_DELEGATED);
	assert_int_equal(map_init(0), RMI_SUCCESS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		init_test(empty_becomes_ram),
		init_test(data_becomes_ram_and_accessible),
		init_test(ram_stays_and_counts_as_progress),
		init_test(init_ripas_takes_whole_blocks),
		init_test(init_ripas_ends_with_the_table),
		init_test(an_interrupt_ends_init_ripas),
		init_test(init_ripas_stops_at_a_table),
		init_test(init_ripas_stops_at_destroyed),
		init_test(init_ripas_stops_at_destroyed_data),
		init_test(init_ripas_stops_at_an_entry_that_passes_top),
		init_test(init_ripas_reaches_the_end_of_the_protected_half),
		init_test(init_ripas_is_not_measured),
		init_test(init_ripas_wants_a_range),
		init_test(init_ripas_wants_a_realm),
		init_test(init_ripas_wants_aligned_ends_in_the_protected_half),
		init_test(init_ripas_wants_a_new_realm),
		init_test(init_ripas_wants_a_base_at_an_entry),
		init_test(the_realm_gets_a_copy_as_ram),
		init_test(data_map_init_makes_ram_of_every_ripas),
		init_test(new_contents_leave_the_instruction_caches),
		init_test(the_rim_depends_on_place_flags_and_contents),
		init_test(unmeasured_contents_do_not_change_the_rim),
		init_test(map_init_wants_known_flags),
		init_test(map_init_wants_data_that_is_not_the_rd),
		init_test(map_init_wants_a_source_of_the_hosts),
		init_test(map_init_checks_the_source_before_the_realms_state),
		init_test(map_init_wants_a_realm),
		init_test(map_init_wants_a_new_realm),
		init_test(map_init_wants_a_page_in_the_protected_half),
		init_test(map_init_wants_a_table_of_level_3),
		init_test(map_init_checks_the_table_before_the_granule),
		init_test(map_init_wants_nothing_mapped),
		init_test(map_init_wants_a_delegated_granule),
		init_test(a_fault_while_copying_leaves_the_granule_delegated),
	};

	return fixture_run(tests, RMI_GRANULE_SIZE_64KB);
}
