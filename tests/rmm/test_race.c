/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Several CPUs work on the same realm and the same granules at once: whoever
 * wins, the ledger agrees afterwards. TSan finds what luck does not.
 */
#include <pthread.h>

#include "fixture.h"
#include "rmm/rmm.h"

#define CPUS 3
#define ROUNDS 2000
#define PAGES 8

static uint64_t rd; /* the default realm, with tables down to level 3 at 0 */
static uint64_t pool; /* PAGES granules, delegated at first */

static int setup(void **state)
{
	fixture_setup(state);
	rd = fixture_realm_default();
	fixture_tables(rd, 0, 3);
	pool = fake_delegate(PAGES);
	return 0;
}

static unsigned int random_below(unsigned int *seed, unsigned int end)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % end;
}

#define COMMANDS 9
static unsigned int successes[COMMANDS];

/* One command on a granule of the pool and an IPA of the realm. */
static void one_command(unsigned int *seed)
{
	unsigned int command = random_below(seed, COMMANDS);
	uint64_t pa = pool + random_below(seed, PAGES) * PAGE;
	uint64_t ipa = random_below(seed, PAGES) * PAGE;
	uint64_t block = random_below(seed, PAGES) * BLOCK2;

	switch (command) {
	case 0:
		rmi(GRANULE_RANGE_DELEGATE, pa, pa + PAGE);
		break;
	case 1:
		rmi(GRANULE_RANGE_UNDELEGATE, pa, pa + PAGE);
		break;
	case 2:
		rmi(RTT_DATA_MAP, rd, ipa, ipa + PAGE, RMI_OADDR_SINGLE,
		    fixture_desc(pa, 3, 1));
		break;
	case 3:
		rmi(RTT_DATA_UNMAP, rd, 0, PAGES * PAGE, RMI_OADDR_SINGLE, 0);
		break;
	case 4:
		rmi(RTT_CREATE, rd, pa, block, 3);
		break;
	case 5:
		rmi(RTT_DESTROY, rd, block, 3);
		break;
	case 6:
		rmi(RTT_INIT_RIPAS, rd, ipa, ipa + PAGE);
		break;
	case 7:
		rmi(RTT_READ_ENTRY, rd, ipa, 3);
		break;
	case 8:
		rmi(RTT_FOLD, rd, block, 3);
		break;
	}
	if (fake_out[0] == RMI_SUCCESS)
		__atomic_fetch_add(&successes[command], 1, __ATOMIC_RELAXED);
}

static void *work(void *arg)
{
	unsigned int seed;

	fake_cpu = *(unsigned int *)arg;
	seed = fake_cpu + 1;
	for (unsigned int i = 0; i < ROUNDS; i++)
		one_command(&seed);
	return NULL;
}

static void the_ledger_agrees_after_a_race(void **state)
{
	unsigned int cpu[CPUS];
	pthread_t thread[CPUS];

	(void)state;
	for (unsigned int i = 0; i < CPUS; i++) {
		cpu[i] = i;
		assert_int_equal(pthread_create(&thread[i], NULL, work,
						&cpu[i]), 0);
	}
	for (unsigned int i = 0; i < CPUS; i++)
		pthread_join(thread[i], NULL);
	assert_true(rmm_ledger_ok());
	for (unsigned int i = 0; i < COMMANDS; i++)
		assert_true(successes[i] > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_ledger_agrees_after_a_race, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
