/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granule metadata: finding, locking, states, and the lock order.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "fixture.h"
#include "rmm/interrupt.h"
#include "rmm/rmm.h"

#define RAM0_TOP (FAKE_RAM0_BASE + FAKE_RAM0_SIZE)
#define RAM1_TOP (FAKE_RAM1_BASE + FAKE_RAM1_SIZE)

static void all_ram_has_metadata_and_nothing_else(void **state)
{
	(void)state;
	assert_non_null(granule_find(FAKE_RAM0_BASE));
	assert_non_null(granule_find(RAM0_TOP - PAGE));
	assert_non_null(granule_find(FAKE_RAM1_BASE));
	assert_non_null(granule_find(RAM1_TOP - PAGE));
	assert_null(granule_find(FAKE_RAM0_BASE - PAGE));
	assert_null(granule_find(RAM0_TOP));
	assert_null(granule_find(FAKE_RAM1_BASE - PAGE));
	assert_null(granule_find(RAM1_TOP));
	assert_null(granule_find(0));
	assert_null(granule_find(~(PAGE - 1)));
}

static void an_unaligned_address_is_no_granule(void **state)
{
	(void)state;
	assert_null(granule_find(FAKE_RAM0_BASE + 1));
	assert_null(granule_lock(FAKE_RAM0_BASE + 8, GRANULE_UNDELEGATED));
}

static void each_granule_knows_its_address(void **state)
{
	(void)state;
	assert_int_equal(granules_total(),
			 (FAKE_RAM0_SIZE + FAKE_RAM1_SIZE) / PAGE);
	for (uint64_t i = 0; i < granules_total(); i++) {
		struct granule *granule = granule_at(i);

		assert_ptr_equal(granule_find(granule_pa(granule)), granule);
	}
}

static void metadata_is_as_large_as_promised(void **state)
{
	(void)state;
	assert_int_equal(rmm_metadata_size(1000),
			 1000 * sizeof(struct granule));
}

static void all_granules_start_undelegated(void **state)
{
	uint64_t counts[GRANULE_STATES];

	(void)state;
	rmm_ledger_count(counts, GRANULE_STATES);
	assert_int_equal(counts[GRANULE_UNDELEGATED], granules_total());
}

static void a_lock_wants_the_state_it_names(void **state)
{
	uint64_t pa = fake_granules(1);

	(void)state;
	for (unsigned int s = 1; s < GRANULE_STATES; s++)
		assert_null(granule_lock(pa, s));
	granule_unlock(granule_lock(pa, GRANULE_UNDELEGATED));
}

static void a_state_set_under_the_lock_stays(void **state)
{
	uint64_t pa = fake_delegate(1);
	struct granule *granule = granule_lock(pa, GRANULE_DELEGATED);

	(void)state;
	granule_set_state(granule, GRANULE_INTERNAL);
	assert_true(granule_locked(granule));
	assert_int_equal(granule_state(granule), GRANULE_INTERNAL);
	granule_unlock(granule);
	assert_false(granule_locked(granule));
	assert_int_equal(granule_state(granule), GRANULE_INTERNAL);
	assert_true(granule_move(pa, GRANULE_INTERNAL, GRANULE_DELEGATED));
}

static void a_locked_granule_in_another_state_makes_nobody_wait(void **state)
{
	uint64_t pa = fake_delegate(1);
	struct granule *granule = granule_lock(pa, GRANULE_DELEGATED);

	(void)state;
	assert_null(granule_lock(pa, GRANULE_RD));
	granule_unlock(granule);
}

static void a_move_from_another_state_changes_nothing(void **state)
{
	uint64_t pa = fake_delegate(1);

	(void)state;
	assert_false(granule_move(pa, GRANULE_DATA, GRANULE_RTT));
	assert_int_equal(fixture_state(pa), GRANULE_DELEGATED);
	assert_false(granule_move(0, GRANULE_DELEGATED, GRANULE_RTT));
}

static void a_wiped_granule_is_zero_and_its_neighbours_are_not(void **state)
{
	uint64_t pa = fake_delegate(3);
	const uint8_t *bytes = fake_view(pa);

	(void)state;
	memset(fake_view(pa), 0xff, 3 * PAGE);
	granule_wipe(pa + PAGE);
	for (uint64_t i = 0; i < 3 * PAGE; i++)
		assert_int_equal(bytes[i], i / PAGE == 1 ? 0 : 0xff);
}

static void the_view_is_the_granule(void **state)
{
	uint64_t pa = fake_delegate(1);

	(void)state;
	assert_ptr_equal(granule_view(granule_find(pa)), fake_view(pa));
}

static void a_run_ends_where_the_state_does(void **state)
{
	uint64_t pa = fake_delegate(4), top = pa + 8 * PAGE;
	unsigned int run = granule_lock_run(pa, top, GRANULE_DELEGATED);

	(void)state;
	assert_int_equal(run, 4);
	granule_unlock_run(pa, run, 0, GRANULE_DATA);
	assert_int_equal(fixture_state(pa), GRANULE_DELEGATED);
}

static void a_run_is_512_granules_at_most(void **state)
{
	uint64_t pa = fake_granules(1024), top = pa + 1024 * PAGE;
	unsigned int run = granule_lock_run(pa, top, GRANULE_UNDELEGATED);

	(void)state;
	assert_int_equal(run, interrupt_granules());
	granule_unlock_run(pa, run, 0, GRANULE_UNDELEGATED);
}

static void only_the_moved_part_of_a_run_changes_state(void **state)
{
	uint64_t pa = fake_delegate(4);

	(void)state;
	granule_lock_run(pa, pa + 4 * PAGE, GRANULE_DELEGATED);
	granule_unlock_run(pa, 4, 3, GRANULE_INTERNAL);
	assert_int_equal(fixture_state(pa + 2 * PAGE), GRANULE_INTERNAL);
	assert_int_equal(fixture_state(pa + 3 * PAGE), GRANULE_DELEGATED);
	for (unsigned int i = 0; i < 3; i++)
		assert_true(granule_move(pa + i * PAGE, GRANULE_INTERNAL,
					 GRANULE_DELEGATED));
}

/* ---- Waiting ----------------------------------------------------------- */

#define TURNS 20000

static uint64_t turns; /* guarded by the lock of the granule in the argument */

static void *take_turns(void *arg)
{
	uint64_t pa = *(uint64_t *)arg;

	fake_cpu = 1;
	for (unsigned int i = 0; i < TURNS; i++) {
		struct granule *granule = granule_lock(pa, GRANULE_DELEGATED);

		turns++;
		granule_unlock(granule);
	}
	return NULL;
}

static void a_lock_excludes_another_cpu(void **state)
{
	uint64_t pa = fake_delegate(1);
	pthread_t thread;

	(void)state;
	turns = 0;
	assert_int_equal(pthread_create(&thread, NULL, take_turns, &pa), 0);
	for (unsigned int i = 0; i < TURNS; i++) {
		struct granule *granule = granule_lock(pa, GRANULE_DELEGATED);

		turns++;
		granule_unlock(granule);
	}
	pthread_join(thread, NULL);
	assert_int_equal(turns, 2 * TURNS);
}

static void *lock_delegated(void *arg)
{
	uint64_t pa = *(uint64_t *)arg;

	fake_cpu = 1;
	return granule_lock(pa, GRANULE_DELEGATED);
}

static void a_waiter_leaves_when_the_state_changes(void **state)
{
	uint64_t pa = fake_delegate(1);
	struct granule *granule = granule_lock(pa, GRANULE_DELEGATED);
	pthread_t thread;
	void *locked;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, lock_delegated, &pa),
			 0);
	granule_set_state(granule, GRANULE_INTERNAL);
	pthread_join(thread, &locked);
	assert_null(locked);
	granule_set_state(granule, GRANULE_DELEGATED);
	granule_unlock(granule);
}

/* ---- The lock order, which debug builds check -------------------------- */

#ifdef RMM_DEBUG

/* A state without what belongs to it: not to be unlocked like that. */
static void make(uint64_t pa, enum granule_state state)
{
	granule_set_state(granule_find(pa), state);
}

static void the_lock_order_is_rd_rec_then_the_rest(void **state)
{
	uint64_t pa = fake_delegate(3);
	struct granule *locked[3];

	(void)state;
	/* Addresses run against the classes, which come first. */
	make(pa + 2 * PAGE, GRANULE_RD);
	make(pa + PAGE, GRANULE_REC);
	locked[0] = granule_lock(pa + 2 * PAGE, GRANULE_RD);
	locked[1] = granule_lock(pa + PAGE, GRANULE_REC);
	locked[2] = granule_lock(pa, GRANULE_DELEGATED);
	for (unsigned int i = 0; i < 3; i++) {
		granule_set_state(locked[i], GRANULE_DELEGATED);
		granule_unlock(locked[i]);
	}
}

/* The panic says what is wanted, and what is in the way. */
static void assert_named(const char *wanted, uint64_t wanted_pa,
			 const char *held, uint64_t held_pa)
{
	char text[128];

	snprintf(text, sizeof(text),
		 "lock order: %s 0x%012llx wanted while %s 0x%012llx is held",
		 wanted, (unsigned long long)wanted_pa, held,
		 (unsigned long long)held_pa);
	assert_string_equal(fake_panic_text, text);
}

static void an_rd_after_a_delegated_granule_panics(void **state)
{
	uint64_t pa = fake_delegate(2);

	(void)state;
	make(pa + PAGE, GRANULE_RD);
	granule_lock(pa, GRANULE_DELEGATED);
	assert_true(FAKE_PANICS(granule_lock(pa + PAGE, GRANULE_RD)));
	assert_named("RD", pa + PAGE, "granule", pa);
}

/* A lock that another CPU has, too: before it is waited for. */
static void an_order_is_broken_by_waiting(void **state)
{
	uint64_t pa = fake_delegate(2);

	(void)state;
	make(pa + PAGE, GRANULE_REC);
	fake_cpu = 1;
	granule_lock(pa + PAGE, GRANULE_REC);
	fake_cpu = 0;
	granule_lock(pa, GRANULE_DELEGATED);
	assert_true(FAKE_PANICS(granule_lock(pa + PAGE, GRANULE_REC)));
	assert_named("REC", pa + PAGE, "granule", pa);
}

/* It would wait for itself. */
static void a_lock_that_the_cpu_holds_panics(void **state)
{
	uint64_t pa = fake_delegate(1);

	(void)state;
	granule_lock(pa, GRANULE_DELEGATED);
	assert_true(FAKE_PANICS(granule_lock(pa, GRANULE_DELEGATED)));
	assert_named("granule", pa, "granule", pa);
}

static void a_rec_before_an_rd_panics(void **state)
{
	uint64_t pa = fake_delegate(2);

	(void)state;
	make(pa, GRANULE_REC);
	make(pa + PAGE, GRANULE_RD);
	granule_lock(pa, GRANULE_REC);
	assert_true(FAKE_PANICS(granule_lock(pa + PAGE, GRANULE_RD)));
	assert_named("RD", pa + PAGE, "REC", pa);
}

static void descending_addresses_in_a_class_panic(void **state)
{
	uint64_t pa = fake_delegate(2);

	(void)state;
	granule_lock(pa + PAGE, GRANULE_DELEGATED);
	assert_true(FAKE_PANICS(granule_lock(pa, GRANULE_DELEGATED)));
}

static void a_lock_that_is_given_back_counts_no_more(void **state)
{
	uint64_t pa = fake_delegate(2);

	(void)state;
	granule_unlock(granule_lock(pa + PAGE, GRANULE_DELEGATED));
	granule_unlock(granule_lock(pa, GRANULE_DELEGATED));
}

#endif

static void unlocking_what_is_not_locked_panics(void **state)
{
	uint64_t pa = fake_delegate(1);

	(void)state;
	assert_true(FAKE_PANICS(granule_unlock(granule_find(pa))));
}

static int cold_boot(void **state)
{
	(void)state;
	fake_reset();
	return 0;
}

/* Leaves locks or states behind that the ledger would mind. */
#define rough_test(name) cmocka_unit_test_setup(name, fixture_setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(all_ram_has_metadata_and_nothing_else),
		fixture_test(an_unaligned_address_is_no_granule),
		fixture_test(each_granule_knows_its_address),
		fixture_test(metadata_is_as_large_as_promised),
		cmocka_unit_test_setup(all_granules_start_undelegated,
				       cold_boot),
		fixture_test(a_lock_wants_the_state_it_names),
		fixture_test(a_state_set_under_the_lock_stays),
		fixture_test(
			a_locked_granule_in_another_state_makes_nobody_wait),
		fixture_test(a_move_from_another_state_changes_nothing),
		fixture_test(
			a_wiped_granule_is_zero_and_its_neighbours_are_not),
		fixture_test(the_view_is_the_granule),
		fixture_test(a_run_ends_where_the_state_does),
		fixture_test(a_run_is_512_granules_at_most),
		fixture_test(only_the_moved_part_of_a_run_changes_state),
		fixture_test(a_lock_excludes_another_cpu),
		fixture_test(a_waiter_leaves_when_the_state_changes),
#ifdef RMM_DEBUG
		rough_test(the_lock_order_is_rd_rec_then_the_rest),
		rough_test(an_rd_after_a_delegated_granule_panics),
		rough_test(an_order_is_broken_by_waiting),
		rough_test(a_lock_that_the_cpu_holds_panics),
		rough_test(a_rec_before_an_rd_panics),
		rough_test(descending_addresses_in_a_class_panic),
		fixture_test(a_lock_that_is_given_back_counts_no_more),
#endif
		rough_test(unlocking_what_is_not_locked_panics),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
