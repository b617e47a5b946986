/* SPDX-License-Identifier: BSD-3-Clause */
/* Interrupts in the middle of blocks; see yield_kit.h. */
#include "yield_kit.h"

struct yield_kit yield;

int yield_setup(void **state)
{
	fixture_setup(state);
	yield.rd = fixture_realm_default();
	fixture_table(yield.rd, 0, 2);
	yield.pa = fake_delegate(4 * rtt_entries());
	return 0;
}

uint64_t map_blocks(unsigned int count)
{
	return rmi(RTT_DATA_MAP, yield.rd, BLOCK2, BLOCK2 + count * BLOCK2,
		   RMI_OADDR_SINGLE, fixture_desc(yield.pa, 2, count));
}

uint64_t unmap_blocks(unsigned int count, uint64_t flags, uint64_t list)
{
	return rmi(RTT_DATA_UNMAP, yield.rd, BLOCK2, BLOCK2 + count * BLOCK2,
		   flags, list);
}

uint64_t drive(uint64_t ret)
{
	yield.handle = fake_out[1];
	for (yield.calls = 1; RMI_RETURN_STATUS(ret) == RMI_INCOMPLETE;
	     yield.calls++)
		ret = rmi(OP_CONTINUE, yield.handle, 0);
	return ret;
}

int mapping_setup(void **state)
{
	yield_setup(state);
	fake.irq_countdown = 100;
	assert_int_equal(map_blocks(1), CANCELLABLE);
	fake.irq_pending = false;
	yield.handle = fake_out[1];
	return 0;
}

int unmapping_setup(void **state)
{
	yield_setup(state);
	assert_int_equal(map_blocks(2), RMI_SUCCESS);
	fake.irq_countdown = 100;
	assert_int_equal(unmap_blocks(2, RMI_OADDR_SINGLE, 0), NONE);
	fake.irq_pending = false;
	yield.handle = fake_out[1];
	return 0;
}

void assert_block(unsigned int n, enum granule_state state)
{
	uint64_t pa = yield.pa + n * BLOCK2;

	for (uint64_t end = pa + BLOCK2; pa < end; pa += PAGE)
		assert_int_equal(fixture_state(pa), state);
}
