/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Granules that move while others touch them, and very many granules.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "sim/machine/gpt.h"
#include "sim/machine/machine.h"
#include "tests/sim/realm.h"
#include "tests/sim/view_case.h"

#define RACE_GRANULES 16
#define RACE_ROUNDS 300

/* Even: at rest and Non-secure; 4n + 2: at rest and Realm; odd: moving. */
static _Atomic uint64_t phase[RACE_GRANULES];
static atomic_bool race_over;
static _Atomic uint64_t wrong, touched;

static void *toucher(void *context)
{
	(void)context;
	while (!atomic_load(&race_over)) {
		for (unsigned int i = 0; i < RACE_GRANULES; i++) {
			uint64_t before = atomic_load(&phase[i]);
			uint8_t value;
			bool passed = machine_probe_read(PA(i), &value);

			if (before % 2 || atomic_load(&phase[i]) != before)
				continue;
			atomic_fetch_add(&touched, 1);
			if (passed != (before % 4 == 0))
				atomic_fetch_add(&wrong, 1);
		}
	}
	return NULL;
}

static void touches_and_moves_never_disagree(void **state)
{
	pthread_t threads[2];

	(void)state;
	atomic_store(&race_over, false);
	atomic_store(&wrong, 0);
	atomic_store(&touched, 0);
	for (unsigned int i = 0; i < RACE_GRANULES; i++)
		atomic_store(&phase[i], 0);
	for (unsigned int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, toucher, NULL);
	/* On a busy machine it takes a while until the others have begun. */
	for (unsigned int n = 0; n < RACE_ROUNDS || !touched; n++) {
		for (unsigned int i = 0; i < RACE_GRANULES; i++) {
			bool realm = atomic_fetch_add(&phase[i], 1) % 4 == 0;

			assert_true(realm ? gpt_to_realm(PA(i), PAGE, n) :
					    gpt_to_ns(PA(i), PAGE));
			atomic_fetch_add(&phase[i], 1);
		}
		plat_relax();
	}
	atomic_store(&race_over, true);
	for (unsigned int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(wrong, 0);
}

static void *ns_writer(void *context)
{
	uint8_t page[PAGE];

	(void)context;
	memset(page, 0xee, sizeof(page));
	while (!atomic_load(&race_over)) {
		if (ns_write(PA(1), page, sizeof(page)))
			atomic_fetch_add(&touched, 1);
	}
	return NULL;
}

static void wait_for_a_copy(void)
{
	uint64_t before = atomic_load(&touched);

	while (atomic_load(&touched) == before)
		plat_relax();
}

static void nothing_is_copied_into_a_delegated_granule(void **state)
{
	const uint64_t *words = plat_realm_view(PA(1));
	pthread_t thread;

	(void)state;
	atomic_store(&race_over, false);
	atomic_store(&touched, 0);
	pthread_create(&thread, NULL, ns_writer, NULL);
	wait_for_a_copy();
	for (unsigned int n = 0; n < RACE_ROUNDS; n++) {
		assert_true(gpt_to_realm(PA(1), PAGE, n));
		memset(plat_realm_view(PA(1)), 0, PAGE);
		plat_relax();
		for (unsigned int i = 0; i < PAGE / 8; i++)
			assert_int_equal(words[i], 0);
		assert_true(gpt_to_ns(PA(1), PAGE));
		wait_for_a_copy();
	}
	atomic_store(&race_over, true);
	pthread_join(thread, NULL);
}

#define MANY 33000u

static void delegate_very_many(void)
{
	struct machine_conf conf;
	char err[128];

	machine_stop();
	if (!machine_conf_parse("big", "ram = 0x80000000+272M\nrmm = no\n",
				&conf, err, sizeof(err)) ||
	    !machine_start(&conf, err, sizeof(err)))
		_exit(10);
	for (uint64_t i = 0; i < MANY; i++) {
		if (!gpt_to_realm(PA(2 * i), PAGE, i))
			_exit(11);
	}
	if (machine_delegated() != MANY || machine_unguarded() == 0)
		_exit(12);
	for (uint64_t i = 0; i < MANY; i++) {
		if (!gpt_to_ns(PA(2 * i), PAGE))
			_exit(13);
	}
}

static void granules_past_the_limit_are_counted_and_said(void **state)
{
	char said[512];

	(void)state;
	assert_int_equal(in_child(delegate_very_many, said, sizeof(said)), 0);
	assert_non_null(strstr(said, "vm.max_map_count is reached"));
}

int main(void)
{
	const struct CMUnitTest races[] = {
		VIEW_TEST(touches_and_moves_never_disagree),
		VIEW_TEST(nothing_is_copied_into_a_delegated_granule),
	};
	const struct CMUnitTest limits[] = {
		VIEW_TEST(granules_past_the_limit_are_counted_and_said),
	};

	return cmocka_run_group_tests_name("guard regions", races,
					   view_case_guards, NULL) +
	       cmocka_run_group_tests_name("mprotect", races,
					   view_case_no_guards, NULL) +
	       cmocka_run_group_tests_name("limits", limits,
					   view_case_no_guards, NULL);
}
