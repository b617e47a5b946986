// SPDX-License-Identifier: GPL-2.0-only
/*
 * VMs that are realms: how they are made, what their ioctls take, and that KVM
 * has them.
 */
#include <linux/moduleparam.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include <asm/kvm_emulate.h>
#include <asm/kvm_mmu.h>

#include "rmi_kvm.h"

/* Between two looks at signals: user space asks again for the rest. */
#define POPULATE_MAX SZ_16M

/* The capability's number is not upstream's: whoever asks by name finds it. */
static int arm_rmi_cap __ro_after_init = KVM_CAP_ARM_RMI;
module_param(arm_rmi_cap, int, 0444);

int kvm_realm_init_vm(struct kvm *kvm)
{
	struct realm_host *host = &kvm->arch.realm_host;
	int ret;

	if (!static_branch_unlikely(&kvm_rmi_is_available))
		return -EINVAL;
	ret = kvm_init_realm(kvm, kvm_phys_shift(&kvm->arch.mmu));
	if (ret)
		return ret;
	mutex_init(&host->lock);
	INIT_WORK(&host->work, realm_flush_work);
	INIT_LIST_HEAD(&host->private);
	host->shared_base = U64_MAX;
	kvm->max_vcpus = min_t(unsigned int, kvm->max_vcpus,
			       kvm_rmi_max_recs());
	/* A realm reads the counters as they are. */
	set_bit(KVM_ARCH_FLAG_VM_COUNTER_OFFSET, &kvm->arch.flags);
	kvm->arch.is_realm = true;
	return 0;
}

/* With the realm, all of its memory goes. */
void kvm_realm_destroy_vm(struct kvm *kvm)
{
	struct stale_range *range, *next;

	cancel_work_sync(&kvm->arch.realm_host.work);
	list_for_each_entry_safe(range, next, &kvm->arch.realm_host.private,
				 entry)
		kfree(range);
	mutex_destroy(&kvm->arch.realm_host.lock);
	kvm_destroy_realm(kvm);
}

int kvm_realm_enable_cap(struct kvm *kvm, struct kvm_enable_cap *cap)
{
	u8 rpv[REALM_RPV_SIZE];

	if (cap->cap != KVM_CAP_ARM_RMI || cap->args[2] || cap->args[3])
		return -EINVAL;
	switch (cap->args[0]) {
	case KVM_ARM_RMI_CONFIG_HASH:
		return kvm_realm_set_hash(kvm, cap->args[1]);
	case KVM_ARM_RMI_CONFIG_RPV:
		if (copy_from_user(rpv, u64_to_user_ptr(cap->args[1]),
				   sizeof(rpv)))
			return -EFAULT;
		return kvm_realm_set_rpv(kvm, rpv);
	default:
		return -EINVAL;
	}
}

static int populate(struct kvm *kvm, struct kvm_arm_rmi_populate *args)
{
	u64 top = args->base, size;
	struct realm_populate what = {
		.gpa = args->base,
		.source = args->source_uaddr,
		.measure = args->flags & KVM_ARM_RMI_POPULATE_FLAGS_MEASURE,
	};
	struct file *file;
	int ret;

	guard(mutex)(&kvm->slots_lock);
	kvm_realm_flush_stale(kvm);
	file = realm_hold_gmem(kvm, args->base, &top);
	size = min3(args->size, POPULATE_MAX, max(top - args->base, PAGE_SIZE));
	what.size = size;
	ret = kvm_realm_populate(kvm, &what);
	realm_release_gmem(file);

	args->base = what.gpa;
	args->source_uaddr = what.source;
	args->size -= size - what.size;
	return ret;
}

int kvm_realm_ioctl_populate(struct kvm *kvm,
			     struct kvm_arm_rmi_populate __user *argp)
{
	struct kvm_arm_rmi_populate args;
	int ret;

	if (!kvm_is_realm(kvm))
		return -ENXIO;
	if (copy_from_user(&args, argp, sizeof(args)))
		return -EFAULT;
	if (args.flags & ~KVM_ARM_RMI_POPULATE_FLAGS_MEASURE || args.reserved ||
	    args.base + args.size < args.base ||
	    args.source_uaddr + args.size < args.source_uaddr ||
	    !PAGE_ALIGNED(args.base | args.size | args.source_uaddr))
		return -EINVAL;
	ret = populate(kvm, &args);
	if (copy_to_user(argp, &args, sizeof(args)))
		return -EFAULT;
	return ret;
}
