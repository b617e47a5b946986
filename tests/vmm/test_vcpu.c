// SPDX-License-Identifier: BSD-3-Clause
/*
 * A vCPU's first registers, and what the run loop makes of each exit.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "abi/rsi_smc.h"
#include "tests/vmm/fake_kvm.h"
#include "vmm/exitreg.h"
#include "vmm/vcpu.h"

#define PC 0x40000104
#define X0 0x4fe00000

static const struct vm_config config = {
	.layout = { .ipa_bits = 40, .ram_size = 0x400000, .cpus = 1 },
};

static const struct vcpu_entry entry = { PC, X0 };

static struct vm vm;
static struct vcpu vcpu;
static struct mmio_bus bus;
static struct exitreg exitreg;
static struct err err;

/* The script: each step is an exit; after the last one the realm is off. */
static void (*steps[4])(struct kvm_run *run);
static unsigned int step;
static long results[4];

static long run_script(struct kvm_run *run)
{
	unsigned int at = step++;

	if (at < 4 && steps[at]) {
		steps[at](run);
		return results[at];
	}
	run->exit_reason = KVM_EXIT_SYSTEM_EVENT;
	run->system_event.type = KVM_SYSTEM_EVENT_SHUTDOWN;
	return 0;
}

static int start(void **state)
{
	struct mmio_device device = { "exit", EXITREG_BASE, EXITREG_SIZE,
				      exitreg_read, exitreg_write, &exitreg };

	fake_reset(state);
	memset(steps, 0, sizeof(steps));
	memset(results, 0, sizeof(results));
	step = 0;
	fake.run = run_script;
	bus.count = 0;
	exitreg.value = 0;
	mmio_add(&bus, &device);
	if (!vm_create(&vm, &fake_backend, &config, &err))
		return -1;
	return vcpu_create(&vcpu, &vm, &bus, 0, &entry, &err) ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	vcpu_destroy(&vcpu);
	vm_destroy(&vm);
	return fake.open_fds || fake.mappings ? -1 : 0;
}

static void failed_with(const char *text)
{
	assert_int_equal(vcpu.end, VCPU_FAILED);
	if (!strstr(vcpu.err.text, text))
		fail_msg("'%s' lacks '%s'", vcpu.err.text, text);
}

static void it_starts_at_pc_with_x0_and_psci(void **state)
{
	const struct fake_call *call = fake_find(KVM_ARM_VCPU_INIT, 0);
	const struct kvm_vcpu_init *init = (const void *)call->copy;

	(void)state;
	assert_int_equal(fake.registers[0], X0);
	assert_int_equal(fake.registers[32], PC);
	assert_int_equal(init->features[0], 1 << KVM_ARM_VCPU_PSCI_0_2);
}

static void without_an_entry_it_is_off(void **state)
{
	unsigned int before = fake.count;
	const struct kvm_vcpu_init *init;
	struct vcpu other;

	(void)state;
	assert_true(vcpu_create(&other, &vm, &bus, 1, NULL, &err));
	init = (const void *)fake_find(KVM_ARM_VCPU_INIT, 1)->copy;
	assert_int_equal(init->features[0],
			 1 << KVM_ARM_VCPU_PSCI_0_2 |
				 1 << KVM_ARM_VCPU_POWER_OFF);
	for (unsigned int i = before; i < fake.count; i++)
		assert_int_not_equal(fake.calls[i].request, KVM_SET_ONE_REG);
	vcpu_destroy(&other);
}

static void every_refused_step_leaves_nothing(void **state)
{
	static const struct {
		unsigned long request;
		unsigned int after;
		const char *text;
	} rows[] = {
		{ KVM_CREATE_VCPU, 0, "KVM_CREATE_VCPU: vCPU 1" },
		{ KVM_GET_VCPU_MMAP_SIZE, 0, "KVM_GET_VCPU_MMAP_SIZE" },
		{ KVM_ARM_PREFERRED_TARGET, 0, "KVM_ARM_VCPU_INIT: vCPU 1" },
		{ KVM_ARM_VCPU_INIT, 0, "KVM_ARM_VCPU_INIT: vCPU 1" },
		{ KVM_SET_ONE_REG, 0, "KVM_SET_ONE_REG: register 0x603000000" },
		{ KVM_SET_ONE_REG, 1, "KVM_SET_ONE_REG: register 0x603000000" },
	};
	struct vcpu other;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int fds = fake.open_fds, mappings = fake.mappings;

		fake.refuse = rows[i].request;
		fake.refuse_after = rows[i].after;
		fake.error = -EINVAL;
		assert_false(vcpu_create(&other, &vm, &bus, 1, &entry,
					 &err));
		if (!strstr(err.text, rows[i].text))
			fail_msg("'%s' lacks '%s'", err.text, rows[i].text);
		assert_int_equal(fake.open_fds, fds);
		assert_int_equal(fake.mappings, mappings);
	}
}

static void system_off_ends_it(void **state)
{
	(void)state;
	vcpu_loop(&vcpu);
	assert_int_equal(vcpu.end, VCPU_OFF);
	assert_int_equal(step, 1);
}

static void write_exit(struct kvm_run *run)
{
	run->exit_reason = KVM_EXIT_MMIO;
	run->mmio.phys_addr = EXITREG_BASE;
	run->mmio.is_write = 1;
	run->mmio.len = 4;
	memcpy(run->mmio.data, "\x2a\x01\x00\x00\xff\xff\xff\xff", 8);
}

static void read_exit(struct kvm_run *run)
{
	write_exit(run);
	run->mmio.is_write = 0;
	memset(run->mmio.data, 0xee, 8);
}

static void mmio_write_reaches_its_device(void **state)
{
	(void)state;
	steps[0] = write_exit;
	vcpu_loop(&vcpu);
	assert_int_equal(vcpu.end, VCPU_OFF);
	assert_int_equal(exitreg.value, 0x12a);
}

static u8 read_back[8];

static void note_data(struct kvm_run *run)
{
	memcpy(read_back, run->mmio.data, 8);
	run->exit_reason = KVM_EXIT_INTR;
}

static void mmio_read_brings_the_value(void **state)
{
	(void)state;
	exitreg.value = 0x11223344;
	steps[0] = read_exit;
	steps[1] = note_data;
	vcpu_loop(&vcpu);
	assert_memory_equal(read_back, "\x44\x33\x22\x11\0\0\0\0", 8);
}

static void read_nowhere(struct kvm_run *run)
{
	read_exit(run);
	run->mmio.phys_addr = 0xa000000;
}

static void mmio_at_no_device_ends_it(void **state)
{
	(void)state;
	steps[0] = read_nowhere;
	vcpu_loop(&vcpu);
	failed_with("the realm reads 4 bytes at 0xa000000 of the shared half: "
		    "no device there");
}

static void call_rhi(struct kvm_run *run)
{
	run->exit_reason = KVM_EXIT_HYPERCALL;
	run->hypercall.nr = RHI_HOSTCONF_VERSION;
}

static void call_unknown(struct kvm_run *run)
{
	call_rhi(run);
	run->hypercall.nr = 0xc5000042;
}

static void hypercall_is_answered_in_x0(void **state)
{
	(void)state;
	steps[0] = call_rhi;
	vcpu_loop(&vcpu);
	assert_int_equal(vcpu.end, VCPU_OFF);
	assert_int_equal(fake.registers[0], 0x10000);
}

static void unknown_hypercall_is_not_supported(void **state)
{
	(void)state;
	steps[0] = call_unknown;
	vcpu_loop(&vcpu);
	assert_int_equal(fake.registers[0], ~0ull);
}

static void share_page(struct kvm_run *run)
{
	run->exit_reason = KVM_EXIT_MEMORY_FAULT;
	run->memory_fault.gpa = RAM_BASE + 0x5000;
	run->memory_fault.size = 0x1000;
	run->memory_fault.flags = 0;
}

static void unshare_page(struct kvm_run *run)
{
	share_page(run);
	run->memory_fault.flags = KVM_MEMORY_EXIT_FLAG_PRIVATE;
}

static void share_outside(struct kvm_run *run)
{
	share_page(run);
	run->memory_fault.size = 0x400000;
}

static const struct kvm_memory_attributes *attributes(unsigned int nth)
{
	const struct fake_call *call =
		fake_find(KVM_SET_MEMORY_ATTRIBUTES, nth);

	assert_non_null(call);
	return (const void *)call->copy;
}

static void ram_becomes_shared_and_private(void **state)
{
	(void)state;
	steps[0] = share_page;
	steps[1] = unshare_page;
	results[0] = results[1] = -EFAULT;
	vcpu_loop(&vcpu);
	assert_int_equal(vcpu.end, VCPU_OFF);
	assert_int_equal(attributes(1)->address, RAM_BASE + 0x5000);
	assert_int_equal(attributes(1)->size, 0x1000);
	assert_int_equal(attributes(1)->attributes, 0);
	assert_int_equal(attributes(2)->attributes,
			 KVM_MEMORY_ATTRIBUTE_PRIVATE);
}

static void only_ram_becomes_shared(void **state)
{
	(void)state;
	steps[0] = share_outside;
	results[0] = -EFAULT;
	vcpu_loop(&vcpu);
	failed_with("the realm wants 0x400000 bytes at ipa 0x40005000 shared");
	assert_null(fake_find(KVM_SET_MEMORY_ATTRIBUTES, 1));
}

static long always_other(struct kvm_run *run)
{
	unshare_page(run);
	return -EFAULT;
}

static long always_shares(struct kvm_run *run)
{
	share_page(run);
	return ++step == 500 ? always_other(run) : -EFAULT;
}

static void asking_for_the_same_has_an_end(void **state)
{
	(void)state;
	fake.run = always_shares;
	vcpu_loop(&vcpu);
	failed_with("the realm wants 0x1000 bytes at ipa 0x40005000 shared: "
		    "Bad address");
	/* In between it asked for something else. */
	assert_int_equal(step, 500 + 1001);
}

static void nothing_becomes_shared_without_memory(void **state)
{
	char *shared = vm.shared;

	(void)state;
	vm.shared = NULL;
	steps[0] = share_page;
	results[0] = -EFAULT;
	vcpu_loop(&vcpu);
	vm.shared = shared;
	failed_with("the realm wants 0x1000 bytes at ipa 0x40005000 shared: "
		    "Cannot allocate memory");
	assert_null(fake_find(KVM_SET_MEMORY_ATTRIBUTES, 1));
}

static void nothing(struct kvm_run *run)
{
	run->exit_reason = KVM_EXIT_UNKNOWN;
}

static void interrupted_runs_go_on(void **state)
{
	(void)state;
	steps[0] = steps[1] = nothing;
	results[0] = results[1] = -EINTR;
	vcpu_loop(&vcpu);
	assert_int_equal(vcpu.end, VCPU_OFF);
	assert_int_equal(step, 3);
}

static void a_run_to_repeat_is_repeated(void **state)
{
	(void)state;
	steps[0] = nothing;
	results[0] = -EAGAIN;
	vcpu_loop(&vcpu);
	assert_int_equal(vcpu.end, VCPU_OFF);
}

static long always_again(struct kvm_run *run)
{
	(void)run;
	step++;
	return -EAGAIN;
}

static void repeating_has_an_end(void **state)
{
	(void)state;
	fake.run = always_again;
	vcpu_loop(&vcpu);
	failed_with("KVM_RUN: vCPU 0: Resource temporarily unavailable");
	assert_int_equal(step, 201);
}

static void an_error_of_the_run_ends_it(void **state)
{
	(void)state;
	steps[0] = nothing;
	results[0] = -ENXIO;
	vcpu_loop(&vcpu);
	failed_with("KVM_RUN: vCPU 0: No such device or address");
}

static void a_fault_without_its_exit_ends_it(void **state)
{
	(void)state;
	steps[0] = nothing;
	results[0] = -EFAULT;
	vcpu_loop(&vcpu);
	failed_with("KVM_RUN: vCPU 0: Bad address");
}

static void rmm_refuses(struct kvm_run *run)
{
	run->exit_reason = KVM_EXIT_SHUTDOWN;
}

static void internal_error(struct kvm_run *run)
{
	run->exit_reason = KVM_EXIT_INTERNAL_ERROR;
}

static void wants_reset(struct kvm_run *run)
{
	run->exit_reason = KVM_EXIT_SYSTEM_EVENT;
	run->system_event.type = KVM_SYSTEM_EVENT_RESET;
}

static void wants_crash(struct kvm_run *run)
{
	wants_reset(run);
	run->system_event.type = 3;
}

static void exits_that_end_in_failure(void **state)
{
	static const struct {
		void (*step)(struct kvm_run *run);
		const char *text;
	} rows[] = {
		{ rmm_refuses, "the RMM does not run this realm any more" },
		{ internal_error, "KVM_RUN: exit reason 17" },
		{ wants_reset, "PSCI SYSTEM_RESET" },
		{ wants_crash, "unknown system event 3" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		steps[0] = rows[i].step;
		step = 0;
		vcpu_loop(&vcpu);
		failed_with(rows[i].text);
	}
}

static void a_stopped_vcpu_does_not_end_the_run(void **state)
{
	(void)state;
	vcpu_stop(&vcpu);
	vcpu_loop(&vcpu);
	assert_int_equal(vcpu.end, VCPU_STOPPED);
	assert_int_equal(vm.ended, -1);
	assert_int_equal(step, 0);
}

static long until_stopped(struct kvm_run *run)
{
	(void)run;
	while (!atomic_load(&fake.kicks))
		usleep(1000);
	return -EINTR;
}

static void a_thread_is_stopped_and_reported(void **state)
{
	sigset_t set;

	(void)state;
	sigemptyset(&set);
	sigaddset(&set, VCPU_SIGNAL);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	fake.run = until_stopped;
	assert_true(vcpu_start(&vcpu, &err));
	vcpu_stop(&vcpu);
	assert_int_equal(sigwaitinfo(&set, NULL), VCPU_SIGNAL);
	vcpu_join(&vcpu);
	assert_int_equal(vcpu.end, VCPU_STOPPED);
	assert_int_equal(fake.kicks, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(it_starts_at_pc_with_x0_and_psci),
		TEST(without_an_entry_it_is_off),
		TEST(every_refused_step_leaves_nothing),
		TEST(system_off_ends_it),
		TEST(mmio_write_reaches_its_device),
		TEST(mmio_read_brings_the_value),
		TEST(mmio_at_no_device_ends_it),
		TEST(hypercall_is_answered_in_x0),
		TEST(unknown_hypercall_is_not_supported),
		TEST(ram_becomes_shared_and_private),
		TEST(only_ram_becomes_shared),
		TEST(asking_for_the_same_has_an_end),
		TEST(nothing_becomes_shared_without_memory),
		TEST(interrupted_runs_go_on),
		TEST(a_run_to_repeat_is_repeated),
		TEST(repeating_has_an_end),
		TEST(an_error_of_the_run_ends_it),
		TEST(a_fault_without_its_exit_ends_it),
		TEST(exits_that_end_in_failure),
		TEST(a_stopped_vcpu_does_not_end_the_run),
		TEST(a_thread_is_stopped_and_reported),
	};

	return cmocka_run_group_tests_name("vcpu", tests, NULL, NULL);
}
