// SPDX-License-Identifier: BSD-3-Clause
/*
 * Ranges of granules that go to the RMM and come back: what is undone, what is
 * lost and counted, and what an RMM may say that is not true.
 */
#include <linux/errno.h>

#include "linux/arch/arm64/kvm/rmi_internal.h"
#include "sim/kernel/pages.h"
#include "sim/machine/gpt.h"
#include "sim/machine/views.h"
#include "tests/host/rig.h"
#include "tests/host/wire.h"

#define PAGES 8
#define ORDER 3

static phys_addr_t base, top;
static unsigned int bad; /* the page that a tap minds */
static u64 given_back; /* granules that were asked back */

static int setup(void **state)
{
	rig_start("rme", NULL);
	base = rmi_env_alloc_pages(ORDER);
	top = base + PAGES * PAGE_SIZE;
	given_back = 0;
	return base == RMI_NO_PAGE;
}

static int teardown(void **state)
{
	wire_stop();
	rig_stop();
	return 0;
}

static phys_addr_t page(unsigned int n)
{
	return base + n * PAGE_SIZE;
}

static bool host_owns(phys_addr_t pa)
{
	uint64_t offset;

	assert_true(views_offset(pa, PAGE_SIZE, &offset));
	return !gpt_is_realm(offset, NULL);
}

static void finish(void)
{
	rmi_env_put_pages(base, top);
	rig_assert_clean();
}

static bool nothing(uint64_t x[SMC_REGS], u64 nth)
{
	return false;
}

static void delegate_zero(void **state)
{
	wire_start(nothing);
	assert_int_equal(rmi_delegate(base, base), 0);
	rmi_undelegate(base, base);
	assert_int_equal(wire_calls(SMC_RMI_GRANULE_RANGE_DELEGATE), 0);
	assert_int_equal(wire_calls(SMC_RMI_GRANULE_RANGE_UNDELEGATE), 0);
	finish();
}

/* Refuses the bad page, and lets ranges end before it, or after each page. */
static bool refuse_bad(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] == SMC_RMI_GRANULE_RANGE_UNDELEGATE) {
		given_back += (x[2] - x[1]) / PAGE_SIZE;
		return false;
	}
	if (x[0] != SMC_RMI_GRANULE_RANGE_DELEGATE)
		return false;
	if (x[1] == page(bad))
		return wire_answer(x, RMI_ERROR_INPUT);
	x[2] = x[1] < page(bad) && x[2] > page(bad) ? page(bad) : x[2];
	return false;
}

static bool refuse_bad_singly(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] == SMC_RMI_GRANULE_RANGE_DELEGATE)
		x[2] = x[1] + PAGE_SIZE;
	return refuse_bad(x, nth);
}

static void check_fails_at(wire_tap *tap, unsigned int n)
{
	unsigned int i;

	bad = n;
	given_back = 0;
	wire_start(tap);
	assert_int_equal(rmi_delegate(base, top), -ENXIO);
	wire_stop();
	assert_int_equal(given_back, n);
	for (i = 0; i < PAGES; i++) {
		assert_true(host_owns(page(i)));
		assert_int_equal(pages_users(page(i)), 1);
	}
	assert_int_equal(machine_delegated(), 0);
}

static void delegate_fail_at_n(void **state)
{
	unsigned int n;

	for (n = 0; n < PAGES; n++) {
		check_fails_at(refuse_bad, n);
		check_fails_at(refuse_bad_singly, n);
	}
	finish();
}

/* What was the RMM's before stays the RMM's. */
static void delegate_undo_leaves_what_was_there(void **state)
{
	unsigned int n;

	for (n = 0; n < PAGES; n++) {
		assert_int_equal(rmi_delegate(page(n), page(n + 1)), 0);
		assert_int_equal(rmi_try_delegate(base, top), -EBUSY);
		assert_int_equal(machine_delegated(), 1);
		assert_false(host_owns(page(n)));
		assert_int_equal(pages_users(page(n)), 2);
		rmi_undelegate(page(n), page(n + 1));
	}
	finish();
}

/* Undelegates singly, and never the bad page. */
static bool keep_bad(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] != SMC_RMI_GRANULE_RANGE_UNDELEGATE)
		return false;
	if (x[1] == page(bad))
		return wire_answer(x, RMI_ERROR_INPUT);
	x[2] = x[1] + PAGE_SIZE;
	return false;
}

/* The one page that the RMM keeps has a user for ever, and stays in its PAS. */
static void leak_exact(void **state)
{
	u64 before = kvm_rmi_leaked();
	unsigned int i;

	bad = 3;
	assert_int_equal(rmi_delegate(base, top), 0);
	wire_start(keep_bad);
	rmi_undelegate(base, top);
	wire_stop();
	rmi_env_put_pages(base, top);
	assert_int_equal(kvm_rmi_leaked() - before, 1);
	for (i = 0; i < PAGES; i++) {
		assert_int_equal(host_owns(page(i)), i != bad);
		assert_int_equal(pages_users(page(i)), i == bad);
	}
	rig_assert_accounted();
	assert_int_equal(rig_log_count("keeps 1 granules"), 1);
}

static void leak_counter(void **state)
{
	u64 before = kvm_rmi_leaked();
	unsigned int i;

	for (i = 0; i < PAGES; i++) {
		bad = i;
		assert_int_equal(rmi_delegate(page(i), page(i + 1)), 0);
		wire_start(keep_bad);
		rmi_undelegate(page(i), page(i + 1));
		wire_stop();
		assert_int_equal(kvm_rmi_leaked() - before, i + 1);
	}
	rmi_env_put_pages(base, top);
	assert_int_equal(pages_in_use(), PAGES);
	rig_assert_accounted();
}

/* ---- Memory that appears later ------------------------------------------- */

static u64 missing; /* what DELEGATE lacks until it was asked for */
static bool coarse;

static bool lack_first(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] == SMC_RMI_GRANULE_RANGE_DELEGATE && missing)
		return wire_answer(x, missing);
	if (x[0] == SMC_RMI_GPT_L1_CREATE) {
		assert_int_equal(x[1], ALIGN_DOWN(base, 1ull << 30));
		missing = 0;
		return wire_answer(x, RMI_SUCCESS);
	}
	if (x[0] == SMC_RMI_GRANULE_TRACKING_GET && coarse) {
		wire_pass(x);
		x[2] = RMI_TRACKING_COARSE;
		return true;
	}
	return false;
}

/* RAM that was not there at boot has no tables of the GPT yet. */
static void hotplug_delegate(void **state)
{
	static const u64 lacks[] = { RMI_ERROR_GPT, RMI_ERROR_TRACKING };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lacks); i++) {
		missing = lacks[i];
		wire_start(lack_first);
		assert_int_equal(rmi_delegate(base, top), 0);
		assert_int_equal(wire_calls(SMC_RMI_GPT_L1_CREATE), 1);
		wire_stop();
		rmi_undelegate(base, top);
	}
	finish();
}

static void hotplug_that_is_not_tracked_is_refused(void **state)
{
	missing = RMI_ERROR_TRACKING;
	coarse = true;
	wire_start(lack_first);
	assert_int_equal(rmi_delegate(base, top), -ENXIO);
	assert_int_equal(wire_calls(SMC_RMI_GRANULE_RANGE_DELEGATE), 1);
	wire_stop();
	coarse = false;
	missing = 0;
	assert_int_equal(rig_log_count("is not fine-tracked"), 1);
	finish();
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(delegate_zero),
		TEST(delegate_fail_at_n),
		TEST(delegate_undo_leaves_what_was_there),
		TEST(leak_exact),
		TEST(leak_counter),
		TEST(hotplug_delegate),
		TEST(hotplug_that_is_not_tracked_is_refused),
	};

	return cmocka_run_group_tests_name("delegate", tests, NULL, NULL);
}
