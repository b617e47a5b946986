// SPDX-License-Identifier: BSD-3-Clause
/*
 * An RMM whose answers cannot be: it says that it did what it did not, that it
 * did not what it did, or nothing that makes sense. Whatever it is, nothing
 * that it has is used again, and what is lost is counted.
 */
#include <linux/errno.h>

#include "sim/machine/conduit.h"
#include "tests/host/life.h"
#include "tests/host/rig.h"

/* A life with these faults; it does not matter how far it comes. */
static void live_with(const char *first, const char *second)
{
	rig_prepare("rme", NULL);
	rig_fault(first);
	if (second)
		rig_fault(second);
	rig_boot();
	life_live();
}

/* What was lost is counted at least, and nothing else is kept. */
static void check_kept(u64 lost)
{
	struct rig_ledger ledger = rig_ledger();

	assert_int_equal(ledger.warnings, 0);
	assert_int_equal(ledger.leaked, lost);
	assert_true(ledger.in_use <= lost);
	assert_true(machine_delegated() <= ledger.in_use);
	assert_int_equal(machine_gpf_count(), 0);
	rig_stop();
}

static void a_delegation_that_is_denied_is_undone(void **state)
{
	static const char *const specs[] = {
		"GRANULE_RANGE_DELEGATE#2~NOT_SUPPORTED",
		"GRANULE_RANGE_DELEGATE#2~SUCCESS,x1=x1",
		"GRANULE_RANGE_DELEGATE#2~SUCCESS,x1=x2+4096",
		"GRANULE_RANGE_DELEGATE#2~SUCCESS,x0=0x11",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(specs); i++) {
		live_with(specs[i], NULL);
		check_kept(0);
	}
}

/* Nobody says what became of it: it is given up. */
static void what_may_be_delegated_is_given_up(void **state)
{
	live_with("GRANULE_RANGE_DELEGATE#1~NOT_SUPPORTED",
		  "GRANULE_RANGE_UNDELEGATE=NOT_SUPPORTED");
	assert_int_equal(rig_log_count("may have been delegated"), 1);
	check_kept(1);
}

/* A page that was given up keeps its users, also if it turns up again. */
static void a_table_that_is_denied_is_not_freed_twice(void **state)
{
	live_with("RTT_CREATE#2~ERROR_INPUT", NULL);
	assert_true(rig_ledger().leaked > 0);
	check_kept(rig_ledger().leaked);
}

static void a_table_that_never_was_is_not_freed(void **state)
{
	live_with("RTT_DESTROY#1=SUCCESS", NULL);
	check_kept(rig_ledger().leaked);
}

/* 1,023 pages at address 0: more than the realm ever had. */
static void memory_that_never_was_is_not_taken_back(void **state)
{
	live_with("RTT_DATA_UNMAP=SUCCESS,x1=x3,x2=0xffc", NULL);
	assert_true(rig_log_count("RMI_RTT_DATA_UNMAP") > 0);
	assert_int_equal(rig_calls("GRANULE_RANGE_UNDELEGATE") > 60, 0);
	rig_assert_accounted();
	rig_stop();
}

/* Half a block is no progress. */
static void progress_is_whole_entries(void **state)
{
	live_with("RTT_DATA_MAP#1=SUCCESS,x1=x2+1", NULL);
	check_kept(0);
	live_with("RTT_SET_RIPAS#1=SUCCESS,x1=x3+1", NULL);
	check_kept(0);
}

/* The exit before it was RAM that was touched: that would go on for ever. */
static void an_entry_without_an_exit_is_an_error(void **state)
{
	struct life life;

	rig_prepare("rme", NULL);
	rig_fault("REC_ENTER#3=SUCCESS");
	rig_boot();
	life = life_live();
	assert_false(life.off);
	assert_int_equal(life.error, 0);
	assert_int_equal(rig_calls("REC_ENTER"), 3);
	rig_assert_clean();
}

/* With nobody there, no table is looked for in all of the address space. */
static void the_end_comes_without_an_rmm(void **state)
{
	u64 calls;

	rig_start("rme", NULL);
	life_live();
	calls = conduit_total();
	rig_stop();

	live_with("REALM_ACTIVATE=NOT_SUPPORTED",
		  "RTT_DESTROY=NOT_SUPPORTED");
	assert_int_equal(rig_calls("RTT_DESTROY"), 1);
	assert_true(conduit_total() < calls);
	rig_assert_accounted();
	rig_stop();

	live_with("RTT_DESTROY=ERROR_INPUT", NULL);
	assert_true(rig_calls("RTT_DESTROY") <= 16);
	rig_assert_accounted();
}

#define TEST(name) cmocka_unit_test_teardown(name, rig_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_delegation_that_is_denied_is_undone),
		TEST(what_may_be_delegated_is_given_up),
		TEST(a_table_that_is_denied_is_not_freed_twice),
		TEST(a_table_that_never_was_is_not_freed),
		TEST(memory_that_never_was_is_not_taken_back),
		TEST(progress_is_whole_entries),
		TEST(an_entry_without_an_exit_is_an_error),
		TEST(the_end_comes_without_an_rmm),
	};

	return cmocka_run_group_tests_name("lies", tests, NULL, NULL);
}
