// SPDX-License-Identifier: BSD-3-Clause
/*
 * Which host a run is for: --backend, and options that only one host has.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/vmm/options_kit.h"
#include "tests/vmm/run_kit.h"
#include "vmm/host.h"

static const struct host *choose(const char *line, struct err *err)
{
	struct options options;

	*err->text = '\0';
	assert_true(options_of(line, &options, err));
	return host_choose(&options, err);
}

static void a_backend_may_be_named(void **state)
{
	struct err err;

	(void)state;
	assert_ptr_equal(choose("run --backend sim x", &err), &host_sim);
	assert_ptr_equal(choose("run --backend=kvm x", &err), &host_kvm);
	assert_ptr_equal(choose("probe --backend kvm", &err), &host_kvm);
}

static void kvm_is_used_where_it_offers_realms(void **state)
{
	struct err err;

	(void)state;
	assert_ptr_equal(choose("run x", &err),
			 host_kvm.is_offered() ? &host_kvm : &host_sim);
}

static const char *const of_sim[][2] = {
	{ "machine", "--machine rme" }, { "sched", "--sched free" },
	{ "trace", "--trace" },		{ "stats", "--stats" },
	{ "fault", "--fault A=B" },	{ "gdb", "--gdb 0" },
};

#define OF_SIM (sizeof(of_sim) / sizeof(*of_sim))

static void options_of_a_simulated_machine_choose_it(void **state)
{
	struct err err;
	char line[64];

	(void)state;
	for (size_t i = 0; i < OF_SIM; i++) {
		snprintf(line, sizeof(line), "run %s x", of_sim[i][1]);
		assert_ptr_equal(choose(line, &err), &host_sim);
	}
}

static void they_are_refused_by_name_for_kvm(void **state)
{
	char line[64], want[80];
	struct err err;

	(void)state;
	for (size_t i = 0; i < OF_SIM; i++) {
		snprintf(line, sizeof(line), "run --backend kvm %s x",
			 of_sim[i][1]);
		snprintf(want, sizeof(want),
			 "--%s: only with --backend sim, not with kvm",
			 of_sim[i][0]);
		assert_null(choose(line, &err));
		assert_string_equal(err.text, want);
	}
}

static void a_refusal_is_bad_use(void **state)
{
	(void)state;
	run("--backend kvm --stats", "hello");
	failed(2, "--stats: only with --backend sim");
	forget(NULL);
	capture_cca(&capture, "probe --backend kvm --machine rme");
	failed(2, "--machine: only with --backend sim");
}

static void without_realms_kvm_says_so(void **state)
{
	(void)state;
	if (host_kvm.is_offered())
		skip();
	run("--backend kvm", "hello");
	failed(3, "no realms on this machine: ");
	forget(NULL);
	capture_cca(&capture, "probe --backend kvm");
	ended_with(0);
	says("realms: not available\nreason: ");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_backend_may_be_named),
		cmocka_unit_test(kvm_is_used_where_it_offers_realms),
		cmocka_unit_test(options_of_a_simulated_machine_choose_it),
		cmocka_unit_test(they_are_refused_by_name_for_kvm),
		cmocka_unit_test_teardown(a_refusal_is_bad_use, forget),
		cmocka_unit_test_teardown(without_realms_kvm_says_so, forget),
	};

	return cmocka_run_group_tests_name("host", tests, NULL, NULL);
}
