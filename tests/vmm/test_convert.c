// SPDX-License-Identifier: BSD-3-Clause
/*
 * RAM that turns shared and private again: what KVM is asked, and what becomes
 * of the contents.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/vmm/fake_kvm.h"
#include "vmm/convert.h"

#define RAM_SIZE 0x400000

static const struct vm_config config = {
	.layout = { .ipa_bits = 40, .ram_size = RAM_SIZE, .cpus = 1 },
};

static struct vm vm;
static struct err err;

static int start(void **state)
{
	fake_reset(state);
	if (!vm_create(&vm, &fake_backend, &config, &err))
		return -1;
	memset(vm.shared, 0x77, RAM_SIZE);
	return 0;
}

static int end(void **state)
{
	(void)state;
	vm_destroy(&vm);
	return fake.open_fds || fake.mappings ? -1 : 0;
}

static long to(u64 attributes, u64 offset, u64 size)
{
	const struct kvm_memory_attributes wanted = {
		.address = RAM_BASE + offset,
		.size = size,
		.attributes = attributes,
	};

	return convert(&vm, &wanted);
}

static long to_shared(u64 offset, u64 size)
{
	return to(0, offset, size);
}

static long to_private(u64 offset, u64 size)
{
	return to(KVM_MEMORY_ATTRIBUTE_PRIVATE, offset, size);
}

/* The granules of RAM that were not wiped, as they were at the start. */
static void all_but(u64 first, u64 end_of)
{
	for (u64 at = 0; at < RAM_SIZE; at++) {
		char want = at >= first && at < end_of ? 0 : 0x77;

		if (vm.shared[at] != want)
			fail_msg("0x%llx is %d", (unsigned long long)at,
				 vm.shared[at]);
	}
}

static void kvm_is_asked(void **state)
{
	const struct kvm_memory_attributes *asked;

	(void)state;
	assert_int_equal(to_shared(0x5000, 0x3000), 0);
	asked = (const void *)fake_find(KVM_SET_MEMORY_ATTRIBUTES, 1)->copy;
	assert_int_equal(asked->address, RAM_BASE + 0x5000);
	assert_int_equal(asked->size, 0x3000);
	assert_int_equal(asked->attributes, 0);
}

static void what_turns_private_is_wiped(void **state)
{
	(void)state;
	to_shared(0x5000, 0x3000);
	all_but(0, 0);
	assert_int_equal(to_private(0x5000, 0x3000), 0);
	all_but(0x5000, 0x8000);
}

static void a_part_may_turn_private(void **state)
{
	(void)state;
	to_shared(0, RAM_SIZE);
	to_private(0x3e000, 0x4000);
	all_but(0x3e000, 0x42000);
}

/* Touching it would take memory for nothing. */
static void what_was_never_shared_is_left_alone(void **state)
{
	(void)state;
	to_private(0, RAM_SIZE);
	all_but(0, 0);
	to_shared(0x1000, 0x1000);
	to_private(0, RAM_SIZE);
	all_but(0x1000, 0x2000);
}

static void what_kvm_refuses_is_not_wiped(void **state)
{
	(void)state;
	to_shared(0x5000, 0x1000);
	fake.refuse = KVM_SET_MEMORY_ATTRIBUTES;
	fake.error = -EINVAL;
	assert_int_equal(to_private(0x5000, 0x1000), -EINVAL);
	all_but(0, 0);
}

static void only_ram_is_converted(void **state)
{
	static const struct {
		u64 offset;
		u64 size;
	} rows[] = {
		{ 0, RAM_SIZE + 0x1000 },
		{ RAM_SIZE, 0x1000 },
		{ -0x1000ull, 0x1000 },
		{ -0x1000ull, 0x2000 },
		{ 0x1000, ~0xfffull },
	};
	unsigned int calls = fake.count;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_int_equal(to_shared(rows[i].offset, rows[i].size),
				 -EFAULT);
		assert_int_equal(to_private(rows[i].offset, rows[i].size),
				 -EFAULT);
	}
	assert_int_equal(fake.count, calls);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, end)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(kvm_is_asked),
		TEST(what_turns_private_is_wiped),
		TEST(a_part_may_turn_private),
		TEST(what_was_never_shared_is_left_alone),
		TEST(what_kvm_refuses_is_not_wiped),
		TEST(only_ram_is_converted),
	};

	return cmocka_run_group_tests_name("convert", tests, NULL, NULL);
}
