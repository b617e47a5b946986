// SPDX-License-Identifier: GPL-2.0-only
/*
 * Realms that do not run: each ioctl that they add, what is refused to them,
 * the orders of ioctls that are allowed, and the orders in which their files
 * may be closed.
 */
#include <sys/wait.h>

#include "rmi_realm.h"

#define SCTLR ARM64_SYS_REG(3, 0, 1, 0, 0)

/* ---- The VM -------------------------------------------------------------- */

static bool realms_are_offered_by_number_and_by_name(void)
{
	FILE *file = fopen("/sys/module/kvm/parameters/arm_rmi_cap", "r");
	int cap = -1;

	if (!file || fscanf(file, "%d", &cap) != 1)
		cap = -1;
	if (file)
		fclose(file);
	return is("name", KVM_CAP_ARM_RMI, cap) &&
	       is("number", 1, call_nr(kvm_fd, KVM_CHECK_EXTENSION, cap));
}

static bool vm_types_that_are_no_realm_are_refused(void)
{
	const unsigned long realm = KVM_VM_TYPE_ARM_REALM;
	bool good = true;

	good &= is("protected", -EINVAL,
		   create_vm(realm | KVM_VM_TYPE_ARM_PROTECTED));
	good &= is("31 bits", -EINVAL, create_vm(realm | 31));
	good &= is("63 bits", -EINVAL, create_vm(realm | 63));
	good &= is("bit 29", -EINVAL, create_vm(realm | 1 << 29));
	return good;
}

static bool capabilities_of_other_vms_are_hidden_and_refused(void)
{
	static const int other[] = {
		KVM_CAP_ARM_SVE, KVM_CAP_ARM_PMU_V3, KVM_CAP_ARM_MTE,
		KVM_CAP_STEAL_TIME, KVM_CAP_SET_GUEST_DEBUG,
		KVM_CAP_ARM_EL1_32BIT, KVM_CAP_COUNTER_OFFSET,
		KVM_CAP_MP_STATE, KVM_CAP_ARM_NISV_TO_USER,
		KVM_CAP_ARM_SYSTEM_SUSPEND, KVM_CAP_READONLY_MEM,
	};
	struct kvm_enable_cap enable = { 0 };
	struct realm realm;
	bool good = true;
	unsigned int i;

	realm_start(&realm);
	for (i = 0; i < ARRAY_SIZE(other); i++) {
		good &= is("check", 0, call_nr(realm.vm, KVM_CHECK_EXTENSION,
					       other[i]));
		enable.cap = other[i];
		good &= is("enable", -EINVAL, call(realm.vm, KVM_ENABLE_CAP,
						   &enable));
	}
	good &= is("ARM_RMI", 1, call_nr(realm.vm, KVM_CHECK_EXTENSION,
					 KVM_CAP_ARM_RMI));
	good &= is("attributes", KVM_MEMORY_ATTRIBUTE_PRIVATE,
		   call_nr(realm.vm, KVM_CHECK_EXTENSION,
			   KVM_CAP_MEMORY_ATTRIBUTES));
	return realm_end(&realm, good);
}

static int configure(int vm, uint64_t what, uint64_t value)
{
	struct kvm_enable_cap enable = {
		.cap = KVM_CAP_ARM_RMI,
		.args = { what, value },
	};

	return call(vm, KVM_ENABLE_CAP, &enable);
}

static bool parameters_are_set_until_the_realm_exists(void)
{
	int ordinary = create_vm(0);
	char rpv[64] = "mine";
	struct realm realm;
	bool good = true;

	realm_start(&realm);
	good &= is("hash", 0, configure(realm.vm, KVM_ARM_RMI_CONFIG_HASH,
					KVM_ARM_RMI_HASH_SHA256));
	good &= is("no hash", -EINVAL,
		   configure(realm.vm, KVM_ARM_RMI_CONFIG_HASH, 2));
	good &= is("rpv", 0, configure(realm.vm, KVM_ARM_RMI_CONFIG_RPV,
				       (uintptr_t)rpv));
	good &= is("no rpv", -EFAULT,
		   configure(realm.vm, KVM_ARM_RMI_CONFIG_RPV, 0));
	good &= is("what", -EINVAL, configure(realm.vm, 2, 0));
	good &= is("other VM", -EINVAL,
		   configure(ordinary, KVM_ARM_RMI_CONFIG_HASH, 0));
	good &= realm_add_ram(&realm);
	good &= is("populate", 0, populate_pages(&realm, RAM_BASE, PAGE));
	good &= is("late", -EBUSY, configure(realm.vm, KVM_ARM_RMI_CONFIG_HASH,
					     KVM_ARM_RMI_HASH_SHA256));
	close(ordinary);
	return realm_end(&realm, good);
}

static bool devices_that_the_rmm_does_not_know_are_refused(void)
{
	struct kvm_create_device v2 = { .type = KVM_DEV_TYPE_ARM_VGIC_V2 };
	struct kvm_create_device v3 = { .type = KVM_DEV_TYPE_ARM_VGIC_V3 };
	struct kvm_arm_counter_offset offset = { 0 };
	struct realm realm;
	bool good = true;

	realm_start(&realm);
	good &= is("IRQCHIP", -EINVAL,
		   call_nr(realm.vm, KVM_CREATE_IRQCHIP, 0));
	good &= is("offset", -EINVAL, call(realm.vm, KVM_ARM_SET_COUNTER_OFFSET,
					   &offset));
	good &= is("vGICv2", -ENODEV, call(realm.vm, KVM_CREATE_DEVICE, &v2));
	good &= is("vGICv3", 0, call(realm.vm, KVM_CREATE_DEVICE, &v3));
	if (good)
		close(v3.fd);
	return realm_end(&realm, good);
}

/* ---- Memory -------------------------------------------------------------- */

static bool slots_that_need_other_permissions_are_refused(void)
{
	const unsigned int gmem = KVM_MEM_GUEST_MEMFD;
	struct realm realm;
	bool good = true;
	int mapped;

	realm_start(&realm);
	mapped = create_gmem(realm.vm, RAM_SIZE, GUEST_MEMFD_FLAG_MMAP);
	good &= is("dirty log", -EINVAL,
		   set_slot(&realm, KVM_MEM_LOG_DIRTY_PAGES, RAM_BASE, RAM_SIZE,
			    0));
	good &= is("read-only", -EINVAL,
		   set_slot(&realm, KVM_MEM_READONLY, RAM_BASE, RAM_SIZE, 0));
	good &= is("shared half", -EINVAL,
		   set_slot(&realm, gmem, SHARED_BIT - PAGE, RAM_SIZE,
			    realm.gmem));
	good &= is("mapped gmem", -EINVAL,
		   set_slot(&realm, gmem, RAM_BASE, RAM_SIZE, mapped));
	good &= is("shared gmem", -EINVAL,
		   create_gmem(realm.vm, RAM_SIZE, GUEST_MEMFD_FLAG_MMAP |
			       GUEST_MEMFD_FLAG_INIT_SHARED));
	good &= is("without gmem", 0,
		   set_slot(&realm, 0, RAM_BASE, RAM_SIZE, 0));
	good &= is("dirty log later", -EINVAL,
		   set_slot(&realm, KVM_MEM_LOG_DIRTY_PAGES, RAM_BASE, RAM_SIZE,
			    0));
	good &= is("gone", 0, set_slot(&realm, 0, RAM_BASE, 0, 0));
	good &= realm_add_ram(&realm);
	if (mapped >= 0)
		close(mapped);
	return realm_end(&realm, good);
}

static bool populate_checks_its_arguments(void)
{
	struct realm realm;
	struct kvm_arm_rmi_populate args;
	const struct kvm_arm_rmi_populate right = {
		.base = RAM_BASE,
		.size = PAGE,
	};
	bool good = true;

	realm_start(&realm);
	good &= realm_add_ram(&realm);
#define REFUSED(error, field, value) do {				\
	args = right;							\
	args.source_uaddr = (uintptr_t)realm.source;			\
	args.field = value;						\
	good &= is(#field " = " #value, error, populate(&realm, &args)); \
} while (0)
	REFUSED(-EINVAL, base, RAM_BASE + 8);
	REFUSED(-EINVAL, size, 8);
	REFUSED(-EINVAL, size, -PAGE);
	REFUSED(-EINVAL, flags, 2);
	REFUSED(-EINVAL, reserved, 1);
	REFUSED(-EINVAL, source_uaddr, 8);
	REFUSED(-EINVAL, base, RAM_BASE + RAM_SIZE);
	REFUSED(-EOPNOTSUPP, source_uaddr, 0);
	REFUSED(-EFAULT, source_uaddr, PAGE);
	REFUSED(0, size, 0);
	REFUSED(0, flags, KVM_ARM_RMI_POPULATE_FLAGS_MEASURE);
#undef REFUSED
	return realm_end(&realm, good);
}

static bool populate_wants_a_realm_and_private_memory(void)
{
	struct kvm_arm_rmi_populate args = { .base = RAM_BASE, .size = PAGE };
	int ordinary = create_vm(0);
	struct realm realm;
	bool good = true;

	good &= is("ordinary VM", -ENXIO,
		   call(ordinary, KVM_ARM_RMI_POPULATE, &args));
	close(ordinary);

	realm_start(&realm);
	good &= is("slot", 0, set_slot(&realm, 0, RAM_BASE, RAM_SIZE, 0));
	good &= is("marked", 0, set_private(&realm, RAM_BASE, RAM_SIZE, true));
	good &= is("no guest_memfd", -EINVAL,
		   populate_pages(&realm, RAM_BASE, PAGE));
	good &= is("gone", 0, set_slot(&realm, 0, RAM_BASE, 0, 0));
	good &= realm_add_ram(&realm);
	good &= is("shared", 0, set_private(&realm, RAM_BASE, PAGE, false));
	good &= is("not private", -EINVAL,
		   populate_pages(&realm, RAM_BASE, PAGE));
	good &= is("private", 0, populate_pages(&realm, RAM_BASE + PAGE, PAGE));
	return realm_end(&realm, good);
}

/* An error of the RMM at the first page is no success, and nothing is done. */
static bool page_is_not_populated_twice(void)
{
	struct realm realm;
	struct kvm_arm_rmi_populate args = {
		.base = RAM_BASE,
		.size = 3 * PAGE,
	};
	bool good = true;

	realm_start(&realm);
	good &= realm_add_ram(&realm);
	good &= is("first", 0, populate_pages(&realm, RAM_BASE, PAGE));
	args.source_uaddr = (uintptr_t)realm.source;
	good &= is("second", -ENXIO, populate(&realm, &args));
	good &= args.base == RAM_BASE && args.size == 3 * PAGE &&
		args.source_uaddr == (uintptr_t)realm.source;
	good &= is("next", 0, populate_pages(&realm, RAM_BASE + PAGE,
					     RAM_SIZE - PAGE));
	return realm_end(&realm, good);
}

/* What is shared again is gone, and may be populated anew. */
static bool converted_memory_is_populated_anew(void)
{
	struct realm realm;
	bool good = true;

	realm_start(&realm);
	good &= realm_add_ram(&realm);
	good &= is("first", 0, populate_pages(&realm, RAM_BASE, 4 * PAGE));
	good &= is("shared", 0, set_private(&realm, RAM_BASE, 2 * PAGE, false));
	good &= is("private", 0, set_private(&realm, RAM_BASE, 2 * PAGE, true));
	good &= is("not those", -ENXIO,
		   populate_pages(&realm, RAM_BASE + 2 * PAGE, PAGE));
	good &= is("hole", 0, fallocate(realm.gmem, FALLOC_FL_PUNCH_HOLE |
					FALLOC_FL_KEEP_SIZE, 2 * PAGE, PAGE));
	good &= is("slot gone", 0, set_slot(&realm, KVM_MEM_GUEST_MEMFD,
					    RAM_BASE, 0, realm.gmem));
	good &= realm_add_ram(&realm);
	return realm_end(&realm, good);
}

/* ---- vCPUs --------------------------------------------------------------- */

static bool vcpu_features_other_than_psci_are_refused(void)
{
	const unsigned int psci = 1 << KVM_ARM_VCPU_PSCI_0_2;
	struct realm realm;
	bool good = true;

	realm_start(&realm);
	good &= realm_add_vcpu(&realm);
	good &= is("none", -EINVAL, init_vcpu(&realm, 0));
	good &= is("32 bits", -EINVAL,
		   init_vcpu(&realm, psci | 1 << KVM_ARM_VCPU_EL1_32BIT));
	good &= is("PMU", -EINVAL,
		   init_vcpu(&realm, psci | 1 << KVM_ARM_VCPU_PMU_V3));
	good &= is("SVE", -EINVAL,
		   init_vcpu(&realm, psci | 1 << KVM_ARM_VCPU_SVE));
	good &= is("EL2", -EINVAL,
		   init_vcpu(&realm, psci | 1 << KVM_ARM_VCPU_HAS_EL2));
	good &= is("off", 0,
		   init_vcpu(&realm, psci | 1 << KVM_ARM_VCPU_POWER_OFF));
	good &= is("again", 0, init_vcpu(&realm, psci));
	return realm_end(&realm, good);
}

static bool registers_are_x_and_pc_and_breakpoints(void)
{
	struct {
		struct kvm_reg_list list;
		uint64_t reg[64];
	} regs = { .list.n = 64 };
	uint64_t dfr0 = 0, value;
	struct realm realm;
	bool good = true;
	unsigned int i;

	realm_start(&realm);
	good &= realm_add_vcpu(&realm) && realm_init_vcpu(&realm);
	good &= is("x0", 0, set_reg(&realm, CORE_REG(regs.regs[0]), 1));
	good &= is("x30", 0, set_reg(&realm, CORE_REG(regs.regs[30]), 1));
	good &= is("sp", -EINVAL, set_reg(&realm, CORE_REG(regs.sp), 1));
	good &= is("SCTLR", -EINVAL, set_reg(&realm, SCTLR, 0));
	good &= is("list", 0, call(realm.vcpu, KVM_GET_REG_LIST, &regs));
	good &= is("registers", 33, regs.list.n);
	for (i = 0; i < regs.list.n && i < 33; i++)
		good &= is("listed", 0, get_reg(&realm, regs.list.reg[i],
						&value));
	good &= is("DFR0", 0, get_reg(&realm, DFR0, &dfr0));
	good &= is("its breakpoints", 1, dfr0 >> 12 & 15);
	good &= is("its watchpoints", 1, dfr0 >> 20 & 15);
	good &= is("set DFR0", 0, set_reg(&realm, DFR0, dfr0));
	good &= is("no watchpoint", -EINVAL,
		   set_reg(&realm, DFR0, dfr0 & ~(15ULL << 20)));
	good &= is("other debug", -EINVAL, set_reg(&realm, DFR0, dfr0 ^ 1));
	return realm_end(&realm, good);
}

static bool events_before_the_first_run_are_refused(void)
{
	struct kvm_vcpu_events abort = { .exception.ext_dabt_pending = 1 };
	struct kvm_vcpu_events serror = { .exception.serror_pending = 1 };
	struct kvm_vcpu_events none = { 0 };
	struct realm realm;
	bool good = true;

	realm_start(&realm);
	good &= realm_add_vcpu(&realm) && realm_init_vcpu(&realm);
	good &= is("abort", -EINVAL,
		   call(realm.vcpu, KVM_SET_VCPU_EVENTS, &abort));
	good &= is("SError", -EINVAL,
		   call(realm.vcpu, KVM_SET_VCPU_EVENTS, &serror));
	good &= is("none", 0, call(realm.vcpu, KVM_SET_VCPU_EVENTS, &none));
	return realm_end(&realm, good);
}

static bool vcpu_state_is_out_of_reach(void)
{
	struct kvm_mp_state state = { KVM_MP_STATE_RUNNABLE };
	struct kvm_guest_debug debug = { .control = KVM_GUESTDBG_ENABLE };
	struct kvm_device_attr pvtime = {
		.group = KVM_ARM_VCPU_PVTIME_CTRL,
		.attr = KVM_ARM_VCPU_PVTIME_IPA,
	};
	int feature = KVM_ARM_VCPU_SVE;
	struct realm realm;
	bool good = true;

	realm_start(&realm);
	good &= realm_add_vcpu(&realm) && realm_init_vcpu(&realm);
	good &= is("MP_STATE", -EINVAL,
		   call(realm.vcpu, KVM_SET_MP_STATE, &state));
	good &= is("debug", -EINVAL,
		   call(realm.vcpu, KVM_SET_GUEST_DEBUG, &debug));
	good &= is("PV time", -EINVAL,
		   call(realm.vcpu, KVM_SET_DEVICE_ATTR, &pvtime));
	good &= is("finalize", -EINVAL,
		   call(realm.vcpu, KVM_ARM_VCPU_FINALIZE, &feature));
	return realm_end(&realm, good);
}

/* ---- Orders -------------------------------------------------------------- */

static bool populate_may_come_before_the_vcpus(void)
{
	uint64_t dfr0 = 0;
	struct realm realm;
	bool good = true;

	realm_start(&realm);
	good &= realm_add_ram(&realm);
	good &= is("populate", 0, populate_pages(&realm, RAM_BASE, PAGE));
	good &= realm_add_vcpu(&realm) && realm_init_vcpu(&realm);
	good &= is("x0", 0, set_reg(&realm, CORE_REG(regs.regs[0]), 1));
	good &= is("DFR0", 0, get_reg(&realm, DFR0, &dfr0));
	good &= is("late DFR0", -EBUSY, set_reg(&realm, DFR0, dfr0));
	good &= is("more", 0, populate_pages(&realm, RAM_BASE + PAGE, PAGE));
	return realm_end(&realm, good);
}

static bool vcpu_that_is_not_initialised_does_not_run(void)
{
	struct realm realm;
	bool good = true;

	realm_start(&realm);
	good &= realm_add_ram(&realm) && realm_add_vcpu(&realm);
	good &= is("run", -ENOEXEC, call_nr(realm.vcpu, KVM_RUN, 0));
	good &= is("populate", 0, populate_pages(&realm, RAM_BASE, PAGE));
	return realm_end(&realm, good);
}

static bool realm_is_fixed_by_the_first_run(void)
{
	const unsigned int psci = 1 << KVM_ARM_VCPU_PSCI_0_2;
	struct realm realm;
	bool good = true;

	realm_start(&realm);
	good &= realm_add_ram(&realm) && realm_add_vcpu(&realm) &&
		realm_init_vcpu(&realm);
	good &= is("populate", 0, populate_pages(&realm, RAM_BASE, PAGE));
	realm.run->immediate_exit = 1;
	good &= is("run", -EINTR, call_nr(realm.vcpu, KVM_RUN, 0));
	good &= is("populate", -EBUSY,
		   populate_pages(&realm, RAM_BASE + PAGE, PAGE));
	good &= is("init", -EBUSY, init_vcpu(&realm, psci));
	good &= is("x0", -EBUSY, set_reg(&realm, CORE_REG(regs.regs[0]), 1));
	good &= is("vCPU", -EBUSY, call_nr(realm.vm, KVM_CREATE_VCPU, 1));
	good &= is("hash", -EBUSY, configure(realm.vm, KVM_ARM_RMI_CONFIG_HASH,
					     KVM_ARM_RMI_HASH_SHA256));
	return realm_end(&realm, good);
}

static bool files_are_closed_in_every_order(void)
{
	static const int orders[][3] = {
		{ 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
		{ 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 },
	};
	struct realm realm;
	bool good = true;
	unsigned int i;

	/* Before and after the realm is active. */
	for (i = 0; i < 2 * ARRAY_SIZE(orders); i++) {
		realm_start(&realm);
		good &= realm_add_ram(&realm) && realm_add_vcpu(&realm) &&
			realm_init_vcpu(&realm);
		good &= is("populate", 0, populate_pages(&realm, RAM_BASE,
							 8 * PAGE));
		realm.run->immediate_exit = 1;
		if (i % 2)
			good &= is("run", -EINTR,
				   call_nr(realm.vcpu, KVM_RUN, 0));
		realm_close(&realm, orders[i / 2]);
	}
	return good && is("leaked", 0, granules_kept());
}

/* It ends with its realm active, its memory mapped and its files open. */
static void leave_realm_behind(void)
{
	struct realm realm;

	realm_start(&realm);
	if (!realm_add_ram(&realm) || !realm_add_vcpu(&realm) ||
	    !realm_init_vcpu(&realm) ||
	    populate_pages(&realm, RAM_BASE, RAM_SIZE))
		_exit(1);
	realm.run->immediate_exit = 1;
	_exit(call_nr(realm.vcpu, KVM_RUN, 0) != -EINTR);
}

static bool realm_goes_with_its_process(void)
{
	pid_t child = fork();
	int status = -1;

	if (!child)
		leave_realm_behind();
	waitpid(child, &status, 0);
	return is("child", 0, status) && is("kept", 0, granules_kept());
}

static const struct realm_test tests[] = {
	TEST(realms_are_offered_by_number_and_by_name),
	TEST(vm_types_that_are_no_realm_are_refused),
	TEST(capabilities_of_other_vms_are_hidden_and_refused),
	TEST(parameters_are_set_until_the_realm_exists),
	TEST(devices_that_the_rmm_does_not_know_are_refused),
	TEST(slots_that_need_other_permissions_are_refused),
	TEST(populate_checks_its_arguments),
	TEST(populate_wants_a_realm_and_private_memory),
	TEST(page_is_not_populated_twice),
	TEST(converted_memory_is_populated_anew),
	TEST(vcpu_features_other_than_psci_are_refused),
	TEST(registers_are_x_and_pc_and_breakpoints),
	TEST(events_before_the_first_run_are_refused),
	TEST(vcpu_state_is_out_of_reach),
	TEST(populate_may_come_before_the_vcpus),
	TEST(vcpu_that_is_not_initialised_does_not_run),
	TEST(realm_is_fixed_by_the_first_run),
	TEST(files_are_closed_in_every_order),
	TEST(realm_goes_with_its_process),
};

int main(void)
{
	return run_tests(tests, ARRAY_SIZE(tests));
}
