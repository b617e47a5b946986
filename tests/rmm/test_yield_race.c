/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Several CPUs begin, go on with and cancel operations on the blocks of one
 * realm, and do other things there, while an interrupt is always waiting.
 */
#include <pthread.h>

#include "rmm/rmm.h"
#include "rmm/sro.h"
#include "yield_kit.h"

#define CPUS 3
#define ROUNDS 3000
#define BLOCKS 2
#define COMMANDS 8

static unsigned int successes[COMMANDS];

static unsigned int random_below(unsigned int *seed, unsigned int end)
{
	*seed = *seed * 1103515245 + 12345;
	return (*seed >> 16) % end;
}

static void count(unsigned int command)
{
	if (RMI_RETURN_STATUS(fake_out[0]) == RMI_SUCCESS ||
	    RMI_RETURN_STATUS(fake_out[0]) == RMI_INCOMPLETE)
		__atomic_fetch_add(&successes[command], 1, __ATOMIC_RELAXED);
}

static void one_command(unsigned int *seed)
{
	unsigned int command = random_below(seed, COMMANDS);
	unsigned int n = random_below(seed, BLOCKS);
	uint64_t ipa = (1 + random_below(seed, BLOCKS)) * BLOCK2;
	uint64_t pa = yield.pa + n * BLOCK2, list = yield.pa + 3 * BLOCK2;

	switch (command) {
	case 0:
		rmi(RTT_DATA_MAP, yield.rd, ipa, ipa + BLOCK2,
		    RMI_OADDR_SINGLE, fixture_desc(pa, 2, 1));
		break;
	case 1:
		rmi(RTT_DATA_UNMAP, yield.rd, ipa, ipa + BLOCK2, 0, 0);
		break;
	case 2:
		/* Most of the time, or no block would come to its end. */
		for (unsigned int i = 0; i < 300; i++) {
			rmi(OP_CONTINUE, n);
			count(command);
		}
		break;
	case 3:
		rmi(OP_CANCEL, n);
		break;
	case 4:
		rmi(RTT_INIT_RIPAS, yield.rd, ipa, ipa + BLOCK2);
		break;
	case 5:
		rmi(RTT_CREATE, yield.rd, list + n * PAGE, ipa, 3);
		break;
	case 6:
		rmi(RTT_FOLD, yield.rd, ipa, 3);
		break;
	case 7:
		/* Of what cannot be folded, so that blocks are mapped again. */
		rmi(RTT_DESTROY, yield.rd, ipa, 3);
		break;
	}
	count(command);
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
	fake.irq_pending = true;
	for (unsigned int i = 0; i < CPUS; i++) {
		cpu[i] = i;
		assert_int_equal(pthread_create(&thread[i], NULL, work,
						&cpu[i]), 0);
	}
	for (unsigned int i = 0; i < CPUS; i++)
		pthread_join(thread[i], NULL);
	assert_true(rmm_ledger_ok());
	/* The rest depends on who comes first. */
	for (unsigned int i = 0; i < 2; i++)
		assert_true(successes[i] > 0);
	if (FAKE_STRIDE == 1)
		assert_true(successes[2] > 0);

	/* And once what was begun has come to its end. */
	fake.irq_pending = false;
	for (unsigned int i = 0; i < SRO_HANDLES; i++)
		rmi(OP_CONTINUE, i);
	for (unsigned int i = 0; i < SRO_HANDLES; i++)
		assert_null(sro_at(i));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		yield_test(the_ledger_agrees_after_a_race),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
