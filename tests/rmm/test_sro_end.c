/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stateful operations that do not come to their good end: cancelled, refused,
 * abandoned; and those that want their memory in one place.
 */
#include <string.h>

#include "sro_kit.h"

static uint64_t cancel(void)
{
	return rmi(OP_CANCEL, op.handle);
}

/* ---- OP_CANCEL --------------------------------------------------------- */

static void cancelling_ends_the_operation(void **state)
{
	(void)state;
	assert_int_equal(cancel(), RECLAIM);
	assert_int_equal(fake_out[1], 0);
	assert_int_equal(fake_out[2], 0);
	assert_int_equal(reclaim(4), NONE);
	assert_int_equal(fake_out[1], 0);
	assert_int_equal(proceed(), RET(ERROR_INPUT));
	assert_int_equal(op.worked, 0);
	assert_int_equal(op.ends, 1);
	assert_int_equal(proceed(), RET(ERROR_INPUT));
}

static void cancelling_gives_back_what_was_given(void **state)
{
	(void)state;
	entries()[0] = DESC(page(2), 1);
	entries()[1] = DESC(page(0), 1);
	assert_int_equal(donate(2), DONATE);
	assert_int_equal(cancel(), RECLAIM);
	assert_int_equal(reclaim(4), NONE);
	assert_int_equal(fake_out[1], 2);
	assert_int_equal(entries()[0], DESC(page(0), 1));
	assert_int_equal(entries()[1], DESC(page(2), 1));
	assert_int_equal(kit_state(page(2)), GRANULE_DELEGATED);
	assert_int_equal(proceed(), RET(ERROR_INPUT));
}

static void only_a_waiting_donation_can_be_cancelled(void **state)
{
	(void)state;
	assert_int_equal(rmi(OP_CANCEL, 1), RET(ERROR_INPUT));
	op.work_status = RMI_ERROR_REALM;
	entries()[0] = DESC(page(0), 4);
	assert_int_equal(donate(1), NONE);
	assert_int_equal(cancel(), RET(ERROR_INPUT));
	assert_int_equal(proceed(), RECLAIM);
	assert_int_equal(cancel(), RET(ERROR_INPUT));
	assert_int_equal(reclaim(4), NONE);
	assert_int_equal(cancel(), RET(ERROR_INPUT));
	assert_int_equal(proceed(), RET(ERROR_REALM));
	assert_int_equal(cancel(), RET(ERROR_INPUT));
}

/* ---- A donation that was refused --------------------------------------- */

static void after_a_refusal_a_better_list_will_do(void **state)
{
	(void)state;
	entries()[0] = DESC(page(0), 5);
	assert_int_equal(donate(1), RET(ERROR_INPUT));
	entries()[0] = DESC(page(0), 4);
	assert_int_equal(donate(1), NONE);
	assert_int_equal(proceed(), RET(SUCCESS));
}

static void after_a_refusal_the_host_may_ask_for_the_end(void **state)
{
	(void)state;
	entries()[0] = DESC(page(0), 1);
	assert_int_equal(donate(1), DONATE);
	assert_int_equal(proceed(), RET(ERROR_INPUT));
	assert_int_equal(rmi(OP_MEM_DONATE, op.handle, op.list + 1, 1),
			 RET(ERROR_INPUT));
	assert_int_equal(proceed(), RECLAIM);
	assert_int_equal(reclaim(1), NONE);
	assert_int_equal(fake_out[1], 1);
	assert_int_equal(proceed(), RET(ERROR_INPUT));
	assert_int_equal(op.ends, 1);
}

static void a_good_donation_wipes_out_a_refusal(void **state)
{
	(void)state;
	assert_int_equal(rmi(OP_MEM_DONATE, op.handle, op.list + 1, 1),
			 RET(ERROR_INPUT));
	entries()[0] = DESC(page(0), 1);
	assert_int_equal(donate(1), DONATE);
	assert_int_equal(proceed(), RET(ERROR_INPUT));
	assert_int_equal(donate(0), DONATE);
	assert_int_equal(fake_out[2], REQUEST(3));
}

/* ---- Contiguous memory ------------------------------------------------- */

static int contiguous_setup(void **state)
{
	sro_kit_setup(state);
	sro_kit_open_contiguous(4);
	return 0;
}

static void one_aligned_range_will_do(void **state)
{
	(void)state;
	entries()[0] = 0;
	entries()[1] = DESC(page(4), 4);
	assert_int_equal(donate(2), NONE);
	assert_int_equal(fake_out[1], 4);
	assert_int_equal(proceed(), RET(SUCCESS));
}

static void any_other_shape_is_refused(void **state)
{
	static const unsigned int lists[][2][2] = {
		{ { 0, 3 }, { 0, 0 } }, { { 2, 4 }, { 0, 0 } },
		{ { 0, 2 }, { 2, 2 } }, { { 0, 1 }, { 0, 0 } },
		{ { 0, 4 }, { 4, 1 } }, { { 0, 8 }, { 0, 0 } },
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		for (unsigned int j = 0; j < 2; j++)
			entries()[j] = DESC(page(lists[i][j][0]),
					    lists[i][j][1]);
		assert_int_equal(donate(2), RET(ERROR_INPUT));
		assert_int_equal(fake_out[1], 0);
	}
	assert_int_equal(donate(0), DONATE);
	assert_int_equal(fake_out[2], REQUEST(4) | RMI_DONATE_CONTIG);
}

static void it_is_all_of_them_or_nothing(void **state)
{
	(void)state;
	assert_int_equal(rmi(GRANULE_RANGE_UNDELEGATE, page(3), page(4)),
			 RET(SUCCESS));
	entries()[0] = DESC(page(0), 4);
	assert_int_equal(donate(1), RECLAIM);
	assert_int_equal(fake_out[1], 0);
	for (unsigned int i = 0; i < 3; i++)
		assert_int_equal(kit_state(page(i)), GRANULE_DELEGATED);
	assert_int_equal(reclaim(4), NONE);
	assert_int_equal(fake_out[1], 0);
	assert_int_equal(proceed(), RET(ERROR_INPUT));
}

/* ---- The host goes away ------------------------------------------------ */

static uint64_t params, list, recs;

static uint64_t rec_create(uint64_t rec)
{
	return rmi(REC_CREATE, kit.rd, rec, params);
}

/* Leaves a REC_CREATE after @steps of its calls. */
static void abandon_create(unsigned int steps, uint64_t rec)
{
	uint64_t handle;

	assert_int_equal(rec_create(rec), DONATE);
	handle = fake_out[1];
	if (steps > 0) {
		*(uint64_t *)fake_view(list) = DESC(fake_delegate(1), 1);
		assert_int_equal(rmi(OP_MEM_DONATE, handle, list, 1), NONE);
	}
	if (steps > 1) {
		/* An index that is not the next one. */
		((struct rec_params *)fake_view(params))->mpidr = 0xf;
		assert_int_equal(rmi(OP_CONTINUE, handle), RECLAIM);
		((struct rec_params *)fake_view(params))->mpidr = 0;
	}
	if (steps > 2)
		assert_int_equal(rmi(OP_MEM_RECLAIM, handle, list, 1), NONE);
}

static int realm_setup(void **state)
{
	(void)state;
	kit_start_new();
	params = kit_rec_params(0, RMI_REC_PARAM_FLAG_RUNNABLE);
	list = fake_ns_page();
	recs = fake_delegate(SRO_HANDLES + 1);
	return 0;
}

static void an_abandoned_operation_keeps_what_it_has(void **state)
{
	static const unsigned int kept[] = { 0, 1, 1, 0 };

	(void)state;
	for (unsigned int steps = 0; steps < 4; steps++) {
		uint64_t counts[GRANULE_STATES];

		realm_setup(state);
		abandon_create(steps, recs);
		assert_true(rmm_ledger_ok());
		rmm_ledger_count(counts, GRANULE_STATES);
		assert_int_equal(counts[GRANULE_PENDING], 1);
		assert_int_equal(counts[GRANULE_INTERNAL], kept[steps]);
		assert_int_equal(rec_create(recs), RET(BLOCKED));
		/* The realm goes without it. */
		kit_end();
		assert_true(rmm_ledger_ok());
	}
}

static void no_more_than_all_handles_are_lost(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < SRO_HANDLES; i++)
		abandon_create(i % 4, recs + i * GRANULE_SIZE);
	assert_int_equal(rec_create(recs + SRO_HANDLES * GRANULE_SIZE),
			 RET(BLOCKED));
	assert_int_equal(kit_state(recs + SRO_HANDLES * GRANULE_SIZE),
			 GRANULE_DELEGATED);
	assert_true(rmm_ledger_ok());
}

static void a_host_that_comes_back_can_go_on(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < SRO_HANDLES; i++)
		abandon_create(0, recs + i * GRANULE_SIZE);
	for (unsigned int i = 0; i < SRO_HANDLES; i++) {
		assert_int_equal(rmi(OP_CANCEL, i), RECLAIM);
		assert_int_equal(rmi(OP_MEM_RECLAIM, i, list, 1), NONE);
		assert_int_equal(rmi(OP_CONTINUE, i), RET(ERROR_INPUT));
	}
	assert_int_equal(kit_rec_create(kit.rd, recs, params), RET(SUCCESS));
}

static void a_rec_on_its_way_out_is_blocked(void **state)
{
	(void)state;
	assert_int_equal(kit_rec_create(kit.rd, recs, params), RET(SUCCESS));
	assert_int_equal(rmi(REC_DESTROY, recs), RECLAIM);
	assert_int_equal(rmi(REC_DESTROY, recs), RET(BLOCKED));
	assert_int_equal(rmi(REC_ENTER, recs, list), RET(BLOCKED));
	assert_int_equal(rec_create(recs), RET(BLOCKED));
	assert_true(rmm_ledger_ok());
}

#define CASE(test) cmocka_unit_test_setup(test, sro_kit_setup)
#define CONTIGUOUS(test) cmocka_unit_test_setup(test, contiguous_setup)
#define REALM(test) cmocka_unit_test_setup(test, realm_setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(cancelling_ends_the_operation),
		CASE(cancelling_gives_back_what_was_given),
		CASE(only_a_waiting_donation_can_be_cancelled),
		CASE(after_a_refusal_a_better_list_will_do),
		CASE(after_a_refusal_the_host_may_ask_for_the_end),
		CASE(a_good_donation_wipes_out_a_refusal),
		CONTIGUOUS(one_aligned_range_will_do),
		CONTIGUOUS(any_other_shape_is_refused),
		CONTIGUOUS(it_is_all_of_them_or_nothing),
		REALM(an_abandoned_operation_keeps_what_it_has),
		REALM(no_more_than_all_handles_are_lost),
		REALM(a_host_that_comes_back_can_go_on),
		REALM(a_rec_on_its_way_out_is_blocked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
