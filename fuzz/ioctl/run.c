/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * KVM_RUN, and what a VMM does about exits: sometimes the right thing. In a
 * thread it is always the same, since dice are for the sequence alone.
 */
#include <errno.h>
#include <string.h>

#include "fuzz/ioctl/dice.h"
#include "fuzz/ioctl/vmm.h"

#define EXITS_MAX 24u

static long convert(int vm, const struct kvm_run *run)
{
	const struct kvm_memory_attributes set = {
		.address = run->memory_fault.gpa,
		.size = run->memory_fault.size,
		.attributes = run->memory_fault.flags &
			      KVM_MEMORY_EXIT_FLAG_PRIVATE ?
			      KVM_MEMORY_ATTRIBUTE_PRIVATE : 0,
	};

	return vmm.kvm->ioctl(vm, KVM_SET_MEMORY_ATTRIBUTES,
			      (unsigned long)&set);
}

/* Handles the exit that @ret and @run are; false if there is no going on. */
static bool handle(int vm, struct kvm_run *run, long ret)
{
	if (ret == -EAGAIN)
		return true;
	if (ret == -EFAULT && run->exit_reason == KVM_EXIT_MEMORY_FAULT)
		return !convert(vm, run);
	if (ret)
		return false;
	switch (run->exit_reason) {
	case KVM_EXIT_MMIO:
		if (!run->mmio.is_write)
			memset(run->mmio.data, 0x5a, sizeof(run->mmio.data));
		return true;
	case KVM_EXIT_HYPERCALL:
		return true;
	default:
		return false;
	}
}

void vmm_run(struct vmm_fd *vcpu)
{
	unsigned int exits = 1 + dice_below(EXITS_MAX);
	long ret;

	if (!vcpu->run) {
		vmm_ioctl(vcpu->fd, KVM_RUN, NULL);
		return;
	}
	vcpu->run->immediate_exit = dice_once_in(12);
	/* Waiting for it would be all that there is to see. */
	if (vcpu->dull && !dice_once_in(6))
		vcpu->run->immediate_exit = 1;
	do {
		ret = vmm_ioctl(vcpu->fd, KVM_RUN, NULL);
		if (ret == -EINTR && !vcpu->run->immediate_exit)
			vcpu->dull = true;
		if (dice_once_in(10))
			return;
	} while (handle(vcpu->vm, vcpu->run, ret) && --exits);
}

/* The page of a vCPU whose descriptor is closed may be gone. */
static bool thread_step(struct vmm_fd *vcpu, int fd, int vm)
{
	long ret = vmm.kvm->ioctl(fd, KVM_RUN, 0);
	bool more;

	pthread_mutex_lock(&vmm.lock);
	more = !vcpu->stop && handle(vm, vcpu->run, ret);
	pthread_mutex_unlock(&vmm.lock);
	return more;
}

static void *thread_main(void *context)
{
	struct vmm_fd *vcpu = context;
	int fd, vm;

	pthread_mutex_lock(&vmm.lock);
	fd = vcpu->fd;
	vm = vcpu->vm;
	pthread_mutex_unlock(&vmm.lock);
	while (thread_step(vcpu, fd, vm))
		;
	return NULL;
}

void vmm_run_thread(struct vmm_fd *vcpu)
{
	if (!vcpu->run || vcpu->threaded)
		return;
	vcpu->run->immediate_exit = 0;
	vcpu->stop = false;
	vcpu->threaded = !pthread_create(&vcpu->thread, NULL, thread_main,
					 vcpu);
}

void vmm_stop_thread(struct vmm_fd *vcpu)
{
	pthread_mutex_lock(&vmm.lock);
	vcpu->stop = true;
	pthread_mutex_unlock(&vmm.lock);
	vmm.kvm->kick(vcpu->fd);
	pthread_join(vcpu->thread, NULL);
	vcpu->threaded = false;
}
