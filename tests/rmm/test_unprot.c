/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RTT_UNPROT_MAP and RTT_UNPROT_UNMAP.
 */
#include "unprot_kit.h"

static uint64_t map(uint64_t base, uint64_t top, uint64_t flags,
		    uint64_t oaddr)
{
	return rmi(RTT_UNPROT_MAP, unprot_rd, base, top, flags, oaddr);
}

static uint64_t unmap(uint64_t base, uint64_t top, uint64_t flags,
		      uint64_t oaddr)
{
	return rmi(RTT_UNPROT_UNMAP, unprot_rd, base, top, flags, oaddr);
}

/* What the host sends: the state bit says undelegated. */
static uint64_t desc(uint64_t pa, int level, unsigned int count)
{
	return fixture_desc(pa, level, count) | UNDELEGATED;
}

static void expect_mapped(uint64_t ipa, int level, uint64_t pa,
			  uint64_t memattr, uint64_t s2ap)
{
	uint64_t read = s2ap >> 1 & 1, write = s2ap & 1;

	fixture_expect_entry(unprot_rd, ipa, level, RMI_DATA,
			     pa | memattr << 2 | read << 6 | write << 7,
			     RMI_EMPTY);
}

/* ---- RTT_UNPROT_MAP: effects ------------------------------------------- */

static void maps_pages_of_the_hosts(void **state)
{
	uint64_t pa = fake_granules(4);

	(void)state;
	assert_int_equal(map(BASE, BASE + 4 * PAGE, SINGLE | WB_RW,
			     desc(pa, 3, 4)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], BASE + 4 * PAGE);
	expect_mapped(BASE + 3 * PAGE, 3, pa + 3 * PAGE, 6, 3);
	assert_int_equal(fixture_state(pa), GRANULE_UNDELEGATED);
	assert_int_equal(fake_pas(pa), FAKE_NS);
}

static void the_state_bit_is_not_looked_at(void **state)
{
	(void)state;
	assert_int_equal(map(BASE, BASE + PAGE, SINGLE | WB_RW,
			     fixture_desc(0, 3, 1)), RMI_SUCCESS);
}

static void maps_what_is_no_ram_and_what_is_not_ns(void **state)
{
	uint64_t pa = fake_delegate(1);

	(void)state;
	/* The GPT alone protects memory from a realm's access as NS. */
	assert_int_equal(map(BASE, BASE + PAGE, SINGLE | WB_RW,
			     desc(0x9000000, 3, 1)), RMI_SUCCESS);
	assert_int_equal(map(BASE + PAGE, BASE + 2 * PAGE, SINGLE | WB_RW,
			     desc(pa, 3, 1)), RMI_SUCCESS);
	assert_int_equal(fixture_state(pa), GRANULE_DELEGATED);
}

static void maps_blocks_of_2m_and_1g(void **state)
{
	(void)state;
	if (rtt_level_block() > 1)
		skip();
	assert_int_equal(map(BASE + BLOCK2, BASE + 3 * BLOCK2, SINGLE | WB_RW,
			     desc(0x40000000, 2, 2)), RMI_SUCCESS);
	expect_mapped(BASE + 2 * BLOCK2, 2, 0x40000000 + BLOCK2, 6, 3);
	assert_int_equal(map(BASE + BLOCK1, BASE + 2 * BLOCK1, SINGLE | WB_RW,
			     desc(0x40000000, 1, 1)), RMI_SUCCESS);
	expect_mapped(BASE + BLOCK1, 1, 0x40000000, 6, 3);
}

static void every_attribute_but_the_reserved_one_is_written(void **state)
{
	(void)state;
	for (unsigned int memattr = 0; memattr < 8; memattr++) {
		for (unsigned int s2ap = 0; s2ap < 4; s2ap++) {
			uint64_t ipa = BASE + (memattr * 4 + s2ap) * PAGE;

			if (memattr == RMI_MEMATTR_RESERVED)
				continue;
			assert_int_equal(map(ipa, ipa + PAGE,
					     SINGLE | ATTR(memattr, s2ap),
					     desc(5 * PAGE, 3, 1)),
					 RMI_SUCCESS);
			expect_mapped(ipa, 3, 5 * PAGE, memattr, s2ap);
		}
	}
}

/* Of which all is zero but that it is mapped. */
static void maps_address_0_without_any_access(void **state)
{
	(void)state;
	assert_int_equal(map(BASE, BASE + PAGE, SINGLE | ATTR(0, 0),
			     desc(0, 3, 1)), RMI_SUCCESS);
	expect_mapped(BASE, 3, 0, 0, 0);
}

static void maps_a_list(void **state)
{
	uint64_t page = fake_ns_page();
	uint64_t *list = fake_view(page);

	(void)state;
	list[0] = desc(7 * PAGE, 3, 1);
	list[1] = desc(PAGE, 3, 2);
	assert_int_equal(map(BASE, BASE + 3 * PAGE, LIST(2) | WB_RW, page),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], BASE + 3 * PAGE);
	expect_mapped(BASE + 2 * PAGE, 3, 2 * PAGE, 6, 3);
}

static void the_same_mapping_again_is_done(void **state)
{
	(void)state;
	assert_int_equal(map(BASE, BASE + PAGE, SINGLE | WB_RW,
			     desc(7 * PAGE, 3, 1)), RMI_SUCCESS);
	assert_refused(map(BASE, BASE + PAGE, SINGLE | WB_RW,
			   desc(7 * PAGE, 3, 1)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], BASE + PAGE);
}

static void maps_up_to_the_end_of_the_ipa_space(void **state)
{
	uint64_t end = FIXTURE_IPA_END;

	(void)state;
	fixture_tables(unprot_rd, end - PAGE, 3);
	assert_int_equal(map(end - PAGE, end, SINGLE | WB_RW,
			     desc(7 * PAGE, 3, 1)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], end);
}

static void mapping_ends_with_the_table(void **state)
{
	(void)state;
	assert_int_equal(map(BASE + BLOCK2 - PAGE, BASE + BLOCK2 + PAGE,
			     SINGLE | WB_RW, desc(7 * PAGE, 3, 2)),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], BASE + BLOCK2);
}

static void an_interrupt_ends_mapping_after_one_block(void **state)
{
	(void)state;
	fake.irq_pending = true;
	assert_int_equal(map(BASE + BLOCK2, BASE + 3 * BLOCK2, SINGLE | WB_RW,
			     desc(0x40000000, 2, 2)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], BASE + 2 * BLOCK2);
}

/* ---- RTT_UNPROT_MAP: refusals ------------------------------------------ */

static void map_wants_a_realm(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_UNPROT_MAP, 0, BASE, BASE + PAGE,
			   SINGLE | WB_RW, desc(0, 3, 1)), RMI_ERROR_INPUT);
}

static void map_wants_a_realm_that_is_new_or_active(void **state)
{
	(void)state;
	fixture_set_realm_state(unprot_rd, REALM_ACTIVE);
	assert_int_equal(map(BASE, BASE + PAGE, SINGLE | WB_RW,
			     desc(0, 3, 1)), RMI_SUCCESS);
	for (enum realm_state s = REALM_SYSTEM_OFF; s <= REALM_ZOMBIE; s++) {
		fixture_set_realm_state(unprot_rd, s);
		assert_refused(map(BASE, BASE + PAGE, SINGLE | WB_RW,
				   desc(0, 3, 1)), RMI_ERROR_REALM);
	}
}

static void map_wants_an_aligned_range(void **state)
{
	uint64_t flags = SINGLE | WB_RW;

	(void)state;
	assert_refused(map(BASE, BASE, flags, desc(0, 3, 1)), RMI_ERROR_INPUT);
	assert_refused(map(BASE + 8, BASE + PAGE, flags, desc(0, 3, 1)),
		       RMI_ERROR_INPUT);
	assert_refused(map(BASE, BASE + PAGE + 8, flags, desc(0, 3, 1)),
		       RMI_ERROR_INPUT);
	assert_refused(map(BASE + PAGE, BASE + 3 * BLOCK2, flags,
			   desc(0, 2, 1)), RMI_ERROR_INPUT);
}

static void map_wants_a_range_outside_the_protected_half(void **state)
{
	uint64_t flags = SINGLE | WB_RW, end = FIXTURE_IPA_END;

	(void)state;
	assert_refused(map(0, PAGE, flags, desc(0, 3, 1)), RMI_ERROR_INPUT);
	assert_refused(map(BASE - PAGE, BASE + PAGE, flags, desc(0, 3, 1)),
		       RMI_ERROR_INPUT);
	assert_refused(map(end - PAGE, end + PAGE, flags, desc(0, 3, 1)),
		       RMI_ERROR_INPUT);
	assert_refused(map(end, end + PAGE, flags, desc(0, 3, 1)),
		       RMI_ERROR_INPUT);
}

static void map_wants_a_source(void **state)
{
	uint64_t page = fake_ns_page();

	(void)state;
	assert_refused(map(BASE, BASE + PAGE, NONE | WB_RW, 0),
		       RMI_ERROR_INPUT);
	assert_refused(map(BASE, BASE + PAGE, SINGLE | WB_RW, desc(0, 3, 0)),
		       RMI_ERROR_INPUT);
	assert_refused(map(BASE, BASE + PAGE, LIST(0) | WB_RW, page),
		       RMI_ERROR_INPUT);
	assert_refused(map(BASE, BASE + PAGE, LIST(1) | WB_RW, page + 1),
		       RMI_ERROR_INPUT);
}

static void map_wants_blocks_of_level_1_to_3(void **state)
{
	(void)state;
	assert_refused(map(BASE, FIXTURE_IPA_END, SINGLE | WB_RW,
			   desc(0, 0, 1)), RMI_ERROR_INPUT);
}

static void map_wants_room_for_a_block(void **state)
{
	(void)state;
	assert_refused(map(BASE + BLOCK2, BASE + BLOCK2 + PAGE,
			   SINGLE | WB_RW, desc(0, 2, 1)), RET_RTT(2));
	/* Before the access permissions. */
	assert_refused(map(BASE + BLOCK2, BASE + BLOCK2 + PAGE,
			   SINGLE | ATTR(6, 4), desc(0, 2, 1)), RET_RTT(2));
}

static void map_wants_known_access_permissions(void **state)
{
	(void)state;
	for (unsigned int s2ap = 4; s2ap < 16; s2ap++)
		assert_refused(map(BASE, BASE + PAGE, SINGLE | ATTR(6, s2ap),
				   desc(0, 3, 1)), RMI_ERROR_INPUT);
	/* Before the table. */
	assert_refused(map(BASE + BLOCK1, BASE + BLOCK1 + PAGE,
			   SINGLE | ATTR(6, 4), desc(0, 3, 1)),
		       RMI_ERROR_INPUT);
}

static void map_wants_a_table_of_the_blocks_level(void **state)
{
	(void)state;
	assert_refused(map(BASE + BLOCK2, BASE + BLOCK2 + PAGE,
			   SINGLE | WB_RW, desc(0, 3, 1)), RET_RTT(2));
	/* Before the memory attribute. */
	assert_refused(map(BASE + BLOCK1, BASE + BLOCK1 + PAGE,
			   SINGLE | ATTR(RMI_MEMATTR_RESERVED, 3),
			   desc(0, 3, 1)), RET_RTT(1));
}

static void map_wants_a_memory_attribute_that_is_not_reserved(void **state)
{
	(void)state;
	assert_refused(map(BASE, BASE + PAGE,
			   SINGLE | ATTR(RMI_MEMATTR_RESERVED, 3),
			   desc(0, 3, 1)), RMI_ERROR_INPUT);
}

static void map_wants_an_aligned_address_of_48_bits(void **state)
{
	(void)state;
	assert_refused(map(BASE + BLOCK2, BASE + 2 * BLOCK2, SINGLE | WB_RW,
			   desc(PAGE, 2, 1)), RMI_ERROR_INPUT);
	assert_refused(map(BASE, BASE + PAGE, SINGLE | WB_RW,
			   desc(1ull << 48, 3, 1)), RMI_ERROR_INPUT);
}

static void map_wants_nothing_else_mapped(void **state)
{
	(void)state;
	assert_int_equal(map(BASE, BASE + PAGE, SINGLE | WB_RW,
			     desc(7 * PAGE, 3, 1)), RMI_SUCCESS);
	assert_refused(map(BASE, BASE + PAGE, SINGLE | WB_RW,
			   desc(8 * PAGE, 3, 1)), RET_RTT(3));
	assert_refused(map(BASE, BASE + PAGE, SINGLE | ATTR(5, 3),
			   desc(7 * PAGE, 3, 1)), RET_RTT(3));
	assert_refused(map(BASE, BASE + PAGE, SINGLE | ATTR(6, 2),
			   desc(7 * PAGE, 3, 1)), RET_RTT(3));
	/* And no table where a block is to go. */
	assert_refused(map(BASE, BASE + BLOCK2, SINGLE | WB_RW,
			   desc(0, 2, 1)), RET_RTT(2));
}

/* ---- RTT_UNPROT_UNMAP -------------------------------------------------- */

static void unmapping_leaves_nothing_and_cleans_the_tlb(void **state)
{
	(void)state;
	map(BASE, BASE + 4 * PAGE, SINGLE | WB_RW, desc(0x40000000, 3, 4));
	fake.tlbi_ranges = 0;
	assert_int_equal(unmap(BASE, BASE + 4 * PAGE, NONE, 0), RMI_SUCCESS);
	assert_int_equal(fake_out[1], BASE + 4 * PAGE);
	assert_int_equal(fake_out[2], 0);
	assert_int_equal(fake_out[3], 0);
	for (unsigned int i = 0; i < 4; i++)
		fixture_expect_entry(unprot_rd, BASE + i * PAGE, 3, RMI_VOID, 0,
				     RMI_EMPTY);
	assert_int_equal(fake.tlbi_ranges, 1);
	assert_int_equal(fake.tlbi_ipa, BASE);
	assert_int_equal(fake.tlbi_size, 4 * PAGE);
}

static void unmapping_names_memory_as_undelegated(void **state)
{
	uint64_t page = fake_ns_page();
	const uint64_t *list = fake_view(page);

	(void)state;
	map(BASE, BASE + 2 * PAGE, SINGLE | WB_RW, desc(0x40000000, 3, 2));
	map(BASE + 2 * PAGE, BASE + 3 * PAGE, SINGLE | WB_RW,
	    desc(0x70000000, 3, 1));
	assert_int_equal(unmap(BASE, BASE + PAGE, SINGLE, 0), RMI_SUCCESS);
	assert_int_equal(fake_out[2], desc(0x40000000, 3, 1));
	assert_int_equal(unmap(BASE, BASE + 3 * PAGE, LIST(8), page),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[3], 2);
	assert_int_equal(list[0], desc(0x40000000 + PAGE, 3, 1));
	assert_int_equal(list[1], desc(0x70000000, 3, 1));
}

static void unmaps_a_block_of_1g(void **state)
{
	uint64_t ipa = BASE + BLOCK1;

	(void)state;
	if (rtt_level_block() > 1)
		skip();
	map(ipa, ipa + BLOCK1, SINGLE | WB_RW, desc(BLOCK1, 1, 1));
	assert_int_equal(unmap(ipa, ipa + BLOCK1, SINGLE, 0), RMI_SUCCESS);
	assert_int_equal(fake_out[2], desc(BLOCK1, 1, 1));
	fixture_expect_entry(unprot_rd, ipa, 1, RMI_VOID, 0, RMI_EMPTY);
}

static void unmapping_passes_over_what_is_not_mapped(void **state)
{
	(void)state;
	assert_refused(unmap(BASE, BASE + BLOCK2, SINGLE, 0), RMI_SUCCESS);
	assert_int_equal(fake_out[1], BASE + BLOCK2);
	assert_int_equal(fake_out[2], 0);
}

static void unmapping_works_in_every_state_of_the_realm(void **state)
{
	(void)state;
	map(BASE, BASE + 4 * PAGE, SINGLE | WB_RW, desc(0, 3, 4));
	for (enum realm_state s = REALM_NEW; s <= REALM_ZOMBIE; s++) {
		fixture_set_realm_state(unprot_rd, s);
		assert_int_equal(unmap(BASE + s * PAGE, BASE + (s + 1) * PAGE,
				       NONE, 0), RMI_SUCCESS);
	}
}

static void unmap_wants_a_realm(void **state)
{
	(void)state;
	assert_refused(rmi(RTT_UNPROT_UNMAP, 0, BASE, BASE + PAGE, NONE, 0),
		       RMI_ERROR_INPUT);
}

static void unmap_wants_an_aligned_range_outside_the_protected_half(
	void **state)
{
	uint64_t end = FIXTURE_IPA_END;

	(void)state;
	assert_refused(unmap(BASE, BASE, NONE, 0), RMI_ERROR_INPUT);
	assert_refused(unmap(BASE + 8, BASE + PAGE, NONE, 0),
		       RMI_ERROR_INPUT);
	assert_refused(unmap(BASE, BASE + 8, NONE, 0), RMI_ERROR_INPUT);
	assert_refused(unmap(0, PAGE, NONE, 0), RMI_ERROR_INPUT);
	assert_refused(unmap(BASE - PAGE, BASE + PAGE, NONE, 0),
		       RMI_ERROR_INPUT);
	assert_refused(unmap(end - PAGE, end + PAGE, NONE, 0),
		       RMI_ERROR_INPUT);
}

static void unmap_wants_a_list_only_for_a_list(void **state)
{
	uint64_t page = fake_ns_page();

	(void)state;
	assert_refused(unmap(BASE, BASE + PAGE, SINGLE, page),
		       RMI_ERROR_INPUT);
	assert_refused(unmap(BASE, BASE + PAGE, LIST(0), page),
		       RMI_ERROR_INPUT);
	assert_refused(unmap(BASE, BASE + PAGE, LIST(1), unprot_rd),
		       RMI_ERROR_INPUT);
}

static void unmap_wants_an_entry_inside_the_range(void **state)
{
	uint64_t ipa = BASE + BLOCK1;

	(void)state;
	map(ipa, ipa + BLOCK1, SINGLE | WB_RW, desc(BLOCK1, 1, 1));
	assert_refused(unmap(ipa, ipa + PAGE, NONE, 0), RET_RTT(1));
	assert_refused(unmap(ipa + PAGE, ipa + BLOCK1, NONE, 0), RET_RTT(1));
	assert_int_equal(fake_out[1], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		unprot_test(maps_pages_of_the_hosts),
		unprot_test(the_state_bit_is_not_looked_at),
		unprot_test(maps_what_is_no_ram_and_what_is_not_ns),
		unprot_test(maps_blocks_of_2m_and_1g),
		unprot_test(every_attribute_but_the_reserved_one_is_written),
		unprot_test(maps_address_0_without_any_access),
		unprot_test(maps_a_list),
		unprot_test(the_same_mapping_again_is_done),
		unprot_test(maps_up_to_the_end_of_the_ipa_space),
		unprot_test(mapping_ends_with_the_table),
		unprot_test(an_interrupt_ends_mapping_after_one_block),
		unprot_test(map_wants_a_realm),
		unprot_test(map_wants_a_realm_that_is_new_or_active),
		unprot_test(map_wants_an_aligned_range),
		unprot_test(map_wants_a_range_outside_the_protected_half),
		unprot_test(map_wants_a_source),
		unprot_test(map_wants_blocks_of_level_1_to_3),
		unprot_test(map_wants_room_for_a_block),
		unprot_test(map_wants_known_access_permissions),
		unprot_test(map_wants_a_table_of_the_blocks_level),
		unprot_test(map_wants_a_memory_attribute_that_is_not_reserved),
		unprot_test(map_wants_an_aligned_address_of_48_bits),
		unprot_test(map_wants_nothing_else_mapped),
		unprot_test(unmapping_leaves_nothing_and_cleans_the_tlb),
		unprot_test(unmapping_names_memory_as_undelegated),
		unprot_test(unmaps_a_block_of_1g),
		unprot_test(unmapping_passes_over_what_is_not_mapped),
		unprot_test(unmapping_works_in_every_state_of_the_realm),
		unprot_test(unmap_wants_a_realm),
		unprot_test(
		unmap_wants_an_aligned_range_outside_the_protected_half),
		unprot_test(unmap_wants_a_list_only_for_a_list),
		unprot_test(unmap_wants_an_entry_inside_the_range),
	};

	return fixture_run(tests, RMI_GRANULE_SIZE_64KB);
}
