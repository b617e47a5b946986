/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory says nothing: a host that does everything cannot tell two runs apart
 * whose secrets differ in every bit, by any byte that it or another realm can
 * read. And an RMM that leaks on purpose is found each time.
 */
#include <string.h>

#include "rmm/granule.h"
#include "tests/taint/host.h"
#include "tests/taint/leaks.h"
#include "tests/taint/memory.h"
#include "tests/taint/scene.h"
#include "tests/taint/secret.h"
#include "tests/taint/watch.h"

/* Both runs: the finding. */
static const char *run_both(host_leak_fn *leak)
{
	host_leak = leak;
	for (secret_run = 0; secret_run < 2; secret_run++)
		scene_run();
	host_leak = NULL;
	return watch_finding();
}

/* The RMM as it is, once for all cases but the last. */
static int run_honest(void **state)
{
	(void)state;
	run_both(NULL);
	return 0;
}

static void nothing_is_told(void **state)
{
	const char *finding = watch_finding();

	(void)state;
	if (finding)
		fail_msg("%s", finding);
}

static void every_command_succeeds_and_fails(void **state)
{
	const char *command = host_not_covered();

	(void)state;
	if (command)
		fail_msg("no %s that succeeds, or none that fails", command);
}

static void every_exit_reason_is_seen(void **state)
{
	const unsigned int all = (1u << RMI_EXIT_SYNC) | (1u << RMI_EXIT_IRQ) |
				 (1u << RMI_EXIT_FIQ) | (1u << RMI_EXIT_PSCI) |
				 (1u << RMI_EXIT_RIPAS_CHANGE) |
				 (1u << RMI_EXIT_HOST_CALL) |
				 (1u << RMI_EXIT_SERROR);

	(void)state;
	assert_int_equal(scene_exits(), all);
}

static void granules_of_every_state_come_back(void **state)
{
	const unsigned int all = ((1u << GRANULE_STATES) - 1) &
				 ~(1u << GRANULE_UNDELEGATED);

	(void)state;
	assert_int_equal(memory_came_back(), all);
}

static void every_leak_is_found(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < leaks_count; i++) {
		const char *finding = run_both(leaks[i].leak);

		if (!finding || !strstr(finding, leaks[i].finding))
			fail_msg("%s: found is: %s", leaks[i].name,
				 finding ? finding : "nothing");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_told),
		cmocka_unit_test(every_command_succeeds_and_fails),
		cmocka_unit_test(every_exit_reason_is_seen),
		cmocka_unit_test(granules_of_every_state_come_back),
		cmocka_unit_test(every_leak_is_found),
	};

	return cmocka_run_group_tests(tests, run_honest, NULL);
}
