/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RTT_DATA_UNMAP.
 */
#include "fixture.h"

#define NONE RMI_OADDR_NONE
#define SINGLE RMI_OADDR_SINGLE

static uint64_t rd; /* the default realm, with tables down to level 3 at 0 */
static uint64_t pa; /* 8 granules, mapped at 0 and up; EMPTY */

static uint64_t desc(uint64_t at, unsigned int count)
{
	return fixture_desc(at, 3, count);
}

static int setup(void **state)
{
	fixture_setup(state);
	rd = fixture_realm_default();
	fixture_tables(rd, 0, 3);
	pa = fake_delegate(8);
	return rmi(RTT_DATA_MAP, rd, 0, 8 * PAGE, SINGLE, desc(pa, 8)) !=
	       RMI_SUCCESS;
}

#define unmap_test(name) \
	cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

static uint64_t unmap(uint64_t base, uint64_t top, uint64_t flags,
		      uint64_t oaddr)
{
	return rmi(RTT_DATA_UNMAP, rd, base, top, flags, oaddr);
}

static void expect_results(uint64_t top, uint64_t range, uint64_t count)
{
	assert_int_equal(fake_out[1], top);
	assert_int_equal(fake_out[2], range);
	assert_int_equal(fake_out[3], count);
}

/* Two blocks of 2 MiB at 4 * BLOCK2; their PA. */
static uint64_t map_blocks(void)
{
	uint64_t block = fake_delegate(2 * rtt_entries());

	assert_int_equal(rmi(RTT_DATA_MAP, rd, 4 * BLOCK2, 6 * BLOCK2, SINGLE,
			     fixture_desc(block, 2, 2)), RMI_SUCCESS);
	return block;
}

/* ---- Effects ----------------------------------------------------------- */

static void unmapped_granules_are_delegated_again(void **state)
{
	(void)state;
	assert_int_equal(unmap(PAGE, 3 * PAGE, SINGLE, 0), RMI_SUCCESS);
	expect_results(3 * PAGE, desc(pa + PAGE, 2), 0);
	assert_int_equal(fixture_state(pa), GRANULE_DATA);
	assert_int_equal(fixture_state(pa + PAGE), GRANULE_DELEGATED);
	assert_int_equal(fixture_state(pa + 2 * PAGE), GRANULE_DELEGATED);
	assert_int_equal(fixture_state(pa + 3 * PAGE), GRANULE_DATA);
}

static void ram_becomes_destroyed_and_the_rest_stays(void **state)
{
	static const enum rmi_ripas after[] = { RMI_EMPTY, RMI_DESTROYED,
						RMI_DESTROYED };

	(void)state;
	for (enum rmi_ripas r = RMI_EMPTY; r <= RMI_DESTROYED; r++)
		fixture_set_ripas(rd, r * PAGE, r);
	assert_int_equal(unmap(0, 3 * PAGE, NONE, 0), RMI_SUCCESS);
	for (unsigned int r = 0; r < 3; r++)
		fixture_expect_entry(rd, r * PAGE, 3, RMI_VOID, 0, after[r]);
}

static void mapping_again_keeps_destroyed(void **state)
{
	(void)state;
	fixture_set_ripas(rd, 0, RMI_RAM);
	unmap(0, PAGE, NONE, 0);
	assert_int_equal(rmi(RTT_DATA_MAP, rd, 0, PAGE, SINGLE, desc(pa, 1)),
			 RMI_SUCCESS);
	fixture_expect_entry(rd, 0, 3, RMI_DATA, pa, RMI_DESTROYED);
}

static void the_tlb_forgets_a_run_at_once(void **state)
{
	(void)state;
	fake.tlbi_ranges = 0;
	assert_int_equal(unmap(0, 8 * PAGE, NONE, 0), RMI_SUCCESS);
	assert_int_equal(fake.tlbi_ranges, 1);
	assert_int_equal(fake.tlbi_ipa, 0);
	assert_int_equal(fake.tlbi_size, 8 * PAGE);
	assert_int_equal(fake.tlbi_vmid, ((struct rd *)fake_view(rd))->vmid);
}

/* Runs while the TLB is cleaned. */
static void expect_unmapped_but_not_released(void)
{
	struct rtt_walk walk;

	rtt_walk_deep(fake_view(rd), 0, &walk);
	assert_int_equal(walk.entry.hipas, HIPAS_VOID);
	assert_int_equal(fixture_state(pa), GRANULE_DATA);
}

static void memory_is_released_after_the_tlb_forgot_it(void **state)
{
	(void)state;
	fake.on_tlbi = expect_unmapped_but_not_released;
	assert_int_equal(unmap(0, PAGE, NONE, 0), RMI_SUCCESS);
	assert_int_equal(fixture_state(pa), GRANULE_DELEGATED);
}

static void unmapped_memory_can_be_undelegated_and_is_zero(void **state)
{
	(void)state;
	*(uint64_t *)fake_view(pa) = 0x1234;
	assert_int_equal(unmap(0, PAGE, NONE, 0), RMI_SUCCESS);
	assert_int_equal(rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + PAGE),
			 RMI_SUCCESS);
	assert_int_equal(*(uint64_t *)fake_view(pa), 0);
}

static void unmaps_blocks(void **state)
{
	uint64_t block = map_blocks();

	(void)state;
	fixture_set_ripas(rd, 4 * BLOCK2, RMI_RAM);
	assert_int_equal(unmap(4 * BLOCK2, 6 * BLOCK2, SINGLE, 0),
			 RMI_SUCCESS);
	expect_results(6 * BLOCK2, fixture_desc(block, 2, 2), 0);
	fixture_expect_entry(rd, 4 * BLOCK2, 2, RMI_VOID, 0, RMI_DESTROYED);
	fixture_expect_entry(rd, 5 * BLOCK2, 2, RMI_VOID, 0, RMI_EMPTY);
	for (unsigned int i = 0; i < 2 * rtt_entries(); i++)
		assert_int_equal(fixture_state(block + i * PAGE),
				 GRANULE_DELEGATED);
}

static void works_in_every_state_of_the_realm(void **state)
{
	(void)state;
	for (enum realm_state s = REALM_NEW; s <= REALM_ZOMBIE; s++) {
		fixture_set_realm_state(rd, s);
		assert_int_equal(unmap(s * PAGE, (s + 1) * PAGE, NONE, 0),
				 RMI_SUCCESS);
	}
}

/* ---- What comes back --------------------------------------------------- */

static void nothing_comes_back_for_none(void **state)
{
	(void)state;
	assert_int_equal(unmap(0, 8 * PAGE, NONE, 0), RMI_SUCCESS);
	expect_results(8 * PAGE, 0, 0);
}

static void empty_entries_are_passed_over(void **state)
{
	(void)state;
	assert_refused(unmap(8 * PAGE, BLOCK2, SINGLE, 0), RMI_SUCCESS);
	expect_results(BLOCK2, 0, 0);
	assert_int_equal(unmap(6 * PAGE, 12 * PAGE, SINGLE, 0), RMI_SUCCESS);
	expect_results(12 * PAGE, desc(pa + 6 * PAGE, 2), 0);
}

static void empty_blocks_are_passed_over(void **state)
{
	(void)state;
	assert_refused(unmap(BLOCK2, 7 * BLOCK2, SINGLE, 0), RMI_SUCCESS);
	expect_results(7 * BLOCK2, 0, 0);
}

static void a_single_range_spans_a_hole_between_neighbours(void **state)
{
	(void)state;
	/* pa + 8 goes to 9, so 8 is a hole in IPA, and not in PA. */
	assert_int_equal(fake_delegate(1), pa + 8 * PAGE);
	rmi(RTT_DATA_MAP, rd, 9 * PAGE, 10 * PAGE, SINGLE,
	    desc(pa + 8 * PAGE, 1));
	assert_int_equal(unmap(0, 10 * PAGE, SINGLE, 0), RMI_SUCCESS);
	expect_results(10 * PAGE, desc(pa, 9), 0);
}

static void a_single_range_ends_where_memory_jumps(void **state)
{
	uint64_t other;

	(void)state;
	fake_delegate(1);
	other = fixture_page(rd, 8 * PAGE);
	assert_int_equal(unmap(0, 9 * PAGE, SINGLE, 0), RMI_SUCCESS);
	expect_results(8 * PAGE, desc(pa, 8), 0);
	assert_int_equal(fixture_state(other), GRANULE_DATA);
}

/* Pages at 8, 9 and 10 whose memory is nowhere adjacent. */
static void scatter(uint64_t other[3])
{
	for (unsigned int i = 0; i < 3; i++) {
		fake_delegate(1);
		other[i] = fixture_page(rd, (8 + i) * PAGE);
	}
}

static void a_list_has_a_descriptor_for_each_run(void **state)
{
	uint64_t page = fake_ns_page(), other[3];
	const uint64_t *list = fake_view(page);

	(void)state;
	scatter(other);
	assert_int_equal(unmap(0, 11 * PAGE, LIST(512), page), RMI_SUCCESS);
	expect_results(11 * PAGE, 0, 4);
	assert_int_equal(list[0], desc(pa, 8));
	for (unsigned int i = 0; i < 3; i++)
		assert_int_equal(list[1 + i], desc(other[i], 1));
	assert_int_equal(list[4], 0);
}

static void a_full_list_ends_the_range(void **state)
{
	uint64_t page = fake_ns_page(), other[3];

	(void)state;
	scatter(other);
	assert_int_equal(unmap(0, 11 * PAGE, LIST(2), page), RMI_SUCCESS);
	expect_results(9 * PAGE, 0, 2);
	assert_int_equal(fixture_state(other[0]), GRANULE_DELEGATED);
	assert_int_equal(fixture_state(other[1]), GRANULE_DATA);
}

static void a_list_stays_in_its_granule(void **state)
{
	uint64_t page = fake_ns_page(), other[3];

	(void)state;
	scatter(other);
	assert_int_equal(unmap(0, 11 * PAGE, LIST(512), page + PAGE - 16),
			 RMI_SUCCESS);
	expect_results(9 * PAGE, 0, 2);
}

static void what_the_list_cannot_name_stays_mapped(void **state)
{
	uint64_t page = fake_ns_page(), other[3];

	(void)state;
	scatter(other);
	fake.ns_write_countdown = 2;
	assert_int_equal(unmap(0, 11 * PAGE, LIST(4), page), RMI_SUCCESS);
	expect_results(8 * PAGE, 0, 1);
	assert_int_equal(fixture_state(other[0]), GRANULE_DATA);
	fake.ns_write_fails = true;
	assert_refused(unmap(8 * PAGE, 11 * PAGE, LIST(4), page),
		       RMI_ERROR_INPUT);
}

/* ---- Progress ---------------------------------------------------------- */

static void unmapping_ends_with_the_table(void **state)
{
	(void)state;
	assert_int_equal(unmap(0, 4 * BLOCK2, NONE, 0), RMI_SUCCESS);
	assert_int_equal(fake_out[1], BLOCK2);
}

static void unmapping_stops_at_a_table(void **state)
{
	(void)state;
	fixture_table(rd, 3 * BLOCK2, 3);
	assert_int_equal(unmap(BLOCK2, 5 * BLOCK2, NONE, 0), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 3 * BLOCK2);
}

static void unmapping_stops_at_a_block_that_passes_top(void **state)
{
	uint64_t block = map_blocks();

	(void)state;
	assert_int_equal(unmap(4 * BLOCK2, 5 * BLOCK2 + PAGE, NONE, 0),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], 5 * BLOCK2);
	fixture_expect_entry(rd, 5 * BLOCK2, 2, RMI_DATA, block + BLOCK2,
			     RMI_EMPTY);
}

/* A table of pages is no more work than a block; a debug build is exact. */
static void an_interrupt_stops_between_pages(void **state)
{
	(void)state;
	for (unsigned int n = 1; n <= 8; n++) {
		unsigned int done = FAKE_STRIDE == 1 ? n : 8;

		setup(state);
		fake.irq_countdown = n;
		assert_int_equal(unmap(0, 8 * PAGE, SINGLE, 0), RMI_SUCCESS);
		assert_int_equal(fake_out[1], done * PAGE);
		assert_int_equal(fake_out[2], fixture_desc(pa, 3, done));
	}
}

static void an_interrupt_stops_between_empty_entries(void **state)
{
	(void)state;
	assert_int_equal(unmap(0, 8 * PAGE, NONE, 0), RMI_SUCCESS);
	for (unsigned int n = 1; n <= 4; n++) {
		fake.irq_pending = false;
		fake.irq_countdown = n;
		assert_int_equal(unmap(0, 8 * PAGE, NONE, 0), RMI_SUCCESS);
		assert_int_equal(fake_out[1],
				 (FAKE_STRIDE == 1 ? n : 8) * PAGE);
	}
}

/* ---- Refusals ---------------------------------------------------------- */

static void wants_a_realm(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_DATA_UNMAP, pa, 0, PAGE, NONE, 0),
		       RMI_ERROR_INPUT);
}

static void wants_an_aligned_range(void **state)
{
	(void)state;
	assert_refused(unmap(8, PAGE, NONE, 0), RMI_ERROR_INPUT);
	assert_refused(unmap(0, PAGE - 8, NONE, 0), RMI_ERROR_INPUT);
	assert_refused(unmap(PAGE, PAGE, NONE, 0), RMI_ERROR_INPUT);
	assert_refused(unmap(PAGE, 0, NONE, 0), RMI_ERROR_INPUT);
}

static void wants_a_range_in_the_protected_half(void **state)
{
	uint64_t end = FIXTURE_PAR_END;

	(void)state;
	assert_refused(unmap(end, end + PAGE, NONE, 0), RMI_ERROR_INPUT);
	assert_refused(unmap(end - PAGE, end + PAGE, NONE, 0),
		       RMI_ERROR_INPUT);
	assert_refused(unmap(FIXTURE_IPA_END, FIXTURE_IPA_END + PAGE, NONE, 0),
		       RMI_ERROR_INPUT);
}

static void wants_a_list_only_for_a_list(void **state)
{
	uint64_t page = fake_ns_page();

	(void)state;
	assert_refused(unmap(0, PAGE, NONE, page), RMI_ERROR_INPUT);
	assert_refused(unmap(0, PAGE, SINGLE, page), RMI_ERROR_INPUT);
	assert_refused(unmap(0, PAGE, NONE | 1 << 2, 0), RMI_ERROR_INPUT);
	assert_refused(unmap(0, PAGE, SINGLE | 1 << 2, 0), RMI_ERROR_INPUT);
	assert_refused(unmap(0, PAGE, 3, 0), RMI_ERROR_INPUT);
}

static void wants_a_list_with_room_in_ns_memory(void **state)
{
	uint64_t page = fake_ns_page();

	(void)state;
	assert_refused(unmap(0, PAGE, LIST(0), page), RMI_ERROR_INPUT);
	assert_refused(unmap(0, PAGE, LIST(1), page + 4), RMI_ERROR_INPUT);
	assert_refused(unmap(0, PAGE, LIST(1), pa), RMI_ERROR_INPUT);
	assert_refused(unmap(0, PAGE, LIST(1), 0), RMI_ERROR_INPUT);
}

static void wants_a_base_at_an_entry(void **state)
{
	(void)state;
	map_blocks();
	assert_refused(unmap(4 * BLOCK2 + PAGE, 5 * BLOCK2, NONE, 0),
		       RET_RTT(2));
	assert_int_equal(fake_out[1], 0);
	assert_refused(unmap(4 * BLOCK2 + PAGE, 6 * BLOCK2, NONE, 0),
		       RET_RTT(2));
	assert_refused(unmap(BLOCK1 + BLOCK2, 2 * BLOCK1, NONE, 0),
		       RET_RTT(1));
}

static void wants_the_first_entry_inside_the_range(void **state)
{
	(void)state;
	map_blocks();
	assert_refused(unmap(4 * BLOCK2, 4 * BLOCK2 + PAGE, NONE, 0),
		       RET_RTT(2));
	assert_int_equal(fake_out[1], 0);
	/* Also where nothing is mapped. */
	assert_refused(unmap(BLOCK1, BLOCK1 + PAGE, NONE, 0), RET_RTT(1));
}

static void asks_for_the_range_the_descriptors_and_the_entry(void **state)
{
	(void)state;
	map_blocks();
	/* A base inside a block: the others are found before. */
	assert_refused(unmap(4 * BLOCK2 + PAGE, 5 * BLOCK2, SINGLE, PAGE),
		       RMI_ERROR_INPUT);
	assert_refused(unmap(4 * BLOCK2 + PAGE, 4 * BLOCK2, NONE, 0),
		       RMI_ERROR_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		unmap_test(unmapped_granules_are_delegated_again),
		unmap_test(ram_becomes_destroyed_and_the_rest_stays),
		unmap_test(mapping_again_keeps_destroyed),
		unmap_test(the_tlb_forgets_a_run_at_once),
		unmap_test(memory_is_released_after_the_tlb_forgot_it),
		unmap_test(unmapped_memory_can_be_undelegated_and_is_zero),
		unmap_test(unmaps_blocks),
		unmap_test(works_in_every_state_of_the_realm),
		unmap_test(nothing_comes_back_for_none),
		unmap_test(empty_entries_are_passed_over),
		unmap_test(empty_blocks_are_passed_over),
		unmap_test(a_single_range_spans_a_hole_between_neighbours),
		unmap_test(a_single_range_ends_where_memory_jumps),
		unmap_test(a_list_has_a_descriptor_for_each_run),
		unmap_test(a_full_list_ends_the_range),
		unmap_test(a_list_stays_in_its_granule),
		unmap_test(what_the_list_cannot_name_stays_mapped),
		unmap_test(unmapping_ends_with_the_table),
		unmap_test(unmapping_stops_at_a_table),
		unmap_test(unmapping_stops_at_a_block_that_passes_top),
		unmap_test(an_interrupt_stops_between_pages),
		unmap_test(an_interrupt_stops_between_empty_entries),
		unmap_test(wants_a_realm),
		unmap_test(wants_an_aligned_range),
		unmap_test(wants_a_range_in_the_protected_half),
		unmap_test(wants_a_list_only_for_a_list),
		unmap_test(wants_a_list_with_room_in_ns_memory),
		unmap_test(wants_a_base_at_an_entry),
		unmap_test(wants_the_first_entry_inside_the_range),
		unmap_test(asks_for_the_range_the_descriptors_and_the_entry),
	};

	return fixture_run(tests, RMI_GRANULE_SIZE_16KB);
}
