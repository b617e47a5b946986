// SPDX-License-Identifier: BSD-3-Clause
/*
 * The life of a realm under a VMM to which anything may fail.
 */
#include "tests/faults/life.h"

#include <string.h>

#include <asm/page.h>
#include <linux/errno.h>
#include <linux/kernel.h>

#include "sim/kvm/sim_kvm.h"
#include "tests/faults/record.h"

#define EXITS_MAX 100 /* of one life: many more than any has */
#define AGAIN_MAX 2 /* so often -EAGAIN is taken at its word */
#define HOST_CALL_ANSWER 0x1234u

static bool refuse(struct life *life, long error)
{
	life->error = error;
	return false;
}

static long call(int fd, unsigned long request, void *arg)
{
	record_request();
	return sim_kvm_ioctl(fd, request, (unsigned long)arg);
}

/* An ioctl that answers 0. */
static bool ask(struct life *life, int fd, unsigned long request, void *arg)
{
	long ret = call(fd, request, arg);

	return ret ? refuse(life, ret) : true;
}

/* One that answers with a descriptor. */
static bool open_by(struct life *life, int fd, unsigned long request,
		    unsigned long arg, int *result)
{
	long ret = sim_kvm_ioctl(fd, request, arg);

	if (ret < 0)
		return refuse(life, ret);
	*result = ret;
	return true;
}

void life_init(struct life *life)
{
	*life = (struct life) {
		.sys = -1, .vm = -1, .gmem = -1, .block_gmem = -1,
		.vcpu = { -1, -1 },
	};
}

bool life_open_vm(struct life *life)
{
	life->sys = sim_kvm_open();
	if (life->sys < 0)
		return refuse(life, life->sys);
	return open_by(life, life->sys, KVM_CREATE_VM, KVM_VM_TYPE_ARM_REALM,
		       &life->vm);
}

static bool set_attributes(struct life *life, u64 gpa, u64 size, u64 attributes)
{
	struct kvm_memory_attributes set = {
		.address = gpa,
		.size = size,
		.attributes = attributes,
	};

	return ask(life, life->vm, KVM_SET_MEMORY_ATTRIBUTES, &set);
}

bool life_share(struct life *life, u64 gpa, u64 size)
{
	return set_attributes(life, gpa, size, 0);
}

bool life_unshare(struct life *life, u64 gpa, u64 size)
{
	return set_attributes(life, gpa, size, KVM_MEMORY_ATTRIBUTE_PRIVATE);
}

static bool add_slot(struct life *life, unsigned int slot, int gmem, u64 gpa,
		     u64 size, void *shared)
{
	struct kvm_userspace_memory_region2 region = {
		.slot = slot,
		.flags = KVM_MEM_GUEST_MEMFD,
		.guest_phys_addr = gpa,
		.memory_size = size,
		.userspace_addr = (uintptr_t)shared,
		.guest_memfd = gmem,
	};

	return ask(life, life->vm, KVM_SET_USER_MEMORY_REGION2, &region) &&
	       life_unshare(life, gpa, size);
}

bool life_add_memory(struct life *life)
{
	struct kvm_create_guest_memfd create = { .size = RAM_SIZE };

	life->ram = sim_kvm_mmap(-1, RAM_SIZE);
	if (!life->ram)
		return refuse(life, -ENOMEM);
	return open_by(life, life->vm, KVM_CREATE_GUEST_MEMFD,
		       (unsigned long)&create, &life->gmem) &&
	       add_slot(life, 0, life->gmem, RAM_BASE, RAM_SIZE, life->ram);
}

bool life_add_block(struct life *life)
{
	struct kvm_create_guest_memfd create = {
		.size = BLOCK_SIZE,
		.flags = KVM_GUEST_MEMFD_BLOCKS,
	};

	return open_by(life, life->vm, KVM_CREATE_GUEST_MEMFD,
		       (unsigned long)&create, &life->block_gmem) &&
	       add_slot(life, 1, life->block_gmem, BLOCK_BASE, BLOCK_SIZE,
			NULL);
}

static bool add_vcpu(struct life *life, unsigned int n)
{
	struct kvm_vcpu_init init = {
		.target = KVM_ARM_TARGET_GENERIC_V8,
		.features[0] = 1u << KVM_ARM_VCPU_PSCI_0_2,
	};

	if (n)
		init.features[0] |= 1u << KVM_ARM_VCPU_POWER_OFF;
	return open_by(life, life->vm, KVM_CREATE_VCPU, n, &life->vcpu[n]) &&
	       ask(life, life->vcpu[n], KVM_ARM_VCPU_INIT, &init);
}

bool life_add_vcpus(struct life *life)
{
	unsigned int n;

	for (n = 0; n < LIFE_CPUS; n++) {
		if (!add_vcpu(life, n))
			return false;
	}
	life->run = sim_kvm_mmap(life->vcpu[0], PAGE_SIZE);
	return true;
}

static bool forward_host_calls(struct life *life)
{
	struct kvm_smccc_filter filter = {
		.base = HOST_CALL,
		.nr_functions = 1,
		.action = KVM_SMCCC_FILTER_FWD_TO_USER,
	};
	struct kvm_device_attr attr = {
		.group = KVM_ARM_VM_SMCCC_CTRL,
		.attr = KVM_ARM_VM_SMCCC_FILTER,
		.addr = (uintptr_t)&filter,
	};

	return ask(life, life->vm, KVM_SET_DEVICE_ATTR, &attr);
}

static bool populate(struct life *life, u64 base, u64 size, const u8 *source,
		     u32 flags)
{
	struct kvm_arm_rmi_populate what = {
		.base = base,
		.size = size,
		.source_uaddr = (uintptr_t)source,
		.flags = flags,
	};

	while (what.size) {
		if (!ask(life, life->vm, KVM_ARM_RMI_POPULATE, &what))
			return false;
	}
	return true;
}

bool life_fill_block(struct life *life)
{
	u8 *source = sim_kvm_mmap(-1, BLOCK_SIZE);
	bool filled;

	if (!source)
		return refuse(life, -ENOMEM);
	filled = populate(life, BLOCK_BASE, BLOCK_SIZE, source, 0);
	sim_kvm_munmap(source, BLOCK_SIZE);
	return filled;
}

bool life_load(struct life *life, const struct program *program)
{
	u64 pc = RAM_BASE;
	struct kvm_one_reg reg = { KVM_REG_ARM64_CORE_PC, (uintptr_t)&pc };

	program_place(program, life->ram);
	return populate(life, RAM_BASE, PROGRAM_PAGES * PAGE_SIZE, life->ram,
			KVM_ARM_RMI_POPULATE_FLAGS_MEASURE) &&
	       forward_host_calls(life) &&
	       ask(life, life->vcpu[0], KVM_SET_ONE_REG, &reg);
}

bool life_activate(struct life *life)
{
	long ret;

	life->run->immediate_exit = 1;
	ret = call(life->vcpu[0], KVM_RUN, NULL);
	life->run->immediate_exit = 0;
	return ret == -EINTR ? true : refuse(life, ret);
}

bool life_pre_fault(struct life *life, u64 gpa, u64 size)
{
	struct kvm_pre_fault_memory range = { .gpa = gpa, .size = size };

	while (range.size) {
		if (!ask(life, life->vcpu[0], KVM_PRE_FAULT_MEMORY, &range))
			return false;
	}
	return true;
}

bool life_remove_memory(struct life *life)
{
	struct kvm_userspace_memory_region2 region = {
		.guest_phys_addr = RAM_BASE,
	};

	return ask(life, life->vm, KVM_SET_USER_MEMORY_REGION2, &region);
}

static bool do_memory_fault(struct life *life)
{
	const struct kvm_run *run = life->run;
	bool private = run->memory_fault.flags & KVM_MEMORY_EXIT_FLAG_PRIVATE;

	return set_attributes(life, run->memory_fault.gpa,
			      run->memory_fault.size,
			      private ? KVM_MEMORY_ATTRIBUTE_PRIVATE : 0);
}

static bool answer_host_call(struct life *life)
{
	u64 value = HOST_CALL_ANSWER;
	struct kvm_one_reg reg = { KVM_REG_ARM64_CORE_X(0), (uintptr_t)&value };

	return ask(life, life->vcpu[0], KVM_SET_ONE_REG, &reg);
}

/* True if the mark was stored. */
static bool is_mark(const struct life *life, u64 mark)
{
	const struct kvm_run *run = life->run;
	u64 value;

	memcpy(&value, run->mmio.data, sizeof(value));
	return run->exit_reason == KVM_EXIT_MMIO && run->mmio.is_write &&
	       value == mark;
}

/* Does what an exit asks for; false if it is an end. */
static bool serve(struct life *life, long ret)
{
	struct kvm_run *run = life->run;

	if (ret == -EAGAIN && life->again++ < AGAIN_MAX)
		return true;
	if (ret == -EFAULT && run->exit_reason == KVM_EXIT_MEMORY_FAULT)
		return do_memory_fault(life); /* or what it failed with */
	if (ret)
		return refuse(life, ret);
	if (run->exit_reason == KVM_EXIT_MMIO)
		return true;
	if (run->exit_reason == KVM_EXIT_HYPERCALL)
		return answer_host_call(life);
	life->told = run->exit_reason == KVM_EXIT_INTERNAL_ERROR ||
		     run->exit_reason == KVM_EXIT_SHUTDOWN;
	return false;
}

bool life_run_to(struct life *life, u64 mark)
{
	long ret;

	do {
		if (life->exits++ == EXITS_MAX)
			return refuse(life, -EAGAIN);
		life->run->exit_reason = KVM_EXIT_UNKNOWN;
		ret = call(life->vcpu[0], KVM_RUN, NULL);
		if (!ret && mark != LIFE_TO_OFF && is_mark(life, mark))
			return true;
	} while (serve(life, ret));

	if (!ret && mark == LIFE_TO_OFF &&
	    life->run->exit_reason == KVM_EXIT_SYSTEM_EVENT)
		return true;
	return life->error ? false : refuse(life, -EIO);
}

static void close_one(int *fd)
{
	if (*fd >= 0)
		sim_kvm_close(*fd);
	*fd = -1;
}

static void close_vcpus(struct life *life)
{
	unsigned int n;

	for (n = 0; n < LIFE_CPUS; n++)
		close_one(&life->vcpu[n]);
}

void life_close(struct life *life)
{
	if (life->end == LIFE_IS_KILLED)
		close_one(&life->vm);
	else
		close_vcpus(life);
	close_one(&life->gmem);
	close_one(&life->block_gmem);
	close_vcpus(life);
	close_one(&life->vm);
	close_one(&life->sys);
	if (life->ram)
		sim_kvm_munmap(life->ram, RAM_SIZE);
	life->ram = NULL;
}
