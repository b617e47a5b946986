/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the fuzzer has: a few VMs, vCPUs, guest_memfds and the memory behind
 * them, and the steps that make realms and run them. All threads of a run share
 * what there is, without any order.
 */
#ifndef SELFTEST_KVM_ARM64_RMI_FUZZ_VM_H
#define SELFTEST_KVM_ARM64_RMI_FUZZ_VM_H

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <time.h>

#include "rmi_fuzz_guest.h"

/* What VMs share, at a place of its own. */
#define ARENA 0x100000000000ULL
#define ARENA_SIZE (4 * RAM_SIZE)

struct fuzz_vcpu {
	int fd;
	int vm;
	struct kvm_run *run;
};

/* -1: none */
static int vms[3];
static int gmems[6];
static struct fuzz_vcpu vcpus[8];
static int others[8];
static size_t run_size;

/* What went well, in all runs together. */
enum fuzz_count {
	COUNT_STEPS, COUNT_REALMS, COUNT_POPULATED, COUNT_RUNS, COUNT_EXITS,
	COUNT_MMIO, COUNT_FAULTS, COUNT_CALLS, COUNT_EVENTS, COUNT_FAILED,
	NR_COUNTS
};

static uint64_t *counts;

static inline void count(enum fuzz_count what)
{
	__atomic_fetch_add(&counts[what], 1, __ATOMIC_RELAXED);
}

struct fuzz_thread {
	struct rng rng;
	pthread_t id;
	pid_t tid;
	timer_t timer;
	sigjmp_buf fault;
};

static struct fuzz_thread threads[4];
static unsigned int nr_threads;
static __thread struct fuzz_thread *self;

/* ---- Pieces -------------------------------------------------------------- */

static inline int any_vm(struct rng *rng)
{
	return PICK(rng, vms);
}

static inline int any_fd(struct rng *rng)
{
	switch (below(rng, 4)) {
	case 0:
		return PICK(rng, vms);
	case 1:
		return PICK(rng, gmems);
	case 2:
		return PICK(rng, vcpus).fd;
	default:
		return PICK(rng, others);
	}
}

/* In the arena; or nowhere, or in a vCPU's run page. */
static inline uint64_t any_address(struct rng *rng)
{
	switch (below(rng, 24)) {
	case 0:
		return (uintptr_t)PICK(rng, vcpus).run;
	case 1:
		return one_in(rng, 2) ? 0 : -PAGE;
	case 2:
		return ARENA + below(rng, ARENA_SIZE);
	default:
		return ARENA + PAGE * below(rng, ARENA_SIZE / PAGE);
	}
}

static inline void put_fd(struct rng *rng, int *table, unsigned int n, int fd)
{
	int *slot = &table[below(rng, n)];

	if (fd < 0)
		return;
	if (*slot >= 0)
		close(*slot);
	*slot = fd;
}

#define PUT_FD(rng, table, fd) put_fd(rng, table, ARRAY_SIZE(table), fd)

static inline int fuzz_slot(int vm, unsigned int slot, uint64_t flags,
			    uint64_t gpa, uint64_t size, uint64_t address,
			    int gmem, uint64_t offset)
{
	struct kvm_userspace_memory_region2 region = {
		.slot = slot,
		.flags = flags,
		.guest_phys_addr = gpa,
		.memory_size = size,
		.userspace_addr = address,
		.guest_memfd = gmem,
		.guest_memfd_offset = offset,
	};

	return call(vm, KVM_SET_USER_MEMORY_REGION2, &region);
}

/* KVM goes through them page by page, and no signal ends that: not too many. */
static inline int fuzz_attributes(int vm, uint64_t gpa, uint64_t size,
				  uint64_t attributes)
{
	struct kvm_memory_attributes set = {
		.address = gpa,
		.size = size > 1ULL << 30 ? PAGE : size,
		.attributes = attributes,
	};

	return call(vm, KVM_SET_MEMORY_ATTRIBUTES, &set);
}

static inline int fuzz_populate(int vm, uint64_t gpa, uint64_t size,
				uint64_t address, unsigned int flags)
{
	struct kvm_arm_rmi_populate args = {
		.base = gpa,
		.size = size,
		.source_uaddr = address,
		.flags = flags,
	};
	int ret;

	do {
		ret = call(vm, KVM_ARM_RMI_POPULATE, &args);
	} while (!ret && args.size);
	if (!ret && size)
		count(COUNT_POPULATED);
	return ret;
}

static inline int fuzz_attr(int fd, unsigned int group, uint64_t attr,
			    const void *value)
{
	struct kvm_device_attr set = {
		.group = group,
		.attr = attr,
		.addr = (uintptr_t)value,
	};

	return call(fd, KVM_SET_DEVICE_ATTR, &set);
}

static inline int fuzz_init_vcpu(int vcpu, unsigned int features)
{
	struct kvm_vcpu_init init = { .target = KVM_ARM_TARGET_GENERIC_V8 };

	init.features[0] = features;
	return call(vcpu, KVM_ARM_VCPU_INIT, &init);
}

static inline int fuzz_set_reg(int vcpu, uint64_t id, uint64_t value)
{
	struct kvm_one_reg reg = { id, (uintptr_t)&value };

	return call(vcpu, KVM_SET_ONE_REG, &reg);
}

static inline struct fuzz_vcpu *fuzz_add_vcpu(struct rng *rng, int vm,
					      unsigned int id)
{
	struct fuzz_vcpu *vcpu = &PICK(rng, vcpus);
	int fd = call_nr(vm, KVM_CREATE_VCPU, id);
	void *run;

	if (fd < 0)
		return NULL;
	if (vcpu->fd >= 0)
		close(vcpu->fd);
	run = mmap(NULL, run_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (vcpu->run)
		munmap(vcpu->run, run_size);
	vcpu->run = run == MAP_FAILED ? NULL : run;
	vcpu->fd = fd;
	vcpu->vm = vm;
	return vcpu;
}

/* ---- vCPUs --------------------------------------------------------------- */

static void set_timer(long ns)
{
	struct itimerspec spec = {
		.it_value.tv_nsec = ns,
		.it_interval.tv_nsec = ns,
	};

	timer_settime(self->timer, 0, &spec, NULL);
}

/* False if that has been asked before: the realm has lost that memory. */
static bool answer_fault(struct rng *rng, int vm, struct kvm_run *run)
{
	static __thread uint64_t last;
	uint64_t gpa = run->memory_fault.gpa;
	bool again = gpa == last;

	last = gpa;
	count(COUNT_FAULTS);
	if (!one_in(rng, 8))
		fuzz_attributes(vm, gpa, run->memory_fault.size,
				run->memory_fault.flags &
				KVM_MEMORY_EXIT_FLAG_PRIVATE ?
				KVM_MEMORY_ATTRIBUTE_PRIVATE : 0);
	return !again;
}

static bool answer_exit(struct rng *rng, int vm, struct kvm_run *run, int ret)
{
	if (ret == -EFAULT && run->exit_reason == KVM_EXIT_MEMORY_FAULT)
		return answer_fault(rng, vm, run);
	if (ret)
		return false;
	count(run->exit_reason == KVM_EXIT_MMIO ? COUNT_MMIO :
	      run->exit_reason == KVM_EXIT_HYPERCALL ? COUNT_CALLS :
	      COUNT_EVENTS);
	return run->exit_reason == KVM_EXIT_MMIO ||
	       run->exit_reason == KVM_EXIT_HYPERCALL || one_in(rng, 2);
}

/* Until it has run for some time, by this thread's timer. */
static void run_vcpu(struct rng *rng, const struct fuzz_vcpu *vcpu)
{
	int ret, vm = one_in(rng, 8) ? any_vm(rng) : vcpu->vm;
	unsigned int rounds = 1 + below(rng, 40);
	struct kvm_run *run = vcpu->run;

	if (!run)
		return;
	count(COUNT_RUNS);
	run->immediate_exit = one_in(rng, 16);
	set_timer(1000000 << below(rng, 8));
	do {
		ret = call_nr(vcpu->fd, KVM_RUN, 0);
		if (!ret || ret == -EFAULT)
			count(COUNT_EXITS);
	} while (answer_exit(rng, vm, run, ret) && --rounds);
	set_timer(0);
}

static void step_run(struct rng *rng)
{
	run_vcpu(rng, &PICK(rng, vcpus));
}

static void step_add_vcpu(struct rng *rng)
{
	fuzz_add_vcpu(rng, any_vm(rng), one_in(rng, 8) ? rng_next(rng) :
		      below(rng, 4));
}

static void step_init_vcpu(struct rng *rng)
{
	fuzz_init_vcpu(PICK(rng, vcpus).fd, one_in(rng, 4) ? below(rng, 2048) :
		       1 << KVM_ARM_VCPU_PSCI_0_2 | below(rng, 2));
}

static void step_register(struct rng *rng)
{
	static const uint64_t ids[] = {
		CORE_REG(regs.pc), CORE_REG(regs.regs[0]),
		CORE_REG(regs.regs[30]), CORE_REG(regs.sp), DFR0,
		ARM64_SYS_REG(3, 0, 0, 4, 0), ARM64_SYS_REG(3, 3, 14, 3, 2),
		KVM_REG_ARM_PSCI_VERSION, KVM_REG_ARM_STD_BMAP,
	};
	int vcpu = PICK(rng, vcpus).fd;
	uint64_t value = one_in(rng, 2) ? RAM_BASE : rng_next(rng);
	struct kvm_one_reg reg = {
		.id = one_in(rng, 4) ? KVM_REG_ARM64 | KVM_REG_SIZE_U64 |
		      (rng_next(rng) & 0x1fffff) : PICK(rng, ids),
		.addr = one_in(rng, 16) ? any_address(rng) : (uintptr_t)&value,
	};

	if (one_in(rng, 2))
		call(vcpu, KVM_GET_ONE_REG, &reg);
	if (one_in(rng, 2))
		call(vcpu, KVM_SET_ONE_REG, &reg);
}

static void step_events(struct rng *rng)
{
	struct kvm_vcpu_events events = {
		.exception.serror_pending = one_in(rng, 4),
		.exception.ext_dabt_pending = one_in(rng, 2),
	};

	call(PICK(rng, vcpus).fd, KVM_SET_VCPU_EVENTS, &events);
}

static void step_pre_fault(struct rng *rng)
{
	struct kvm_pre_fault_memory range = {
		.gpa = any_gpa(rng),
		.size = any_size(rng),
	};

	call(PICK(rng, vcpus).fd, KVM_PRE_FAULT_MEMORY, &range);
}

/* ---- A realm that can run, but for what is left out ---------------------- */

static void build_gic(struct rng *rng, int vm, bool init)
{
	struct kvm_create_device v3 = { .type = KVM_DEV_TYPE_ARM_VGIC_V3 };
	uint64_t dist = 0x8000000, redist = 0x80a0000;

	if (call(vm, KVM_CREATE_DEVICE, &v3))
		return;
	fuzz_attr(v3.fd, KVM_DEV_ARM_VGIC_GRP_ADDR, KVM_VGIC_V3_ADDR_TYPE_DIST,
		  &dist);
	fuzz_attr(v3.fd, KVM_DEV_ARM_VGIC_GRP_ADDR,
		  KVM_VGIC_V3_ADDR_TYPE_REDIST, &redist);
	if (init)
		fuzz_attr(v3.fd, KVM_DEV_ARM_VGIC_GRP_CTRL,
			  KVM_DEV_ARM_VGIC_CTRL_INIT, NULL);
	PUT_FD(rng, others, v3.fd);
}

static void build_memory(struct rng *rng, int vm)
{
	struct kvm_create_guest_memfd create = { .size = RAM_SIZE };
	static __thread uint32_t code[GUEST_WORDS] __aligned(PAGE);
	int gmem = call(vm, KVM_CREATE_GUEST_MEMFD, &create);

	make_guest(rng, code);
	if (!one_in(rng, 16))
		fuzz_slot(vm, 0, KVM_MEM_GUEST_MEMFD, RAM_BASE, RAM_SIZE,
			  ARENA + RAM_SIZE * below(rng, 3), gmem, 0);
	if (!one_in(rng, 16))
		fuzz_attributes(vm, RAM_BASE, RAM_SIZE,
				KVM_MEMORY_ATTRIBUTE_PRIVATE);
	if (one_in(rng, 4))
		fuzz_attributes(vm, any_gpa(rng), any_size(rng), 0);
	fuzz_populate(vm, RAM_BASE, GUEST_CODE_SIZE, (uintptr_t)code,
		      below(rng, 2));
	PUT_FD(rng, gmems, gmem);
}

/* Host calls, and what of PSCI it may be. */
static int set_filter(struct rng *rng, int vm)
{
	struct kvm_smccc_filter filter = {
		.base = one_in(rng, 4) ? 0x84000000 + below(rng, 8) :
			0xc5000000,
		.nr_functions = 1 + below(rng, 16),
		.action = one_in(rng, 4) ? below(rng, 4) :
			  KVM_SMCCC_FILTER_FWD_TO_USER,
	};

	return fuzz_attr(vm, KVM_ARM_VM_SMCCC_CTRL, KVM_ARM_VM_SMCCC_FILTER,
			 &filter);
}

static void step_build(struct rng *rng)
{
	int vm = create_vm(KVM_VM_TYPE_ARM_REALM | IPA_BITS);
	unsigned int i, nr = 1 + below(rng, 3);
	bool gic = !one_in(rng, 8), late = one_in(rng, 2);
	struct fuzz_vcpu *first = NULL;

	if (vm < 0)
		return;
	count(COUNT_REALMS);
	set_filter(rng, vm);
	if (!late)
		build_memory(rng, vm);
	for (i = 0; i < nr; i++) {
		struct fuzz_vcpu *vcpu = fuzz_add_vcpu(rng, vm, i);

		if (!vcpu)
			continue;
		first = first ? first : vcpu;
		if (!one_in(rng, 32))
			fuzz_init_vcpu(vcpu->fd, 1 << KVM_ARM_VCPU_PSCI_0_2 |
				       one_in(rng, 4));
		fuzz_set_reg(vcpu->fd, CORE_REG(regs.pc), RAM_BASE);
	}
	if (late)
		build_memory(rng, vm);
	if (gic)
		build_gic(rng, vm, !one_in(rng, 8));
	PUT_FD(rng, vms, vm);
	if (first && !one_in(rng, 3))
		run_vcpu(rng, first);
}

#endif
