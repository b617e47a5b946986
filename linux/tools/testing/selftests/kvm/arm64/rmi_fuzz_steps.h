/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Steps of the fuzzer: each does one thing to what there is, in whatever state
 * that may be.
 */
#ifndef SELFTEST_KVM_ARM64_RMI_FUZZ_STEPS_H
#define SELFTEST_KVM_ARM64_RMI_FUZZ_STEPS_H

#include <dirent.h>
#include <sys/prctl.h>

#include "rmi_fuzz_vm.h"

static void any_step(struct rng *rng, bool may_nest);

/* What it touches may be gone: then it ends early. */
static void safe_step(struct rng *rng, bool may_nest)
{
	if (!sigsetjmp(self->fault, 1))
		any_step(rng, may_nest);
	else
		set_timer(0);
}

/* ---- VMs and their memory ------------------------------------------------ */

static void step_create_vm(struct rng *rng)
{
	static const unsigned long types[] = {
		0, 32, 40, 48, KVM_VM_TYPE_ARM_REALM,
		KVM_VM_TYPE_ARM_REALM | 32, KVM_VM_TYPE_ARM_REALM | 39,
		KVM_VM_TYPE_ARM_REALM | 40, KVM_VM_TYPE_ARM_REALM | 44,
		KVM_VM_TYPE_ARM_REALM | 48, KVM_VM_TYPE_ARM_REALM | 52,
	};

	PUT_FD(rng, vms, create_vm(one_in(rng, 16) ? rng_next(rng) :
				   PICK(rng, types)));
}

static void step_gmem(struct rng *rng)
{
	struct kvm_create_guest_memfd create = {
		.size = any_size(rng) % (8 * RAM_SIZE),
		.flags = one_in(rng, 4) ? below(rng, 8) : 0,
	};

	PUT_FD(rng, gmems, call(any_vm(rng), KVM_CREATE_GUEST_MEMFD, &create));
}

static void step_slot(struct rng *rng)
{
	uint64_t flags = one_in(rng, 8) ? rng_next(rng) :
			 one_in(rng, 4) ? 0 : KVM_MEM_GUEST_MEMFD;
	uint64_t offset = one_in(rng, 2) ? 0 : PAGE * below(rng, 512);

	fuzz_slot(any_vm(rng), below(rng, 3), flags, any_gpa(rng),
		  one_in(rng, 3) ? 0 : any_size(rng), any_address(rng),
		  PICK(rng, gmems), offset);
}

static void step_attributes(struct rng *rng)
{
	fuzz_attributes(any_vm(rng), any_gpa(rng), any_size(rng),
			one_in(rng, 16) ? rng_next(rng) :
			one_in(rng, 2) ? KVM_MEMORY_ATTRIBUTE_PRIVATE : 0);
}

static void step_populate(struct rng *rng)
{
	fuzz_populate(any_vm(rng), any_gpa(rng), any_size(rng),
		      any_address(rng), one_in(rng, 8) ? rng_next(rng) :
		      below(rng, 2));
}

static void step_configure(struct rng *rng)
{
	static const int caps[] = {
		KVM_CAP_ARM_RMI, KVM_CAP_ARM_RMI, KVM_CAP_ARM_MTE,
		KVM_CAP_ARM_NISV_TO_USER, KVM_CAP_DIRTY_LOG_RING_ACQ_REL,
		KVM_CAP_HALT_POLL, KVM_CAP_MAX_VCPUS,
		KVM_CAP_ARM_SYSTEM_SUSPEND, KVM_CAP_MANUAL_DIRTY_LOG_PROTECT2,
	};
	struct kvm_enable_cap enable = {
		.cap = PICK(rng, caps),
		.args = { below(rng, 3), one_in(rng, 2) ? below(rng, 3) :
			  any_address(rng) },
	};
	int vm = any_vm(rng);

	call_nr(vm, KVM_CHECK_EXTENSION, enable.cap);
	call(vm, KVM_ENABLE_CAP, &enable);
}

static void step_filter(struct rng *rng)
{
	set_filter(rng, any_vm(rng));
}

/* ---- Interrupts and devices ---------------------------------------------- */

static void step_device(struct rng *rng)
{
	struct kvm_create_device create = {
		.type = one_in(rng, 8) ? below(rng, 16) :
			one_in(rng, 3) ? KVM_DEV_TYPE_ARM_VGIC_ITS :
			KVM_DEV_TYPE_ARM_VGIC_V3,
	};

	if (!call(any_vm(rng), KVM_CREATE_DEVICE, &create))
		PUT_FD(rng, others, (int)create.fd);
}

static void step_device_attr(struct rng *rng)
{
	uint64_t value[8] = {
		one_in(rng, 2) ? any_gpa(rng) : below(rng, 1024),
	};
	struct kvm_device_attr attr = {
		.group = below(rng, 11),
		.attr = one_in(rng, 3) ? rng_next(rng) :
			one_in(rng, 2) ? below(rng, 8) :
			below(rng, 4) << 32 | below(rng, 0x4000) << 2,
		.addr = one_in(rng, 16) ? any_address(rng) : (uintptr_t)value,
	};
	static const unsigned long requests[] = {
		KVM_SET_DEVICE_ATTR, KVM_GET_DEVICE_ATTR, KVM_HAS_DEVICE_ATTR,
	};

	call(any_fd(rng), PICK(rng, requests), &attr);
}

static void step_interrupt(struct rng *rng)
{
	struct kvm_irq_level line = {
		.irq = below(rng, 3) << 24 | below(rng, 4) << 16 |
		       below(rng, 80),
		.level = below(rng, 2),
	};
	struct kvm_msi msi = {
		.address_lo = any_gpa(rng),
		.data = below(rng, 128),
		.flags = below(rng, 2),
	};
	int vm = any_vm(rng);

	call(vm, KVM_IRQ_LINE, &line);
	if (one_in(rng, 4))
		call(vm, KVM_SIGNAL_MSI, &msi);
}

static void step_eventfd(struct rng *rng)
{
	int fd = eventfd(below(rng, 3), EFD_NONBLOCK);
	struct kvm_ioeventfd io = {
		.addr = any_gpa(rng),
		.len = below(rng, 2) * 8,
		.fd = one_in(rng, 2) ? fd : PICK(rng, others),
		.flags = below(rng, 8),
	};
	struct kvm_irqfd irq = {
		.fd = one_in(rng, 2) ? fd : PICK(rng, others),
		.gsi = below(rng, 40),
		.flags = below(rng, 4),
		.resamplefd = PICK(rng, others),
	};
	int vm = any_vm(rng);

	if (one_in(rng, 2))
		call(vm, KVM_IOEVENTFD, &io);
	else
		call(vm, KVM_IRQFD, &irq);
	PUT_FD(rng, others, fd);
}

/* ---- What is not KVM's --------------------------------------------------- */

static void step_hole(struct rng *rng)
{
	int fd = PICK(rng, gmems);

	fallocate(fd, one_in(rng, 4) ? FALLOC_FL_KEEP_SIZE :
		  FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
		  PAGE * below(rng, 512), any_size(rng));
}

/* The part of the arena at a random address. */
static void step_arena(struct rng *rng)
{
	static const int advice[] = {
		MADV_DONTNEED, MADV_WILLNEED, MADV_COLD, MADV_PAGEOUT,
		MADV_DONTFORK, MADV_DOFORK, MADV_POPULATE_READ,
		MADV_POPULATE_WRITE,
	};
	uint64_t at = ARENA + PAGE * below(rng, ARENA_SIZE / PAGE);
	uint64_t size = PAGE * (1 + below(rng, one_in(rng, 4) ? 512 : 8));
	void *va = (void *)at;
	int fd = PICK(rng, gmems);

	if (at + size > ARENA + ARENA_SIZE)
		size = ARENA + ARENA_SIZE - at;
	switch (below(rng, 8)) {
	case 0:
		munmap(va, size);
		break;
	case 1:
		mprotect(va, size, below(rng, 4));
		break;
	case 2:
		mmap(va, size, PROT_READ | PROT_WRITE, MAP_FIXED |
		     MAP_ANONYMOUS | MAP_SHARED, -1, 0);
		break;
	case 3:
		mmap(va, size, PROT_READ | PROT_WRITE, MAP_FIXED | MAP_SHARED,
		     fd, 0);
		break;
	case 4:
	case 5:
		mmap(va, size, PROT_READ | PROT_WRITE, MAP_FIXED |
		     MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
		break;
	default:
		madvise(va, size, PICK(rng, advice));
	}
}

static void step_touch(struct rng *rng)
{
	uint64_t *word = (void *)(any_address(rng) & ~7ULL);

	if (one_in(rng, 2))
		__atomic_store_n(word, rng_next(rng), __ATOMIC_RELAXED);
	else
		__atomic_load_n(word, __ATOMIC_RELAXED);
}

static void step_close(struct rng *rng)
{
	unsigned int i = below(rng, ARRAY_SIZE(vcpus));
	int *fds[] = {
		&PICK(rng, vms), &PICK(rng, gmems), &vcpus[i].fd,
		&PICK(rng, others),
	};
	int *fd = PICK(rng, fds);

	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void step_unmap_run(struct rng *rng)
{
	struct fuzz_vcpu *vcpu = &PICK(rng, vcpus);

	if (vcpu->run)
		munmap(vcpu->run, run_size);
	vcpu->run = NULL;
}

static void step_dup(struct rng *rng)
{
	int fd = dup(any_fd(rng));

	if (fd >= 0)
		PUT_FD(rng, others, fd);
}

static void step_kick(struct rng *rng)
{
	struct fuzz_thread *thread = &threads[below(rng, nr_threads)];

	if (thread->tid)
		tgkill(getpid(), thread->tid, SIGUSR1);
}

/* Another process with the same files: KVM wants none of it. */
static void step_fork(struct rng *rng)
{
	pid_t child = fork();

	if (child)
		return;
	while (!one_in(rng, 8))
		safe_step(rng, false);
	_exit(0);
}

static void read_file(const char *folder, const char *name)
{
	char path[400], text[4096];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_RDONLY | O_NONBLOCK);
	if (fd < 0)
		return;
	while (read(fd, text, sizeof(text)) > 0)
		;
	close(fd);
}

/* What debugfs says of VMs, which may go meanwhile. */
static void step_look(struct rng *rng)
{
	char folder[80] = "/sys/kernel/debug/rmi";
	struct dirent *entry;
	DIR *dir;

	if (!one_in(rng, 4))
		snprintf(folder, sizeof(folder), "/sys/kernel/debug/kvm/%d-%d",
			 getpid(), any_vm(rng));
	dir = opendir(folder);
	if (!dir)
		return;
	while ((entry = readdir(dir)))
		read_file(folder, entry->d_name);
	closedir(dir);
}

/* Any ioctl of KVM's at all. */
static void step_ioctl(struct rng *rng)
{
	uint64_t words[64];
	unsigned int i, size = below(rng, 2) ? below(rng, 512) : 0;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		words[i] = one_in(rng, 2) ? below(rng, 4) :
			   one_in(rng, 2) ? any_gpa(rng) : any_address(rng);
	call(any_fd(rng), _IOC(below(rng, 4), KVMIO, below(rng, 0xe8), size),
	     one_in(rng, 4) ? (void *)any_address(rng) : words);
}

/* The Nth allocation of another step fails, if the kernel can do that. */
static void step_failing(struct rng *rng)
{
	int fd = open("/proc/thread-self/fail-nth", O_RDWR);
	char text[16];

	if (fd < 0)
		return;
	snprintf(text, sizeof(text), "%d",
		 (int)(1 + below(rng, 1 << below(rng, 7))));
	if (write(fd, text, strlen(text)) > 0) {
		if (!one_in(rng, 4))
			step_build(rng);
		else
			any_step(rng, false);
	}
	if (pread(fd, text, sizeof(text), 0) > 0 && text[0] == '0')
		count(COUNT_FAILED);
	if (write(fd, "0", 1) > 0)
		close(fd);
}

/* ---- Which --------------------------------------------------------------- */

struct fuzz_step {
	const char *name;
	void (*run)(struct rng *rng);
	unsigned int weight;
	bool nests;
};

#define STEP(name, weight) { #name, step_##name, weight, false }

static const struct fuzz_step steps[] = {
	STEP(build, 8), STEP(run, 30), STEP(create_vm, 1), STEP(gmem, 3),
	STEP(slot, 6), STEP(attributes, 8), STEP(populate, 6),
	STEP(configure, 2), STEP(filter, 2), STEP(add_vcpu, 2),
	STEP(init_vcpu, 2), STEP(register, 4), STEP(events, 2),
	STEP(pre_fault, 4), STEP(device, 2), STEP(device_attr, 4),
	STEP(interrupt, 4), STEP(eventfd, 2), STEP(hole, 5), STEP(arena, 5),
	STEP(touch, 3), STEP(close, 4), STEP(unmap_run, 1), STEP(dup, 1),
	STEP(kick, 2), STEP(look, 1), STEP(ioctl, 4),
	{ "fork", step_fork, 1, true }, { "failing", step_failing, 4, true },
};

static bool tell_steps;

static const struct fuzz_step *pick_step(struct rng *rng)
{
	unsigned int i, sum = 0;

	for (i = 0; i < ARRAY_SIZE(steps); i++)
		sum += steps[i].weight;
	sum = below(rng, sum);
	for (i = 0; sum >= steps[i].weight; i++)
		sum -= steps[i].weight;
	return &steps[i];
}

static void any_step(struct rng *rng, bool may_nest)
{
	const struct fuzz_step *step = pick_step(rng);

	if (step->nests && !may_nest)
		return;
	if (tell_steps)
		dprintf(2, "# %d: %s\n", gettid(), step->name);
	step->run(rng);
}

#endif
