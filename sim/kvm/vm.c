// SPDX-License-Identifier: BSD-3-Clause
/*
 * VMs: their life and their ioctls.
 */
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>

#include <asm/kvm_realm.h>
#include <linux/errno.h>

#include "sim/kernel/file.h"
#include "sim/kvm/vm.h"
#include "sim/machine/machine.h"

#define VM_IPA_BITS_DEFAULT 40

static pthread_mutex_t vms_lock = PTHREAD_MUTEX_INITIALIZER;
static struct vm *vms;

static void vm_destroy(struct vm *vm)
{
	struct kvm *kvm = &vm->kvm;
	struct kvm_vcpu *vcpu;
	unsigned long i;

	kvm_for_each_vcpu(i, vcpu, kvm)
		kvm_destroy_rec(vcpu);
	if (kvm_is_realm(kvm))
		kvm_destroy_realm(kvm);
	kvm_for_each_vcpu(i, vcpu, kvm)
		vcpu_free(vcpu);

	mutex_destroy(&kvm->lock);
	mutex_destroy(&kvm->slots_lock);
	ranges_free(&vm->memory.private);
	smccc_filter_free(&vm->filter);
	device_free(vm);
	free(vm);
}

void vm_get(struct vm *vm)
{
	pthread_mutex_lock(&vms_lock);
	vm->users++;
	pthread_mutex_unlock(&vms_lock);
}

void vm_put(struct vm *vm)
{
	struct vm **link;
	bool last;

	pthread_mutex_lock(&vms_lock);
	last = !--vm->users;
	for (link = &vms; last && *link != vm; link = &(*link)->next)
		;
	if (last)
		*link = vm->next;
	pthread_mutex_unlock(&vms_lock);
	if (last)
		vm_destroy(vm);
}

static void vm_unmap_user(struct vm *vm, u64 uaddr, u64 size)
{
	const struct memslot *slot;
	u64 from, to;

	for_each_memslot(slot, &vm->memory) {
		from = slot->uaddr > uaddr ? slot->uaddr : uaddr;
		to = min(slot->uaddr + slot->size, uaddr + size);
		if (from < to)
			kvm_realm_unmap_shared(&vm->kvm,
					       slot->gpa + from - slot->uaddr,
					       slot->gpa + to - slot->uaddr);
	}
}

/* On to the next VM, of which one becomes a user, from one that is put. */
static struct vm *vms_next(struct vm *vm)
{
	struct vm *next;

	pthread_mutex_lock(&vms_lock);
	next = vm ? vm->next : vms;
	if (next)
		next->users++;
	pthread_mutex_unlock(&vms_lock);
	if (vm)
		vm_put(vm);
	return next;
}

/* The VMM's memory goes: where a realm saw it, it sees nothing. */
void vms_unmap_user(u64 uaddr, u64 size)
{
	struct vm *vm;

	for (vm = vms_next(NULL); vm; vm = vms_next(vm)) {
		mutex_lock(&vm->kvm.lock);
		if (kvm_is_realm(&vm->kvm))
			vm_unmap_user(vm, uaddr, size);
		mutex_unlock(&vm->kvm.lock);
	}
}

static long vm_enable_cap(struct vm *vm, const struct kvm_enable_cap *cap)
{
	if (cap->cap != KVM_CAP_ARM_RMI || !kvm_is_realm(&vm->kvm) ||
	    cap->flags || cap->args[2] || cap->args[3])
		return -EINVAL;

	switch (cap->args[0]) {
	case KVM_ARM_RMI_CONFIG_HASH:
		return kvm_realm_set_hash(&vm->kvm, cap->args[1]);
	case KVM_ARM_RMI_CONFIG_RPV:
		if (!cap->args[1])
			return -EFAULT;
		return kvm_realm_set_rpv(&vm->kvm,
					 (const u8 *)(uintptr_t)cap->args[1]);
	default:
		return -EINVAL;
	}
}

static long vm_set_device_attr(struct vm *vm,
			       const struct kvm_device_attr *attr)
{
	if (attr->flags || attr->group != KVM_ARM_VM_SMCCC_CTRL ||
	    attr->attr != KVM_ARM_VM_SMCCC_FILTER)
		return -ENXIO;
	if (!attr->addr)
		return -EFAULT;
	return vm->has_run ? -EBUSY :
	       smccc_filter_add(&vm->filter,
				(const void *)(uintptr_t)attr->addr);
}

static long vm_populate(struct vm *vm, struct kvm_arm_rmi_populate *populate)
{
	struct realm_populate what = {
		.gpa = populate->base,
		.size = populate->size,
		.source = populate->source_uaddr,
		.measure = populate->flags & KVM_ARM_RMI_POPULATE_FLAGS_MEASURE,
	};
	long ret;

	if (populate->flags & ~(u32)KVM_ARM_RMI_POPULATE_FLAGS_MEASURE ||
	    populate->reserved)
		return -EINVAL;
	ret = kvm_realm_populate(&vm->kvm, &what);
	populate->base = what.gpa;
	populate->size = what.size;
	populate->source_uaddr = what.source;
	return ret;
}

static long vm_ioctl_locked(struct vm *vm, unsigned long request,
			    unsigned long arg)
{
	switch (request) {
	case KVM_CREATE_VCPU:
		return vcpu_create(vm, arg);
	case KVM_ENABLE_CAP:
		return vm_enable_cap(vm, (const void *)arg);
	case KVM_SET_DEVICE_ATTR:
		return vm_set_device_attr(vm, (const void *)arg);
	case KVM_SET_MEMORY_ATTRIBUTES:
		return vm_set_attributes(vm, (const void *)arg);
	case KVM_CREATE_DEVICE:
		return device_create(vm, (void *)arg);
	case KVM_IRQ_LINE:
		return vgic_irq_line(vm, (const void *)arg);
	case KVM_CREATE_GUEST_MEMFD:
		return gmem_create(vm, (const void *)arg);
	case KVM_ARM_RMI_POPULATE:
		return vm_populate(vm, (void *)arg);
	case KVM_ARM_PREFERRED_TARGET:
		*(struct kvm_vcpu_init *)arg = (struct kvm_vcpu_init) {
			.target = KVM_ARM_TARGET_GENERIC_V8,
		};
		return 0;
	default:
		return -ENOTTY;
	}
}

static long vm_ioctl(void *object, unsigned long request, unsigned long arg)
{
	struct vm *vm = object;
	long ret;

	if (request == KVM_CHECK_EXTENSION)
		return vm_check_extension(arg, kvm_is_realm(&vm->kvm));
	if (request != KVM_CREATE_VCPU && !arg)
		return -EFAULT;
	if (request == KVM_SET_USER_MEMORY_REGION2)
		return vm_set_region(vm, (const void *)arg);

	mutex_lock(&vm->kvm.lock);
	ret = vm_ioctl_locked(vm, request, arg);
	mutex_unlock(&vm->kvm.lock);
	return ret;
}

static void vm_release(void *object)
{
	vm_put(object);
}

static const struct file_ops vm_ops = {
	.ioctl = vm_ioctl,
	.release = vm_release,
};

static int vm_init_type(struct vm *vm, unsigned long type)
{
	unsigned int bits = type & KVM_VM_TYPE_ARM_IPA_SIZE_MASK;

	vm->ipa_bits = bits ? bits : VM_IPA_BITS_DEFAULT;
	if (type & KVM_VM_TYPE_ARM_REALM) {
		if (!static_branch_unlikely(&kvm_rmi_is_available))
			return -EINVAL;
		vm->kvm.arch.is_realm = true;
		return kvm_init_realm(&vm->kvm, vm->ipa_bits);
	}
	return vm->ipa_bits < 32 || vm->ipa_bits > machine_conf()->pa_bits ?
	       -EINVAL : 0;
}

long vm_create(unsigned long type)
{
	struct vm *vm;
	long fd;

	if (type & ~(KVM_VM_TYPE_ARM_IPA_SIZE_MASK | KVM_VM_TYPE_ARM_REALM))
		return -EINVAL;
	vm = calloc(1, sizeof(*vm));
	if (!vm)
		return -ENOMEM;
	fd = vm_init_type(vm, type);
	if (fd) {
		free(vm);
		return fd;
	}
	vm->users = 1;
	mutex_init(&vm->kvm.lock);
	mutex_init(&vm->kvm.slots_lock);

	pthread_mutex_lock(&vms_lock);
	vm->next = vms;
	vms = vm;
	pthread_mutex_unlock(&vms_lock);

	fd = file_install(&vm_ops, vm);
	if (fd < 0)
		vm_put(vm);
	return fd;
}
