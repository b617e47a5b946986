// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the VMM asks of KVM to make a realm's VM, in which order, and that it
 * gives everything back whichever step is refused.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/vmm/fake_kvm.h"
#include "vmm/gic.h"

static const struct vm_config config = {
	.layout = { .ipa_bits = 36, .ram_size = 0x400000, .cpus = 1 },
	.hash = KVM_ARM_RMI_HASH_SHA512,
	.rpv = { 1, 2, 3 },
};

static struct vm vm;
static struct err err;

static void create(void)
{
	if (!vm_create(&vm, &fake_backend, &config, &err))
		fail_msg("%s", err.text);
}

static void destroy(void)
{
	vm_destroy(&vm);
	assert_int_equal(fake.open_fds, 0);
	assert_int_equal(fake.mappings, 0);
}

static const void *argument(unsigned long request, unsigned int nth)
{
	const struct fake_call *call = fake_find(request, nth);

	if (!call)
		fail_msg("request 0x%lx was not made", request);
	return call->copy;
}

static void calls_come_in_order(void **state)
{
	static const unsigned long order[] = {
		KVM_GET_API_VERSION,
		KVM_CHECK_EXTENSION,
		KVM_CHECK_EXTENSION,
		KVM_CREATE_VM,
		KVM_ENABLE_CAP,
		KVM_ENABLE_CAP,
		KVM_SET_DEVICE_ATTR,
		KVM_CREATE_GUEST_MEMFD,
		KVM_SET_USER_MEMORY_REGION2,
		KVM_SET_MEMORY_ATTRIBUTES,
	};

	(void)state;
	create();
	assert_int_equal(fake.count, sizeof(order) / sizeof(*order));
	for (unsigned int i = 0; i < fake.count; i++)
		assert_int_equal(fake.calls[i].request, order[i]);
	destroy();
}

static void the_vm_is_a_realm_of_its_ipa_width(void **state)
{
	(void)state;
	create();
	assert_int_equal(fake_find(KVM_CREATE_VM, 0)->arg, 1u << 30 | 36);
	destroy();
}

static void hash_and_rpv_are_set(void **state)
{
	const struct kvm_enable_cap *cap;

	(void)state;
	create();
	cap = argument(KVM_ENABLE_CAP, 0);
	assert_int_equal(cap->cap, KVM_CAP_ARM_RMI);
	assert_int_equal(cap->args[0], KVM_ARM_RMI_CONFIG_HASH);
	assert_int_equal(cap->args[1], KVM_ARM_RMI_HASH_SHA512);
	cap = argument(KVM_ENABLE_CAP, 1);
	assert_int_equal(cap->args[0], KVM_ARM_RMI_CONFIG_RPV);
	assert_ptr_equal((void *)(uintptr_t)cap->args[1], config.rpv);
	destroy();
}

static void host_calls_are_forwarded(void **state)
{
	const struct kvm_device_attr *attr;

	(void)state;
	create();
	attr = argument(KVM_SET_DEVICE_ATTR, 0);
	assert_int_equal(attr->group, KVM_ARM_VM_SMCCC_CTRL);
	assert_int_equal(attr->attr, KVM_ARM_VM_SMCCC_FILTER);
	destroy();
}

static void ram_is_private_and_has_a_shared_half(void **state)
{
	const struct kvm_userspace_memory_region2 *region;
	const struct kvm_memory_attributes *attributes;
	const struct kvm_create_guest_memfd *memfd;

	(void)state;
	create();
	memfd = argument(KVM_CREATE_GUEST_MEMFD, 0);
	assert_int_equal(memfd->size, 0x400000);
	region = argument(KVM_SET_USER_MEMORY_REGION2, 0);
	assert_int_equal(region->flags, KVM_MEM_GUEST_MEMFD);
	assert_int_equal(region->guest_phys_addr, RAM_BASE);
	assert_int_equal(region->memory_size, 0x400000);
	assert_int_equal(region->guest_memfd, vm.memfd);
	assert_ptr_equal((void *)(uintptr_t)region->userspace_addr, vm.shared);
	attributes = argument(KVM_SET_MEMORY_ATTRIBUTES, 0);
	assert_int_equal(attributes->address, RAM_BASE);
	assert_int_equal(attributes->size, 0x400000);
	assert_int_equal(attributes->attributes, KVM_MEMORY_ATTRIBUTE_PRIVATE);
	destroy();
}

/* Each request, refused: what the line says. */
static const struct refusal {
	const char *name;
	unsigned long request;
	unsigned int after;
	long error;
	const char *text;
} refusals[] = {
	{ "api version is refused", KVM_GET_API_VERSION, 0, 11,
	  "KVM's API version is 11, not 12" },
	{ "no realms", KVM_CHECK_EXTENSION, 0, 0, "has no realms" },
	{ "too many ipa bits", KVM_CHECK_EXTENSION, 1, 35,
	  "--ipa-bits 36: at most 35 on this machine" },
	{ "create vm is refused", KVM_CREATE_VM, 0, -EINVAL,
	  "KVM_CREATE_VM: a realm of 36 IPA bits: Invalid argument" },
	{ "hash is refused", KVM_ENABLE_CAP, 0, -EINVAL,
	  "KVM_ENABLE_CAP(ARM_RMI): Invalid argument" },
	{ "rpv is refused", KVM_ENABLE_CAP, 1, -EBUSY,
	  "KVM_ENABLE_CAP(ARM_RMI): Device or resource busy" },
	{ "filter is refused", KVM_SET_DEVICE_ATTR, 0, -ENXIO,
	  "KVM_SET_DEVICE_ATTR(SMCCC_FILTER): No such device or address" },
	{ "guest_memfd is refused", KVM_CREATE_GUEST_MEMFD, 0, -ENOMEM,
	  "KVM_CREATE_GUEST_MEMFD of 0x400000 bytes: Cannot allocate memory" },
	{ "memory region is refused", KVM_SET_USER_MEMORY_REGION2, 0, -EEXIST,
	  "KVM_SET_USER_MEMORY_REGION2: File exists" },
	{ "attributes are refused", KVM_SET_MEMORY_ATTRIBUTES, 0, -EINVAL,
	  "KVM_SET_MEMORY_ATTRIBUTES: Invalid argument" },
};

#define REFUSALS (sizeof(refusals) / sizeof(*refusals))

static void refusal_leaves_nothing(void **state)
{
	const struct refusal *refusal = *state;

	fake_reset(NULL);
	fake.refuse = refusal->request;
	fake.refuse_after = refusal->after;
	fake.error = refusal->error;
	assert_false(vm_create(&vm, &fake_backend, &config, &err));
	if (!strstr(err.text, refusal->text))
		fail_msg("'%s' lacks '%s'", err.text, refusal->text);
	assert_int_equal(fake.open_fds, 0);
	assert_int_equal(fake.mappings, 0);
}

static void a_machine_without_memory_leaves_nothing(void **state)
{
	(void)state;
	fake.mmaps_left = 0;
	assert_false(vm_create(&vm, &fake_backend, &config, &err));
	assert_string_equal(err.text,
			    "no memory for 0x40000 bytes to copy from");
	assert_int_equal(fake.open_fds, 0);
	assert_int_equal(fake.mappings, 0);
}

static void a_realm_may_go_without_a_shared_half(void **state)
{
	const struct kvm_userspace_memory_region2 *region;

	(void)state;
	fake.mmaps_left = 1;
	create();
	region = argument(KVM_SET_USER_MEMORY_REGION2, 0);
	assert_int_equal(region->userspace_addr, 0);
	assert_int_equal(region->memory_size, 0x400000);
	destroy();
}

/* ---- The interrupt controller, and host files --------------------------- */

static struct vm_config with_gic(void)
{
	struct vm_config with = config;

	with.layout.gic = true;
	return with;
}

static void gic_attribute_is(unsigned int nth, u32 group, u64 attribute)
{
	const struct kvm_device_attr *attr =
		argument(KVM_SET_DEVICE_ATTR, nth);

	assert_int_equal(attr->group, group);
	assert_int_equal(attr->attr, attribute);
}

static void the_gic_is_made_before_and_started_after_the_vcpus(void **state)
{
	struct vm_config with = with_gic();
	const struct kvm_create_device *device;

	(void)state;
	assert_true(vm_create(&vm, &fake_backend, &with, &err));
	device = argument(KVM_CREATE_DEVICE, 0);
	assert_int_equal(device->type, KVM_DEV_TYPE_ARM_VGIC_V3);
	/* The first attribute is the VM's: its filter. */
	gic_attribute_is(1, KVM_DEV_ARM_VGIC_GRP_ADDR,
			 KVM_VGIC_V3_ADDR_TYPE_DIST);
	gic_attribute_is(2, KVM_DEV_ARM_VGIC_GRP_ADDR,
			 KVM_VGIC_V3_ADDR_TYPE_REDIST);
	gic_attribute_is(3, KVM_DEV_ARM_VGIC_GRP_NR_IRQS, 0);
	assert_null(fake_find(KVM_SET_DEVICE_ATTR, 4));
	assert_true(gic_init(&vm, &err));
	gic_attribute_is(4, KVM_DEV_ARM_VGIC_GRP_CTRL,
			 KVM_DEV_ARM_VGIC_CTRL_INIT);
	assert_true(vm.layout.gic);
	destroy();
}

static void a_kvm_without_a_gic_is_no_error(void **state)
{
	static const long errors[] = { -ENODEV, -ENOTTY };
	struct vm_config with = with_gic();

	for (int i = 0; i < 2; i++) {
		fake_reset(state);
		fake.refuse = KVM_CREATE_DEVICE;
		fake.error = errors[i];
		assert_true(vm_create(&vm, &fake_backend, &with, &err));
		assert_false(vm.layout.gic);
		assert_true(gic_init(&vm, &err));
		assert_null(fake_find(KVM_SET_DEVICE_ATTR, 1));
		destroy();
	}
}

static void a_refused_gic_leaves_nothing(void **state)
{
	static const struct {
		unsigned long request;
		unsigned int after;
		const char *text;
	} rows[] = {
		{ KVM_CREATE_DEVICE, 0, "KVM_CREATE_DEVICE(vGICv3): Invalid" },
		{ KVM_SET_DEVICE_ATTR, 1,
		  "KVM_SET_DEVICE_ATTR(vGICv3, distributor): Invalid" },
		{ KVM_SET_DEVICE_ATTR, 2,
		  "KVM_SET_DEVICE_ATTR(vGICv3, redistributors): Invalid" },
		{ KVM_SET_DEVICE_ATTR, 3,
		  "KVM_SET_DEVICE_ATTR(vGICv3, interrupts): Invalid" },
	};
	struct vm_config with = with_gic();

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		fake_reset(state);
		fake.refuse = rows[i].request;
		fake.refuse_after = rows[i].after;
		fake.error = -EINVAL;
		assert_false(vm_create(&vm, &fake_backend, &with, &err));
		if (!strstr(err.text, rows[i].text))
			fail_msg("'%s' lacks '%s'", err.text, rows[i].text);
		assert_int_equal(fake.open_fds, 0);
		assert_int_equal(fake.mappings, 0);
	}
}

static void a_host_file_is_a_slot_of_its_own(void **state)
{
	const struct kvm_userspace_memory_region2 *region;
	struct vm_config with = config;

	(void)state;
	assert_true(layout_add_share(&with.layout, 0x20000000, 0x1001, &err));
	assert_true(vm_create(&vm, &fake_backend, &with, &err));
	assert_true(vm_share(&vm, 0, (const u8[0x1001]){ 42 }, &err));
	region = argument(KVM_SET_USER_MEMORY_REGION2, 1);
	assert_int_equal(region->slot, 1);
	assert_int_equal(region->flags, 0);
	assert_int_equal(region->guest_phys_addr, 0x20000000);
	assert_int_equal(region->memory_size, 0x2000);
	assert_int_equal(*(u8 *)(uintptr_t)region->userspace_addr, 42);
	destroy();
}

static void a_host_file_without_memory_is_refused(void **state)
{
	struct vm_config with = config;

	(void)state;
	fake.mmaps_left = 2;
	assert_true(layout_add_share(&with.layout, 0x20000000, 0x1001, &err));
	assert_true(vm_create(&vm, &fake_backend, &with, &err));
	assert_false(vm_share(&vm, 0, "", &err));
	assert_string_equal(err.text,
			    "no memory for a copy of a file of 0x1001 bytes");
	destroy();
}

/* ---- Populating ---------------------------------------------------------- */

static u8 data[0x90000];

static void fill(void)
{
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (u8)(i * 13 + i / 4096);
}

static void populate_measures_all_of_it_in_order(void **state)
{
	const struct kvm_arm_rmi_populate *first, *second;

	(void)state;
	fill();
	create();
	assert_true(vm_populate(&vm, RAM_BASE, data, sizeof(data), &err));
	assert_int_equal(fake.populated_size, sizeof(data));
	assert_memory_equal(fake.populated, data, sizeof(data));
	first = argument(KVM_ARM_RMI_POPULATE, 0);
	second = argument(KVM_ARM_RMI_POPULATE, 1);
	assert_int_equal(first->base, RAM_BASE);
	assert_int_equal(first->flags, KVM_ARM_RMI_POPULATE_FLAGS_MEASURE);
	assert_int_equal(second->base, first->base + first->size);
	destroy();
}

static void populate_goes_on_after_a_part(void **state)
{
	(void)state;
	fill();
	create();
	fake.populate_step = 0x3000;
	assert_true(vm_populate(&vm, RAM_BASE, data, 0x8000, &err));
	assert_int_equal(fake.populated_size, 0x8000);
	assert_memory_equal(fake.populated, data, 0x8000);
	destroy();
}

static void populate_is_repeated_when_interrupted(void **state)
{
	(void)state;
	fill();
	create();
	fake.refuse = KVM_ARM_RMI_POPULATE;
	fake.error = -EINTR;
	assert_true(vm_populate(&vm, RAM_BASE, data, 0x2000, &err));
	assert_memory_equal(fake.populated, data, 0x2000);
	assert_non_null(fake_find(KVM_ARM_RMI_POPULATE, 1));
	destroy();
}

static void populate_names_where_it_was_refused(void **state)
{
	(void)state;
	create();
	fake.populate_step = 0x1000;
	fake.refuse = KVM_ARM_RMI_POPULATE;
	fake.refuse_after = 2;
	fake.error = -ENXIO;
	assert_false(vm_populate(&vm, RAM_BASE, data, 0x5000, &err));
	assert_string_equal(err.text,
			    "KVM_ARM_RMI_POPULATE: ipa 0x40002000, 0x3000 "
			    "bytes: No such device or address");
	destroy();
}

static void populate_without_progress_ends(void **state)
{
	(void)state;
	create();
	fake.populate_step = 0;
	assert_false(vm_populate(&vm, RAM_BASE, data, 0x1000, &err));
	assert_string_equal(err.text,
			    "KVM_ARM_RMI_POPULATE: ipa 0x40000000: no "
			    "progress");
	destroy();
}

#define TEST(name) cmocka_unit_test_setup(name, fake_reset)

int main(void)
{
	static const struct CMUnitTest fixed[] = {
		TEST(calls_come_in_order),
		TEST(the_vm_is_a_realm_of_its_ipa_width),
		TEST(hash_and_rpv_are_set),
		TEST(host_calls_are_forwarded),
		TEST(ram_is_private_and_has_a_shared_half),
		TEST(a_machine_without_memory_leaves_nothing),
		TEST(a_realm_may_go_without_a_shared_half),
		TEST(the_gic_is_made_before_and_started_after_the_vcpus),
		TEST(a_kvm_without_a_gic_is_no_error),
		TEST(a_refused_gic_leaves_nothing),
		TEST(a_host_file_is_a_slot_of_its_own),
		TEST(a_host_file_without_memory_is_refused),
		TEST(populate_measures_all_of_it_in_order),
		TEST(populate_goes_on_after_a_part),
		TEST(populate_is_repeated_when_interrupted),
		TEST(populate_names_where_it_was_refused),
		TEST(populate_without_progress_ends),
	};
	struct CMUnitTest refused[REFUSALS];

	for (size_t i = 0; i < REFUSALS; i++)
		refused[i] = (struct CMUnitTest){
			.name = refusals[i].name,
			.test_func = refusal_leaves_nothing,
			.initial_state = (void *)&refusals[i],
		};
	return cmocka_run_group_tests_name("vm", fixed, NULL, NULL) +
	       cmocka_run_group_tests_name("refusals", refused, NULL, NULL);
}
