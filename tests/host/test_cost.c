// SPDX-License-Identifier: BSD-3-Clause
/*
 * What an error costs: the calls that were made, their undo, and at most 16
 * more.
 */
#include <stdio.h>

#include <linux/errno.h>

#include "linux/arch/arm64/kvm/rmi_internal.h"
#include "sim/machine/conduit.h"
#include "tests/host/life.h"
#include "tests/host/rig.h"

#define PAGES 64
#define GPA(n) (REALM_BASE + (n) * 0x1000ull)

static long pre_fault(struct guest *guest, u64 gpa, u64 size)
{
	struct kvm_pre_fault_memory range = { .gpa = gpa, .size = size };
	long ret = 0;

	while (range.size && !ret)
		ret = SIM_IOCTL(guest->vcpu, KVM_PRE_FAULT_MEMORY, &range);
	return ret;
}

/* Calls that 64 pages take, with @spec; some may be there before. */
static u64 cost_of_pages(const char *spec, u64 before)
{
	static const u32 program[] = { PROGRAM_OFF };
	struct guest guest;
	u64 calls;

	rig_start("rme", NULL);
	guest_load(&guest, program, sizeof(program));
	if (before)
		assert_int_equal(pre_fault(&guest, GPA(40), before), 0);
	if (spec)
		rig_fault(spec);
	calls = conduit_total();
	assert_int_equal(pre_fault(&guest, GPA(16), PAGES * PAGE_SIZE), 0);
	calls = conduit_total() - calls;
	guest_close(&guest);
	rig_assert_clean();
	rig_stop();
	return calls;
}

static void a_page_that_is_refused_costs_its_own_calls(void **state)
{
	char spec[64];
	u64 calls = cost_of_pages(NULL, 0);
	u64 nth;

	/* The realm's own delegations come first. */
	for (nth = 1; nth < 20; nth++) {
		snprintf(spec, sizeof(spec),
			 "GRANULE_RANGE_DELEGATE#%llu=ERROR_INPUT", nth);
		assert_true(cost_of_pages(spec, 0) <= calls + 4);
	}
	assert_true(cost_of_pages("RTT_DATA_MAP#1=ERROR_RTT:3", 0) <=
		    calls + 6);
}

/* Each that is there is met, and looked up. */
static void pages_that_are_there_cost_their_own_calls(void **state)
{
	u64 calls = cost_of_pages(NULL, 0);

	assert_true(cost_of_pages(NULL, PAGE_SIZE) <= calls + 6);
	assert_true(cost_of_pages(NULL, 3 * PAGE_SIZE) <= calls + 12);
}

/* Retries of all kinds, of a call that never gets on. */
static void a_call_is_made_sixteen_times(void **state)
{
	static const struct {
		const char *call, *answer;
	} rows[] = {
		{ "REALM_CREATE", "BUSY" },
		{ "REALM_CREATE", "BLOCKED" },
		{ "RTT_INIT_RIPAS", "SUCCESS,x1=x2" },
		{ "GRANULE_RANGE_DELEGATE", "SUCCESS,x1=x1" },
	};
	char spec[80];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		rig_start("rme", NULL);
		snprintf(spec, sizeof(spec), "%s=%s", rows[i].call,
			 rows[i].answer);
		rig_fault(spec);
		life_live();
		assert_int_equal(rig_calls(rows[i].call), 16);
		rig_assert_clean();
		rig_stop();
	}
}

/*
 * Interruptions are no error: an RMM may do with each a granule of a block. But
 * an operation that never ends is asked to stop, and then left.
 */
static void an_operation_that_never_ends_is_left(void **state)
{
	rig_start("rme", NULL);
	rig_fault("REALM_CREATE=INCOMPLETE,x1=7");
	rig_fault("OP_CONTINUE=INCOMPLETE");
	life_live();
	assert_int_equal(rig_calls("OP_CONTINUE"), 1024);
	assert_int_equal(rig_log_count("operation 7 stays open"), 1);
	rig_assert_clean();
}

/* Of one that waits for memory, and does not take it. */
static void a_step_that_never_gets_on_costs_sixteen(void **state)
{
	static const char *const answers[] = {
		"OP_MEM_DONATE=INCOMPLETE:1,x2=4", "OP_MEM_DONATE=BUSY",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(answers); i++) {
		rig_start("rme", NULL);
		rig_fault("REALM_CREATE=INCOMPLETE:1,x1=7,x2=4");
		rig_fault(answers[i]);
		life_live();
		assert_true(rig_calls("OP_MEM_DONATE") <= 16);
		rig_assert_clean();
		rig_stop();
	}
}

/* Undone is not done: no REC is there. */
static void a_cancelled_operation_is_no_success(void **state)
{
	struct life life;

	rig_start("rme", NULL);
	rig_fault("REC_CREATE=INCOMPLETE:5,x1=7,x2=0");
	rig_fault("OP_CANCEL=SUCCESS");
	life = life_live();
	assert_false(life.off);
	assert_int_equal(rig_calls("OP_CANCEL") > 0, 1);
	assert_int_equal(rig_calls("REALM_ACTIVATE"), 0);
	rig_assert_clean();
}

/* What the RMM does not write into the list is not read from it. */
static void a_list_that_was_not_written_is_empty(void **state)
{
	rig_start("rme", NULL);
	rig_fault("OP_MEM_RECLAIM#1=INCOMPLETE:2,x1=512");
	assert_true(life_live().off);
	assert_int_equal(rig_ledger().warnings, 0);
	rig_assert_clean();
}

#define TEST(name) cmocka_unit_test_teardown(name, rig_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_page_that_is_refused_costs_its_own_calls),
		TEST(pages_that_are_there_cost_their_own_calls),
		TEST(a_call_is_made_sixteen_times),
		TEST(an_operation_that_never_ends_is_left),
		TEST(a_step_that_never_gets_on_costs_sixteen),
		TEST(a_cancelled_operation_is_no_success),
		TEST(a_list_that_was_not_written_is_empty),
	};

	return cmocka_run_group_tests_name("cost", tests, NULL, NULL);
}
