/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RTT_FOLD: what a table of one kind becomes, what one odd entry prevents, and
 * that RTT_CREATE undoes it.
 */
#include "fixture.h"

#define IPA (2 * BLOCK2) /* of a table of level 3 */
#define NS_IPA (FIXTURE_PAR_END + 2 * BLOCK2)
#define NS_PA 0x40000000ull
#define LAST ((rtt_entries() - 1) * PAGE) /* in the table */
#define WB (RMI_MEMATTR_NORMAL_WB << 16)
#define RW (RMI_S2AP_RW << 19)
#define RO (RMI_S2AP_READ << 19)

static uint64_t rd; /* the default realm */
static uint64_t table; /* of level 3, at IPA */
static uint64_t ns_table; /* of level 3, at NS_IPA */

static int setup(void **state)
{
	fixture_setup(state);
	rd = fixture_realm_default();
	fixture_tables(rd, IPA, 2);
	table = fixture_table(rd, IPA, 3);
	fixture_tables(rd, NS_IPA, 2);
	ns_table = fixture_table(rd, NS_IPA, 3);
	return 0;
}

#define fold_test(name) \
	cmocka_unit_test_setup_teardown(name, setup, fixture_teardown)

static uint64_t fold(uint64_t ipa, uint64_t level)
{
	return rmi(RTT_FOLD, rd, ipa, level);
}

/* A table of pages of @pa up, and the RIPAS of all. */
static uint64_t fill(enum rmi_ripas ripas)
{
	uint64_t pa = fake_delegate(rtt_entries());

	assert_int_equal(rmi(RTT_DATA_MAP, rd, IPA, IPA + BLOCK2,
			     RMI_OADDR_SINGLE,
			     fixture_desc(pa, 3, rtt_entries())),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], IPA + BLOCK2);
	for (unsigned int i = 0; i < rtt_entries(); i++)
		fixture_set_ripas(rd, IPA + i * PAGE, ripas);
	return pa;
}

static void map_ns(uint64_t ipa, uint64_t pa, unsigned int pages, uint64_t how)
{
	assert_int_equal(rmi(RTT_UNPROT_MAP, rd, ipa, ipa + pages * PAGE,
			     RMI_OADDR_SINGLE | how,
			     fixture_desc(pa, 3, pages) | UNDELEGATED),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], ipa + pages * PAGE);
}

/* What @ipa's entry says at the level where the walk ends. */
static struct rtt_walk entry_at(uint64_t ipa)
{
	struct rtt_walk walk;

	rtt_walk_deep(fake_view(rd), ipa, &walk);
	return walk;
}

/* ---- What it does ------------------------------------------------------ */

static void a_void_table_becomes_a_void_entry(void **state)
{
	for (enum rmi_ripas ripas = RMI_EMPTY; ripas <= RMI_DESTROYED;
	     ripas++) {
		setup(state);
		for (unsigned int i = 0; i < rtt_entries(); i++)
			fixture_set_ripas(rd, IPA + i * PAGE, ripas);
		assert_int_equal(fold(IPA, 3), RMI_SUCCESS);
		assert_int_equal(fake_out[1], table);
		fixture_expect_entry(rd, IPA, 2, RMI_VOID, 0, ripas);
		assert_int_equal(fixture_state(table), GRANULE_DELEGATED);
		assert_int_equal(fixture_teardown(state), 0);
	}
}

static void a_table_of_data_becomes_a_block(void **state)
{
	for (enum rmi_ripas ripas = RMI_EMPTY; ripas <= RMI_DESTROYED;
	     ripas++) {
		uint64_t pa;

		setup(state);
		pa = fill(ripas);
		assert_int_equal(fold(IPA, 3), RMI_SUCCESS);
		assert_int_equal(fake_out[1], table);
		fixture_expect_entry(rd, IPA, 2, RMI_DATA, pa, ripas);
		assert_int_equal(entry_at(IPA).table[IPA / BLOCK2] & 1,
				 ripas == RMI_RAM);
		for (unsigned int i = 0; i < rtt_entries(); i++)
			assert_int_equal(fixture_state(pa + i * PAGE),
					 GRANULE_DATA);
		assert_int_equal(fixture_state(table), GRANULE_DELEGATED);
		assert_int_equal(fixture_teardown(state), 0);
	}
}

static void an_unmapped_table_outside_becomes_an_entry(void **state)
{
	(void)state;
	assert_int_equal(fold(NS_IPA, 3), RMI_SUCCESS);
	assert_int_equal(fake_out[1], ns_table);
	fixture_expect_entry(rd, NS_IPA, 2, RMI_VOID, 0, RMI_EMPTY);
	assert_int_equal(entry_at(NS_IPA).level, 2);
}

static void a_table_of_ns_memory_becomes_a_block(void **state)
{
	struct rtt_walk walk;

	(void)state;
	map_ns(NS_IPA, NS_PA, rtt_entries(), WB | RO);
	assert_int_equal(fold(NS_IPA, 3), RMI_SUCCESS);
	walk = entry_at(NS_IPA);
	assert_int_equal(walk.level, 2);
	assert_int_equal(walk.entry.hipas, HIPAS_MAPPED_NS);
	assert_int_equal(walk.entry.pa, NS_PA);
	assert_int_equal(walk.entry.memattr, RMI_MEMATTR_NORMAL_WB);
	assert_int_equal(walk.entry.s2ap, RMI_S2AP_READ);
	assert_int_equal(fixture_state(ns_table), GRANULE_DELEGATED);
}

static void folding_goes_on_upwards(void **state)
{
	uint64_t upper;

	(void)state;
	assert_int_equal(rmi(RTT_READ_ENTRY, rd, 0, 1), RMI_SUCCESS);
	upper = fake_out[3];
	assert_int_equal(fold(IPA, 3), RMI_SUCCESS);
	assert_int_equal(fold(0, 2), RMI_SUCCESS);
	assert_int_equal(fake_out[1], upper);
	fixture_expect_entry(rd, 0, 1, RMI_VOID, 0, RMI_EMPTY);
}

/* Fills a table of level 2, at the fourth entry of level 1, with blocks. */
static uint64_t map_ns_blocks(void)
{
	uint64_t base = FIXTURE_PAR_END + 3 * BLOCK1;
	uint64_t desc = fixture_desc(BLOCK1, 2, rtt_entries()) | UNDELEGATED;

	fixture_tables(rd, base, 2);
	assert_int_equal(rmi(RTT_UNPROT_MAP, rd, base, base + BLOCK1,
			     RMI_OADDR_SINGLE | WB | RW, desc), RMI_SUCCESS);
	assert_int_equal(fake_out[1], base + BLOCK1);
	return base;
}

static void a_table_of_ns_blocks_becomes_a_larger_block(void **state)
{
	uint64_t base = map_ns_blocks();

	(void)state;
	if (rtt_level_block() > 1)
		skip();
	assert_int_equal(fold(base, 2), RMI_SUCCESS);
	assert_int_equal(entry_at(base).level, 1);
	assert_int_equal(entry_at(base).entry.pa, BLOCK1);
}

/* With larger granules level 1 translates no memory. */
static void no_block_is_made_at_level_1_then(void **state)
{
	(void)state;
	if (rtt_level_block() == 1)
		skip();
	map_ns_blocks();
	assert_refused(fold(FIXTURE_PAR_END + 3 * BLOCK1, 2), RET_RTT(1));
}

static void create_undoes_fold(void **state)
{
	uint64_t pa = fill(RMI_RAM);

	(void)state;
	for (unsigned int i = 0; i < 3; i++) {
		assert_int_equal(fold(IPA, 3), RMI_SUCCESS);
		assert_int_equal(rmi(RTT_CREATE, rd, table, IPA, 3),
				 RMI_SUCCESS);
		fixture_expect_entry(rd, IPA + LAST, 3, RMI_DATA,
				     pa + LAST, RMI_RAM);
	}
	assert_int_equal(rmi(RTT_DATA_UNMAP, rd, IPA, IPA + BLOCK2,
			     RMI_OADDR_SINGLE, 0), RMI_SUCCESS);
	assert_int_equal(fake_out[2], fixture_desc(pa, 3, rtt_entries()));
}

static uint64_t broken; /* the parent's entry, when the TLBs were told */

static void look_at_the_parent(void)
{
	struct rtt_walk walk;

	rtt_walk(fake_view(rd), IPA, 2, &walk);
	broken = walk.table[walk.index];
	assert_int_equal(fixture_state(table), GRANULE_RTT);
}

/* No PE walks the table any more when it is somebody else's. */
static void the_table_is_broken_before_the_entry_is_made(void **state)
{
	(void)state;
	fill(RMI_RAM);
	broken = 1;
	fake.tlbi_ranges = 0;
	fake.on_tlbi = look_at_the_parent;
	assert_int_equal(fold(IPA, 3), RMI_SUCCESS);
	assert_int_equal(fake.tlbi_ranges, 1);
	assert_int_equal(fake.tlbi_ipa, IPA);
	assert_int_equal(fake.tlbi_size, BLOCK2);
	assert_int_equal(broken, 0);
}

static void fold_works_in_every_state_of_the_realm(void **state)
{
	for (enum realm_state s = REALM_NEW; s <= REALM_ZOMBIE; s++) {
		setup(state);
		fixture_set_realm_state(rd, s);
		assert_int_equal(fold(IPA, 3), RMI_SUCCESS);
	}
}

/* ---- Refusals ---------------------------------------------------------- */

static void wants_a_realm(void **state)
{
	uint64_t page = fake_ns_page();

	(void)state;
	assert_refused(rmi(RTT_FOLD, table, IPA, 3), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_FOLD, rd + 8, IPA, 3), RMI_ERROR_INPUT);
	assert_refused(rmi(RTT_FOLD, page, IPA, 3), RMI_ERROR_INPUT);
}

static void wants_a_level_below_the_roots(void **state)
{
	(void)state;
	assert_refused(fold(0, 1), RMI_ERROR_INPUT);
	assert_refused(fold(0, 0), RMI_ERROR_INPUT);
	assert_refused(fold(IPA, 4), RMI_ERROR_INPUT);
	assert_refused(fold(IPA, ~0ull), RMI_ERROR_INPUT);
	assert_refused(fold(IPA, 3 | 1ull << 32), RMI_ERROR_INPUT);
}

static void wants_an_ipa_inside_and_aligned_to_the_parents_entry(void **state)
{
	(void)state;
	assert_refused(fold(FIXTURE_IPA_END, 3), RMI_ERROR_INPUT);
	assert_refused(fold(IPA + PAGE, 3), RMI_ERROR_INPUT);
	assert_refused(fold(IPA, 2), RMI_ERROR_INPUT);
}

static void wants_a_table_there(void **state)
{
	(void)state;
	/* No table on the way, and none at the end of it. */
	assert_refused(fold(5 * BLOCK1, 3), RET_RTT(1));
	assert_refused(fold(5 * BLOCK1, 2), RET_RTT(1));
	assert_refused(fold(IPA + BLOCK2, 3), RET_RTT(2));
	assert_int_equal(fake_out[1], 0);
}

static void a_table_above_a_table_stays(void **state)
{
	(void)state;
	assert_refused(fold(0, 2), RET_RTT(2));
	/* Wherever the table is. */
	assert_int_equal(fold(IPA, 3), RMI_SUCCESS);
	fixture_table(rd, 0, 3);
	assert_refused(fold(0, 2), RET_RTT(2));
}

/* Every place in the table counts. */
static void one_odd_ripas_keeps_the_table(void **state)
{
	const unsigned int places[] = { 0, 1, 255, rtt_entries() - 1 };

	for (unsigned int i = 0; i < 4; i++) {
		setup(state);
		fixture_set_ripas(rd, IPA + places[i] * PAGE, RMI_RAM);
		assert_refused(fold(IPA, 3), RET_RTT(3));
	}
}

static void one_page_of_data_keeps_the_table(void **state)
{
	const unsigned int places[] = { 0, 1, rtt_entries() - 1 };

	for (unsigned int i = 0; i < 3; i++) {
		setup(state);
		fixture_page(rd, IPA + places[i] * PAGE);
		assert_refused(fold(IPA, 3), RET_RTT(3));
	}
}

static void one_hole_in_the_data_keeps_the_table(void **state)
{
	const unsigned int places[] = { 0, 1, rtt_entries() - 1 };

	for (unsigned int i = 0; i < 3; i++) {
		uint64_t hole = IPA + places[i] * PAGE;

		setup(state);
		fill(RMI_EMPTY);
		assert_int_equal(rmi(RTT_DATA_UNMAP, rd, hole, hole + PAGE,
				     0, 0), RMI_SUCCESS);
		assert_refused(fold(IPA, 3), RET_RTT(3));
	}
}

static void one_odd_ripas_in_the_data_keeps_the_table(void **state)
{
	const unsigned int places[] = { 0, 1, rtt_entries() - 1 };

	for (unsigned int i = 0; i < 3; i++) {
		setup(state);
		fill(RMI_RAM);
		fixture_set_ripas(rd, IPA + places[i] * PAGE, RMI_EMPTY);
		assert_refused(fold(IPA, 3), RET_RTT(3));
	}
}

/* Contiguous it is, but not where a block may lie. */
static void data_that_is_not_aligned_keeps_the_table(void **state)
{
	uint64_t pa = fake_delegate(2 * rtt_entries()) + PAGE;

	(void)state;
	assert_int_equal(rmi(RTT_DATA_MAP, rd, IPA, IPA + BLOCK2,
			     RMI_OADDR_SINGLE,
			     fixture_desc(pa, 3, rtt_entries())),
			 RMI_SUCCESS);
	assert_refused(fold(IPA, 3), RET_RTT(3));
}

static void data_that_is_not_contiguous_keeps_the_table(void **state)
{
	uint64_t pa = fake_delegate(rtt_entries()), last = IPA + LAST;

	(void)state;
	assert_int_equal(rmi(RTT_DATA_MAP, rd, IPA, last, RMI_OADDR_SINGLE,
			     fixture_desc(pa, 3, rtt_entries() - 1)),
			 RMI_SUCCESS);
	fixture_page(rd, last);
	assert_refused(fold(IPA, 3), RET_RTT(3));
}

static void ns_memory_of_two_kinds_keeps_the_table(void **state)
{
	unsigned int count = rtt_entries() - 1;
	const struct {
		uint64_t pa;
		uint64_t how;
	} last[] = {
		{ NS_PA + count * PAGE, WB | RO },
		{ NS_PA + count * PAGE, RMI_MEMATTR_NORMAL_NC << 16 | RW },
		{ NS_PA, WB | RW },
	};

	for (unsigned int i = 0; i < 3; i++) {
		setup(state);
		map_ns(NS_IPA, NS_PA, count, WB | RW);
		assert_refused(fold(NS_IPA, 3), RET_RTT(3));
		map_ns(NS_IPA + count * PAGE, last[i].pa, 1, last[i].how);
		assert_refused(fold(NS_IPA, 3), RET_RTT(3));
	}
}

static void ns_memory_that_is_not_aligned_keeps_the_table(void **state)
{
	(void)state;
	map_ns(NS_IPA, NS_PA + PAGE, rtt_entries(), WB | RW);
	assert_refused(fold(NS_IPA, 3), RET_RTT(3));
}

/* Level 0 translates no memory: the blocks are one level too high already. */
static void no_block_is_made_at_level_0(void **state)
{
	uint64_t base, size = rtt_entries() * BLOCK1;

	(void)state;
	if (rtt_level_block() > 1)
		skip();
	rd = fixture_realm(44, 0);
	base = 1ull << 43;
	fixture_tables(rd, base, 1);
	assert_int_equal(rmi(RTT_UNPROT_MAP, rd, base, base + size,
			     RMI_OADDR_SINGLE | WB | RW,
			     fixture_desc(0, 1, rtt_entries()) | UNDELEGATED),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], base + size);
	assert_refused(fold(base, 1), RET_RTT(0));
	/* Not homogeneous comes first. */
	assert_int_equal(rmi(RTT_UNPROT_UNMAP, rd, base, base + BLOCK1, 0, 0),
			 RMI_SUCCESS);
	assert_refused(fold(base, 1), RET_RTT(1));
	/* What maps nothing may lie at level 0. */
	assert_int_equal(rmi(RTT_UNPROT_UNMAP, rd, base, base + size, 0, 0),
			 RMI_SUCCESS);
	assert_int_equal(fold(base, 1), RMI_SUCCESS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fold_test(a_void_table_becomes_a_void_entry),
		fold_test(a_table_of_data_becomes_a_block),
		fold_test(an_unmapped_table_outside_becomes_an_entry),
		fold_test(a_table_of_ns_memory_becomes_a_block),
		fold_test(folding_goes_on_upwards),
		fold_test(a_table_of_ns_blocks_becomes_a_larger_block),
		fold_test(no_block_is_made_at_level_1_then),
		fold_test(create_undoes_fold),
		fold_test(the_table_is_broken_before_the_entry_is_made),
		fold_test(fold_works_in_every_state_of_the_realm),
		fold_test(wants_a_realm),
		fold_test(wants_a_level_below_the_roots),
		fold_test(wants_an_ipa_inside_and_aligned_to_the_parents_entry),
		fold_test(wants_a_table_there),
		fold_test(a_table_above_a_table_stays),
		fold_test(one_odd_ripas_keeps_the_table),
		fold_test(one_page_of_data_keeps_the_table),
		fold_test(one_hole_in_the_data_keeps_the_table),
		fold_test(one_odd_ripas_in_the_data_keeps_the_table),
		fold_test(data_that_is_not_aligned_keeps_the_table),
		fold_test(data_that_is_not_contiguous_keeps_the_table),
		fold_test(ns_memory_of_two_kinds_keeps_the_table),
		fold_test(ns_memory_that_is_not_aligned_keeps_the_table),
		fold_test(no_block_is_made_at_level_0),
	};

	return fixture_run(tests, RMI_GRANULE_SIZE_16KB);
}
