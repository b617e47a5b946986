/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stateful operations on their way up: OP_MEM_DONATE, and the order of calls
 * with OP_CONTINUE and OP_CANCEL.
 */
#include <string.h>

#include "sro_kit.h"

/* The operation waits for @wanted granules, and none has moved. */
static void assert_still_wants(unsigned int wanted)
{
	entries()[0] = 0;
	assert_int_equal(donate(1), DONATE);
	assert_int_equal(fake_out[1], 0);
	assert_int_equal(fake_out[2], REQUEST(wanted));
	for (unsigned int i = 0; i < 16; i++)
		assert_int_equal(kit_state(page(i)), GRANULE_DELEGATED);
}

/* ---- Donation ---------------------------------------------------------- */

static void one_descriptor_gives_all(void **state)
{
	(void)state;
	entries()[0] = DESC(page(0), 4);
	assert_int_equal(donate(1), NONE);
	assert_int_equal(fake_out[1], 4);
	assert_int_equal(fake_out[2], 0);
	for (unsigned int i = 0; i < 5; i++)
		assert_int_equal(kit_state(page(i)), i < 4 ?
				 GRANULE_INTERNAL : GRANULE_DELEGATED);
	assert_int_equal(op.worked, 0);
	assert_int_equal(proceed(), RET(SUCCESS));
	assert_int_equal(op.worked, 1);
}

static void a_descriptor_each_gives_all(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 4; i++)
		entries()[i] = DESC(page(2 * i), 1);
	assert_int_equal(donate(4), NONE);
	assert_int_equal(fake_out[1], 4);
}

static void what_wants_nothing_waits_for_nothing(void **state)
{
	(void)state;
	sro_kit_open(0);
	assert_int_equal(donate(0), RET(ERROR_INPUT));
	assert_int_equal(proceed(), RET(SUCCESS));
	assert_int_equal(op.worked, 1);
}

static void part_of_it_asks_for_the_rest(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 4; i++) {
		entries()[0] = DESC(page(i), 1);
		assert_int_equal(donate(1), i < 3 ? DONATE : NONE);
		assert_int_equal(fake_out[1], 1);
		assert_int_equal(fake_out[2], REQUEST(3 - i));
	}
	assert_int_equal(proceed(), RET(SUCCESS));
}

static void an_empty_list_repeats_the_request(void **state)
{
	(void)state;
	assert_int_equal(donate(0), DONATE);
	assert_int_equal(fake_out[1], 0);
	assert_int_equal(fake_out[2], REQUEST(4));
}

static void empty_descriptors_are_skipped(void **state)
{
	(void)state;
	entries()[0] = DESC(page(0), 0);
	entries()[1] = DESC(page(1), 4);
	entries()[2] = 0;
	entries()[3] = DESC(page(0), 0) | RMI_ADDR_RANGE_UNDELEGATED;
	assert_int_equal(donate(4), NONE);
	assert_int_equal(fake_out[1], 4);
	assert_int_equal(kit_state(page(0)), GRANULE_DELEGATED);
}

/* Each of these is refused whole, and the operation goes on waiting. */
static void bad_lists_change_nothing(void **state)
{
	const struct {
		const char *what;
		uint64_t desc[2];
	} bad[] = {
		{ "too many at once", { DESC(page(0), 5) } },
		{ "too many in all", { DESC(page(0), 4), DESC(page(8), 1) } },
		{ "a block", { DESC(FAKE_RAM0_BASE, 1) | 1 } },
		{ "undelegated", { DESC(page(0), 1) |
				   RMI_ADDR_RANGE_UNDELEGATED } },
		{ "reserved bits", { DESC(page(0), 1) | BIT_ULL(52) } },
		{ "good, then bad", { DESC(page(0), 1),
				      DESC(page(1), 1) | BIT_ULL(62) } },
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		memcpy(entries(), bad[i].desc, sizeof(bad[i].desc));
		print_message("%s\n", bad[i].what);
		assert_int_equal(donate(2), RET(ERROR_INPUT));
		assert_int_equal(fake_out[1], 0);
		assert_still_wants(4);
	}
}

static void a_list_must_be_aligned_ns_memory(void **state)
{
	(void)state;
	entries()[0] = DESC(page(0), 4);
	assert_int_equal(rmi(OP_MEM_DONATE, op.handle, op.list + 4, 1),
			 RET(ERROR_INPUT));
	assert_int_equal(rmi(OP_MEM_DONATE, op.handle, page(5), 1),
			 RET(ERROR_INPUT));
	assert_int_equal(rmi(OP_MEM_DONATE, op.handle, KIT_NO_RAM, 1),
			 RET(ERROR_INPUT));
	fake.ns_read_fails = true;
	assert_int_equal(donate(1), RET(ERROR_INPUT));
	fake.ns_read_fails = false;
	assert_int_equal(donate(1), NONE);
}

static void a_list_ends_with_its_granule(void **state)
{
	uint64_t last = op.list + GRANULE_SIZE - 8;

	(void)state;
	entries()[511] = DESC(page(0), 1);
	assert_int_equal(rmi(OP_MEM_DONATE, op.handle, last, 1000), DONATE);
	assert_int_equal(fake_out[1], 1);
	assert_int_equal(fake_out[2], REQUEST(3));
}

static void a_huge_count_is_no_way_out_of_the_granule(void **state)
{
	(void)state;
	entries()[0] = DESC(page(0), 4);
	assert_int_equal(donate(~0ull), NONE);
}

static void a_later_bad_granule_shortens_the_donation(void **state)
{
	(void)state;
	entries()[0] = DESC(page(0), 2);
	entries()[1] = DESC(fake_ns_page(), 1);
	entries()[2] = DESC(page(2), 1);
	assert_int_equal(donate(3), DONATE);
	assert_int_equal(fake_out[1], 2);
	assert_int_equal(fake_out[2], REQUEST(2));
	assert_int_equal(kit_state(page(2)), GRANULE_DELEGATED);
}

static void a_granule_counts_once(void **state)
{
	(void)state;
	entries()[0] = DESC(page(0), 1);
	entries()[1] = DESC(page(0), 1);
	assert_int_equal(donate(2), DONATE);
	assert_int_equal(fake_out[1], 1);
}

static void a_bad_first_granule_ends_the_operation(void **state)
{
	(void)state;
	entries()[0] = DESC(fake_ns_page(), 1);
	entries()[1] = DESC(page(0), 1);
	assert_int_equal(donate(2), RECLAIM);
	assert_int_equal(fake_out[1], 0);
	assert_int_equal(kit_state(page(0)), GRANULE_DELEGATED);
	/* Nothing was given, so nothing comes back. */
	assert_int_equal(reclaim(4), NONE);
	assert_int_equal(fake_out[1], 0);
	assert_int_equal(op.ends, 0);
	assert_int_equal(proceed(), RET(ERROR_INPUT));
	assert_int_equal(op.ends, 1);
	assert_int_equal(op.worked, 0);
	assert_int_equal(proceed(), RET(ERROR_INPUT));
	assert_int_equal(op.ends, 1);
}

static void a_bad_first_granule_gives_earlier_ones_back(void **state)
{
	(void)state;
	entries()[0] = DESC(page(3), 2);
	assert_int_equal(donate(1), DONATE);
	entries()[0] = DESC(KIT_NO_RAM, 1);
	assert_int_equal(donate(1), RECLAIM);
	assert_int_equal(reclaim(4), NONE);
	assert_int_equal(fake_out[1], 1);
	assert_int_equal(entries()[0], DESC(page(3), 2));
	assert_int_equal(proceed(), RET(ERROR_INPUT));
}

/* ---- Order of calls ---------------------------------------------------- */

static void only_donation_is_good_while_it_is_due(void **state)
{
	(void)state;
	assert_int_equal(proceed(), RET(ERROR_INPUT));
	assert_int_equal(reclaim(4), RET(ERROR_INPUT));
	assert_int_equal(reclaim(0), RET(ERROR_INPUT));
	assert_still_wants(4);
}

static void only_continue_is_good_when_all_is_there(void **state)
{
	(void)state;
	entries()[0] = DESC(page(0), 4);
	assert_int_equal(donate(1), NONE);
	assert_int_equal(donate(1), RET(ERROR_INPUT));
	assert_int_equal(donate(0), RET(ERROR_INPUT));
	assert_int_equal(reclaim(4), RET(ERROR_INPUT));
	assert_int_equal(rmi(OP_CANCEL, op.handle), RET(ERROR_INPUT));
	assert_int_equal(op.worked, 0);
	assert_int_equal(proceed(), RET(SUCCESS));
}

static void only_reclaim_is_good_while_it_is_due(void **state)
{
	(void)state;
	op.work_status = RMI_ERROR_REALM;
	entries()[0] = DESC(page(0), 4);
	assert_int_equal(donate(1), NONE);
	assert_int_equal(proceed(), RECLAIM);
	assert_int_equal(proceed(), RET(ERROR_INPUT));
	assert_int_equal(donate(1), RET(ERROR_INPUT));
	assert_int_equal(rmi(OP_CANCEL, op.handle), RET(ERROR_INPUT));
	assert_int_equal(op.worked, 1);
	assert_int_equal(reclaim(4), NONE);
	assert_int_equal(reclaim(4), RET(ERROR_INPUT));
	assert_int_equal(proceed(), RET(ERROR_REALM));
	assert_int_equal(op.ends, 1);
}

static void a_finished_handle_is_free(void **state)
{
	(void)state;
	entries()[0] = DESC(page(0), 4);
	donate(1);
	assert_int_equal(proceed(), RET(SUCCESS));
	assert_int_equal(proceed(), RET(ERROR_INPUT));
	assert_int_equal(donate(1), RET(ERROR_INPUT));
	assert_int_equal(reclaim(1), RET(ERROR_INPUT));
}

static void a_handle_that_never_was_is_refused(void **state)
{
	static const uint64_t bad[] = {
		1, SRO_HANDLES - 1, SRO_HANDLES, 1ull << 32, ~0ull,
	};

	(void)state;
	assert_int_equal(op.handle, 0);
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(rmi(OP_CONTINUE, bad[i]), RET(ERROR_INPUT));
		assert_int_equal(rmi(OP_MEM_DONATE, bad[i], op.list, 0),
				 RET(ERROR_INPUT));
		assert_int_equal(rmi(OP_MEM_RECLAIM, bad[i], op.list, 1),
				 RET(ERROR_INPUT));
		assert_int_equal(rmi(OP_CANCEL, bad[i]), RET(ERROR_INPUT));
	}
	assert_still_wants(4);
}

static void a_handle_in_use_is_refused(void **state)
{
	struct sro *sro = sro_enter(op.handle);
	uint64_t request;

	(void)state;
	assert_non_null(sro);
	assert_int_equal(donate(0), RET(ERROR_INPUT));
	assert_int_equal(proceed(), RET(ERROR_INPUT));
	assert_int_equal(reclaim(1), RET(ERROR_INPUT));
	sro_leave(sro, &request);
	assert_int_equal(donate(0), DONATE);
}

#define CASE(test) cmocka_unit_test_setup(test, sro_kit_setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(one_descriptor_gives_all),
		CASE(a_descriptor_each_gives_all),
		CASE(what_wants_nothing_waits_for_nothing),
		CASE(part_of_it_asks_for_the_rest),
		CASE(an_empty_list_repeats_the_request),
		CASE(empty_descriptors_are_skipped),
		CASE(bad_lists_change_nothing),
		CASE(a_list_must_be_aligned_ns_memory),
		CASE(a_list_ends_with_its_granule),
		CASE(a_huge_count_is_no_way_out_of_the_granule),
		CASE(a_later_bad_granule_shortens_the_donation),
		CASE(a_granule_counts_once),
		CASE(a_bad_first_granule_ends_the_operation),
		CASE(a_bad_first_granule_gives_earlier_ones_back),
		CASE(only_donation_is_good_while_it_is_due),
		CASE(only_continue_is_good_when_all_is_there),
		CASE(only_reclaim_is_good_while_it_is_due),
		CASE(a_finished_handle_is_free),
		CASE(a_handle_that_never_was_is_refused),
		CASE(a_handle_in_use_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
