/* SPDX-License-Identifier: BSD-3-Clause */
/* Stateful operations on their way down: OP_MEM_RECLAIM, and the pool. */
#include <string.h>

#include "sro_kit.h"

/* ---- Reclaim ----------------------------------------------------------- */

/* Donates granules @at, then fails, so that all must be reclaimed. */
static void donate_and_fail(const unsigned int *at, unsigned int count)
{
	op.work_status = RMI_ERROR_REC;
	for (unsigned int i = 0; i < count; i++) {
		entries()[0] = DESC(page(at[i]), 1);
		donate(1);
	}
	assert_int_equal(proceed(), RECLAIM);
	memset(entries(), 0, GRANULE_SIZE);
}

static void neighbours_come_back_as_one(void **state)
{
	static const unsigned int at[] = { 6, 3, 5, 4 };

	(void)state;
	donate_and_fail(at, 4);
	assert_int_equal(reclaim(8), NONE);
	assert_int_equal(fake_out[1], 1);
	assert_int_equal(entries()[0], DESC(page(3), 4));
	assert_int_equal(entries()[1], 0);
	assert_int_equal(proceed(), RET(ERROR_REC));
}

static void scattered_granules_come_back_each(void **state)
{
	static const unsigned int at[] = { 9, 1, 3, 4 };

	(void)state;
	donate_and_fail(at, 4);
	assert_int_equal(reclaim(8), NONE);
	assert_int_equal(fake_out[1], 3);
	assert_int_equal(entries()[0], DESC(page(1), 1));
	assert_int_equal(entries()[1], DESC(page(3), 2));
	assert_int_equal(entries()[2], DESC(page(9), 1));
}

static void a_short_list_is_filled_again(void **state)
{
	static const unsigned int at[] = { 0, 2, 4, 6 };
	unsigned int seen = 0;

	(void)state;
	donate_and_fail(at, 4);
	for (unsigned int i = 0; i < 4; i++) {
		assert_int_equal(reclaim(1), i < 3 ? RECLAIM : NONE);
		assert_int_equal(fake_out[1], 1);
		assert_int_equal(entries()[1], 0);
		for (unsigned int g = 0; g < 8; g += 2) {
			if (entries()[0] == DESC(page(g), 1))
				seen |= 1u << g;
		}
	}
	assert_int_equal(seen, 0x55);
}

static void no_room_is_no_error(void **state)
{
	static const unsigned int at[] = { 0, 1, 2, 3 };

	(void)state;
	donate_and_fail(at, 4);
	assert_int_equal(reclaim(0), RECLAIM);
	assert_int_equal(fake_out[1], 0);
	assert_int_equal(kit_state(page(0)), GRANULE_INTERNAL);
	assert_int_equal(reclaim(1), NONE);
}

static void nothing_comes_back_as_no_descriptor(void **state)
{
	(void)state;
	assert_int_equal(rmi(OP_CANCEL, op.handle), RECLAIM);
	/* No room is none, also for nothing. */
	assert_int_equal(reclaim(0), RECLAIM);
	assert_int_equal(rmi(OP_MEM_RECLAIM, op.handle, KIT_NO_RAM, 1), NONE);
	assert_int_equal(fake_out[1], 0);
	assert_int_equal(proceed(), RET(ERROR_INPUT));
}

/* The second has the handle of the first, and its list of granules. */
static void nothing_of_an_operation_before_comes_back(void **state)
{
	static const unsigned int four[] = { 0, 1, 2, 3 };
	uint64_t handle = op.handle;

	(void)state;
	donate_and_fail(four, 4);
	assert_int_equal(reclaim(1), NONE);
	assert_int_equal(proceed(), RET(ERROR_REC));
	sro_kit_open(1);
	assert_int_equal(op.handle, handle);
	donate_and_fail(four, 1);
	assert_int_equal(reclaim(1), NONE);
	assert_int_equal(entries()[0], DESC(page(0), 1));
}

static void reclaimed_granules_are_wiped_and_delegated(void **state)
{
	static const unsigned int at[] = { 0, 1, 2, 3 };
	static const uint8_t zero[GRANULE_SIZE];

	(void)state;
	donate_and_fail(at, 4);
	for (unsigned int i = 0; i < 4; i++)
		memset(fake_view(page(i)), 0xaa, GRANULE_SIZE);
	assert_int_equal(reclaim(1), NONE);
	for (unsigned int i = 0; i < 4; i++) {
		assert_memory_equal(fake_view(page(i)), zero, GRANULE_SIZE);
		assert_int_equal(kit_state(page(i)), GRANULE_DELEGATED);
	}
}

static void a_list_that_cannot_be_written_keeps_all(void **state)
{
	static const unsigned int at[] = { 0, 1, 2, 3 };

	(void)state;
	donate_and_fail(at, 4);
	assert_int_equal(rmi(OP_MEM_RECLAIM, op.handle, op.list + 1, 1),
			 RET(ERROR_INPUT));
	assert_int_equal(rmi(OP_MEM_RECLAIM, op.handle, page(8), 1),
			 RET(ERROR_INPUT));
	fake.ns_write_fails = true;
	assert_int_equal(reclaim(1), RET(ERROR_INPUT));
	assert_int_equal(fake_out[1], 0);
	assert_int_equal(kit_state(page(0)), GRANULE_INTERNAL);
	fake.ns_write_fails = false;
	assert_int_equal(reclaim(1), NONE);
	assert_int_equal(entries()[0], DESC(page(0), 4));
}

static void a_reclaim_list_ends_with_its_granule(void **state)
{
	static const unsigned int at[] = { 0, 2, 4, 6 };
	uint64_t last = op.list + GRANULE_SIZE - 8;

	(void)state;
	donate_and_fail(at, 4);
	assert_int_equal(rmi(OP_MEM_RECLAIM, op.handle, last, 64), RECLAIM);
	assert_int_equal(fake_out[1], 1);
}

/* ---- The pool ---------------------------------------------------------- */

static void fill_pool(void)
{
	for (unsigned int i = 1; i < SRO_HANDLES; i++) {
		sro_kit_open(1);
		assert_int_equal(op.handle, i);
	}
}

static void a_pool_of_waiting_operations_is_blocked(void **state)
{
	uint64_t rec = fake_delegate(1);

	(void)state;
	fill_pool();
	assert_int_equal(rmi(REC_CREATE, 0, rec, op.list), RET(BLOCKED));
	assert_int_equal(kit_state(rec), GRANULE_DELEGATED);
	assert_int_equal(rmi(REC_DESTROY, rec), RET(BLOCKED));
}

static void a_pool_with_a_busy_operation_is_busy(void **state)
{
	uint64_t rec = fake_delegate(1);
	uint64_t request;
	struct sro *sro;

	(void)state;
	fill_pool();
	sro = sro_enter(7);
	assert_int_equal(rmi(REC_CREATE, 0, rec, op.list), RET(BUSY));
	assert_int_equal(rmi(REC_DESTROY, rec), RET(BUSY));
	sro_leave(sro, &request);
	assert_int_equal(rmi(REC_CREATE, 0, rec, op.list), RET(BLOCKED));
}

static void a_handle_that_ends_makes_room(void **state)
{
	uint64_t rec = fake_delegate(1);

	(void)state;
	fill_pool();
	op.handle = 5;
	entries()[0] = DESC(page(0), 1);
	assert_int_equal(donate(1), NONE);
	assert_int_equal(proceed(), RET(SUCCESS));
	assert_int_equal(rmi(REC_CREATE, 0, rec, op.list), DONATE);
	assert_int_equal(fake_out[1], 5);
}

static void closing_with_memory_in_hand_is_a_bug(void **state)
{
	struct sro *sro;

	(void)state;
	entries()[0] = DESC(page(0), 1);
	assert_int_equal(donate(1), DONATE);
	sro = sro_enter(op.handle);
	assert_true(FAKE_PANICS(sro_close(sro)));
}

#define CASE(test) cmocka_unit_test_setup(test, sro_kit_setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(neighbours_come_back_as_one),
		CASE(scattered_granules_come_back_each),
		CASE(a_short_list_is_filled_again),
		CASE(no_room_is_no_error),
		CASE(nothing_comes_back_as_no_descriptor),
		CASE(nothing_of_an_operation_before_comes_back),
		CASE(reclaimed_granules_are_wiped_and_delegated),
		CASE(a_list_that_cannot_be_written_keeps_all),
		CASE(a_reclaim_list_ends_with_its_granule),
		CASE(a_pool_of_waiting_operations_is_blocked),
		CASE(a_pool_with_a_busy_operation_is_busy),
		CASE(a_handle_that_ends_makes_room),
		CASE(closing_with_memory_in_hand_is_a_bug),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
