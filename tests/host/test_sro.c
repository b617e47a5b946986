// SPDX-License-Identifier: BSD-3-Clause
/*
 * Operations that move memory, against an RMM that asks for whatever the ABI
 * lets it ask: nothing, huge blocks, more than there is, and that gives back
 * other things than it took.
 */
#include <string.h>

#include <linux/errno.h>

#include "linux/arch/arm64/kvm/rmi_internal.h"
#include "sim/kernel/pages.h"
#include "tests/host/rig.h"
#include "tests/host/wire.h"

#define HANDLE 0x77ull
#define LIST_MAX 512

/* The request that an operation opens with. */
#define REQUEST(size, count) \
	(FIELD_PREP(RMI_DONATE_SIZE, size) | \
	 FIELD_PREP(RMI_DONATE_COUNT, count))
#define DONATE \
	(RMI_INCOMPLETE | FIELD_PREP(RMI_RETURN_MEMREQ_MASK, \
				     RMI_OP_MEM_REQ_DONATE))
#define RECLAIM \
	(RMI_INCOMPLETE | FIELD_PREP(RMI_RETURN_MEMREQ_MASK, \
				     RMI_OP_MEM_REQ_RECLAIM))

/* What this RMM does. */
static struct {
	u64 request;
	bool can_cancel;
	u64 take; /* granules of each donation; the rest is not taken */
	bool keeps; /* what it took, for good */
} rmm;

/* And what it has seen. */
static struct {
	u64 list[LIST_MAX]; /* of the last donation */
	u64 count;
	u64 held[LIST_MAX]; /* ranges it has */
	u64 ranges;
	u64 granules;
	bool cancelled;
	bool open;
} seen;

static u64 range_order(u64 range)
{
	return FIELD_GET(RMI_ADDR_RANGE_SIZE, range) * RTT_LEVEL_SHIFT;
}

static u64 range_granules(u64 range)
{
	return FIELD_GET(RMI_ADDR_RANGE_COUNT, range) << range_order(range);
}

/* Takes of @range as much as it may of @left granules, by pages. */
static u64 take_range(u64 range, u64 left)
{
	u64 granules = min(range_granules(range), left);
	u64 i;

	for (i = 0; i < granules; i++)
		seen.held[seen.ranges++] =
			((range & RMI_ADDR_RANGE_ADDR) + i * PAGE_SIZE) |
			FIELD_PREP(RMI_ADDR_RANGE_COUNT, 1) |
			(range & RMI_ADDR_RANGE_UNDELEGATED);
	seen.granules += granules;
	return granules;
}

/* All of what was asked for: the work is done, and the memory goes back. */
static u64 next_step(void)
{
	u64 wanted = FIELD_GET(RMI_DONATE_COUNT, rmm.request)
		     << range_order(rmm.request);

	if (seen.granules < wanted)
		return DONATE | (rmm.can_cancel ? RMI_RETURN_CAN_CANCEL : 0);
	return rmm.keeps ? RMI_INCOMPLETE : RECLAIM;
}

static bool take_donation(uint64_t x[SMC_REGS])
{
	u64 taken = 0, i;

	seen.count = x[3];
	assert_in_range(seen.count, 1, LIST_MAX);
	memcpy(seen.list, machine_host_view(x[2]), seen.count * sizeof(u64));
	for (i = 0; i < seen.count && taken < rmm.take; i++)
		taken += take_range(seen.list[i], rmm.take - taken);
	wire_answer(x, next_step());
	x[1] = taken;
	x[2] = rmm.request;
	return true;
}

static bool give_back(uint64_t x[SMC_REGS])
{
	u64 *list = machine_host_view(x[2]);
	u64 written = min(seen.ranges, (u64)x[3]);

	memcpy(list, seen.held, written * sizeof(u64));
	seen.ranges -= written;
	memmove(seen.held, seen.held + written, seen.ranges * sizeof(u64));
	wire_answer(x, seen.ranges ? RECLAIM : RMI_INCOMPLETE);
	x[1] = written;
	return true;
}

static bool cancel(uint64_t x[SMC_REGS])
{
	assert_true(rmm.can_cancel);
	seen.cancelled = true;
	return wire_answer(x, seen.ranges ? RECLAIM : RMI_INCOMPLETE);
}

static bool finish(uint64_t x[SMC_REGS])
{
	seen.open = false;
	return wire_answer(x, seen.cancelled ? RMI_ERROR_GLOBAL : RMI_SUCCESS);
}

/* Any command opens this operation; delegating is the real RMM's. */
static bool fake_rmm(uint64_t x[SMC_REGS], u64 nth)
{
	switch (x[0]) {
	case SMC_RMI_REALM_ACTIVATE:
		seen.open = true;
		wire_answer(x, next_step());
		x[1] = HANDLE;
		x[2] = rmm.request;
		return true;
	case SMC_RMI_OP_MEM_DONATE:
		return x[1] == HANDLE && take_donation(x);
	case SMC_RMI_OP_MEM_RECLAIM:
		return x[1] == HANDLE && give_back(x);
	case SMC_RMI_OP_CANCEL:
		return x[1] == HANDLE && cancel(x);
	case SMC_RMI_OP_CONTINUE:
		return x[1] == HANDLE && finish(x);
	}
	return false;
}

static u64 run(struct rmi_memory *memory)
{
	struct arm_smccc_1_2_regs regs = { .a0 = SMC_RMI_REALM_ACTIVATE };
	u64 ret;

	wire_start(fake_rmm);
	ret = rmi_sro_run(&regs, memory);
	wire_stop();
	return ret;
}

static int setup(void **state)
{
	rig_start("rme", NULL);
	memset(&rmm, 0, sizeof(rmm));
	memset(&seen, 0, sizeof(seen));
	rmm.take = ~0ull;
	return 0;
}

static int teardown(void **state)
{
	wire_stop();
	rig_stop();
	return 0;
}

/* ---- What is asked for --------------------------------------------------- */

static void sro_unit_size(void **state)
{
	static const unsigned int counts[] = { 1, 2, 5, 300, 512 };

	for (size_t i = 0; i < ARRAY_SIZE(counts); i++) {
		memset(&seen, 0, sizeof(seen));
		rmm.request = REQUEST(0, counts[i]);
		assert_int_equal(run(NULL), RMI_SUCCESS);
		assert_int_equal(seen.granules, counts[i]);
		rig_assert_clean();
	}
}

static void sro_unit_of_two_megabytes(void **state)
{
	u64 range;

	rmm.request = REQUEST(1, 1);
	assert_int_equal(run(NULL), RMI_SUCCESS);
	assert_int_equal(seen.count, 1);
	range = seen.list[0];
	assert_int_equal(FIELD_GET(RMI_ADDR_RANGE_SIZE, range), 1);
	assert_int_equal(FIELD_GET(RMI_ADDR_RANGE_COUNT, range), 1);
	assert_true(IS_ALIGNED(range & RMI_ADDR_RANGE_ADDR, 1ull << 21));
	rig_assert_clean();
}

static void sro_contiguous_request_is_one_range(void **state)
{
	rmm.request = REQUEST(0, 64) | RMI_DONATE_CONTIG;
	assert_int_equal(run(NULL), RMI_SUCCESS);
	assert_int_equal(seen.count, 1);
	assert_int_equal(FIELD_GET(RMI_ADDR_RANGE_COUNT, seen.list[0]), 64);
	rig_assert_clean();
}

static void sro_undelegated_memory_stays_in_its_pas(void **state)
{
	rmm.request = REQUEST(0, 9) | RMI_DONATE_UNDELEGATED;
	assert_int_equal(run(NULL), RMI_SUCCESS);
	assert_int_equal(seen.granules, 9);
	assert_true(seen.list[0] & RMI_ADDR_RANGE_UNDELEGATED);
	rig_assert_clean();
}

static bool want_zero_for_ever(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] != SMC_RMI_REALM_ACTIVATE && x[0] != SMC_RMI_OP_MEM_DONATE &&
	    x[0] != SMC_RMI_OP_CONTINUE && x[0] != SMC_RMI_OP_CANCEL)
		return false;
	seen.cancelled |= x[0] == SMC_RMI_OP_CANCEL;
	return wire_answer(x, DONATE | RMI_RETURN_CAN_CANCEL);
}

/* An RMM that says it wants memory, and names none, does not hold the host. */
static void sro_donate_zero(void **state)
{
	struct arm_smccc_1_2_regs regs = { .a0 = SMC_RMI_REALM_ACTIVATE };

	wire_start(want_zero_for_ever);
	assert_int_not_equal(rmi_sro_run(&regs, NULL), RMI_SUCCESS);
	wire_stop();
	/* It was asked to let go of it; that it does not is said. */
	assert_true(seen.cancelled);
	assert_int_equal(rig_log_count("stays open"), 1);
	rig_assert_accounted();
}

/* ---- What there is not --------------------------------------------------- */

/* 1 GiB in one piece, or 16 GiB: the host has that not, or not for this. */
static void sro_huge_request_clean_fail(void **state)
{
	static const u64 requests[] = {
		REQUEST(2, 1), REQUEST(3, 1), REQUEST(1, 8191),
		REQUEST(1, 33), REQUEST(0, 8192) | RMI_DONATE_CONTIG,
		REQUEST(0, 3) | RMI_DONATE_CONTIG,
	};

	rmm.can_cancel = true;
	for (size_t i = 0; i < ARRAY_SIZE(requests); i++) {
		memset(&seen, 0, sizeof(seen));
		rmm.request = requests[i];
		/* Of what there is it takes nothing. */
		rmm.take = 0;
		assert_int_not_equal(run(NULL), RMI_SUCCESS);
		assert_true(seen.cancelled);
		assert_false(seen.open);
		rig_assert_clean();
	}
}

/* Every allocation of an operation fails once, and all of them. */
static void donate_enomem_then_use(void **state)
{
	u64 nth;

	rmm.can_cancel = true;
	rmm.request = REQUEST(0, 20);
	for (nth = 1; nth < 8; nth++) {
		memset(&seen, 0, sizeof(seen));
		pages_fail(nth);
		run(NULL);
		pages_fail(0);
		assert_false(seen.open);
		rig_assert_clean();
	}
	memset(&seen, 0, sizeof(seen));
	assert_int_equal(run(NULL), RMI_SUCCESS);
	rig_assert_clean();
}

static unsigned int refused_pages; /* of DELEGATE, from here on */

static bool refuse_delegate(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] == SMC_RMI_GRANULE_RANGE_DELEGATE && nth > refused_pages)
		return wire_answer(x, RMI_ERROR_INPUT);
	if (x[0] == SMC_RMI_GRANULE_RANGE_DELEGATE)
		x[2] = x[1] + PAGE_SIZE;
	return fake_rmm(x, nth);
}

/* A block that is delegated in half is undone; none of it is freed early. */
static void contig_donate_half_delegated(void **state)
{
	struct arm_smccc_1_2_regs regs;

	rmm.request = REQUEST(0, 8) | RMI_DONATE_CONTIG;
	rmm.can_cancel = true;
	for (refused_pages = 0; refused_pages < 8; refused_pages++) {
		memset(&seen, 0, sizeof(seen));
		regs = (struct arm_smccc_1_2_regs) {
			.a0 = SMC_RMI_REALM_ACTIVATE,
		};
		wire_start(refuse_delegate);
		rmi_sro_run(&regs, NULL);
		wire_stop();
		assert_false(seen.open);
		rig_assert_clean();
	}
}

/* ---- What is taken ------------------------------------------------------- */

/* It takes a part of what it is offered, and asks again. */
static void sro_partial_block(void **state)
{
	for (rmm.take = 1; rmm.take < 40; rmm.take += 6) {
		memset(&seen, 0, sizeof(seen));
		rmm.request = REQUEST(0, 40);
		assert_int_equal(run(NULL), RMI_SUCCESS);
		rig_assert_clean();
	}
}

/* It ends without giving back what it took: that is lost, and counted. */
static void sro_unbalanced_reclaim(void **state)
{
	rmm.keeps = true;
	rmm.request = REQUEST(0, 12);
	assert_int_equal(run(NULL), RMI_SUCCESS);
	assert_int_equal(rig_ledger().leaked, 12);
	assert_int_equal(rig_log_count("donated for good"), 1);
	rig_assert_accounted();
}

/* A caller that expects it keeps count for the operation that gives it back. */
static void sro_memory_is_the_callers_to_count(void **state)
{
	struct rmi_memory memory = { .list = rmi_env_alloc_pages(0) };

	rmm.keeps = true;
	rmm.request = REQUEST(0, 12);
	assert_int_equal(run(&memory), RMI_SUCCESS);
	assert_int_equal(memory.granules, 12);
	rmi_leak("of this test", memory.granules);
	rmi_env_put_pages(memory.list, memory.list + PAGE_SIZE);
	rig_assert_accounted();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(sro_unit_size),
		TEST(sro_unit_of_two_megabytes),
		TEST(sro_contiguous_request_is_one_range),
		TEST(sro_undelegated_memory_stays_in_its_pas),
		TEST(sro_donate_zero),
		TEST(sro_huge_request_clean_fail),
		TEST(donate_enomem_then_use),
		TEST(contig_donate_half_delegated),
		TEST(sro_partial_block),
		TEST(sro_unbalanced_reclaim),
		TEST(sro_memory_is_the_callers_to_count),
	};

	return cmocka_run_group_tests_name("sro", tests, NULL, NULL);
}
