// SPDX-License-Identifier: BSD-3-Clause
/*
 * vCPUs: their life and their ioctls.
 */
#include <stdlib.h>

#include <asm/kvm_realm.h>
#include <linux/errno.h>
#include <linux/string.h>

#include "linux/arch/arm64/kvm/rmi_env.h"
#include "sim/kernel/file.h"
#include "sim/kvm/vm.h"

/*
 * A REC is made with the realm, by whichever vCPU runs first: under the lock of
 * the VM. Starting over is not possible then.
 */
static long vcpu_reset(struct vcpu *vcpu, bool off)
{
	struct kvm_vcpu_arch *arch = &vcpu->vcpu.arch;
	long ret = -EBUSY;

	mutex_lock(&vcpu->vcpu.kvm->lock);
	if (!arch->rec.run) {
		memset(arch->regs, 0, sizeof(arch->regs));
		arch->pc = 0;
		arch->stopped = off;
		arch->initialized = true;
		ret = 0;
	}
	mutex_unlock(&vcpu->vcpu.kvm->lock);
	return ret;
}

/* Of the features only PSCI means anything to a REC. */
static long vcpu_init(struct vcpu *vcpu, const struct kvm_vcpu_init *init)
{
	const u32 off = 1u << KVM_ARM_VCPU_POWER_OFF;
	const u32 psci = 1u << KVM_ARM_VCPU_PSCI_0_2;
	u32 set = init->features[0];

	for (unsigned int i = 1; i < ARRAY_SIZE(init->features); i++) {
		if (init->features[i])
			return -EINVAL;
	}
	if (init->target != KVM_ARM_TARGET_GENERIC_V8 || set & ~(off | psci) ||
	    (vcpu_is_rec(&vcpu->vcpu) && !(set & psci)))
		return -EINVAL;
	return vcpu_reset(vcpu, set & off);
}

static long vcpu_pre_fault(struct vcpu *vcpu,
			   struct kvm_pre_fault_memory *range)
{
	if (!vcpu_is_rec(&vcpu->vcpu))
		return -EOPNOTSUPP;
	if (range->flags || !range->size)
		return -EINVAL;
	return kvm_realm_pre_fault(vcpu->vcpu.kvm, &range->gpa, &range->size);
}

static long vcpu_ioctl_locked(struct vcpu *vcpu, unsigned long request,
			      unsigned long arg)
{
	if (request == KVM_RUN)
		return vcpu_run(vcpu);
	if (!arg)
		return -EFAULT;

	switch (request) {
	case KVM_ARM_VCPU_INIT:
		return vcpu_init(vcpu, (const void *)arg);
	case KVM_GET_ONE_REG:
		return vcpu_get_one_reg(vcpu, (const void *)arg);
	case KVM_PRE_FAULT_MEMORY:
		return vcpu_pre_fault(vcpu, (void *)arg);
	case KVM_SET_ONE_REG:
		return vcpu_set_one_reg(vcpu, (const void *)arg);
	default:
		return -ENOTTY;
	}
}

static long vcpu_ioctl(void *object, unsigned long request, unsigned long arg)
{
	struct vcpu *vcpu = object;
	long ret;

	mutex_lock(&vcpu->lock);
	ret = vcpu_ioctl_locked(vcpu, request, arg);
	mutex_unlock(&vcpu->lock);
	return ret;
}

/* The vCPU itself stays with its VM. */
static void vcpu_release(void *object)
{
	vm_put(to_vm(((struct vcpu *)object)->vcpu.kvm));
}

static const struct file_ops vcpu_ops = {
	.ioctl = vcpu_ioctl,
	.release = vcpu_release,
};

struct vcpu *vcpu_of_file(const struct file *file)
{
	return file && file->ops == &vcpu_ops ? file->object : NULL;
}

static long vcpu_check_new(struct vm *vm, unsigned long id)
{
	struct kvm *kvm = &vm->kvm;
	struct kvm_vcpu *vcpu;
	unsigned long i;

	if (id >= (unsigned long)vm_check_extension(KVM_CAP_MAX_VCPUS,
						    kvm_is_realm(kvm)))
		return -EINVAL;
	kvm_for_each_vcpu(i, vcpu, kvm) {
		if (vcpu->vcpu_id == (int)id)
			return -EEXIST;
	}
	if (kvm_is_realm(kvm) && kvm_realm_state(kvm) > REALM_STATE_NEW)
		return -EBUSY;
	return vm->vgic && vm->vgic->ready ? -EBUSY : 0;
}

long vcpu_create(struct vm *vm, unsigned long id)
{
	struct kvm *kvm = &vm->kvm;
	struct vcpu *vcpu;
	long ret = vcpu_check_new(vm, id);

	if (ret)
		return ret;
	vcpu = calloc(1, sizeof(*vcpu));
	if (!vcpu)
		return -ENOMEM;
	vcpu->vcpu.run = &vcpu->run;
	vcpu->vcpu.kvm = kvm;
	vcpu->vcpu.vcpu_id = id;
	vcpu->deadline[RMI_TIMER_VIRTUAL] = RMI_NO_DEADLINE;
	vcpu->deadline[RMI_TIMER_PHYSICAL] = RMI_NO_DEADLINE;
	vgic_init_irqs(vcpu->vgic.irq, 0, VGIC_PRIVATE);
	mutex_init(&vcpu->lock);

	ret = file_install(&vcpu_ops, vcpu);
	if (ret < 0) {
		vcpu_free(&vcpu->vcpu);
		return ret;
	}
	vm_get(vm);
	kvm->vcpus[kvm->online_vcpus++] = &vcpu->vcpu;
	return ret;
}

void vcpu_free(struct kvm_vcpu *kvm_vcpu)
{
	struct vcpu *vcpu = to_vcpu(kvm_vcpu);

	mutex_destroy(&vcpu->lock);
	free(vcpu);
}
