// SPDX-License-Identifier: BSD-3-Clause
/*
 * All vCPUs of a realm: which of them start, and that one's end is the end of
 * all.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/vmm/fake_kvm.h"
#include "tests/vmm/run_kit.h"
#include "vmm/patience.h"
#include "vmm/supervise.h"
#include "vmm/vcpus.h"

#define CPUS 4

static const struct vm_config config = {
	.layout = { .ipa_bits = 40, .ram_size = 0x400000, .cpus = CPUS,
		    .gic = true },
};
static const struct vcpu_entry entry = { 0x40000104, 0x40200000 };

static const struct mmio_bus bus;
static struct vm vm;
static struct vcpus vcpus;
static struct err err;

static int start(void **state)
{
	fake_reset(state);
	return vm_create(&vm, &fake_backend, &config, &err) ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	vm_destroy(&vm);
	return fake.open_fds || fake.mappings ? -1 : 0;
}

static void only_the_first_is_on(void **state)
{
	(void)state;
	assert_true(vcpus_create(&vcpus, &vm, &bus, &entry, &err));
	assert_int_equal(vcpus.count, CPUS);
	for (unsigned int i = 0; i < CPUS; i++) {
		const struct kvm_vcpu_init *init =
			(const void *)fake_find(KVM_ARM_VCPU_INIT, i)->copy;

		assert_int_equal(fake_find(KVM_CREATE_VCPU, i)->arg, i);
		assert_int_equal(init->features[0] >> KVM_ARM_VCPU_POWER_OFF &
					 1,
				 i != 0);
	}
	assert_int_equal(fake.registers[32], entry.pc);
	vcpus_destroy(&vcpus);
}

static void a_refused_one_leaves_none(void **state)
{
	static const struct {
		unsigned long request;
		unsigned int after;
	} rows[] = {
		{ KVM_CREATE_VCPU, 0 },
		{ KVM_CREATE_VCPU, CPUS - 1 },
		{ KVM_ARM_VCPU_INIT, 2 },
		{ KVM_SET_DEVICE_ATTR, 0 }, /* the GIC's start */
	};
	int fds = fake.open_fds, mappings = fake.mappings;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		fake.refuse = rows[i].request;
		fake.refuse_after = rows[i].after;
		fake.error = -EINVAL;
		assert_false(vcpus_create(&vcpus, &vm, &bus, &entry, &err));
		assert_non_null(strstr(err.text, "Invalid argument"));
		assert_int_equal(fake.open_fds, fds);
		assert_int_equal(fake.mappings, mappings);
	}
}

static long off_at_once(struct kvm_run *run)
{
	run->exit_reason = KVM_EXIT_SYSTEM_EVENT;
	run->system_event.type = KVM_SYSTEM_EVENT_SHUTDOWN;
	return 0;
}

/* KVM_RUN lasts until the vCPU is told to stop, which the third is at once. */
static long third_is_off(struct kvm_run *run)
{
	if (run != vcpus.vcpu[2].run) {
		while (atomic_load(&fake.kicks) < CPUS)
			usleep(1000);
		return -EINTR;
	}
	return off_at_once(run);
}

static void the_end_of_one_is_the_end_of_all(void **state)
{
	struct patience patience;

	(void)state;
	fake.run = third_is_off;
	assert_true(vcpus_create(&vcpus, &vm, &bus, &entry, &err));
	patience_start(&patience, 20);
	assert_true(vcpus_start(&vcpus, &err));
	assert_true(patience_wait(&patience));
	vcpus_stop(&vcpus);
	assert_ptr_equal(vcpus_ended(&vcpus), &vcpus.vcpu[2]);
	assert_int_equal(vcpus.vcpu[2].end, VCPU_OFF);
	for (unsigned int i = 0; i < CPUS; i++)
		assert_true(i == 2 || vcpus.vcpu[i].end == VCPU_STOPPED);
	vcpus_destroy(&vcpus);
}

static void of_several_that_end_the_first_counts(void **state)
{
	(void)state;
	fake.run = off_at_once;
	assert_true(vcpus_create(&vcpus, &vm, &bus, &entry, &err));
	assert_null(vcpus_ended(&vcpus));
	vcpu_loop(&vcpus.vcpu[1]);
	vcpu_loop(&vcpus.vcpu[0]);
	assert_ptr_equal(vcpus_ended(&vcpus), &vcpus.vcpu[1]);
	vcpus_destroy(&vcpus);
}

static long until_stopped(struct kvm_run *run)
{
	(void)run;
	usleep(1000);
	return -EINTR;
}

static void if_all_are_stopped_none_has_ended(void **state)
{
	(void)state;
	fake.run = until_stopped;
	assert_true(vcpus_create(&vcpus, &vm, &bus, &entry, &err));
	assert_true(vcpus_start(&vcpus, &err));
	vcpus_stop(&vcpus);
	assert_null(vcpus_ended(&vcpus));
	assert_int_equal(fake.kicks, CPUS);
	vcpus_destroy(&vcpus);
}

/* ---- Whole runs ---------------------------------------------------------- */

static void a_realm_may_have_vcpus_that_never_start(void **state)
{
	(void)state;
	run("--cpus 16", "hello");
	ended_with(0);
	says(CLEAN);
	says("  REC_CREATE                       16\n");
}

static void both_orders_work(void **state)
{
	(void)state;
	run("--cpus 2 --sched fixed", "hello");
	ended_with(0);
	says(CLEAN);
	capture_free(&capture);
	run("--cpus 2 --sched free", "hello");
	ended_with(0);
	says(CLEAN);
}

static void idle_vcpus_do_not_hinder_the_end(void **state)
{
	(void)state;
	run("--cpus 4 --timeout 1", "spin");
	failed(124, "the realm still ran after 1 seconds (--timeout)");
	says(CLEAN);
}

static void a_storm_ends_in_time(void **state)
{
	(void)state;
	run("--cpus 2 --timeout 1", "storm");
	failed(124, "the realm still ran after 1 seconds (--timeout)");
	says(CLEAN);
}

static void interrupt_takes_all_down(void **state)
{
	(void)state;
	run_until("--cpus 4", "spin", "spinning\n", SIGINT);
	failed(130, "taken down by signal 2");
	says("realm: DYING -> DEAD\n");
	says(CLEAN);
}

static int block(void **state)
{
	(void)state;
	supervise_block_signals();
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)
#define RUNS(name) cmocka_unit_test_teardown(name, forget)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(only_the_first_is_on),
		TEST(a_refused_one_leaves_none),
		TEST(the_end_of_one_is_the_end_of_all),
		TEST(of_several_that_end_the_first_counts),
		TEST(if_all_are_stopped_none_has_ended),
		RUNS(a_realm_may_have_vcpus_that_never_start),
		RUNS(both_orders_work),
		RUNS(idle_vcpus_do_not_hinder_the_end),
		RUNS(a_storm_ends_in_time),
		RUNS(interrupt_takes_all_down),
	};

	return cmocka_run_group_tests_name("vcpus", tests, block, NULL);
}
