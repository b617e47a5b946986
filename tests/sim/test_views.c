/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory: three views of RAM, the GPT, and granule protection faults. Each case
 * runs with guard regions and, as on an older kernel, with mprotect.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "sim/machine/gpt.h"
#include "sim/machine/machine.h"
#include "sim/machine/views.h"
#include "tests/sim/realm.h"
#include "tests/sim/view_case.h"

static void views_are_of_one_memory(void **state)
{
	uint8_t *host = machine_host_view(PA(3) + 5);

	(void)state;
	*host = 77;
	assert_int_equal(*(uint8_t *)plat_realm_view(PA(3) + 5), 77);
	assert_int_equal(view_base(VIEW_PE)[3 * PAGE + 5], 77);
}

static void host_addresses_have_pas(void **state)
{
	uint64_t pa = 0;
	int local;

	(void)state;
	assert_true(machine_host_pa(machine_host_view(PA(3) + 5), &pa));
	assert_int_equal(pa, PA(3) + 5);
	assert_false(machine_host_pa(&local, &pa));
	assert_false(machine_host_pa(plat_realm_view(PA(3)), &pa));
	assert_null(machine_host_view(TEST_RAM - 1));
	assert_null(machine_host_view(TEST_RAM + TEST_RAM_SIZE));
}

static void expect_access(uint64_t pa, bool allowed)
{
	uint8_t value;

	assert_int_equal(machine_probe_read(pa, &value), allowed);
	assert_int_equal(machine_probe_write(pa, 1), allowed);
}

static void delegated_granule_is_out_of_reach(void **state)
{
	(void)state;
	*(uint8_t *)machine_host_view(PA(5)) = 9;
	assert_true(gpt_to_realm(PA(5), PAGE, 12));
	expect_access(PA(5), false);
	expect_access(PA(5) + PAGE - 1, false);
	expect_access(PA(4) + PAGE - 1, true);
	expect_access(PA(6), true);
	assert_int_equal(machine_gpf_count(), 4);
	assert_int_equal(machine_delegated(), 1);
	assert_int_equal(*(uint8_t *)plat_realm_view(PA(5)), 9);
}

static void untouched_granule_is_guarded_too(void **state)
{
	(void)state;
	assert_true(gpt_to_realm(PA(100), 50 * PAGE, 1));
	for (unsigned int i = 99; i <= 150; i++)
		expect_access(PA(i), i == 99 || i == 150);
}

static void undelegated_granule_is_the_hosts_again(void **state)
{
	uint8_t value = 0;

	(void)state;
	assert_true(gpt_to_realm(PA(8), 4 * PAGE, 1));
	*(uint8_t *)plat_realm_view(PA(9)) = 42;
	assert_true(gpt_to_ns(PA(9), PAGE));
	assert_true(machine_probe_read(PA(9), &value));
	assert_int_equal(value, 42);
	expect_access(PA(8), false);
	expect_access(PA(10), false);
	assert_int_equal(machine_delegated(), 3);
}

static void gpt_names_the_call(void **state)
{
	uint64_t call = 99;

	(void)state;
	assert_true(gpt_to_realm(PA(5), PAGE, 0));
	assert_true(gpt_is_realm(5 * PAGE, &call));
	assert_int_equal(call, 0);
	assert_true(gpt_to_realm(PA(6), PAGE, 1234567890123));
	assert_true(gpt_is_realm(6 * PAGE, &call));
	assert_int_equal(call, 1234567890123);
	assert_false(gpt_is_realm(7 * PAGE, &call));
}

static void impossible_moves_are_refused(void **state)
{
	(void)state;
	assert_true(plat_gpt_to_realm(PA(5), PAGE));
	assert_false(plat_gpt_to_realm(PA(5), PAGE));
	assert_false(plat_gpt_to_realm(PA(4), 2 * PAGE));
	assert_false(plat_gpt_to_realm(PA(6), 0));
	assert_false(plat_gpt_to_realm(PA(6) + 1, PAGE));
	assert_false(plat_gpt_to_realm(PA(6), PAGE - 1));
	assert_false(plat_gpt_to_realm(TEST_RAM - PAGE, PAGE));
	assert_false(plat_gpt_to_realm(TEST_RAM + TEST_RAM_SIZE - PAGE,
				       2 * PAGE));
	assert_false(plat_gpt_to_realm(PA(1), ~(uint64_t)PAGE + 1));
	assert_false(plat_gpt_to_ns(PA(4), PAGE));
	assert_false(plat_gpt_to_ns(PA(5), 2 * PAGE));
	assert_int_equal(machine_delegated(), 1);
	expect_access(PA(4), true);
	expect_access(PA(5), false);
	expect_access(PA(6), true);
}

static void system_calls_into_it_fail(void **state)
{
	char *host = machine_host_view(PA(5));
	int fds[2];

	(void)state;
	assert_int_equal(pipe(fds), 0);
	assert_true(gpt_to_realm(PA(5), PAGE, 1));
	assert_int_equal(write(fds[1], host, 8), -1);
	assert_int_equal(errno, EFAULT);
	assert_int_equal(write(fds[1], "12345678", 8), 8);
	assert_int_equal(read(fds[0], host, 8), -1);
	assert_int_equal(errno, EFAULT);
	assert_true(gpt_to_ns(PA(5), PAGE));
	assert_int_equal(read(fds[0], host, 8), 8);
	assert_memory_equal(host, "12345678", 8);
	close(fds[0]);
	close(fds[1]);
}

static void ns_copies_reach_non_secure_memory(void **state)
{
	char text[8] = "";

	(void)state;
	assert_true(ns_write(PA(5) + 16, "realmed", 8));
	assert_string_equal((char *)machine_host_view(PA(5) + 16), "realmed");
	assert_true(ns_read(text, PA(5) + 16, 8));
	assert_string_equal(text, "realmed");
	assert_true(ns_read(text, PA(6) - 8, 8));
	/* The RMM's granules may be larger than those of the GPT. */
	assert_true(ns_write(PA(6) - 4, "realmed", 8));
	assert_true(ns_read(text, PA(6) - 4, 8));
	assert_string_equal(text, "realmed");
}

static void ns_copies_elsewhere_are_refused(void **state)
{
	char text[8] = "before";

	(void)state;
	assert_true(gpt_to_realm(PA(5), PAGE, 1));
	assert_false(ns_write(PA(5), text, 8));
	assert_false(ns_read(text, PA(5), 8));
	assert_false(ns_read(text, TEST_RAM - 8, 8));
	assert_false(ns_write(PA(5) - 4, text, 8));
	assert_false(ns_read(text, PA(5) - 4, 8));
	assert_string_equal(text, "before");
	assert_int_equal(*(char *)plat_realm_view(PA(5)), 0);
}

static void read_delegated(void)
{
	(void)*(volatile uint8_t *)machine_host_view(PA(5) + 0x18);
}

static void write_delegated(void)
{
	*(volatile uint8_t *)machine_host_view(PA(5) + 0x18) = 1;
}

static void touch_without_a_probe_ends_the_process(void **state)
{
	char said[256];

	(void)state;
	assert_true(gpt_to_realm(PA(5), PAGE, 37));
	assert_int_equal(in_child(read_delegated, said, sizeof(said)), 3);
	assert_string_equal(said, "granule protection fault: read of PA "
			    "0x80005018 (granule delegated by RMI call #37)\n");
	assert_int_equal(in_child(write_delegated, said, sizeof(said)), 3);
	assert_string_equal(said, "granule protection fault: write of PA "
			    "0x80005018 (granule delegated by RMI call #37)\n");
}

static void previous_handler(int sig)
{
	_exit(sig == SIGSEGV ? 44 : 45);
}

static void fault_elsewhere(void)
{
	machine_stop();
	signal(SIGSEGV, previous_handler);
	view_case_setup(NULL);
	*(volatile int *)view_base(VIEW_HOST) = 1;
	raise(SIGSEGV);
}

static void foreign_fault_goes_to_the_previous_handler(void **state)
{
	char said[256];

	(void)state;
	assert_int_equal(in_child(fault_elsewhere, said, sizeof(said)), 44);
}

static void panic_is_said(void)
{
	rmm_panic("granule is confused");
}

static void panic_ends_the_process(void **state)
{
	char said[256];

	(void)state;
	assert_int_equal(in_child(panic_is_said, said, sizeof(said)), 3);
	assert_non_null(strstr(said, "machine: RMM panic: "));
	assert_non_null(strstr(said, "test_views.c"));
	assert_non_null(strstr(said, ": granule is confused\n"));
}

static void several_ranges_are_one_memory(void **state)
{
	struct machine_conf conf;
	uint64_t base, size, offset;
	char err[128];

	(void)state;
	machine_stop();
	assert_true(machine_conf_parse("three", "ram = 64K+64K\n"
				       "ram = 128K+64K\nram = 1G+1M\n"
				       "rmm = no\n",
				       &conf, err, sizeof(err)));
	assert_true(machine_start(&conf, err, sizeof(err)));
	assert_true(plat_ram_range(2, &base, &size));
	assert_int_equal(base, 1 << 30);
	assert_int_equal(size, 1 << 20);
	assert_false(plat_ram_range(3, &base, &size));
	assert_int_equal(views_size(), (1 << 20) + (128 << 10));
	for (offset = 0; offset < views_size(); offset += PAGE) {
		uint64_t back;

		assert_true(views_offset(views_pa(offset), PAGE, &back));
		assert_int_equal(back, offset);
	}
	assert_false(machine_in_ram(0, PAGE));
	assert_false(machine_in_ram(192 << 10, 1));
	assert_false(machine_in_ram((64 << 10) - 1, 1));
	assert_true(machine_in_ram(1 << 30, 1 << 20));
	assert_false(machine_in_ram(1 << 30, (1 << 20) + 1));
	assert_true(plat_gpt_to_realm((1 << 30) + PAGE, PAGE));
	expect_access((1 << 30) + PAGE, false);
	expect_access(1 << 30, true);
}

static void guard_mode_is_said(void **state)
{
	(void)state;
	if (view_case_mprotect)
		assert_string_equal(machine_guard_mode(), "mprotect");
	else
		assert_string_not_equal(machine_guard_mode(), "none");
	assert_int_equal(machine_unguarded(), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		VIEW_TEST(views_are_of_one_memory),
		VIEW_TEST(host_addresses_have_pas),
		VIEW_TEST(delegated_granule_is_out_of_reach),
		VIEW_TEST(untouched_granule_is_guarded_too),
		VIEW_TEST(undelegated_granule_is_the_hosts_again),
		VIEW_TEST(gpt_names_the_call),
		VIEW_TEST(impossible_moves_are_refused),
		VIEW_TEST(system_calls_into_it_fail),
		VIEW_TEST(ns_copies_reach_non_secure_memory),
		VIEW_TEST(ns_copies_elsewhere_are_refused),
		VIEW_TEST(touch_without_a_probe_ends_the_process),
		VIEW_TEST(foreign_fault_goes_to_the_previous_handler),
		VIEW_TEST(panic_ends_the_process),
		VIEW_TEST(several_ranges_are_one_memory),
		VIEW_TEST(guard_mode_is_said),
	};

	return cmocka_run_group_tests_name("guard regions", tests,
					   view_case_guards, NULL) +
	       cmocka_run_group_tests_name("mprotect", tests,
					   view_case_no_guards, NULL);
}
