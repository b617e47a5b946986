/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What memory there is, by GRANULE_TRACKING_GET and GRANULE_TRACKING_SET, and
 * the tables of the GPT above it, by GPT_L1_CREATE and GPT_L1_DESTROY.
 */
#include "fixture.h"

#define RAM0_TOP (FAKE_RAM0_BASE + FAKE_RAM0_SIZE)
#define RAM1_TOP (FAKE_RAM1_BASE + FAKE_RAM1_SIZE)

/* Setup: RMM state INIT. */
static int init_state(void **state)
{
	(void)state;
	fake_reset();
	return 0;
}

/* ---- GRANULE_TRACKING_GET ---------------------------------------------- */

static void expect_tracking(uint64_t base, uint64_t top, uint64_t tracking,
			    uint64_t end)
{
	assert_int_equal(rmi(GRANULE_TRACKING_GET, base, top), RMI_SUCCESS);
	assert_int_equal(fake_out[1], RMI_MEM_CATEGORY_CONVENTIONAL);
	assert_int_equal(fake_out[2], tracking);
	assert_int_equal(fake_out[3], end);
}

static void ram_is_tracked_finely_up_to_its_end(void **state)
{
	(void)state;
	expect_tracking(FAKE_RAM0_BASE, FAKE_RAM0_BASE + PAGE,
			RMI_TRACKING_FINE, FAKE_RAM0_BASE + PAGE);
	expect_tracking(FAKE_RAM0_BASE, RAM0_TOP, RMI_TRACKING_FINE, RAM0_TOP);
	expect_tracking(FAKE_RAM0_BASE + PAGE, RAM1_TOP, RMI_TRACKING_FINE,
			RAM0_TOP);
}

static void what_is_no_ram_is_not_tracked_up_to_the_next_ram(void **state)
{
	(void)state;
	expect_tracking(0, PAGE, RMI_TRACKING_NONE, PAGE);
	expect_tracking(0, RAM1_TOP, RMI_TRACKING_NONE, FAKE_RAM0_BASE);
	expect_tracking(RAM0_TOP, RAM1_TOP, RMI_TRACKING_NONE,
			FAKE_RAM1_BASE);
	expect_tracking(RAM1_TOP, 1ull << 48, RMI_TRACKING_NONE, 1ull << 48);
}

static void tracking_get_wants_a_range_inside_pa_space(void **state)
{
	uint64_t base = FAKE_RAM0_BASE;

	(void)state;
	assert_int_equal(rmi(GRANULE_TRACKING_GET, base, base),
			 RMI_ERROR_INPUT);
	assert_int_equal(rmi(GRANULE_TRACKING_GET, base + PAGE, base),
			 RMI_ERROR_INPUT);
	assert_int_equal(rmi(GRANULE_TRACKING_GET, base + 1, base + PAGE),
			 RMI_ERROR_INPUT);
	assert_int_equal(rmi(GRANULE_TRACKING_GET, base, base + PAGE + 1),
			 RMI_ERROR_INPUT);
	assert_int_equal(rmi(GRANULE_TRACKING_GET, base, (1ull << 48) + PAGE),
			 RMI_ERROR_INPUT);
}

static void tracking_get_answers_before_activation(void **state)
{
	(void)state;
	expect_tracking(FAKE_RAM0_BASE, RAM0_TOP, RMI_TRACKING_FINE, RAM0_TOP);
}

/* ---- GRANULE_TRACKING_SET ---------------------------------------------- */

static uint64_t tracking_set(uint64_t base, uint64_t state)
{
	return rmi(GRANULE_TRACKING_SET, base, RMI_MEM_CATEGORY_CONVENTIONAL,
		   state);
}

static void a_region_may_stay_as_it_is_tracked(void **state)
{
	(void)state;
	assert_refused(tracking_set(FAKE_RAM0_BASE, RMI_TRACKING_FINE),
		       RMI_SUCCESS);
	assert_refused(tracking_set(FAKE_RAM1_BASE, RMI_TRACKING_FINE),
		       RMI_SUCCESS);
	assert_refused(tracking_set(0, RMI_TRACKING_NONE), RMI_SUCCESS);
}

static void a_region_with_some_ram_is_tracked_finely(void **state)
{
	(void)state;
	fake.ram[0] = (struct fake_ram){ FAKE_RAM0_BASE + PAGE, 16 * PAGE };
	fake_boot();
	fake_activate();
	assert_refused(tracking_set(FAKE_RAM0_BASE, RMI_TRACKING_FINE),
		       RMI_SUCCESS);
}

static void a_region_of_nothing_but_ram_is_tracked_finely(void **state)
{
	(void)state;
	fake.ram[0] = (struct fake_ram){ FAKE_RAM0_BASE, 1ull << 30 };
	fake_boot();
	fake_activate();
	assert_refused(tracking_set(FAKE_RAM0_BASE, RMI_TRACKING_FINE),
		       RMI_SUCCESS);
}

static void no_region_is_tracked_in_another_way(void **state)
{
	(void)state;
	assert_refused(tracking_set(FAKE_RAM0_BASE, RMI_TRACKING_NONE),
		       RMI_ERROR_NOT_SUPPORTED);
	assert_refused(tracking_set(FAKE_RAM0_BASE, RMI_TRACKING_COARSE),
		       RMI_ERROR_NOT_SUPPORTED);
	assert_refused(tracking_set(0, RMI_TRACKING_FINE),
		       RMI_ERROR_NOT_SUPPORTED);
	assert_refused(tracking_set(0, RMI_TRACKING_COARSE),
		       RMI_ERROR_NOT_SUPPORTED);
}

static void tracking_set_wants_a_state_and_a_region(void **state)
{
	const uint64_t bases[] = {
		FAKE_RAM0_BASE + PAGE, FAKE_RAM0_BASE + 1, 1ull << 48,
		~0ull << 30,
	};

	(void)state;
	assert_refused(tracking_set(FAKE_RAM0_BASE, RMI_TRACKING_RESERVED),
		       RMI_ERROR_INPUT);
	assert_refused(tracking_set(FAKE_RAM0_BASE, 4), RMI_ERROR_INPUT);
	assert_refused(tracking_set(FAKE_RAM0_BASE, 1ull << 32 | 2),
		       RMI_ERROR_INPUT);
	for (unsigned int i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
		assert_refused(tracking_set(bases[i], RMI_TRACKING_FINE),
			       RMI_ERROR_INPUT);
}

static void tracking_set_knows_conventional_memory_only(void **state)
{
	static const uint64_t categories[] = {
		RMI_MEM_CATEGORY_DEV_NCOH, RMI_MEM_CATEGORY_DEV_COH, 3, ~0ull,
	};

	(void)state;
	for (unsigned int i = 0; i < 4; i++) {
		assert_refused(rmi(GRANULE_TRACKING_SET, FAKE_RAM0_BASE,
				   categories[i], RMI_TRACKING_FINE),
			       RMI_ERROR_INPUT);
		assert_refused(rmi(GRANULE_TRACKING_SET, 0, categories[i],
				   RMI_TRACKING_NONE), RMI_ERROR_INPUT);
	}
}

/* ---- GPT_L1_* --------------------------------------------------- */

static void level_1_of_the_gpt_is_always_there(void **state)
{
	(void)state;
	assert_refused(rmi(GPT_L1_CREATE, 0x80000000), RMI_ERROR_GPT);
	assert_refused(rmi(GPT_L1_CREATE, 0), RMI_ERROR_GPT);
}

static void gpt_l1_create_wants_an_address_of_level_0(void **state)
{
	(void)state;
	assert_refused(rmi(GPT_L1_CREATE, 0x80001000), RMI_ERROR_INPUT);
	assert_refused(rmi(GPT_L1_CREATE, 1ull << 48), RMI_ERROR_INPUT);
	fake.l0gpt_shift = 36;
	assert_refused(rmi(GPT_L1_CREATE, 0x80000000), RMI_ERROR_INPUT);
}

static void level_1_of_the_gpt_is_not_ours_to_fold(void **state)
{
	(void)state;
	assert_refused(rmi(GPT_L1_DESTROY, 0x80000000),
		       RMI_ERROR_NOT_SUPPORTED);
	assert_refused(rmi(GPT_L1_DESTROY, 0), RMI_ERROR_NOT_SUPPORTED);
}

static void gpt_l1_destroy_wants_an_address_of_level_0(void **state)
{
	(void)state;
	assert_refused(rmi(GPT_L1_DESTROY, 0x80001000), RMI_ERROR_INPUT);
	assert_refused(rmi(GPT_L1_DESTROY, 1ull << 48), RMI_ERROR_INPUT);
	fake.l0gpt_shift = 36;
	assert_refused(rmi(GPT_L1_DESTROY, 0x80000000), RMI_ERROR_INPUT);
}

#define init_test(name) cmocka_unit_test_setup(name, init_state)

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(ram_is_tracked_finely_up_to_its_end),
		fixture_test(what_is_no_ram_is_not_tracked_up_to_the_next_ram),
		fixture_test(tracking_get_wants_a_range_inside_pa_space),
		init_test(tracking_get_answers_before_activation),
		fixture_test(a_region_may_stay_as_it_is_tracked),
		init_test(a_region_with_some_ram_is_tracked_finely),
		init_test(a_region_of_nothing_but_ram_is_tracked_finely),
		fixture_test(no_region_is_tracked_in_another_way),
		fixture_test(tracking_set_wants_a_state_and_a_region),
		fixture_test(tracking_set_knows_conventional_memory_only),
		fixture_test(level_1_of_the_gpt_is_always_there),
		fixture_test(gpt_l1_create_wants_an_address_of_level_0),
		fixture_test(level_1_of_the_gpt_is_not_ours_to_fold),
		fixture_test(gpt_l1_destroy_wants_an_address_of_level_0),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
