/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RTT_DATA_MAP.
 */
#include <string.h>

#include "fixture.h"

#define SINGLE RMI_OADDR_SINGLE

static uint64_t rd; /* the default realm, with tables down to level 3 at 0 */
static uint64_t pa; /* 8 delegated granules */

static int setup(void **state)
{
	fixture_setup(state);
	rd = fixture_realm_default();
	fixture_tables(rd, 0, 3);
	pa = fake_delegate(8);
	return 0;
}

#define map_test(name) \
	cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

static uint64_t map(uint64_t base, uint64_t top, uint64_t flags,
		    uint64_t oaddr)
{
	return rmi(RTT_DATA_MAP, rd, base, top, flags, oaddr);
}

static uint64_t desc(uint64_t at, unsigned int count)
{
	return fixture_desc(at, 3, count);
}

/* ---- Effects ----------------------------------------------------------- */

static void maps_pages_in_order(void **state)
{
	(void)state;
	assert_int_equal(map(PAGE, 9 * PAGE, SINGLE, desc(pa, 8)),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], 9 * PAGE);
	for (unsigned int i = 0; i < 8; i++) {
		assert_int_equal(fixture_state(pa + i * PAGE), GRANULE_DATA);
		fixture_expect_entry(rd, (i + 1) * PAGE, 3, RMI_DATA,
				     pa + i * PAGE, RMI_EMPTY);
	}
}

static void mapped_memory_is_zero(void **state)
{
	const uint8_t *bytes = fake_view(pa);

	(void)state;
	memset(fake_view(pa), 0xa5, 2 * PAGE);
	fake.icache_bytes = 0;
	assert_int_equal(map(0, 2 * PAGE, SINGLE, desc(pa, 2)), RMI_SUCCESS);
	for (uint64_t i = 0; i < 2 * PAGE; i++)
		assert_int_equal(bytes[i], 0);
	assert_int_equal(fake.icache_bytes, 2 * PAGE);
}

static void every_ripas_is_kept(void **state)
{
	(void)state;
	for (enum rmi_ripas r = RMI_EMPTY; r <= RMI_DESTROYED; r++) {
		uint64_t at = pa + r * PAGE, ipa = r * PAGE;

		fixture_set_ripas(rd, ipa, r);
		assert_int_equal(map(ipa, ipa + PAGE, SINGLE, desc(at, 1)),
				 RMI_SUCCESS);
		fixture_expect_entry(rd, ipa, 3, RMI_DATA, at, r);
	}
}

static void maps_a_block_of_2m(void **state)
{
	uint64_t block = fake_delegate(rtt_entries());

	(void)state;
	assert_int_equal(map(BLOCK2, 2 * BLOCK2, SINGLE,
			     fixture_desc(block, 2, 1)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 2 * BLOCK2);
	fixture_expect_entry(rd, BLOCK2, 2, RMI_DATA, block, RMI_EMPTY);
	for (unsigned int i = 0; i < rtt_entries(); i++)
		assert_int_equal(fixture_state(block + i * PAGE),
				 GRANULE_DATA);
}

static void maps_blocks_one_after_the_other(void **state)
{
	uint64_t block = fake_delegate(4 * rtt_entries());

	(void)state;
	assert_int_equal(map(BLOCK2, 5 * BLOCK2, SINGLE,
			     fixture_desc(block, 2, 4)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 5 * BLOCK2);
	fixture_expect_entry(rd, 4 * BLOCK2, 2, RMI_DATA, block + 3 * BLOCK2,
			     RMI_EMPTY);
}

static void maps_a_list(void **state)
{
	uint64_t page = fake_ns_page();
	uint64_t *list = fake_view(page);

	(void)state;
	list[0] = desc(pa + 6 * PAGE, 2);
	list[1] = desc(pa, 1);
	list[2] = desc(pa + 3 * PAGE, 1);
	assert_int_equal(map(0, 4 * PAGE, LIST(3), page), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 4 * PAGE);
	fixture_expect_entry(rd, PAGE, 3, RMI_DATA, pa + 7 * PAGE, RMI_EMPTY);
	fixture_expect_entry(rd, 2 * PAGE, 3, RMI_DATA, pa, RMI_EMPTY);
	fixture_expect_entry(rd, 3 * PAGE, 3, RMI_DATA, pa + 3 * PAGE,
			     RMI_EMPTY);
}

static void what_is_mapped_there_already_is_done(void **state)
{
	(void)state;
	assert_int_equal(map(0, PAGE, SINGLE, desc(pa, 1)), RMI_SUCCESS);
	*(uint8_t *)fake_view(pa) = 0x77; /* the realm's, now */
	assert_refused(map(0, PAGE, SINGLE, desc(pa, 1)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], PAGE);
	assert_int_equal(map(0, 2 * PAGE, SINGLE, desc(pa, 2)), RMI_SUCCESS);
	assert_int_equal(*(uint8_t *)fake_view(pa), 0x77);
}

static void maps_while_the_realm_is_active(void **state)
{
	(void)state;
	fixture_set_realm_state(rd, REALM_ACTIVE);
	assert_int_equal(map(0, PAGE, SINGLE, desc(pa, 1)), RMI_SUCCESS);
}

static void mapping_needs_no_tlbi(void **state)
{
	(void)state;
	fake.tlbi_ranges = 0;
	assert_int_equal(map(0, PAGE, SINGLE, desc(pa, 1)), RMI_SUCCESS);
	assert_int_equal(fake.tlbi_ranges, 0);
}

/* ---- Progress ---------------------------------------------------------- */

static void mapping_stops_at_the_end_of_the_descriptor(void **state)
{
	(void)state;
	assert_int_equal(map(0, 8 * PAGE, SINGLE, desc(pa, 3)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 3 * PAGE);
}

static void mapping_stops_at_the_end_of_the_table(void **state)
{
	(void)state;
	assert_int_equal(map(BLOCK2 - PAGE, BLOCK2 + PAGE, SINGLE,
			     desc(pa, 2)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], BLOCK2);
	assert_int_equal(fixture_state(pa + PAGE), GRANULE_DELEGATED);
}

static void mapping_never_counts_the_last_page_twice(void **state)
{
	uint64_t page = fake_ns_page();
	uint64_t *list = fake_view(page);

	(void)state;
	list[0] = desc(pa, 1);
	list[1] = desc(pa, 1);
	assert_int_equal(map(BLOCK2 - PAGE, BLOCK2 + PAGE, LIST(2), page),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], BLOCK2);
}

static void mapping_stops_at_top(void **state)
{
	(void)state;
	assert_int_equal(map(0, 2 * PAGE, SINGLE, desc(pa, 8)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 2 * PAGE);
	assert_int_equal(fixture_state(pa + 2 * PAGE), GRANULE_DELEGATED);
}

static void mapping_stops_at_a_block_that_passes_top(void **state)
{
	uint64_t block = fake_delegate(2 * rtt_entries());

	(void)state;
	assert_int_equal(map(BLOCK2, 2 * BLOCK2 + PAGE, SINGLE,
			     fixture_desc(block, 2, 2)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 2 * BLOCK2);
}

static void mapping_stops_at_what_is_mapped_elsewhere(void **state)
{
	uint64_t other = fixture_page(rd, 2 * PAGE);

	(void)state;
	assert_int_equal(map(0, 8 * PAGE, SINGLE, desc(pa, 8)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 2 * PAGE);
	fixture_expect_entry(rd, 2 * PAGE, 3, RMI_DATA, other, RMI_EMPTY);
}

static void mapping_stops_at_a_granule_that_is_not_delegated(void **state)
{
	(void)state;
	rmi(GRANULE_RANGE_UNDELEGATE, pa + 5 * PAGE, pa + 6 * PAGE);
	assert_int_equal(map(0, 8 * PAGE, SINGLE, desc(pa, 8)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 5 * PAGE);
}

static void mapping_stops_at_another_size_in_the_list(void **state)
{
	uint64_t page = fake_ns_page();
	uint64_t *list = fake_view(page);

	(void)state;
	list[0] = desc(pa, 1);
	list[1] = fixture_desc(fake_delegate(rtt_entries()), 2, 1);
	assert_int_equal(map(0, 8 * PAGE, LIST(2), page), RMI_SUCCESS);
	assert_int_equal(fake_out[1], PAGE);
}

static void mapping_stops_at_another_state_in_the_list(void **state)
{
	uint64_t page = fake_ns_page();
	uint64_t *list = fake_view(page);

	(void)state;
	list[0] = desc(pa, 1);
	list[1] = desc(pa + PAGE, 1) | UNDELEGATED;
	assert_int_equal(map(0, 8 * PAGE, LIST(2), page), RMI_SUCCESS);
	assert_int_equal(fake_out[1], PAGE);
}

/* A table of pages is no more work than a block; a debug build is exact. */
static void an_interrupt_stops_between_pages(void **state)
{
	(void)state;
	for (unsigned int n = 1; n <= 8; n++) {
		unsigned int done = FAKE_STRIDE == 1 ? n : 8;

		setup(state);
		fake.irq_countdown = n;
		assert_int_equal(map(0, 8 * PAGE, SINGLE, desc(pa, 8)),
				 RMI_SUCCESS);
		assert_int_equal(fake_out[1], done * PAGE);
		assert_int_equal(fixture_state(pa + (done - 1) * PAGE),
				 GRANULE_DATA);
		if (done < 8)
			assert_int_equal(fixture_state(pa + done * PAGE),
					 GRANULE_DELEGATED);
	}
}

/* ---- Refusals ---------------------------------------------------------- */

static void wants_a_realm(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_DATA_MAP, pa, 0, PAGE, SINGLE, desc(pa, 1)),
		       RMI_ERROR_INPUT);
}

static void wants_a_realm_that_is_new_or_active(void **state)
{
	(void)state;
	for (enum realm_state s = REALM_SYSTEM_OFF; s <= REALM_ZOMBIE; s++) {
		fixture_set_realm_state(rd, s);
		assert_refused(map(0, PAGE, SINGLE, desc(pa, 1)),
			       RMI_ERROR_REALM);
		/* In this command before all other arguments. */
		assert_refused(map(0, 0, 0, 0), RMI_ERROR_REALM);
	}
}

static void wants_a_range(void **state)
{
	(void)state;
	assert_refused(map(PAGE, PAGE, SINGLE, desc(pa, 1)), RMI_ERROR_INPUT);
	assert_refused(map(PAGE, 0, SINGLE, desc(pa, 1)), RMI_ERROR_INPUT);
}

static void wants_a_single_descriptor_or_a_list(void **state)
{
	uint64_t page = fake_ns_page();

	(void)state;
	*(uint64_t *)fake_view(page) = desc(pa, 1);
	assert_refused(map(0, PAGE, RMI_OADDR_NONE, 0), RMI_ERROR_INPUT);
	assert_refused(map(0, PAGE, 3, page), RMI_ERROR_INPUT);
	assert_refused(map(0, PAGE, SINGLE | 1 << 2, desc(pa, 1)),
		       RMI_ERROR_INPUT);
	assert_refused(map(0, PAGE, LIST(0), page), RMI_ERROR_INPUT);
	assert_refused(map(0, PAGE, LIST(1), page + 4), RMI_ERROR_INPUT);
	assert_refused(map(0, PAGE, LIST(1), pa), RMI_ERROR_INPUT);
	fake.ns_read_fails = true;
	assert_refused(map(0, PAGE, LIST(1), page), RMI_ERROR_INPUT);
}

static void wants_delegated_memory_named_as_such(void **state)
{
	(void)state;
	assert_refused(map(0, PAGE, SINGLE, desc(pa, 1) | UNDELEGATED),
		       RMI_ERROR_INPUT);
	/* Before the size of the range. */
	assert_refused(map(0, PAGE, SINGLE,
			   fixture_desc(0, 2, 1) | UNDELEGATED),
		       RMI_ERROR_INPUT);
}

static void wants_blocks_of_level_1_to_3(void **state)
{
	(void)state;
	assert_refused(map(0, FIXTURE_PAR_END, SINGLE, fixture_desc(0, 0, 1)),
		       RMI_ERROR_INPUT);
}

static void wants_an_aligned_range(void **state)
{
	(void)state;
	assert_refused(map(8, PAGE, SINGLE, desc(pa, 1)), RMI_ERROR_INPUT);
	assert_refused(map(0, PAGE + 8, SINGLE, desc(pa, 1)), RMI_ERROR_INPUT);
	assert_refused(map(BLOCK2 + PAGE, 3 * BLOCK2, SINGLE,
			   fixture_desc(pa, 2, 1)), RMI_ERROR_INPUT);
}

static void wants_a_range_in_the_protected_half(void **state)
{
	uint64_t end = FIXTURE_PAR_END;

	(void)state;
	assert_refused(map(end, end + PAGE, SINGLE, desc(pa, 1)),
		       RMI_ERROR_INPUT);
	assert_refused(map(end - PAGE, end + PAGE, SINGLE, desc(pa, 1)),
		       RMI_ERROR_INPUT);
	assert_refused(map(0, ~(PAGE - 1), SINGLE, desc(pa, 1)),
		       RMI_ERROR_INPUT);
}

static void wants_room_for_a_block(void **state)
{
	(void)state;
	assert_refused(map(BLOCK2, BLOCK2 + PAGE, SINGLE,
			   fixture_desc(pa, 2, 1)), RET_RTT(2));
	if (rtt_level_block() > 1)
		return;
	assert_refused(map(BLOCK1, BLOCK1 + BLOCK2, SINGLE,
			   fixture_desc(pa, 1, 1)), RET_RTT(1));
}

static void wants_a_table_of_the_blocks_level(void **state)
{
	(void)state;
	assert_refused(map(BLOCK2, BLOCK2 + PAGE, SINGLE, desc(pa, 1)),
		       RET_RTT(2));
	assert_refused(map(BLOCK1, BLOCK1 + PAGE, SINGLE, desc(pa, 1)),
		       RET_RTT(1));
	assert_refused(map(BLOCK1, BLOCK1 + BLOCK2, SINGLE,
			   fixture_desc(pa, 2, 1)), RET_RTT(1));
}

static void wants_blocks_in_the_descriptor(void **state)
{
	uint64_t page = fake_ns_page();

	(void)state;
	assert_refused(map(0, PAGE, SINGLE, desc(pa, 0)), RMI_ERROR_INPUT);
	assert_refused(map(0, PAGE, LIST(5), page), RMI_ERROR_INPUT);
}

static void wants_an_aligned_address(void **state)
{
	(void)state;
	assert_refused(map(BLOCK2, 2 * BLOCK2, SINGLE,
			   fixture_desc(pa + PAGE, 2, 1)), RMI_ERROR_INPUT);
}

static void wants_an_address_of_48_bits(void **state)
{
	(void)state;
	assert_refused(map(0, PAGE, SINGLE, desc(1ull << 48, 1)),
		       RMI_ERROR_INPUT);
}

static void wants_nothing_mapped_elsewhere(void **state)
{
	(void)state;
	fixture_page(rd, 0);
	for (enum rmi_ripas r = RMI_EMPTY; r <= RMI_DESTROYED; r++) {
		fixture_set_ripas(rd, 0, r);
		assert_refused(map(0, PAGE, SINGLE, desc(pa, 1)), RET_RTT(3));
	}
}

static void wants_no_table_where_a_block_goes(void **state)
{
	uint64_t block = fake_delegate(rtt_entries());

	(void)state;
	assert_refused(map(0, BLOCK2, SINGLE, fixture_desc(block, 2, 1)),
		       RET_RTT(2));
}

static void wants_a_delegated_granule(void **state)
{
	uint64_t ns = fake_granules(1);

	(void)state;
	assert_refused(map(PAGE, 2 * PAGE, SINGLE, desc(ns, 1)),
		       RMI_ERROR_INPUT);
	assert_int_equal(fake_out[1], 0);
	assert_refused(map(0, PAGE, SINGLE, desc(rd, 1)), RMI_ERROR_INPUT);
	assert_refused(map(0, PAGE, SINGLE, desc(0, 1)), RMI_ERROR_INPUT);
}

static void a_granule_is_mapped_once(void **state)
{
	uint64_t used = fixture_page(rd, 0), other = fixture_realm(40, 1);

	(void)state;
	assert_refused(map(PAGE, 2 * PAGE, SINGLE, desc(used, 1)),
		       RMI_ERROR_INPUT);
	fixture_tables(other, 0, 3);
	assert_refused(rmi(RTT_DATA_MAP, other, 0, PAGE, SINGLE,
			   desc(used, 1)), RMI_ERROR_INPUT);
}

static void a_block_with_one_unfit_granule_is_rolled_back(void **state)
{
	const unsigned int places[] = { 0, 1, 300, rtt_entries() - 1 };
	uint64_t block = fake_delegate(rtt_entries());

	(void)state;
	for (unsigned int i = 0; i < 4; i++) {
		uint64_t at = block + places[i] * PAGE;

		rmi(GRANULE_RANGE_UNDELEGATE, at, at + PAGE);
		assert_refused(map(BLOCK2, 2 * BLOCK2, SINGLE,
				   fixture_desc(block, 2, 1)),
			       RMI_ERROR_INPUT);
		rmi(GRANULE_RANGE_DELEGATE, at, at + PAGE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		map_test(maps_pages_in_order),
		map_test(mapped_memory_is_zero),
		map_test(every_ripas_is_kept),
		map_test(maps_a_block_of_2m),
		map_test(maps_blocks_one_after_the_other),
		map_test(maps_a_list),
		map_test(what_is_mapped_there_already_is_done),
		map_test(maps_while_the_realm_is_active),
		map_test(mapping_needs_no_tlbi),
		map_test(mapping_stops_at_the_end_of_the_descriptor),
		map_test(mapping_stops_at_the_end_of_the_table),
		map_test(mapping_never_counts_the_last_page_twice),
		map_test(mapping_stops_at_top),
		map_test(mapping_stops_at_a_block_that_passes_top),
		map_test(mapping_stops_at_what_is_mapped_elsewhere),
		map_test(mapping_stops_at_a_granule_that_is_not_delegated),
		map_test(mapping_stops_at_another_size_in_the_list),
		map_test(mapping_stops_at_another_state_in_the_list),
		map_test(an_interrupt_stops_between_pages),
		map_test(wants_a_realm),
		map_test(wants_a_realm_that_is_new_or_active),
		map_test(wants_a_range),
		map_test(wants_a_single_descriptor_or_a_list),
		map_test(wants_delegated_memory_named_as_such),
		map_test(wants_blocks_of_level_1_to_3),
		map_test(wants_an_aligned_range),
		map_test(wants_a_range_in_the_protected_half),
		map_test(wants_room_for_a_block),
		map_test(wants_a_table_of_the_blocks_level),
		map_test(wants_blocks_in_the_descriptor),
		map_test(wants_an_aligned_address),
		map_test(wants_an_address_of_48_bits),
		map_test(wants_nothing_mapped_elsewhere),
		map_test(wants_no_table_where_a_block_goes),
		map_test(wants_a_delegated_granule),
		map_test(a_granule_is_mapped_once),
		map_test(a_block_with_one_unfit_granule_is_rolled_back),
	};

	return fixture_run(tests, RMI_GRANULE_SIZE_16KB);
}
