// SPDX-License-Identifier: BSD-3-Clause
/*
 * The run loop of a vCPU.
 */
#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "vmm/convert.h"
#include "vmm/rhi.h"
#include "vmm/vcpu.h"

/* So often in a row KVM, which has been patient already, may give up. */
#define RETRIES_MAX 200
/* After so many of these another vCPU has to do something first. */
#define RETRIES_QUICK 10
#define RETRY_US 1000

/* A realm may ask again for what it has, but not without end. */
#define CONVERSIONS_MAX 1000

static long vcpu_ioctl(const struct vcpu *vcpu, unsigned long request,
		       const void *argument)
{
	return vcpu->vm->kvm->ioctl(vcpu->fd, request,
				    (unsigned long)(uintptr_t)argument);
}

static bool set_register(const struct vcpu *vcpu, u64 id, u64 value,
			 struct err *err)
{
	struct kvm_one_reg reg = { .id = id, .addr = (u64)(uintptr_t)&value };
	long ret = vcpu_ioctl(vcpu, KVM_SET_ONE_REG, &reg);

	if (ret < 0)
		return err_set(err,
			       "KVM_SET_ONE_REG: register 0x%" PRIx64 ": %s",
			       id, strerror((int)-ret));
	return true;
}

/* ---- Creation ----------------------------------------------------------- */

static bool map_run(struct vcpu *vcpu, struct err *err)
{
	struct vm *vm = vcpu->vm;
	long size = vm->kvm->ioctl(vm->kvm_fd, KVM_GET_VCPU_MMAP_SIZE, 0);

	if (size < (long)sizeof(*vcpu->run))
		return err_set(err,
			       "KVM_GET_VCPU_MMAP_SIZE: %ld, at least %zu",
			       size, sizeof(*vcpu->run));
	vcpu->run_size = (size_t)size;
	vcpu->run = vm->kvm->mmap(vcpu->fd, vcpu->run_size);
	if (!vcpu->run)
		return err_set(err, "no mapping of vCPU %u's kvm_run",
			       vcpu->index);
	return true;
}

static bool init(struct vcpu *vcpu, bool on, struct err *err)
{
	struct kvm_vcpu_init target = { 0 };
	struct vm *vm = vcpu->vm;
	long ret = vm->kvm->ioctl(vm->fd, KVM_ARM_PREFERRED_TARGET,
				  (unsigned long)(uintptr_t)&target);

	if (ret >= 0) {
		target.features[0] |= BIT_ULL(KVM_ARM_VCPU_PSCI_0_2);
		if (!on)
			target.features[0] |= BIT_ULL(KVM_ARM_VCPU_POWER_OFF);
		ret = vcpu_ioctl(vcpu, KVM_ARM_VCPU_INIT, &target);
	}
	if (ret < 0)
		return err_set(err, "KVM_ARM_VCPU_INIT: vCPU %u: %s",
			       vcpu->index, strerror((int)-ret));
	return true;
}

static bool set_entry(const struct vcpu *vcpu, const struct vcpu_entry *entry,
		      struct err *err)
{
	return set_register(vcpu, KVM_REG_ARM64_CORE_X(0), entry->x0, err) &&
	       set_register(vcpu, KVM_REG_ARM64_CORE_PC, entry->pc, err);
}

bool vcpu_create(struct vcpu *vcpu, struct vm *vm, const struct mmio_bus *bus,
		 unsigned int index, const struct vcpu_entry *entry,
		 struct err *err)
{
	long fd = vm->kvm->ioctl(vm->fd, KVM_CREATE_VCPU, index);

	*vcpu = (struct vcpu){
		.vm = vm,
		.bus = bus,
		.index = index,
		.fd = (int)fd,
	};
	if (fd < 0)
		return err_set(err, "KVM_CREATE_VCPU: vCPU %u: %s", index,
			       strerror((int)-fd));
	if (map_run(vcpu, err) && init(vcpu, entry, err) &&
	    (!entry || set_entry(vcpu, entry, err)))
		return true;
	vcpu_destroy(vcpu);
	return false;
}

void vcpu_destroy(struct vcpu *vcpu)
{
	if (vcpu->run)
		vcpu->vm->kvm->munmap(vcpu->run, vcpu->run_size);
	if (vcpu->fd >= 0)
		vcpu->vm->kvm->close(vcpu->fd);
	vcpu->run = NULL;
	vcpu->fd = -1;
}

/* ---- Exits: each handler is true if the vCPU is to run on ---------------- */

static bool ended(struct vcpu *vcpu, enum vcpu_end end)
{
	vcpu->end = end;
	return false;
}

static bool handle_mmio(struct vcpu *vcpu)
{
	struct kvm_run *run = vcpu->run;
	u64 address = run->mmio.phys_addr; /* without the shared bit */
	u64 value = 0;
	bool found;

	if (run->mmio.is_write) {
		memcpy(&value, run->mmio.data, sizeof(value));
		found = mmio_write(vcpu->bus, address, run->mmio.len, value);
	} else {
		found = mmio_read(vcpu->bus, address, run->mmio.len, &value);
		memcpy(run->mmio.data, &value, sizeof(value));
	}
	if (found)
		return true;
	err_set(&vcpu->err,
		"the realm %s %u bytes at 0x%" PRIx64
		" of the shared half: no device there",
		run->mmio.is_write ? "writes" : "reads", run->mmio.len,
		address);
	return ended(vcpu, VCPU_FAILED);
}

static bool handle_hypercall(struct vcpu *vcpu)
{
	u64 result = rhi_call(vcpu->run->hypercall.nr);

	return set_register(vcpu, KVM_REG_ARM64_CORE_X(0), result,
			    &vcpu->err) ||
	       ended(vcpu, VCPU_FAILED);
}

/* True if a realm asks for nothing else any more. */
static bool asks_for_ever(struct vcpu *vcpu,
			  const struct kvm_memory_attributes *wanted)
{
	if (memcmp(wanted, &vcpu->converted, sizeof(*wanted)))
		vcpu->conversions = 0;
	vcpu->converted = *wanted;
	return ++vcpu->conversions > CONVERSIONS_MAX;
}

/* The realm uses a part of its RAM as shared or private: let it have that. */
static bool handle_memory_fault(struct vcpu *vcpu)
{
	struct kvm_run *run = vcpu->run;
	bool private = run->memory_fault.flags & KVM_MEMORY_EXIT_FLAG_PRIVATE;
	struct kvm_memory_attributes wanted = {
		.address = run->memory_fault.gpa,
		.size = run->memory_fault.size,
		.attributes = private ? KVM_MEMORY_ATTRIBUTE_PRIVATE : 0,
	};
	long ret = asks_for_ever(vcpu, &wanted) ? -EFAULT :
						  convert(vcpu->vm, &wanted);

	if (ret >= 0 || ret == -EINTR)
		return true;
	err_set(&vcpu->err,
		"the realm wants 0x%" PRIx64 " bytes at ipa 0x%" PRIx64
		" %s: %s",
		wanted.size, wanted.address, private ? "private" : "shared",
		strerror((int)-ret));
	return ended(vcpu, VCPU_FAILED);
}

static bool handle_system_event(struct vcpu *vcpu)
{
	u32 type = vcpu->run->system_event.type;

	if (type == KVM_SYSTEM_EVENT_SHUTDOWN)
		return ended(vcpu, VCPU_OFF);
	if (type == KVM_SYSTEM_EVENT_RESET)
		err_set(&vcpu->err, "the realm called PSCI SYSTEM_RESET: a "
				    "realm cannot be reset, only built anew");
	else
		err_set(&vcpu->err, "unknown system event %u of the realm",
			type);
	return ended(vcpu, VCPU_FAILED);
}

static bool handle_exit(struct vcpu *vcpu)
{
	vcpu->converted.size = 0;
	switch (vcpu->run->exit_reason) {
	case KVM_EXIT_MMIO:
		return handle_mmio(vcpu);
	case KVM_EXIT_HYPERCALL:
		return handle_hypercall(vcpu);
	case KVM_EXIT_SYSTEM_EVENT:
		return handle_system_event(vcpu);
	case KVM_EXIT_INTR:
		return true;
	case KVM_EXIT_SHUTDOWN:
		err_set(&vcpu->err, "KVM_RUN: the RMM does not run this realm "
				    "any more");
		break;
	default:
		err_set(&vcpu->err, "KVM_RUN: exit reason %u",
			vcpu->run->exit_reason);
		break;
	}
	return ended(vcpu, VCPU_FAILED);
}

static bool handle_error(struct vcpu *vcpu, long ret)
{
	if (ret == -EFAULT &&
	    vcpu->run->exit_reason == KVM_EXIT_MEMORY_FAULT)
		return handle_memory_fault(vcpu);
	err_set(&vcpu->err, "KVM_RUN: vCPU %u: %s", vcpu->index,
		strerror((int)-ret));
	return ended(vcpu, VCPU_FAILED);
}

/* ---- The loop ------------------------------------------------------------ */

/* Devices and conversions are the VM's: the vCPUs take turns at them. */
static bool handle(struct vcpu *vcpu, long ret)
{
	bool more;

	pthread_mutex_lock(&vcpu->vm->exits);
	more = ret < 0 ? handle_error(vcpu, ret) : handle_exit(vcpu);
	pthread_mutex_unlock(&vcpu->vm->exits);
	return more;
}

/* KVM_RUN again, as KVM wants it, though not for ever. */
static bool again(long ret, unsigned int *retries)
{
	if (ret == -EINTR)
		return true;
	if (ret != -EAGAIN) {
		*retries = 0;
		return false;
	}
	if (++*retries > RETRIES_MAX)
		return false;
	if (*retries > RETRIES_QUICK)
		usleep(RETRY_US);
	else
		sched_yield();
	return true;
}

void vcpu_loop(struct vcpu *vcpu)
{
	unsigned int retries = 0;
	int nobody = -1;
	long ret;

	do {
		if (atomic_load(&vcpu->stop)) {
			ended(vcpu, VCPU_STOPPED);
			return;
		}
		ret = vcpu_ioctl(vcpu, KVM_RUN, NULL);
	} while (again(ret, &retries) || handle(vcpu, ret));
	atomic_compare_exchange_strong(&vcpu->vm->ended, &nobody,
				       (int)vcpu->index);
}

static void *vcpu_thread(void *context)
{
	struct vcpu *vcpu = context;

	vcpu_loop(vcpu);
	kill(getpid(), VCPU_SIGNAL);
	return NULL;
}

bool vcpu_start(struct vcpu *vcpu, struct err *err)
{
	int error = pthread_create(&vcpu->thread, NULL, vcpu_thread, vcpu);

	if (error)
		return err_set(err, "no thread for vCPU %u: %s", vcpu->index,
			       strerror(error));
	return true;
}

void vcpu_join(struct vcpu *vcpu)
{
	pthread_join(vcpu->thread, NULL);
}

void vcpu_stop(struct vcpu *vcpu)
{
	atomic_store(&vcpu->stop, true);
	vcpu->vm->kvm->kick(vcpu->fd);
}
