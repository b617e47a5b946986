// SPDX-License-Identifier: BSD-3-Clause
/*
 * A KVM for tests of the VMM alone.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/vmm/fake_kvm.h"

#define SIZE_OF(request) ((request) >> 16 & 0x3fff)
#define FD_FIRST 100
#define FAKE_FDS_MAX 64

struct fake_kvm fake;

static int next_fd = FD_FIRST;
static struct kvm_run *runs[FAKE_FDS_MAX];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int fake_reset(void **state)
{
	(void)state;
	memset(&fake, 0, sizeof(fake));
	fake.mmaps_left = -1;
	fake.populate_step = ~0ull;
	next_fd = FD_FIRST;
	return 0;
}

const struct fake_call *fake_find(unsigned long request, unsigned int nth)
{
	for (unsigned int i = 0; i < fake.count; i++)
		if (fake.calls[i].request == request && !nth--)
			return &fake.calls[i];
	return NULL;
}

static int open_fd(void)
{
	if (next_fd - FD_FIRST == FAKE_FDS_MAX)
		abort();
	fake.open_fds++;
	return next_fd++;
}

static int close_fd(int fd)
{
	if (fd < FD_FIRST || fd >= next_fd)
		abort();
	fake.open_fds--;
	return 0;
}

static void note(unsigned long request, unsigned long arg)
{
	struct fake_call *call;
	size_t size = SIZE_OF(request);

	if (size > FAKE_ARG_MAX)
		abort();
	pthread_mutex_lock(&lock);
	if (fake.count < FAKE_CALLS_MAX) {
		call = &fake.calls[fake.count++];
		*call = (struct fake_call){ .request = request, .arg = arg };
		if (size && arg)
			memcpy(call->copy, (void *)arg, size);
	}
	pthread_mutex_unlock(&lock);
}

static bool refused(unsigned long request)
{
	return request == fake.refuse && !fake.refuse_after--;
}

static long populate(struct kvm_arm_rmi_populate *argument)
{
	u64 step = argument->size;

	if (step > fake.populate_step)
		step = fake.populate_step;
	memcpy(fake.populated + fake.populated_size,
	       (void *)(uintptr_t)argument->source_uaddr, step);
	fake.populated_size += step;
	argument->base += step;
	argument->source_uaddr += step;
	argument->size -= step;
	return 0;
}

static long set_register(const struct kvm_one_reg *reg)
{
	u64 at = (reg->id - KVM_REG_ARM64_CORE_X(0)) / 2;

	if (at >= sizeof(fake.registers) / sizeof(*fake.registers))
		abort();
	fake.registers[at] = *(u64 *)(uintptr_t)reg->addr;
	return 0;
}

static long fake_ioctl(int fd, unsigned long request, unsigned long arg)
{
	if (fd < FD_FIRST || fd >= next_fd)
		abort();
	note(request, arg);
	if (refused(request))
		return fake.error;
	switch (request) {
	case KVM_GET_API_VERSION:
		return KVM_API_VERSION;
	case KVM_CHECK_EXTENSION:
		return arg == KVM_CAP_ARM_VM_IPA_SIZE ? 44 : 1;
	case KVM_GET_VCPU_MMAP_SIZE:
		return 8192;
	case KVM_CREATE_VM:
	case KVM_CREATE_VCPU:
	case KVM_CREATE_GUEST_MEMFD:
		return open_fd();
	case KVM_CREATE_DEVICE:
		((struct kvm_create_device *)arg)->fd = (u32)open_fd();
		return 0;
	case KVM_ARM_RMI_POPULATE:
		return populate((void *)arg);
	case KVM_SET_ONE_REG:
		return set_register((void *)arg);
	case KVM_RUN:
		return fake.run(runs[fd - FD_FIRST]);
	default:
		return 0;
	}
}

static void *fake_mmap(int fd, size_t size)
{
	void *memory;

	if (!fake.mmaps_left)
		return NULL;
	fake.mmaps_left--;
	memory = calloc(1, size);
	fake.mappings++;
	if (fd >= 0)
		runs[fd - FD_FIRST] = memory;
	return memory;
}

static void fake_munmap(void *addr, size_t size)
{
	(void)size;
	fake.mappings--;
	free(addr);
}

static void kick(int vcpu_fd)
{
	(void)vcpu_fd;
	atomic_fetch_add(&fake.kicks, 1);
}

const struct kvm_backend fake_backend = {
	.name = "fake",
	.open = open_fd,
	.ioctl = fake_ioctl,
	.mmap = fake_mmap,
	.munmap = fake_munmap,
	.close = close_fd,
	.kick = kick,
};
