/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * GRANULE_RANGE_DELEGATE and GRANULE_RANGE_UNDELEGATE.
 */
#include <pthread.h>
#include <string.h>

#include "fixture.h"
#include "rmm/rmm.h"

#define RAM0_TOP fixture_ram_top(0)
#define RAM1_BASE fixture_ram_base(1)
#define RAM1_TOP fixture_ram_top(1)

/* All granules of [@base, @top) are in @state and in @pas. */
static void expect_range(uint64_t base, uint64_t top, enum granule_state state,
			 enum fake_pas pas)
{
	for (uint64_t pa = base; pa < top; pa += PAGE) {
		assert_int_equal(fixture_state(pa), state);
		assert_int_equal(fake_pas(pa), pas);
	}
}

static void delegates_one_granule(void **state)
{
	uint64_t pa = fake_granules(1);

	(void)state;
	assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, pa, pa + PAGE),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], pa + PAGE);
	expect_range(pa, pa + PAGE, GRANULE_DELEGATED, FAKE_REALM);
	expect_range(pa + PAGE, pa + 2 * PAGE, GRANULE_UNDELEGATED, FAKE_NS);
}

static void delegates_a_range_in_one_call(void **state)
{
	uint64_t pa = fake_granules(2048), top = pa + 2000 * PAGE;

	(void)state;
	assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, pa, top), RMI_SUCCESS);
	assert_int_equal(fake_out[1], top);
	expect_range(pa, top, GRANULE_DELEGATED, FAKE_REALM);
	expect_range(top, top + PAGE, GRANULE_UNDELEGATED, FAKE_NS);
}

static void asks_el3_once_for_2_mib(void **state)
{
	uint64_t pa = fake_granules(1024);

	(void)state;
	fake.gpt_calls = 0;
	rmi(GRANULE_RANGE_DELEGATE, pa, pa + 1024 * PAGE);
	assert_int_equal(fake.gpt_calls, 1024 * PAGE / 0x200000);
	rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + 1024 * PAGE);
	assert_int_equal(fake.gpt_calls, 2 * 1024 * PAGE / 0x200000);
}

static void undelegates_a_range_in_one_call(void **state)
{
	uint64_t pa = fake_delegate(1024), top = pa + 1024 * PAGE;

	(void)state;
	assert_int_equal(rmi(GRANULE_RANGE_UNDELEGATE, pa, top), RMI_SUCCESS);
	assert_int_equal(fake_out[1], top);
	expect_range(pa, top, GRANULE_UNDELEGATED, FAKE_NS);
}

static void undelegated_memory_is_zero(void **state)
{
	uint64_t pa = fake_delegate(3);

	(void)state;
	memset(fake_view(pa), 0xa5, 3 * PAGE);
	rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + 3 * PAGE);
	for (uint64_t at = 0; at < 3 * PAGE; at++)
		assert_int_equal(((uint8_t *)fake_view(pa))[at], 0);
}

static void delegation_keeps_the_second_range_apart(void **state)
{
	(void)state;
	assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, RAM1_BASE, RAM1_TOP),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], RAM1_TOP);
	expect_range(RAM1_BASE, RAM1_TOP, GRANULE_DELEGATED, FAKE_REALM);
	expect_range(RAM0_TOP - PAGE, RAM0_TOP, GRANULE_UNDELEGATED, FAKE_NS);
}

/* ---- Refusals: each command, each reason ------------------------------- */

static void expect_refused(uint64_t fid, uint64_t base, uint64_t top)
{
	assert_refused(fake_smc(fid, base, top, 0, 0, 0, 0), RMI_ERROR_INPUT);
	assert_int_equal(fake_out[1], base);
}

static void delegate_wants_an_aligned_base(void **state)
{
	uint64_t pa = fake_granules(2);

	(void)state;
	expect_refused(SMC_RMI_GRANULE_RANGE_DELEGATE, pa + 8, pa + 2 * PAGE);
}

static void delegate_wants_an_aligned_top(void **state)
{
	uint64_t pa = fake_granules(2);

	(void)state;
	expect_refused(SMC_RMI_GRANULE_RANGE_DELEGATE, pa, pa + PAGE + 1);
}

static void delegate_wants_a_granule(void **state)
{
	uint64_t pa = fake_granules(1);

	(void)state;
	expect_refused(SMC_RMI_GRANULE_RANGE_DELEGATE, pa, pa);
	expect_refused(SMC_RMI_GRANULE_RANGE_DELEGATE, pa, pa - PAGE);
}

static void delegate_wants_ram(void **state)
{
	(void)state;
	expect_refused(SMC_RMI_GRANULE_RANGE_DELEGATE, 0, PAGE);
	expect_refused(SMC_RMI_GRANULE_RANGE_DELEGATE, RAM0_TOP,
		       RAM0_TOP + PAGE);
	expect_refused(SMC_RMI_GRANULE_RANGE_DELEGATE, 0 - 2 * PAGE, 0 - PAGE);
}

static void delegate_wants_an_undelegated_granule(void **state)
{
	uint64_t pa = fake_delegate(1);

	(void)state;
	expect_refused(SMC_RMI_GRANULE_RANGE_DELEGATE, pa, pa + PAGE);
}

static void delegate_reports_a_refusal_of_el3(void **state)
{
	uint64_t pa = fake_granules(1);

	(void)state;
	fake_set_pas(pa, FAKE_SECURE);
	expect_refused(SMC_RMI_GRANULE_RANGE_DELEGATE, pa, pa + PAGE);
}

static void undelegate_wants_aligned_ends(void **state)
{
	uint64_t pa = fake_delegate(2);

	(void)state;
	expect_refused(SMC_RMI_GRANULE_RANGE_UNDELEGATE, pa + 1, pa + PAGE);
	expect_refused(SMC_RMI_GRANULE_RANGE_UNDELEGATE, pa, pa + PAGE - 1);
}

static void undelegate_wants_a_granule(void **state)
{
	uint64_t pa = fake_delegate(1);

	(void)state;
	expect_refused(SMC_RMI_GRANULE_RANGE_UNDELEGATE, pa, pa);
}

static void undelegate_wants_ram(void **state)
{
	(void)state;
	expect_refused(SMC_RMI_GRANULE_RANGE_UNDELEGATE, RAM1_TOP,
		       RAM1_TOP + PAGE);
}

static void undelegate_wants_a_delegated_granule(void **state)
{
	uint64_t pa = fake_granules(1);

	(void)state;
	expect_refused(SMC_RMI_GRANULE_RANGE_UNDELEGATE, pa, pa + PAGE);
}

static void undelegate_wants_an_unused_granule(void **state)
{
	uint64_t rd = fixture_realm_default();
	struct rd *realm = fake_view(rd);

	(void)state;
	expect_refused(SMC_RMI_GRANULE_RANGE_UNDELEGATE, rd, rd + PAGE);
	expect_refused(SMC_RMI_GRANULE_RANGE_UNDELEGATE, realm->rtt_base,
		       realm->rtt_base + PAGE);
}

static void undelegate_keeps_what_el3_refuses(void **state)
{
	uint64_t pa = fake_delegate(1);

	(void)state;
	fake.gpt_refuse = 1;
	assert_int_equal(rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + PAGE),
			 RMI_ERROR_INPUT);
	assert_int_equal(fake_out[1], pa);
	expect_range(pa, pa + PAGE, GRANULE_DELEGATED, FAKE_REALM);
	assert_int_equal(rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + PAGE),
			 RMI_SUCCESS);
}

/* ---- Progress ---------------------------------------------------------- */

static void delegation_stops_at_a_delegated_granule(void **state)
{
	uint64_t pa = fake_granules(1024);

	(void)state;
	rmi(GRANULE_RANGE_DELEGATE, pa + 700 * PAGE, pa + 701 * PAGE);
	assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, pa, pa + 1024 * PAGE),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], pa + 700 * PAGE);
	expect_range(pa, pa + 701 * PAGE, GRANULE_DELEGATED, FAKE_REALM);
	expect_range(pa + 701 * PAGE, pa + 1024 * PAGE, GRANULE_UNDELEGATED,
		     FAKE_NS);
}

static void delegation_stops_at_the_end_of_ram(void **state)
{
	(void)state;
	assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, RAM1_TOP - 2 * PAGE,
			     RAM1_TOP + PAGE),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], RAM1_TOP);
}

static void delegation_stops_exactly_at_what_el3_refuses(void **state)
{
	static const unsigned int places[] = { 1, 2, 3, 255, 256, 300, 511,
					       512, 600, 1023 };
	uint64_t pa = fake_granules(1024), top = pa + 1024 * PAGE;

	(void)state;
	for (unsigned int i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		uint64_t secure = pa + places[i] * PAGE;

		fake_set_pas(secure, FAKE_SECURE);
		assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, pa, top),
				 RMI_SUCCESS);
		assert_int_equal(fake_out[1], secure);
		expect_range(pa, secure, GRANULE_DELEGATED, FAKE_REALM);
		expect_range(secure, secure + PAGE, GRANULE_UNDELEGATED,
			     FAKE_SECURE);
		fake_set_pas(secure, FAKE_NS);
		expect_range(secure, top, GRANULE_UNDELEGATED, FAKE_NS);
		rmi(GRANULE_RANGE_UNDELEGATE, pa, secure);
	}
}

static void undelegation_stops_at_a_granule_in_use(void **state)
{
	uint64_t pa = fake_delegate(8);

	(void)state;
	rmi(GRANULE_RANGE_UNDELEGATE, pa + 3 * PAGE, pa + 4 * PAGE);
	assert_int_equal(rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + 8 * PAGE),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], pa + 3 * PAGE);
	expect_range(pa + 4 * PAGE, pa + 8 * PAGE, GRANULE_DELEGATED,
		     FAKE_REALM);
}

/* Looked for every 512 granules, and by a debug build at each. */
static void an_interrupt_ends_a_range(void **state)
{
	uint64_t pa = fake_granules(2048), top = pa + 2048 * PAGE;
	uint64_t stride = FAKE_STRIDE * PAGE;

	(void)state;
	fake.irq_pending = true;
	assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, pa, top), RMI_SUCCESS);
	assert_int_equal(fake_out[1], pa + stride);
	fake.irq_pending = false;
	fake.irq_countdown = 2;
	assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, pa + stride, top),
			 RMI_SUCCESS);
	assert_int_equal(fake_out[1], pa + 3 * stride);
	expect_range(pa, pa + 3 * stride, GRANULE_DELEGATED, FAKE_REALM);
	expect_range(pa + 3 * stride, top, GRANULE_UNDELEGATED, FAKE_NS);
	assert_int_equal(rmi(GRANULE_RANGE_UNDELEGATE, pa, top), RMI_SUCCESS);
	assert_int_equal(fake_out[1], pa + stride);
}

/* ---- Two CPUs ---------------------------------------------------------- */

#define RACE_GRANULES 64
#define RACE_ROUNDS 300

struct racer {
	uint64_t base;
	unsigned int cpu;
	uint64_t delegated; /* granules that this CPU moved */
	uint64_t undelegated;
};

/* Both ways over the same range, each CPU from its own place in it. */
static void *race(void *arg)
{
	struct racer *racer = arg;
	uint64_t top = racer->base + RACE_GRANULES * PAGE;
	unsigned int seed = racer->cpu + 1;

	fake_cpu = racer->cpu;
	for (unsigned int round = 0; round < RACE_ROUNDS; round++) {
		uint64_t from;

		seed = seed * 1103515245 + 12345;
		from = racer->base + (seed >> 16) % RACE_GRANULES * PAGE;
		rmi(GRANULE_RANGE_DELEGATE, from, top);
		racer->delegated += (fake_out[1] - from) / PAGE;
		rmi(GRANULE_RANGE_UNDELEGATE, from, top);
		racer->undelegated += (fake_out[1] - from) / PAGE;
	}
	return NULL;
}

static void two_cpus_never_move_a_granule_twice(void **state)
{
	uint64_t pa = fake_granules(RACE_GRANULES);
	struct racer racer[2] = { { .base = pa, .cpu = 1 },
				  { .base = pa, .cpu = 2 } };
	uint64_t left = 0;
	pthread_t thread[2];

	(void)state;
	for (unsigned int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, race,
						&racer[i]), 0);
	for (unsigned int i = 0; i < 2; i++)
		pthread_join(thread[i], NULL);

	for (unsigned int i = 0; i < RACE_GRANULES; i++) {
		bool delegated = fixture_state(pa + i * PAGE) ==
				 GRANULE_DELEGATED;

		assert_int_equal(fake_pas(pa + i * PAGE),
				 delegated ? FAKE_REALM : FAKE_NS);
		left += delegated;
	}
	assert_int_equal(racer[0].delegated + racer[1].delegated,
			 racer[0].undelegated + racer[1].undelegated + left);
	assert_true(racer[0].delegated + racer[1].delegated > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(delegates_one_granule),
		fixture_test(delegates_a_range_in_one_call),
		fixture_test(asks_el3_once_for_2_mib),
		fixture_test(undelegates_a_range_in_one_call),
		fixture_test(undelegated_memory_is_zero),
		fixture_test(delegation_keeps_the_second_range_apart),
		fixture_test(delegate_wants_an_aligned_base),
		fixture_test(delegate_wants_an_aligned_top),
		fixture_test(delegate_wants_a_granule),
		fixture_test(delegate_wants_ram),
		fixture_test(delegate_wants_an_undelegated_granule),
		fixture_test(delegate_reports_a_refusal_of_el3),
		fixture_test(undelegate_wants_aligned_ends),
		fixture_test(undelegate_wants_a_granule),
		fixture_test(undelegate_wants_ram),
		fixture_test(undelegate_wants_a_delegated_granule),
		fixture_test(undelegate_wants_an_unused_granule),
		fixture_test(undelegate_keeps_what_el3_refuses),
		fixture_test(delegation_stops_at_a_delegated_granule),
		fixture_test(delegation_stops_at_the_end_of_ram),
		fixture_test(delegation_stops_exactly_at_what_el3_refuses),
		fixture_test(undelegation_stops_at_a_granule_in_use),
		fixture_test(an_interrupt_ends_a_range),
		fixture_test(two_cpus_never_move_a_granule_twice),
	};

	return fixture_run(tests, RMI_GRANULE_SIZE_64KB);
}
