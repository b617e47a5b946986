/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Interrupts in the middle of RTT_UNPROT_MAP and RTT_UNPROT_UNMAP: each ends
 * the call with progress, and the next call goes on. No granule changes hands
 * there, so neither becomes an operation.
 */
#include "rmm/interrupt.h"
#include "unprot_kit.h"

#define BLOCKS (BASE + BLOCK2) /* where the table of level 2 has no other */
#define PAGES_PA 0x40000000ull
#define BLOCKS_PA (4 * BLOCK2)
#define COUNT 8

/* How many pages a call does that an interrupt finds after the first @n. */
static unsigned int pages_done(unsigned int n)
{
	return FAKE_STRIDE == 1 ? n : COUNT;
}

static uint64_t map_pages(void)
{
	return rmi(RTT_UNPROT_MAP, unprot_rd, BASE, BASE + COUNT * PAGE,
		   SINGLE | WB_RW,
		   fixture_desc(PAGES_PA, 3, COUNT) | UNDELEGATED);
}

static uint64_t map_blocks(uint64_t base, unsigned int first)
{
	uint64_t pa = BLOCKS_PA + first * BLOCK2;

	return rmi(RTT_UNPROT_MAP, unprot_rd, base,
		   base + (COUNT - first) * BLOCK2, SINGLE | WB_RW,
		   fixture_desc(pa, 2, COUNT - first) | UNDELEGATED);
}

static uint64_t unmap(uint64_t base, uint64_t top, uint64_t flags)
{
	return rmi(RTT_UNPROT_UNMAP, unprot_rd, base, top, flags, 0);
}

static bool is_mapped(uint64_t ipa, int level)
{
	assert_int_equal(rmi(RTT_READ_ENTRY, unprot_rd, ipa, level),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], level);
	return fake_out[2] == RMI_DATA;
}

static void mapping_stops_between_pages(void **state)
{
	for (unsigned int n = 1; n <= COUNT; n++) {
		unsigned int done = pages_done(n);

		unprot_setup(state);
		fake.irq_countdown = n;
		assert_int_equal(map_pages(), RMI_SUCCESS);
		assert_int_equal(fake_out[1], BASE + done * PAGE);
		for (unsigned int i = 0; i < COUNT; i++)
			assert_int_equal(is_mapped(BASE + i * PAGE, 3),
					 i < done);
	}
}

static void mapping_stops_between_blocks(void **state)
{
	(void)state;
	fake.irq_pending = true;
	for (unsigned int i = 0; i < COUNT; i++) {
		uint64_t ipa = BLOCKS + i * BLOCK2;

		assert_int_equal(map_blocks(ipa, i), RMI_SUCCESS);
		assert_int_equal(fake_out[1], ipa + BLOCK2);
		assert_true(is_mapped(ipa, 2));
		assert_false(is_mapped(ipa + BLOCK2, 2));
	}
}

static void unmapping_stops_between_pages(void **state)
{
	for (unsigned int n = 1; n <= COUNT; n++) {
		unsigned int done = pages_done(n);

		unprot_setup(state);
		assert_int_equal(map_pages(), RMI_SUCCESS);
		fake.irq_countdown = n;
		assert_int_equal(unmap(BASE, BASE + COUNT * PAGE, SINGLE),
				 RMI_SUCCESS);
		assert_int_equal(fake_out[1], BASE + done * PAGE);
		assert_int_equal(fake_out[2], UNDELEGATED |
				 fixture_desc(PAGES_PA, 3, done));
		for (unsigned int i = 0; i < COUNT; i++)
			assert_int_equal(is_mapped(BASE + i * PAGE, 3),
					 i >= done);
	}
}

/* What is nobody's is passed by entry for entry as well. */
static void unmapping_stops_between_empty_entries(void **state)
{
	(void)state;
	for (unsigned int n = 1; n <= COUNT; n++) {
		fake.irq_pending = false;
		fake.irq_countdown = n;
		assert_int_equal(unmap(BASE, BASE + COUNT * PAGE, NONE),
				 RMI_SUCCESS);
		assert_int_equal(fake_out[1], BASE + pages_done(n) * PAGE);
	}
}

/* A table of 64 KiB has 8192 of them. */
static void every_build_looks_after_so_many_empty_entries(void **state)
{
	uint64_t top = BASE + rtt_entries() * PAGE;

	(void)state;
	fake.irq_pending = true;
	for (uint64_t ipa = BASE; ipa < top; ipa = fake_out[1]) {
		assert_int_equal(unmap(ipa, top, NONE), RMI_SUCCESS);
		assert_in_range(fake_out[1], ipa + PAGE,
				ipa + INTERRUPT_ENTRIES * PAGE);
	}
}

/* Every build looks there, and no operation is begun. */
static void unmapping_stops_between_blocks(void **state)
{
	(void)state;
	assert_int_equal(map_blocks(BLOCKS, 0), RMI_SUCCESS);
	assert_int_equal(fake_out[1], BLOCKS + COUNT * BLOCK2);
	fake.irq_pending = true;
	for (unsigned int i = 0; i < COUNT; i++) {
		uint64_t ipa = BLOCKS + i * BLOCK2;

		assert_int_equal(unmap(ipa, BLOCKS + COUNT * BLOCK2, SINGLE),
				 RMI_SUCCESS);
		assert_int_equal(fake_out[1], ipa + BLOCK2);
		assert_int_equal(fake_out[2], UNDELEGATED |
				 fixture_desc(BLOCKS_PA + i * BLOCK2, 2, 1));
		assert_false(is_mapped(ipa, 2));
	}
}

static void without_an_interrupt_it_is_one_call(void **state)
{
	(void)state;
	assert_int_equal(map_blocks(BLOCKS, 0), RMI_SUCCESS);
	assert_int_equal(fake_out[1], BLOCKS + COUNT * BLOCK2);
	assert_int_equal(unmap(BLOCKS, BLOCKS + COUNT * BLOCK2, SINGLE),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], BLOCKS + COUNT * BLOCK2);
	assert_int_equal(fake_out[2], UNDELEGATED |
			 fixture_desc(BLOCKS_PA, 2, COUNT));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		unprot_test(mapping_stops_between_pages),
		unprot_test(mapping_stops_between_blocks),
		unprot_test(unmapping_stops_between_pages),
		unprot_test(unmapping_stops_between_empty_entries),
		unprot_test(every_build_looks_after_so_many_empty_entries),
		unprot_test(unmapping_stops_between_blocks),
		unprot_test(without_an_interrupt_it_is_one_call),
	};

	return fixture_run(tests, RMI_GRANULE_SIZE_64KB);
}
