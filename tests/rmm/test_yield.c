/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Blocks that an interrupt finds in the middle: RTT_DATA_MAP and RTT_DATA_UNMAP
 * as operations.
 */
#include <string.h>

#include "rmm/rmm.h"
#include "rmm/sro.h"
#include "yield_kit.h"

/* How many calls a block takes while an interrupt waits. */
#define CALLS (rtt_entries() / FAKE_STRIDE)

/* ---- To the end -------------------------------------------------------- */

static void a_block_is_mapped_look_by_look(void **state)
{
	(void)state;
	memset(fake_view(yield.pa + 5 * PAGE), 0x5a, PAGE);
	fake.irq_pending = true;
	assert_int_equal(drive(map_blocks(2)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 2 * BLOCK2);
	assert_int_equal(yield.calls, CALLS);
	fixture_expect_entry(yield.rd, BLOCK2, 2, RMI_DATA, yield.pa,
			     RMI_EMPTY);
	fixture_expect_entry(yield.rd, 2 * BLOCK2, 2, RMI_VOID, 0, RMI_EMPTY);
	assert_block(0, GRANULE_DATA);
	assert_block(1, GRANULE_DELEGATED);
	assert_int_equal(*(uint64_t *)fake_view(yield.pa + 5 * PAGE), 0);
	assert_int_equal(fake.icache_bytes, BLOCK2);
}

static void a_block_is_unmapped_look_by_look(void **state)
{
	(void)state;
	fixture_ram(yield.rd, BLOCK2, 3 * BLOCK2);
	assert_int_equal(map_blocks(2), RMI_SUCCESS);
	fake.irq_pending = true;
	fake.icache_bytes = 0;
	assert_int_equal(drive(unmap_blocks(2, RMI_OADDR_SINGLE, 0)),
			 RMI_SUCCESS);
	assert_int_equal(fake.icache_bytes, 0);
	assert_int_equal(fake_out[1], 2 * BLOCK2);
	assert_int_equal(fake_out[2], fixture_desc(yield.pa, 2, 1));
	assert_int_equal(fake_out[3], 0);
	assert_int_equal(yield.calls, CALLS);
	fixture_expect_entry(yield.rd, BLOCK2, 2, RMI_VOID, 0, RMI_DESTROYED);
	assert_block(0, GRANULE_DELEGATED);
	assert_block(1, GRANULE_DATA);
}

static void a_list_tells_of_a_block_as_well(void **state)
{
	uint64_t list = fake_ns_page();

	(void)state;
	assert_int_equal(map_blocks(2), RMI_SUCCESS);
	fake.irq_pending = true;
	assert_int_equal(drive(unmap_blocks(2, LIST(4), list)), RMI_SUCCESS);
	assert_int_equal(fake_out[2], 0);
	assert_int_equal(fake_out[3], 1);
	assert_int_equal(*(uint64_t *)fake_view(list),
			 fixture_desc(yield.pa, 2, 1));
}

static void without_an_interrupt_it_is_one_call(void **state)
{
	(void)state;
	assert_int_equal(drive(map_blocks(4)), RMI_SUCCESS);
	assert_int_equal(yield.calls, 1);
	assert_int_equal(fake_out[1], 5 * BLOCK2);
	assert_int_equal(drive(unmap_blocks(4, RMI_OADDR_SINGLE, 0)),
			 RMI_SUCCESS);
	assert_int_equal(yield.calls, 1);
	assert_int_equal(fake_out[2], fixture_desc(yield.pa, 2, 4));
}

static void handles_come_back(void **state)
{
	(void)state;
	fake.irq_pending = true;
	for (unsigned int i = 0; i < 2 * SRO_HANDLES; i++) {
		assert_int_equal(drive(map_blocks(1)), RMI_SUCCESS);
		assert_int_equal(drive(unmap_blocks(1, 0, 0)), RMI_SUCCESS);
	}
}

/* ---- What can be in the way -------------------------------------------- */

static void a_bad_granule_gives_the_whole_block_back(void **state)
{
	uint64_t bad = yield.pa + 300 * PAGE;

	(void)state;
	assert_int_equal(rmi(GRANULE_RANGE_UNDELEGATE, bad, bad + PAGE),
			 RMI_SUCCESS);
	fake.irq_pending = true;
	assert_int_equal(drive(map_blocks(1)), RMI_ERROR_INPUT);
	assert_int_equal(fake_out[1], 0);
	fixture_expect_entry(yield.rd, BLOCK2, 2, RMI_VOID, 0, RMI_EMPTY);
	assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, bad, bad + PAGE),
			 RMI_SUCCESS);
	assert_block(0, GRANULE_DELEGATED);
	assert_int_equal(drive(map_blocks(1)), RMI_SUCCESS);
}

static void a_bad_granule_stops_behind_the_block_before(void **state)
{
	uint64_t bad = yield.pa + BLOCK2 + 300 * PAGE;

	(void)state;
	assert_int_equal(rmi(GRANULE_RANGE_UNDELEGATE, bad, bad + PAGE),
			 RMI_SUCCESS);
	fake.irq_countdown = FAKE_STRIDE == 1 ? rtt_entries() + 100 : 1;
	assert_int_equal(drive(map_blocks(2)), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 2 * BLOCK2);
	assert_block(0, GRANULE_DATA);
	fixture_expect_entry(yield.rd, 2 * BLOCK2, 2, RMI_VOID, 0, RMI_EMPTY);
}

static void without_a_handle_nothing_is_begun(void **state)
{
	uint64_t status;

	(void)state;
	for (unsigned int i = 0; i < SRO_HANDLES; i++)
		assert_non_null(sro_open(NULL, &status));
	assert_refused(map_blocks(1), RMI_BUSY);
	assert_refused(unmap_blocks(1, 0, 0), RMI_BUSY);
	assert_refused(rmi(RTT_DATA_MAP, 0, 0, 0, 0, 0), RMI_BUSY);
	sro_init();
}

#ifdef RMM_DEBUG

/* ---- Meanwhile, at the entry ------------------------------------------- */

/* The entry belongs to the operation, whichever that is. */
static void assert_taken(void)
{
	uint64_t table = fake_delegate(1), src = fake_ns_page();

	assert_refused(map_blocks(1), RMI_BUSY);
	assert_refused(unmap_blocks(1, 0, 0), RMI_BUSY);
	assert_refused(rmi(RTT_CREATE, yield.rd, table, BLOCK2, 3),
		       RMI_BLOCKED);
	assert_refused(rmi(RTT_DESTROY, yield.rd, 0, 2), RET_RTT(2));
	assert_int_equal(fake_out[2], 0);
	assert_refused(rmi(RTT_DESTROY, yield.rd, BLOCK2, 3), RET_RTT(2));
	assert_int_equal(fake_out[2], BLOCK2);
	assert_refused(rmi(RTT_FOLD, yield.rd, 0, 2), RET_RTT(2));
	assert_refused(rmi(RTT_INIT_RIPAS, yield.rd, BLOCK2, 2 * BLOCK2),
		       RET_RTT(2));
	assert_refused(rmi(RTT_DATA_MAP_INIT, yield.rd, table, BLOCK2, src, 0),
		       RET_RTT(2));
}

static void a_mapping_has_its_entry_for_itself(void **state)
{
	(void)state;
	assert_true(rmm_ledger_ok());
	fixture_expect_entry(yield.rd, BLOCK2, 2, RMI_VOID, 0, RMI_EMPTY);
	assert_taken();
	assert_int_equal(drive(rmi(OP_CONTINUE, yield.handle)), RMI_SUCCESS);
}

static void an_unmapping_has_its_entry_for_itself(void **state)
{
	(void)state;
	assert_true(rmm_ledger_ok());
	fixture_expect_entry(yield.rd, BLOCK2, 2, RMI_VOID, 0, RMI_EMPTY);
	assert_taken();
	assert_int_equal(rmi(OP_CONTINUE, yield.handle), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 2 * BLOCK2);
}

static void others_go_on_around_it(void **state)
{
	(void)state;
	assert_int_equal(rmi(RTT_INIT_RIPAS, yield.rd, 0, 3 * BLOCK2),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], BLOCK2);
	assert_int_equal(rmi(RTT_INIT_RIPAS, yield.rd, 2 * BLOCK2, 3 * BLOCK2),
			 RMI_SUCCESS);
	assert_int_equal(rmi(RTT_DATA_UNMAP, yield.rd, 0, 3 * BLOCK2, 0, 0),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], BLOCK2);
	assert_int_equal(rmi(RTT_DATA_MAP, yield.rd, 0, 2 * BLOCK2,
			     RMI_OADDR_SINGLE,
			     fixture_desc(yield.pa + 2 * BLOCK2, 2, 2)),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], BLOCK2);
	assert_int_equal(rmi(OP_CONTINUE, yield.handle), RMI_SUCCESS);
}

static void the_block_is_not_for_others(void **state)
{
	(void)state;
	assert_int_equal(fixture_state(yield.pa), GRANULE_DATA);
	assert_int_equal(rmi(GRANULE_RANGE_UNDELEGATE, yield.pa,
			     yield.pa + PAGE), RMI_ERROR_INPUT);
	assert_int_equal(rmi(OP_CONTINUE, yield.handle), RMI_SUCCESS);
}

static void a_realm_may_end_but_not_go(void **state)
{
	(void)state;
	assert_int_equal(rmi(REALM_TERMINATE, yield.rd), RMI_SUCCESS);
	assert_int_equal(rmi(RTT_DESTROY, yield.rd, 0, 2), RET_RTT(2));
	assert_int_equal(rmi(REALM_DESTROY, yield.rd), RMI_ERROR_REALM);
	assert_int_equal(rmi(OP_CONTINUE, yield.handle), RMI_SUCCESS);
	assert_int_equal(unmap_blocks(1, 0, 0), RMI_SUCCESS);
	assert_int_equal(rmi(RTT_DESTROY, yield.rd, 0, 2), RMI_SUCCESS);
	assert_int_equal(rmi(REALM_DESTROY, yield.rd), RMI_SUCCESS);
}

/* A block of a root table's own keeps the realm as well. */
static void a_root_entry_is_live_as_well(void **state)
{
	uint64_t rd = fixture_realm(32, 2);

	(void)state;
	fake.irq_countdown = 7;
	assert_int_equal(rmi(RTT_DATA_MAP, rd, 0, BLOCK2, RMI_OADDR_SINGLE,
			     fixture_desc(yield.pa, 2, 1)), CANCELLABLE);
	assert_int_equal(rmi(REALM_TERMINATE, rd), RMI_SUCCESS);
	assert_int_equal(rmi(REALM_DESTROY, rd), RMI_ERROR_REALM);
}

/* ---- Calls that are not due -------------------------------------------- */

static void memory_is_not_due(void **state)
{
	uint64_t list = fake_ns_page();

	(void)state;
	assert_refused(rmi(OP_MEM_DONATE, yield.handle, list, 1),
		       RMI_ERROR_INPUT);
	assert_refused(rmi(OP_MEM_RECLAIM, yield.handle, list, 1),
		       RMI_ERROR_INPUT);
	assert_int_equal(rmi(OP_CONTINUE, yield.handle), RMI_SUCCESS);
}

static void a_mapping_can_be_cancelled(void **state)
{
	(void)state;
	assert_int_equal(rmi(OP_CANCEL, yield.handle), RMI_ERROR_INPUT);
	fixture_expect_entry(yield.rd, BLOCK2, 2, RMI_VOID, 0, RMI_EMPTY);
	assert_block(0, GRANULE_DELEGATED);
	assert_int_equal(rmi(OP_CONTINUE, yield.handle), RMI_ERROR_INPUT);
	assert_int_equal(drive(map_blocks(1)), RMI_SUCCESS);
}

static void cancelling_yields_as_well(void **state)
{
	(void)state;
	fake.irq_pending = true;
	assert_int_equal(rmi(OP_CANCEL, yield.handle), NONE);
	assert_int_equal(rmi(OP_CANCEL, yield.handle), RMI_ERROR_INPUT);
	assert_int_equal(rmi(OP_CONTINUE, yield.handle), NONE);
	fake.irq_pending = false;
	assert_int_equal(rmi(OP_CONTINUE, yield.handle), RMI_ERROR_INPUT);
	assert_block(0, GRANULE_DELEGATED);
}

static void progress_cannot_be_cancelled(void **state)
{
	(void)state;
	fake.irq_countdown = rtt_entries() + 100;
	assert_int_equal(map_blocks(3), NONE);
	assert_int_equal(rmi(OP_CANCEL, fake_out[1]), RMI_ERROR_INPUT);
	/* Nor is it told before the end. */
	assert_int_equal(rmi(OP_CONTINUE, 0), NONE);
	assert_int_equal(fake_out[1], 0);
	fake.irq_pending = false;
	assert_int_equal(rmi(OP_CONTINUE, 0), RMI_SUCCESS);
	assert_int_equal(fake_out[1], 3 * BLOCK2);
}

static void an_unmapping_cannot_be_cancelled(void **state)
{
	(void)state;
	assert_refused(rmi(OP_CANCEL, yield.handle), RMI_ERROR_INPUT);
	assert_int_equal(rmi(OP_CONTINUE, yield.handle), RMI_SUCCESS);
}

static void an_interrupt_stops_at_each_granule(void **state)
{
	(void)state;
	for (unsigned int n = 1; n < rtt_entries(); n += 73) {
		yield_setup(state);
		fake.irq_countdown = n;
		assert_int_equal(map_blocks(1), CANCELLABLE);
		assert_int_equal(fixture_state(yield.pa + (n - 1) * PAGE),
				 GRANULE_DATA);
		assert_int_equal(fixture_state(yield.pa + n * PAGE),
				 GRANULE_DELEGATED);
		assert_true(rmm_ledger_ok());
	}
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		yield_test(a_block_is_mapped_look_by_look),
		yield_test(a_block_is_unmapped_look_by_look),
		yield_test(a_list_tells_of_a_block_as_well),
		yield_test(without_an_interrupt_it_is_one_call),
		yield_test(handles_come_back),
		yield_test(a_bad_granule_gives_the_whole_block_back),
		yield_test(a_bad_granule_stops_behind_the_block_before),
		yield_test(without_a_handle_nothing_is_begun),
#ifdef RMM_DEBUG
		mapping_test(a_mapping_has_its_entry_for_itself),
		unmapping_test(an_unmapping_has_its_entry_for_itself),
		mapping_test(others_go_on_around_it),
		mapping_test(the_block_is_not_for_others),
		mapping_test(a_realm_may_end_but_not_go),
		yield_test(a_root_entry_is_live_as_well),
		mapping_test(memory_is_not_due),
		mapping_test(a_mapping_can_be_cancelled),
		mapping_test(cancelling_yields_as_well),
		yield_test(progress_cannot_be_cancelled),
		unmapping_test(an_unmapping_cannot_be_cancelled),
		yield_test(an_interrupt_stops_at_each_granule),
#endif
	};

	return fixture_run(tests, RMI_GRANULE_SIZE_16KB);
}
