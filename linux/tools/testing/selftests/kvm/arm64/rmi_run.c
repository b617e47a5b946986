// SPDX-License-Identifier: GPL-2.0-only
/*
 * Realms that run: devices of user space and of the kernel, interrupts, memory
 * that is private and shared, host calls, vCPUs that turn each other on. Each
 * guest ends with PSCI's SYSTEM_OFF.
 */
#include <pthread.h>
#include <signal.h>

#include "rmi_realm.h"

#define DEVICE 0x9000000ULL
#define GICD 0x8000000ULL
#define GICR 0x80a0000ULL
#define VALUE 0x1234567887654321ULL
#define CONVERTED (RAM_BASE + 0x100000)
#define PLAIN 0x50000000ULL
#define FUNCTION 0xc5000000

/*
 * The guests, at the start of RAM. x20 is the device, in the shared half.
 */

static const uint32_t devices[] = {
	0xd2a12014, /* mov x20, #0x9000000 */
	0xf2c01014, /* movk x20, #0x80, lsl #32 */
	0xd2800541, /* mov x1, #42 */
	0xf9000281, /* str x1, [x20] */
	0xf9400682, /* ldr x2, [x20, #8] */
	0xf9000a82, /* str x2, [x20, #16] */
	0xd2b08000, /* mov x0, #0x84000000 */
	0xf2800100, /* movk x0, #8 */
	0xd4000003, /* smc #0 */
	0x14000000, /* b . */
};

/* Private memory that nobody populated: there when it is needed. */
static const uint32_t touch[] = {
	0xd2a12014, /* mov x20, #0x9000000 */
	0xf2c01014, /* movk x20, #0x80, lsl #32 */
	0xd2a80001, /* mov x1, #0x40000000 */
	0x91406021, /* add x1, x1, #0x18, lsl #12 */
	0xf9400022, /* ldr x2, [x1] */
	0xf9000282, /* str x2, [x20] */
	0xd28000e2, /* mov x2, #7 */
	0xf9000022, /* str x2, [x1] */
	0xf9400023, /* ldr x3, [x1] */
	0xf9000283, /* str x3, [x20] */
	0xd2b08000, /* mov x0, #0x84000000 */
	0xf2800100, /* movk x0, #8 */
	0xd4000003, /* smc #0 */
	0x14000000, /* b . */
};

/* RSI_IPA_STATE_SET of a page to EMPTY: it is shared now. And back. */
static const uint32_t convert[] = {
	0xd2a12014, /* mov x20, #0x9000000 */
	0xf2c01014, /* movk x20, #0x80, lsl #32 */
	0xd2b88000, /* movz x0, #0xc400, lsl #16 */
	0xf28032e0, /* movk x0, #0x197 */
	0xd2a80201, /* mov x1, #0x40100000 */
	0x91400422, /* add x2, x1, #0x1000 */
	0xd2800003, /* mov x3, #0 */
	0xd2800024, /* mov x4, #1 */
	0xd4000003, /* smc #0 */
	0xf9000280, /* str x0, [x20] */
	0xd2a8020a, /* mov x10, #0x40100000 */
	0xf2c0100a, /* movk x10, #0x80, lsl #32 */
	0xf940014b, /* ldr x11, [x10] */
	0x9100056b, /* add x11, x11, #1 */
	0xf900014b, /* str x11, [x10] */
	0xf900068b, /* str x11, [x20, #8] */
	0xd2b88000, /* movz x0, #0xc400, lsl #16 */
	0xf28032e0, /* movk x0, #0x197 */
	0xd2a80201, /* mov x1, #0x40100000 */
	0x91400422, /* add x2, x1, #0x1000 */
	0xd2800023, /* mov x3, #1 */
	0xd2800024, /* mov x4, #1 */
	0xd4000003, /* smc #0 */
	0xf9000280, /* str x0, [x20] */
	0xd2a8020a, /* mov x10, #0x40100000 */
	0xf940014b, /* ldr x11, [x10] */
	0xf900068b, /* str x11, [x20, #8] */
	0xd2b08000, /* mov x0, #0x84000000 */
	0xf2800100, /* movk x0, #8 */
	0xd4000003, /* smc #0 */
	0x14000000, /* b . */
};

/* RSI_IPA_STATE_SET to RAM of a page that has no guest_memfd. */
static const uint32_t claim[] = {
	0xd2a12014, /* mov x20, #0x9000000 */
	0xf2c01014, /* movk x20, #0x80, lsl #32 */
	0xd2b88000, /* movz x0, #0xc400, lsl #16 */
	0xf28032e0, /* movk x0, #0x197 */
	0xd2aa0001, /* mov x1, #0x50000000 */
	0x91400422, /* add x2, x1, #0x1000 */
	0xd2800023, /* mov x3, #1 */
	0xd2800024, /* mov x4, #1 */
	0xd4000003, /* smc #0 */
	0xf9000282, /* str x2, [x20] */
	0xd2b08000, /* mov x0, #0x84000000 */
	0xf2800100, /* movk x0, #8 */
	0xd4000003, /* smc #0 */
	0x14000000, /* b . */
};

/* RSI_HOST_CALL, whose 256 bytes are on a page of their own. */
static const uint32_t ask[] = {
	0xd2a12014, /* mov x20, #0x9000000 */
	0xf2c01014, /* movk x20, #0x80, lsl #32 */
	0xd2a80001, /* mov x1, #0x40000000 */
	0x91404021, /* add x1, x1, #0x10, lsl #12 */
	0xd2b8a002, /* movz x2, #0xc500, lsl #16 */
	0xf9000422, /* str x2, [x1, #8] */
	0xd28000a2, /* mov x2, #5 */
	0xf9000822, /* str x2, [x1, #16] */
	0xd2b88000, /* movz x0, #0xc400, lsl #16 */
	0xf2803320, /* movk x0, #0x199 */
	0xd4000003, /* smc #0 */
	0xf9400422, /* ldr x2, [x1, #8] */
	0xf9000282, /* str x2, [x20] */
	0xd2b08000, /* mov x0, #0x84000000 */
	0xf2800100, /* movk x0, #8 */
	0xd4000003, /* smc #0 */
	0x14000000, /* b . */
};

/*
 * The virtual timer, in 1/64 s, as private interrupt 27: enabled in the
 * kernel's GIC, waited for without taking it.
 */
static const uint32_t nap[] = {
	0xd2a12014, /* mov x20, #0x9000000 */
	0xf2c01014, /* movk x20, #0x80, lsl #32 */
	0xd2a1000b, /* mov x11, #0x8000000 */
	0xf2c0100b, /* movk x11, #0x80, lsl #32 */
	0x52800240, /* mov w0, #0x12 */
	0xb9000160, /* str w0, [x11] */
	0xd2a1016c, /* mov x12, #0x80b0000 */
	0xf2c0100c, /* movk x12, #0x80, lsl #32 */
	0x52a10000, /* mov w0, #0x8000000 */
	0xb9008180, /* str w0, [x12, #0x80] */
	0xb9010180, /* str w0, [x12, #0x100] */
	0xd2801e00, /* mov x0, #0xf0 */
	0xd5184600, /* msr s3_0_c4_c6_0, x0 */
	0xd2800020, /* mov x0, #1 */
	0xd518cce0, /* msr s3_0_c12_c12_7, x0 */
	0xd5033fdf, /* isb */
	0xd53be040, /* mrs x0, cntvct_el0 */
	0xd53be001, /* mrs x1, cntfrq_el0 */
	0x8b411800, /* add x0, x0, x1, lsr #6 */
	0xd51be340, /* msr cntv_cval_el0, x0 */
	0xd2800020, /* mov x0, #1 */
	0xd51be320, /* msr cntv_ctl_el0, x0 */
	0xd5033fdf, /* isb */
	0xd503207f, /* 1: wfi */
	0xd538cc02, /* mrs x2, s3_0_c12_c12_0 */
	0x92405c42, /* and x2, x2, #0xffffff */
	0xf10ffc5f, /* cmp x2, #1023 */
	0x54ffff80, /* b.eq 1b */
	0xf9000282, /* str x2, [x20] */
	0xd2b08000, /* mov x0, #0x84000000 */
	0xf2800100, /* movk x0, #8 */
	0xd4000003, /* smc #0 */
	0x14000000, /* b . */
};

/* CPU_ON of vCPU 1, which stores x0, turns off and is seen to be off. */
static const uint32_t pair[] = {
	0xd2a12014, /* mov x20, #0x9000000 */
	0xf2c01014, /* movk x20, #0x80, lsl #32 */
	0xd53800a0, /* mrs x0, mpidr_el1 */
	0x92401c00, /* and x0, x0, #0xff */
	0xb5000200, /* cbnz x0, 2f */
	0xd2b88000, /* movz x0, #0xc400, lsl #16 */
	0xf2800060, /* movk x0, #3 */
	0xd2800021, /* mov x1, #1 */
	0xd2a80002, /* mov x2, #0x40000000 */
	0xd2800c63, /* mov x3, #99 */
	0xd4000003, /* smc #0 */
	0xf9000280, /* str x0, [x20] */
	0xd2b88000, /* 1: movz x0, #0xc400, lsl #16 */
	0xf2800080, /* movk x0, #4 */
	0xd2800021, /* mov x1, #1 */
	0xd2800002, /* mov x2, #0 */
	0xd4000003, /* smc #0 */
	0xf100041f, /* cmp x0, #1 */
	0x54ffff41, /* b.ne 1b */
	0x14000006, /* b 3f */
	0xd2800c61, /* 2: mov x1, #99 */
	0xf9000681, /* str x1, [x20, #8] */
	0xd2b08000, /* mov x0, #0x84000000 */
	0xf2800040, /* movk x0, #2 */
	0xd4000003, /* smc #0 */
	0xd2b08000, /* mov x0, #0x84000000 */
	0xf2800100, /* movk x0, #8 */
	0xd4000003, /* smc #0 */
	0x14000000, /* b . */
};

#define start_guest(realm, guest)					\
	realm_start_guest(realm, guest, sizeof(guest))

static bool realm_start_guest(struct realm *realm, const uint32_t *code,
			      size_t size)
{
	realm_start(realm);
	memcpy(realm->source, code, size);
	return realm_add_ram(realm) &&
	       is("populate", 0, populate_pages(realm, RAM_BASE, PAGE));
}

/* The next exit is an access to the device. */
static bool accessed(struct realm *realm, bool write, uint64_t offset)
{
	const struct kvm_run *run = realm->run;

	return is("run", 0, call_nr(realm->vcpu, KVM_RUN, 0)) &&
	       is("exit", KVM_EXIT_MMIO, run->exit_reason) &&
	       is("store", write, run->mmio.is_write) &&
	       is("length", 8, run->mmio.len) &&
	       is("offset", offset, run->mmio.phys_addr - DEVICE);
}

static bool stored(struct realm *realm, uint64_t offset, uint64_t value)
{
	uint64_t data;

	if (!accessed(realm, true, offset))
		return false;
	memcpy(&data, realm->run->mmio.data, sizeof(data));
	return data == value || is("low half of the value", value, data);
}

static bool turned_off(struct realm *realm)
{
	return is("run", 0, call_nr(realm->vcpu, KVM_RUN, 0)) &&
	       is("exit", KVM_EXIT_SYSTEM_EVENT, realm->run->exit_reason) &&
	       is("event", KVM_SYSTEM_EVENT_SHUTDOWN,
		  realm->run->system_event.type);
}

static bool device_of_user_space_is_stored_to_and_loaded_from(void)
{
	const uint64_t value = VALUE;
	struct realm realm;
	bool good = start_guest(&realm, devices) && start_vcpu(&realm) &&
		    stored(&realm, 0, 42) && accessed(&realm, false, 8);

	if (good)
		memcpy(realm.run->mmio.data, &value, sizeof(value));
	return end_guest(&realm, good && stored(&realm, 16, VALUE) &&
			 turned_off(&realm));
}

static bool access_aborts_instead_of_being_emulated(void)
{
	struct kvm_vcpu_events abort = { .exception.ext_dabt_pending = 1 };
	struct realm realm;
	bool good = start_guest(&realm, devices) && start_vcpu(&realm) &&
		    stored(&realm, 0, 42);

	good = good && is("abort", 0, call(realm.vcpu, KVM_SET_VCPU_EVENTS,
					   &abort)) &&
	       is("once", -EINVAL, call(realm.vcpu, KVM_SET_VCPU_EVENTS,
					&abort));
	return end_guest(&realm, good);
}

static bool private_memory_is_there_when_it_is_needed(void)
{
	struct realm realm;

	return end_guest(&realm, start_guest(&realm, touch) &&
			 start_vcpu(&realm) && stored(&realm, 0, 0) &&
			 stored(&realm, 0, 7) && turned_off(&realm));
}

/* Runs into an exit that asks for a page to be converted, and does that. */
static bool converted(struct realm *realm, bool private)
{
	const struct kvm_run *run = realm->run;

	return is("run", -EFAULT, call_nr(realm->vcpu, KVM_RUN, 0)) &&
	       is("exit", KVM_EXIT_MEMORY_FAULT, run->exit_reason) &&
	       is("flags", private ? KVM_MEMORY_EXIT_FLAG_PRIVATE : 0,
		  run->memory_fault.flags) &&
	       is("size", PAGE, run->memory_fault.size) &&
	       is("address", CONVERTED, run->memory_fault.gpa) &&
	       is("convert", 0, set_private(realm, CONVERTED, PAGE, private));
}

static bool page_is_shared_and_private_again(void)
{
	struct realm realm;
	uint64_t *word;
	bool good = start_guest(&realm, convert) && start_vcpu(&realm) &&
		    converted(&realm, false) && stored(&realm, 0, 0);

	word = realm.shared + (CONVERTED - RAM_BASE);
	*word = 1000;
	good = good && stored(&realm, 8, 1001) && is("seen", 1001, *word) &&
	       converted(&realm, true) && stored(&realm, 0, 0) &&
	       stored(&realm, 8, 0) && is("still there", 1001, *word) &&
	       turned_off(&realm);
	return end_guest(&realm, good);
}

/* What the VMM unmaps is gone for the realm, and what it maps then is seen. */
static bool shared_memory_follows_the_vmm(void)
{
	struct realm realm;
	uint64_t *word;
	bool good = start_guest(&realm, convert) && start_vcpu(&realm) &&
		    converted(&realm, false) && stored(&realm, 0, 0);

	word = realm.shared + (CONVERTED - RAM_BASE);
	*word = 5;
	good = good && stored(&realm, 8, 6);
	good = good && is("discard", 0, madvise(word, PAGE, MADV_DONTNEED)) &&
	       is("discarded", 0, *word) && converted(&realm, true);
	return end_guest(&realm, good);
}

/* Whatever the VMM says: it could be freed under the realm. */
static bool memory_without_guest_memfd_stays_the_hosts(void)
{
	struct kvm_userspace_memory_region2 plain = {
		.slot = 1,
		.guest_phys_addr = PLAIN,
		.memory_size = PAGE,
	};
	struct realm realm;
	bool good = start_guest(&realm, claim) && start_vcpu(&realm);

	plain.userspace_addr = (uintptr_t)realm.shared;
	good = good && is("slot", 0, call(realm.vm, KVM_SET_USER_MEMORY_REGION2,
					  &plain)) &&
	       is("private", 0, set_private(&realm, PLAIN, PAGE, true)) &&
	       is("run", -EFAULT, call_nr(realm.vcpu, KVM_RUN, 0)) &&
	       stored(&realm, 0, 1) && turned_off(&realm);
	return end_guest(&realm, good);
}

static bool host_call_is_answered(void)
{
	struct kvm_smccc_filter filter = {
		.base = FUNCTION,
		.nr_functions = 1,
		.action = KVM_SMCCC_FILTER_FWD_TO_USER,
	};
	struct kvm_device_attr attr = {
		.group = KVM_ARM_VM_SMCCC_CTRL,
		.attr = KVM_ARM_VM_SMCCC_FILTER,
		.addr = (uintptr_t)&filter,
	};
	uint64_t x1 = 0;
	struct realm realm;
	bool good = start_guest(&realm, ask);

	good = good && is("filter", 0, call(realm.vm, KVM_SET_DEVICE_ATTR,
					    &attr)) && start_vcpu(&realm) &&
	       is("run", 0, call_nr(realm.vcpu, KVM_RUN, 0)) &&
	       is("exit", KVM_EXIT_HYPERCALL, realm.run->exit_reason) &&
	       is("function", 1, realm.run->hypercall.nr == FUNCTION) &&
	       is("x1", 0, get_reg(&realm, CORE_REG(regs.regs[1]), &x1)) &&
	       is("argument", 5, x1) &&
	       is("x0", 0, set_reg(&realm, CORE_REG(regs.regs[0]), x1 + 1)) &&
	       stored(&realm, 0, 6) && turned_off(&realm);
	return end_guest(&realm, good);
}

static bool host_call_that_nobody_wants_is_not_supported(void)
{
	struct realm realm;

	return end_guest(&realm, start_guest(&realm, ask) &&
			 start_vcpu(&realm) && stored(&realm, 0, -1) &&
			 turned_off(&realm));
}

static int set_gic(int gic, unsigned int group, uint64_t attr, uint64_t value)
{
	struct kvm_device_attr set = {
		.group = group,
		.attr = attr,
		.addr = (uintptr_t)&value,
	};

	return call(gic, KVM_SET_DEVICE_ATTR, &set);
}

static bool timer_ends_a_wait(void)
{
	struct kvm_create_device gic = { .type = KVM_DEV_TYPE_ARM_VGIC_V3 };
	const unsigned int addr = KVM_DEV_ARM_VGIC_GRP_ADDR;
	struct realm realm;
	bool good = start_guest(&realm, nap);

	good = good && is("GIC", 0, call(realm.vm, KVM_CREATE_DEVICE, &gic)) &&
	       is("distributor", 0, set_gic(gic.fd, addr,
					    KVM_VGIC_V3_ADDR_TYPE_DIST,
					    GICD)) &&
	       is("redistributor", 0, set_gic(gic.fd, addr,
					      KVM_VGIC_V3_ADDR_TYPE_REDIST,
					      GICR)) &&
	       start_vcpu(&realm) &&
	       is("GIC init", 0, set_gic(gic.fd, KVM_DEV_ARM_VGIC_GRP_CTRL,
					 KVM_DEV_ARM_VGIC_CTRL_INIT, 0)) &&
	       stored(&realm, 0, 27) && turned_off(&realm);
	if (gic.fd > 0)
		close(gic.fd);
	return end_guest(&realm, good);
}

/* ---- Two vCPUs ----------------------------------------------------------- */

static struct kvm_run *second_run;

static void leave_kvm(int signal)
{
	second_run->immediate_exit = 1;
}

static void *run_second(void *vcpu)
{
	call_nr(*(int *)vcpu, KVM_RUN, 0);
	return NULL;
}

static bool add_second(struct realm *realm, struct realm *second)
{
	struct kvm_vcpu_init init = { 0 };

	*second = *realm;
	second->vcpu = call_nr(realm->vm, KVM_CREATE_VCPU, 1);
	if (second->vcpu < 0 ||
	    call(realm->vm, KVM_ARM_PREFERRED_TARGET, &init))
		return is("second vCPU", 0, second->vcpu);
	init.features[0] = 1 << KVM_ARM_VCPU_PSCI_0_2 |
			   1 << KVM_ARM_VCPU_POWER_OFF;
	second->run = mmap(NULL, realm->run_size, PROT_READ | PROT_WRITE,
			   MAP_SHARED, second->vcpu, 0);
	return second->run != MAP_FAILED &&
	       is("second init", 0, call(second->vcpu, KVM_ARM_VCPU_INIT,
					 &init));
}

/* Waits in KVM_RUN until it is on, and leaves it when it stores. */
static bool vcpu_turns_another_on_and_sees_it_off(void)
{
	struct realm realm, second;
	struct sigaction action = { .sa_handler = leave_kvm };
	pthread_t thread;
	bool good = start_guest(&realm, pair) && start_vcpu(&realm) &&
		    add_second(&realm, &second);

	if (!good)
		return end_guest(&realm, good);
	second_run = second.run;
	sigaction(SIGUSR1, &action, NULL);
	pthread_create(&thread, NULL, run_second, &second.vcpu);
	good = stored(&realm, 0, 0);
	pthread_join(thread, NULL);
	good = good && is("exit", KVM_EXIT_MMIO, second.run->exit_reason) &&
	       is("offset", 8, second.run->mmio.phys_addr - DEVICE) &&
	       is("value", 99, second.run->mmio.data[0]);
	/* It finishes its store and turns off, and waits in KVM_RUN. */
	second.run->exit_reason = 0;
	pthread_create(&thread, NULL, run_second, &second.vcpu);
	good = good && turned_off(&realm);
	pthread_kill(thread, SIGUSR1);
	pthread_join(thread, NULL);
	close(second.vcpu);
	munmap(second.run, realm.run_size);
	return end_guest(&realm, good);
}

static const struct realm_test tests[] = {
	TEST(device_of_user_space_is_stored_to_and_loaded_from),
	TEST(access_aborts_instead_of_being_emulated),
	TEST(private_memory_is_there_when_it_is_needed),
	TEST(page_is_shared_and_private_again),
	TEST(shared_memory_follows_the_vmm),
	TEST(memory_without_guest_memfd_stays_the_hosts),
	TEST(host_call_is_answered),
	TEST(host_call_that_nobody_wants_is_not_supported),
	TEST(timer_ends_a_wait),
	TEST(vcpu_turns_another_on_and_sees_it_off),
};

int main(void)
{
	return run_tests(tests, ARRAY_SIZE(tests));
}
