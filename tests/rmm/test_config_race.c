/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Several CPUs at the configuration before the RMM is active: whoever finds
 * another one there waits, and nobody is refused or sees a half of it.
 */
#include <pthread.h>

#include "abi/rmi_layout.h"
#include "fixture.h"
#include "rmm/rmi/rmi.h"
#include "rmm/rmm.h"

#define LARGE 0x10000ull /* no granule is larger */
#define ANSWER (FAKE_RAM0_BASE + LARGE)

/* By granule size. */
static const struct config configs[] = {
	{ RMI_GRANULE_SIZE_4KB, 0 },
	{ RMI_GRANULE_SIZE_16KB, 1 },
	{ RMI_GRANULE_SIZE_64KB, 1 },
};

#define CONFIGS (sizeof(configs) / sizeof(configs[0]))

static uint64_t page[CONFIGS]; /* of the host's, one each */
static uint64_t small; /* a page of 4 KiB, and of nothing larger */

static int setup(void **state)
{
	(void)state;
	fake_reset();
	for (unsigned int i = 0; i < CONFIGS; i++) {
		struct rmm_config *chosen;

		page[i] = FAKE_RAM0_BASE + (2 + i) * LARGE;
		chosen = fake_view(page[i]);
		chosen->rmi_granule_size = configs[i].granule;
		chosen->tracking_region_size = configs[i].region;
	}
	small = FAKE_RAM0_BASE + LARGE + GRANULE_SIZE_MIN;
	return 0;
}

static uint64_t set(unsigned int i)
{
	return rmi(RMM_CONFIG_SET, page[i]);
}

/* ---- One CPU, and another one that is there ---------------------------- */

static unsigned int waits;

static void goes(void)
{
	waits++;
	rmm_init_release(RMM_INIT);
}

static void activates(void)
{
	waits++;
	rmm_init_release(RMM_ACTIVE);
}

/* It has chosen granules of 16 KiB, for which what is asked is no answer. */
static void chooses(void)
{
	struct config config = { RMI_GRANULE_SIZE_16KB, 0 };

	config_set(&config);
	goes();
}

static uint64_t get_there(void)
{
	return rmi(RMM_CONFIG_GET, small);
}

static uint64_t track_there(void)
{
	return rmi(GRANULE_TRACKING_GET, small, small + GRANULE_SIZE_MIN);
}

static uint64_t set_there(void)
{
	return set(0);
}

static uint64_t activate(void)
{
	return rmi(RMM_ACTIVATE);
}

static const struct {
	uint64_t (*give)(void);
	void (*other)(void);
	uint64_t want;
	enum rmm_state then;
} meetings[] = {
	{ set_there, goes, RMI_SUCCESS, RMM_INIT },
	{ get_there, goes, RMI_SUCCESS, RMM_INIT },
	{ track_there, goes, RMI_SUCCESS, RMM_INIT },
	{ activate, goes, RMI_SUCCESS, RMM_ACTIVE },
	{ set_there, chooses, RMI_SUCCESS, RMM_INIT },
	{ get_there, chooses, RMI_ERROR_INPUT, RMM_INIT },
	{ track_there, chooses, RMI_ERROR_INPUT, RMM_INIT },
	{ set_there, activates, RMI_ERROR_GLOBAL, RMM_ACTIVE },
	{ get_there, activates, RMI_SUCCESS, RMM_ACTIVE },
	{ track_there, activates, RMI_SUCCESS, RMM_ACTIVE },
	{ activate, activates, RMI_ERROR_GLOBAL, RMM_ACTIVE },
};

static void whoever_is_there_is_waited_for(void **state)
{
	for (unsigned int i = 0; i < sizeof(meetings) / sizeof(meetings[0]);
	     i++) {
		setup(state);
		assert_true(rmm_init_hold());
		waits = 0;
		fake.on_relax = meetings[i].other;
		print_message("meeting %u\n", i);
		assert_int_equal(meetings[i].give(), meetings[i].want);
		assert_int_equal(waits, 1);
		assert_int_equal(rmm_state(), meetings[i].then);
	}
}

static void others_wait_for_nobody(void **state)
{
	(void)state;
	assert_true(rmm_init_hold());
	assert_int_equal(rmi(VERSION, RMI_ABI_VERSION(2, 0)), RMI_SUCCESS);
	assert_int_equal(rmi(FEATURES, 0), RMI_SUCCESS);
	assert_int_equal(rmi(GRANULE_RANGE_DELEGATE, ANSWER, ANSWER + LARGE),
			 RMI_ERROR_GLOBAL);
	assert_int_equal(rmm_state(), RMM_INIT_HELD);
}

/* ---- Many -------------------------------------------------------------- */

#define CPUS 3
#define ROUNDS 2000

static void expect_one_of_them(void)
{
	const struct rmm_config *now = fake_view(ANSWER);
	unsigned int i = now->rmi_granule_size;

	assert_true(i < CONFIGS);
	assert_int_equal(now->tracking_region_size, configs[i].region);
}

static void *sets(void *arg)
{
	fake_cpu = *(unsigned int *)arg;
	for (unsigned int i = 0; i < ROUNDS; i++)
		assert_int_equal(set((i + fake_cpu) % CONFIGS), RMI_SUCCESS);
	return NULL;
}

static void *gets(void *arg)
{
	fake_cpu = *(unsigned int *)arg;
	for (unsigned int i = 0; i < ROUNDS; i++) {
		assert_int_equal(rmi(RMM_CONFIG_GET, ANSWER), RMI_SUCCESS);
		expect_one_of_them();
		assert_int_equal(rmi(GRANULE_TRACKING_GET, ANSWER,
				     ANSWER + LARGE), RMI_SUCCESS);
		assert_int_equal(fake_out[3], ANSWER + LARGE);
	}
	return NULL;
}

static void nobody_is_refused(void **state)
{
	unsigned int cpu[CPUS];
	pthread_t thread[CPUS];

	(void)state;
	for (unsigned int i = 0; i < CPUS; i++) {
		cpu[i] = i;
		assert_int_equal(pthread_create(&thread[i], NULL,
						i ? sets : gets, &cpu[i]), 0);
	}
	for (unsigned int i = 0; i < CPUS; i++)
		pthread_join(thread[i], NULL);
	assert_int_equal(rmi(RMM_ACTIVATE), RMI_SUCCESS);
	assert_true(rmm_ledger_ok());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_is_there_is_waited_for),
		cmocka_unit_test_setup(others_wait_for_nobody, setup),
		cmocka_unit_test_setup(nobody_is_refused, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
