// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the ioctls refuse, and with which error.
 */
#include <string.h>

#include <linux/errno.h>

#include "tests/host/rig.h"

#define VM_IOCTL(guest, request, arg) SIM_IOCTL((guest)->vm, request, arg)

static void unknown_requests_and_descriptors(void **state)
{
	struct guest guest;
	u64 dummy = 0;

	guest_open(&guest);
	assert_int_equal(SIM_IOCTL(999, KVM_RUN, 0), -EBADF);
	assert_int_equal(SIM_IOCTL(-1, KVM_RUN, 0), -EBADF);
	assert_int_equal(sim_kvm_close(999), -EBADF);
	assert_int_equal(SIM_IOCTL(guest.sys, 0xae77, &dummy), -ENOTTY);
	assert_int_equal(SIM_IOCTL(guest.vm, 0xae77, &dummy), -ENOTTY);
	assert_int_equal(SIM_IOCTL(guest.vcpu, 0xae77, &dummy), -ENOTTY);
	assert_int_equal(SIM_IOCTL(guest.gmem, KVM_RUN, &dummy), -ENOTTY);
	assert_int_equal(VM_IOCTL(&guest, KVM_ENABLE_CAP, 0), -EFAULT);
	assert_int_equal(SIM_IOCTL(guest.vcpu, KVM_GET_ONE_REG, 0), -EFAULT);
	assert_null(sim_kvm_mmap(guest.vm, PAGE_SIZE));
	guest_close(&guest);
	rig_assert_clean();
}

static void vm_types(void **state)
{
	static const struct {
		u64 type;
		bool good;
	} rows[] = {
		{ 0, true }, { 40, true }, { KVM_VM_TYPE_ARM_REALM, true },
		{ KVM_VM_TYPE_ARM_REALM | 32, true },
		{ KVM_VM_TYPE_ARM_REALM | 44, true },
		{ KVM_VM_TYPE_ARM_REALM | 45, false },
		{ KVM_VM_TYPE_ARM_REALM | 31, false },
		{ KVM_VM_TYPE_ARM_PROTECTED, false },
		{ KVM_VM_TYPE_ARM_PROTECTED | KVM_VM_TYPE_ARM_REALM, false },
		{ 0x100, false }, { 31, false }, { 60, false },
	};
	int sys = sim_kvm_open(), vm;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		vm = SIM_IOCTL(sys, KVM_CREATE_VM, rows[i].type);
		if (rows[i].good)
			assert_int_equal(sim_kvm_close(vm), 0);
		else
			assert_int_equal(vm, -EINVAL);
	}
	assert_int_equal(sim_kvm_close(sys), 0);
	rig_assert_clean();
}

static long enable(struct guest *guest, u32 cap, u64 what, u64 value)
{
	struct kvm_enable_cap enable = { .cap = cap, .args = { what, value } };

	return VM_IOCTL(guest, KVM_ENABLE_CAP, &enable);
}

static void capabilities_are_enabled_before_the_realm_exists(void **state)
{
	struct kvm_enable_cap odd = { .cap = KVM_CAP_ARM_RMI, .flags = 1 };
	u8 rpv[64] = { 1 };
	struct guest guest;

	guest_open(&guest);
	assert_int_equal(enable(&guest, 77, 0, 0), -EINVAL);
	assert_int_equal(enable(&guest, KVM_CAP_ARM_RMI, 77, 0), -EINVAL);
	assert_int_equal(enable(&guest, KVM_CAP_ARM_RMI,
				KVM_ARM_RMI_CONFIG_HASH, 77), -EINVAL);
	assert_int_equal(enable(&guest, KVM_CAP_ARM_RMI, KVM_ARM_RMI_CONFIG_RPV,
				0), -EFAULT);
	assert_int_equal(VM_IOCTL(&guest, KVM_ENABLE_CAP, &odd), -EINVAL);
	assert_int_equal(enable(&guest, KVM_CAP_ARM_RMI,
				KVM_ARM_RMI_CONFIG_HASH,
				KVM_ARM_RMI_HASH_SHA512), 0);
	assert_int_equal(enable(&guest, KVM_CAP_ARM_RMI, KVM_ARM_RMI_CONFIG_RPV,
				(uintptr_t)rpv), 0);
	assert_int_equal(guest_populate(&guest), 0);
	assert_int_equal(enable(&guest, KVM_CAP_ARM_RMI,
				KVM_ARM_RMI_CONFIG_HASH,
				KVM_ARM_RMI_HASH_SHA256), -EBUSY);
	assert_int_equal(enable(&guest, KVM_CAP_ARM_RMI, KVM_ARM_RMI_CONFIG_RPV,
				(uintptr_t)rpv), -EBUSY);
	guest_close(&guest);
	rig_assert_clean();
}

/* Of all others a realm has none, whether they are asked for or not. */
static void cap_filter_both(void **state)
{
	static const u32 offered[] = {
		KVM_CAP_ARM_RMI, KVM_CAP_GUEST_MEMFD, KVM_CAP_PRE_FAULT_MEMORY,
		KVM_CAP_ARM_PSCI_0_2, KVM_CAP_DEVICE_CTRL, KVM_CAP_IRQCHIP,
		KVM_CAP_ARM_SMCCC_FILTER, KVM_CAP_USER_MEMORY2,
		KVM_CAP_MEMORY_FAULT_INFO, KVM_CAP_MEMORY_ATTRIBUTES,
		KVM_CAP_NR_VCPUS, KVM_CAP_MAX_VCPUS, KVM_CAP_ARM_VM_IPA_SIZE,
	};
	struct guest guest;
	size_t i;
	u32 cap;

	guest_open(&guest);
	for (cap = 0; cap < 300; cap++) {
		for (i = 0; i < ARRAY_SIZE(offered) && offered[i] != cap; i++)
			;
		assert_int_equal(SIM_IOCTL(guest.vm, KVM_CHECK_EXTENSION,
					   cap) != 0, i < ARRAY_SIZE(offered));
		if (cap != KVM_CAP_ARM_RMI)
			assert_int_equal(enable(&guest, cap, 0, 0), -EINVAL);
	}
	guest_close(&guest);
	rig_assert_clean();
}

static void populate_args(void **state)
{
	static const struct {
		u64 base, size, source;
		u32 flags, reserved;
		long error;
	} rows[] = {
		{ REALM_BASE + 1, 0x1000, 1, 0, 0, -EINVAL },
		{ REALM_BASE, 0x1001, 1, 0, 0, -EINVAL },
		{ REALM_BASE, 0x1000, 2, 0, 0, -EINVAL },
		{ REALM_BASE, 0x1000, 1, 2, 0, -EINVAL },
		{ REALM_BASE, 0x1000, 1, 0, 1, -EINVAL },
		{ -0x1000, 0x2000, 1, 0, 0, -EINVAL },
		{ 0, 0x1000, 1, 0, 0, -EINVAL }, /* no slot */
		{ REALM_BASE + 0x10000, 0x1000, 1, 0, 0, -EINVAL }, /* shared */
		{ REALM_BASE, 0x1000, 0, 0, 0, -EOPNOTSUPP },
		{ REALM_BASE, 0x1000, 3, 0, 0, -EFAULT }, /* nothing mapped */
		{ REALM_BASE, 0, 1, 0, 0, 0 },
	};
	struct kvm_arm_rmi_populate populate;
	struct guest guest;

	guest_open(&guest);
	assert_int_equal(guest_attributes(&guest, REALM_BASE + 0x10000,
					  PAGE_SIZE, 0), 0);
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const u64 sources[] = {
			0, (uintptr_t)guest.ram, (uintptr_t)guest.ram + 8,
			0x1000,
		};

		populate = (struct kvm_arm_rmi_populate) {
			.base = rows[i].base,
			.size = rows[i].size,
			.source_uaddr = sources[rows[i].source],
			.flags = rows[i].flags,
			.reserved = rows[i].reserved,
		};
		assert_int_equal(VM_IOCTL(&guest, KVM_ARM_RMI_POPULATE,
					  &populate), rows[i].error);
	}
	guest_close(&guest);
	rig_assert_clean();
}

static void populate_twice(void **state)
{
	static const u32 program[] = { PROGRAM_OFF };
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_populate(&guest), -ENXIO);
	guest_run_to_off(&guest);
	assert_int_equal(guest_populate(&guest), -EBUSY);
	guest_close(&guest);
	rig_assert_clean();
}

/* An error is one, whatever number the RMM has for it. */
static void populate_rmi_error_first_page(void **state)
{
	static const char *const specs[] = {
		"RTT_DATA_MAP_INIT#1=ERROR_INPUT",
		"RTT_DATA_MAP_INIT#1=ERROR_REALM",
		"RTT_DATA_MAP_INIT=ERROR_RTT:3",
		"RTT_DATA_MAP_INIT=NOT_SUPPORTED",
	};
	struct kvm_arm_rmi_populate populate;
	struct guest guest;

	for (size_t i = 0; i < ARRAY_SIZE(specs); i++) {
		rig_fault(specs[i]);
		guest_open(&guest);
		populate = (struct kvm_arm_rmi_populate) {
			.base = REALM_BASE,
			.size = 3 * PAGE_SIZE,
			.source_uaddr = (uintptr_t)guest.ram,
		};
		assert_int_equal(VM_IOCTL(&guest, KVM_ARM_RMI_POPULATE,
					  &populate), -ENXIO);
		assert_int_equal(populate.base, REALM_BASE);
		assert_int_equal(populate.size, 3 * PAGE_SIZE);
		assert_int_equal(rig_log_count("RMI_RTT_DATA_MAP_INIT"), 1);
		guest_close(&guest);
		rig_assert_clean();
		rig_stop();
		rig_start("rme", NULL);
	}
}

/* What was done before it is done, and the arguments say how far. */
static void populate_stops_at_an_error(void **state)
{
	struct kvm_arm_rmi_populate populate = {
		.base = REALM_BASE,
		.size = 5 * PAGE_SIZE,
	};
	struct guest guest;

	/* The first call misses its tables. */
	rig_fault("RTT_DATA_MAP_INIT#4=ERROR_REALM");
	rig_fault("RTT_DATA_MAP_INIT#5=ERROR_REALM");
	guest_open(&guest);
	populate.source_uaddr = (uintptr_t)guest.ram;
	assert_int_equal(VM_IOCTL(&guest, KVM_ARM_RMI_POPULATE, &populate), 0);
	assert_int_equal(populate.base, REALM_BASE + 2 * PAGE_SIZE);
	assert_int_equal(populate.size, 3 * PAGE_SIZE);
	assert_int_equal(populate.source_uaddr,
			 (uintptr_t)guest.ram + 2 * PAGE_SIZE);
	assert_int_equal(VM_IOCTL(&guest, KVM_ARM_RMI_POPULATE, &populate), 0);
	assert_int_equal(populate.size, 0);
	guest_close(&guest);
	rig_assert_clean();
}

static long region(struct guest *guest, u32 slot, u32 flags, u64 gpa, u64 size,
		   int gmem)
{
	struct kvm_userspace_memory_region2 region = {
		.slot = slot,
		.flags = flags,
		.guest_phys_addr = gpa,
		.memory_size = size,
		.userspace_addr = (uintptr_t)guest->ram,
		.guest_memfd = gmem,
	};

	return VM_IOCTL(guest, KVM_SET_USER_MEMORY_REGION2, &region);
}

static void memory_slots(void **state)
{
	const u64 gpa = 0x80000000;
	struct guest guest, other;

	guest_open(&guest);
	guest_open(&other);
	assert_int_equal(region(&guest, 99, 0, gpa, PAGE_SIZE, 0), -EINVAL);
	assert_int_equal(region(&guest, 1, KVM_MEM_LOG_DIRTY_PAGES, gpa,
				PAGE_SIZE, 0), -EINVAL);
	assert_int_equal(region(&guest, 1, KVM_MEM_READONLY, gpa, PAGE_SIZE,
				0), -EINVAL);
	assert_int_equal(region(&guest, 1, 0, gpa + 1, PAGE_SIZE, 0), -EINVAL);
	assert_int_equal(region(&guest, 1, 0, REALM_SHARED_BIT - PAGE_SIZE,
				2 * PAGE_SIZE, 0), -EINVAL);
	assert_int_equal(region(&guest, 1, 0, -PAGE_SIZE, 2 * PAGE_SIZE, 0),
			 -EINVAL);
	assert_int_equal(region(&guest, 1, 0, gpa, 0, 0), -EINVAL);
	assert_int_equal(region(&guest, 0, 0, gpa, PAGE_SIZE, 0), -EINVAL);
	assert_int_equal(region(&guest, 1, 0, REALM_BASE, PAGE_SIZE, 0),
			 -EEXIST);
	assert_int_equal(region(&guest, 1, KVM_MEM_GUEST_MEMFD, gpa, PAGE_SIZE,
				guest.vm), -EBADF);
	assert_int_equal(region(&guest, 1, KVM_MEM_GUEST_MEMFD, gpa, PAGE_SIZE,
				other.gmem), -EINVAL);
	assert_int_equal(region(&guest, 1, KVM_MEM_GUEST_MEMFD, gpa,
				2 * REALM_SIZE, guest.gmem), -EINVAL);
	assert_int_equal(region(&guest, 1, KVM_MEM_GUEST_MEMFD, gpa, PAGE_SIZE,
				guest.gmem), -EEXIST);
	guest_close(&other);
	guest_close(&guest);
	rig_assert_clean();
}

/* Neither a new slot, nor one that the realm has, whatever it is made of. */
static void dirty_log_realm_refused(void **state)
{
	const u64 gpa = 0x80000000;
	struct guest guest;

	guest_open(&guest);
	assert_int_equal(region(&guest, 1, KVM_MEM_LOG_DIRTY_PAGES, gpa,
				PAGE_SIZE, 0), -EINVAL);
	assert_int_equal(region(&guest, 1, 0, gpa, PAGE_SIZE, 0), 0);
	assert_int_equal(region(&guest, 1, KVM_MEM_LOG_DIRTY_PAGES, gpa,
				PAGE_SIZE, 0), -EINVAL);
	assert_int_equal(region(&guest, 2, KVM_MEM_LOG_DIRTY_PAGES |
				KVM_MEM_GUEST_MEMFD, gpa + REALM_SIZE,
				PAGE_SIZE, guest.gmem), -EINVAL);
	guest_close(&guest);
	rig_assert_clean();
}

static void attributes_and_files(void **state)
{
	struct kvm_create_guest_memfd create = { .size = PAGE_SIZE + 1 };
	struct guest guest;

	guest_open(&guest);
	assert_int_equal(VM_IOCTL(&guest, KVM_CREATE_GUEST_MEMFD, &create),
			 -EINVAL);
	create.size = 0;
	assert_int_equal(VM_IOCTL(&guest, KVM_CREATE_GUEST_MEMFD, &create),
			 -EINVAL);
	/* Far more than there is RAM. */
	create.size = 1ull << 40;
	assert_int_equal(VM_IOCTL(&guest, KVM_CREATE_GUEST_MEMFD, &create),
			 -ENOMEM);
	create = (struct kvm_create_guest_memfd) { PAGE_SIZE, 1, {} };
	assert_int_equal(VM_IOCTL(&guest, KVM_CREATE_GUEST_MEMFD, &create),
			 -EINVAL);
	assert_int_equal(guest_attributes(&guest, REALM_BASE, PAGE_SIZE, 1),
			 -EINVAL);
	assert_int_equal(guest_attributes(&guest, REALM_BASE + 1, PAGE_SIZE, 0),
			 -EINVAL);
	assert_int_equal(guest_attributes(&guest, REALM_BASE, 0, 0), -EINVAL);
	assert_int_equal(guest_attributes(&guest, REALM_SHARED_BIT, PAGE_SIZE,
					  0), -EINVAL);
	guest_close(&guest);
	rig_assert_clean();
}

static void vcpus_and_registers(void **state)
{
	struct kvm_vcpu_init init = { .target = 5 };
	struct guest guest;
	int fd;

	guest_open(&guest);
	assert_int_equal(VM_IOCTL(&guest, KVM_CREATE_VCPU, 0), -EEXIST);
	assert_int_equal(VM_IOCTL(&guest, KVM_CREATE_VCPU, 64), -EINVAL);
	fd = VM_IOCTL(&guest, KVM_CREATE_VCPU, 1);
	assert_true(fd >= 0);
	assert_int_equal(SIM_IOCTL(fd, KVM_RUN, 0), -ENOEXEC);
	assert_int_equal(SIM_IOCTL(fd, KVM_ARM_VCPU_INIT, &init), -EINVAL);
	init.features[0] = 1u << KVM_ARM_VCPU_PSCI_0_2 | 1u << 9;
	assert_int_equal(SIM_IOCTL(fd, KVM_ARM_VCPU_INIT, &init), -EINVAL);
	init.features[0] = 1u << KVM_ARM_VCPU_PSCI_0_2;
	init.features[3] = 1;
	assert_int_equal(SIM_IOCTL(fd, KVM_ARM_VCPU_INIT, &init), -EINVAL);
	init.features[3] = 0;
	init.target = 6;
	assert_int_equal(SIM_IOCTL(fd, KVM_ARM_VCPU_INIT, &init), -EINVAL);
	/* All of them have to be initialised before one runs. */
	assert_int_equal(guest_run(&guest), -EINVAL);
	assert_int_equal(guest_set_reg(&guest, KVM_REG_ARM64_U64 | 1, 0),
			 -EINVAL);
	assert_int_equal(guest_set_reg(&guest, KVM_REG_ARM64_CORE_X(31), 0),
			 -EINVAL);
	assert_int_equal(guest_set_reg(&guest, KVM_REG_ARM64_ID_AA64DFR0_EL1,
				       0), -EINVAL);
	assert_int_equal(sim_kvm_close(fd), 0);
	guest_close(&guest);
	rig_assert_clean();
}

/* What is not offered cannot be had by asking for it. */
static void features_hidden_and_refused(void **state)
{
	const u32 psci = 1u << KVM_ARM_VCPU_PSCI_0_2;
	struct kvm_vcpu_init init = { .target = 5 };
	struct guest guest;
	unsigned int bit;

	guest_open(&guest);
	for (bit = 0; bit < 32; bit++) {
		init.features[0] = psci | 1u << bit;
		assert_int_equal(SIM_IOCTL(guest.vcpu, KVM_ARM_VCPU_INIT,
					   &init),
				 bit == KVM_ARM_VCPU_POWER_OFF ||
				 bit == KVM_ARM_VCPU_PSCI_0_2 ? 0 : -EINVAL);
	}
	guest_close(&guest);
	rig_assert_clean();
}

static void filters(void **state)
{
	static const u32 program[] = { PROGRAM_OFF };
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_forward(&guest, 0xc5000000u, 0), -EINVAL);
	assert_int_equal(guest_forward(&guest, 0xffffffffu, 2), -EINVAL);
	assert_int_equal(guest_forward(&guest, 0xc5000000u, 2), 0);
	assert_int_equal(guest_forward(&guest, 0xc5000001u, 2), -EEXIST);
	guest_run_to_off(&guest);
	assert_int_equal(guest_forward(&guest, 0xc5000008u, 2), -EBUSY);
	guest_close(&guest);
	rig_assert_clean();
}

static void a_running_realm_takes_no_more_vcpus(void **state)
{
	static const u32 program[] = { PROGRAM_OFF };
	struct kvm_vcpu_init init = {
		.target = 5,
		.features = { 1u << KVM_ARM_VCPU_PSCI_0_2 },
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	guest_run_to_off(&guest);
	assert_int_equal(VM_IOCTL(&guest, KVM_CREATE_VCPU, 1), -EBUSY);
	assert_int_equal(SIM_IOCTL(guest.vcpu, KVM_ARM_VCPU_INIT, &init),
			 -EBUSY);
	guest_close(&guest);
	rig_assert_clean();
}

static void ordinary_vms_do_not_run(void **state)
{
	struct kvm_pre_fault_memory range = { .size = PAGE_SIZE };
	struct kvm_arm_rmi_populate populate = {};
	struct kvm_memory_attributes set = { .size = PAGE_SIZE };
	struct kvm_vcpu_init init = { .target = 5 };
	struct guest guest;

	guest.sys = sim_kvm_open();
	guest.vm = SIM_IOCTL(guest.sys, KVM_CREATE_VM, 0);
	guest.vcpu = VM_IOCTL(&guest, KVM_CREATE_VCPU, 0);
	assert_int_equal(SIM_IOCTL(guest.vcpu, KVM_ARM_VCPU_INIT, &init), 0);
	assert_int_equal(guest_run(&guest), -ENOSYS);
	assert_int_equal(SIM_IOCTL(guest.vcpu, KVM_PRE_FAULT_MEMORY, &range),
			 -EOPNOTSUPP);
	assert_int_equal(VM_IOCTL(&guest, KVM_ARM_RMI_POPULATE, &populate),
			 -ENXIO);
	assert_int_equal(VM_IOCTL(&guest, KVM_SET_MEMORY_ATTRIBUTES, &set),
			 -EINVAL);
	assert_int_equal(enable(&guest, KVM_CAP_ARM_RMI,
				KVM_ARM_RMI_CONFIG_HASH, 0), -EINVAL);
	assert_int_equal(sim_kvm_close(guest.vcpu), 0);
	assert_int_equal(sim_kvm_close(guest.vm), 0);
	assert_int_equal(sim_kvm_close(guest.sys), 0);
	rig_assert_clean();
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(unknown_requests_and_descriptors),
		TEST(vm_types),
		TEST(capabilities_are_enabled_before_the_realm_exists),
		TEST(cap_filter_both),
		TEST(populate_args),
		TEST(populate_twice),
		TEST(populate_rmi_error_first_page),
		TEST(populate_stops_at_an_error),
		TEST(memory_slots),
		TEST(dirty_log_realm_refused),
		TEST(attributes_and_files),
		TEST(vcpus_and_registers),
		TEST(features_hidden_and_refused),
		TEST(filters),
		TEST(a_running_realm_takes_no_more_vcpus),
		TEST(ordinary_vms_do_not_run),
	};

	return cmocka_run_group_tests_name("ioctl", tests, NULL, NULL);
}
