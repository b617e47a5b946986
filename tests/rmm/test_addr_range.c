/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Address range descriptors, and lists of them in Non-secure memory.
 */
#include "fixture.h"
#include "rmm/addr_range.h"

#define SLOTS 512 /* descriptors in a page */

static void a_descriptor_has_size_count_address_and_state(void **state)
{
	struct addr_range range = addr_range_decode(
		1ull << 63 | 0x812345678000 | 1023 << 2 | 1);

	(void)state;
	assert_int_equal(range.pa, 0x812345678000);
	assert_int_equal(range.count, 1023);
	assert_int_equal(range.level, 2);
	assert_true(range.undelegated);
}

static void sizes_name_levels_from_the_last(void **state)
{
	(void)state;
	for (int size = 0; size < 4; size++)
		assert_int_equal(addr_range_decode(size).level, 3 - size);
}

static void encoding_is_the_inverse(void **state)
{
	static const uint64_t descs[] = { 0, 1ull << 63, 0xffffffffff000,
					  4 | 2, 1023 << 2 | 3,
					  0x8000000000007ffdull };

	(void)state;
	for (unsigned int i = 0; i < sizeof(descs) / sizeof(descs[0]); i++) {
		struct addr_range range = addr_range_decode(descs[i]);

		assert_int_equal(addr_range_encode(&range), descs[i]);
	}
}

/* ---- Blocks that a command takes --------------------------------------- */

/* Takes all that is there: how many blocks, and the last one's address. */
static unsigned int take_all(struct addr_source *source, uint64_t *last)
{
	unsigned int count = 0;

	while (addr_source_ready(source)) {
		*last = source->range.pa;
		addr_source_take(source);
		count++;
	}
	return count;
}

static void a_single_descriptor_gives_its_blocks(void **state)
{
	struct addr_source source;
	uint64_t last;

	(void)state;
	assert_true(addr_source_open(&source, RMI_OADDR_SINGLE,
				     fixture_desc(0x40000000, 2, 3)));
	assert_int_equal(take_all(&source, &last), 3);
	assert_int_equal(last, 0x40000000 + 2 * BLOCK2);
}

static void a_single_descriptor_has_no_list_count(void **state)
{
	struct addr_source source;

	(void)state;
	assert_false(addr_source_open(&source, RMI_OADDR_SINGLE | 1 << 2,
				      fixture_desc(0, 3, 1)));
}

static void a_source_is_single_or_list(void **state)
{
	struct addr_source source;

	(void)state;
	assert_false(addr_source_open(&source, RMI_OADDR_NONE, 0));
	assert_false(addr_source_open(&source, 3, 0));
}

static void a_list_gives_the_blocks_of_all_its_descriptors(void **state)
{
	uint64_t page = fake_ns_page(), last;
	uint64_t *list = fake_view(page);
	struct addr_source source;

	(void)state;
	list[0] = fixture_desc(0x1000, 3, 2);
	list[1] = 0; /* empty: passed over */
	list[2] = fixture_desc(0x9000, 3, 3);
	list[3] = fixture_desc(0x20000, 3, 9); /* past the count */
	assert_true(addr_source_open(&source, LIST(3), page));
	assert_int_equal(take_all(&source, &last), 5);
	assert_int_equal(last, 0xb000);
}

static void a_list_ends_with_its_granule(void **state)
{
	uint64_t page = fake_ns_page(), last;
	uint64_t *list = fake_view(page);
	struct addr_source source;

	(void)state;
	for (unsigned int i = 0; i < SLOTS; i++)
		list[i] = fixture_desc(i * PAGE, 3, 1);
	assert_true(addr_source_open(&source, LIST(1000), page));
	assert_int_equal(take_all(&source, &last), SLOTS);
	assert_true(addr_source_open(&source, LIST(1000), page + 510 * 8));
	assert_int_equal(take_all(&source, &last), 2);
}

static void a_list_must_be_aligned_counted_and_readable(void **state)
{
	uint64_t page = fake_ns_page(), realm = fake_delegate(1);
	struct addr_source source;

	(void)state;
	assert_false(addr_source_open(&source, LIST(0), page));
	assert_false(addr_source_open(&source, LIST(1), page + 4));
	assert_false(addr_source_open(&source, LIST(1), realm));
	assert_false(addr_source_open(&source, LIST(1), 0));
}

static void a_list_that_becomes_unreadable_ends(void **state)
{
	uint64_t page = fake_ns_page(), last;
	uint64_t *list = fake_view(page);
	struct addr_source source;

	(void)state;
	list[0] = fixture_desc(0x1000, 3, 1);
	list[1] = fixture_desc(0x5000, 3, 1);
	assert_true(addr_source_open(&source, LIST(2), page));
	fake.ns_read_fails = true;
	assert_int_equal(take_all(&source, &last), 1);
}

/* ---- Blocks that a command returns ------------------------------------- */

static bool add(struct addr_sink *sink, uint64_t pa, unsigned int count)
{
	struct addr_range range = { .pa = pa, .count = count, .level = 3 };

	return addr_sink_add(sink, &range);
}

static void a_single_result_ends_at_the_first_gap(void **state)
{
	struct addr_sink sink;

	(void)state;
	assert_true(addr_sink_open(&sink, RMI_OADDR_SINGLE, 0));
	assert_int_equal(addr_sink_single(&sink), 0);
	assert_true(add(&sink, 0x1000, 2));
	assert_true(add(&sink, 0x3000, 1));
	assert_false(add(&sink, 0x5000, 1));
	assert_int_equal(addr_sink_single(&sink), fixture_desc(0x1000, 3, 3));
	assert_int_equal(addr_sink_count(&sink), 0);
}

static void a_result_that_nobody_wants_never_ends(void **state)
{
	struct addr_sink sink;

	(void)state;
	assert_true(addr_sink_open(&sink, RMI_OADDR_NONE, 0));
	for (unsigned int i = 0; i < 1000; i++)
		assert_true(add(&sink, 2 * i * PAGE, 1));
	assert_int_equal(addr_sink_single(&sink), 0);
	assert_int_equal(addr_sink_count(&sink), 0);
}

static void a_list_result_merges_and_ends_when_full(void **state)
{
	uint64_t page = fake_ns_page();
	uint64_t *list = fake_view(page);
	struct addr_sink sink;

	(void)state;
	list[2] = 0x1234;
	assert_true(addr_sink_open(&sink, LIST(2), page));
	assert_true(add(&sink, 0x1000, 1));
	assert_true(add(&sink, 0x2000, 1));
	assert_true(add(&sink, 0x8000, 1));
	assert_false(add(&sink, 0x1000, 1));
	assert_true(add(&sink, 0x9000, 4));
	assert_int_equal(addr_sink_count(&sink), 2);
	assert_int_equal(addr_sink_single(&sink), 0);
	assert_int_equal(list[0], fixture_desc(0x1000, 3, 2));
	assert_int_equal(list[1], fixture_desc(0x8000, 3, 5));
	assert_int_equal(list[2], 0x1234);
}

static void a_list_result_stays_in_its_granule(void **state)
{
	uint64_t page = fake_ns_page();
	struct addr_sink sink;

	(void)state;
	assert_true(addr_sink_open(&sink, LIST(4000), page + 509 * 8));
	assert_true(add(&sink, 0x1000, 1));
	assert_true(add(&sink, 0x3000, 1));
	assert_true(add(&sink, 0x5000, 1));
	assert_false(add(&sink, 0x7000, 1));
}

static void a_list_that_cannot_be_written_takes_nothing(void **state)
{
	uint64_t page = fake_ns_page();
	struct addr_sink sink;

	(void)state;
	assert_true(addr_sink_open(&sink, LIST(2), page));
	fake.ns_write_fails = true;
	assert_false(add(&sink, 0x1000, 1));
	assert_int_equal(addr_sink_count(&sink), 0);
}

static void a_sink_checks_its_arguments(void **state)
{
	uint64_t page = fake_ns_page(), realm = fake_delegate(1);
	struct addr_sink sink;

	(void)state;
	assert_false(addr_sink_open(&sink, RMI_OADDR_NONE, page));
	assert_false(addr_sink_open(&sink, RMI_OADDR_SINGLE, page));
	assert_false(addr_sink_open(&sink, RMI_OADDR_NONE | 1 << 2, 0));
	assert_false(addr_sink_open(&sink, RMI_OADDR_SINGLE | 1 << 2, 0));
	assert_false(addr_sink_open(&sink, LIST(0), page));
	assert_false(addr_sink_open(&sink, LIST(1), page + 1));
	assert_false(addr_sink_open(&sink, LIST(1), realm));
	assert_false(addr_sink_open(&sink, 3, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(a_descriptor_has_size_count_address_and_state),
		fixture_test(sizes_name_levels_from_the_last),
		fixture_test(encoding_is_the_inverse),
		fixture_test(a_single_descriptor_gives_its_blocks),
		fixture_test(a_single_descriptor_has_no_list_count),
		fixture_test(a_source_is_single_or_list),
		fixture_test(a_list_gives_the_blocks_of_all_its_descriptors),
		fixture_test(a_list_ends_with_its_granule),
		fixture_test(a_list_must_be_aligned_counted_and_readable),
		fixture_test(a_list_that_becomes_unreadable_ends),
		fixture_test(a_single_result_ends_at_the_first_gap),
		fixture_test(a_result_that_nobody_wants_never_ends),
		fixture_test(a_list_result_merges_and_ends_when_full),
		fixture_test(a_list_result_stays_in_its_granule),
		fixture_test(a_list_that_cannot_be_written_takes_nothing),
		fixture_test(a_sink_checks_its_arguments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
