// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults of a realm, and what the owners of its memory take from it.
 */
#include "rmi_internal.h"

/* A block, or nothing but -EBUSY or -EEXIST, and then it is tried by pages. */
static int fault_private_block(struct kvm *kvm, u64 gpa)
{
	u64 size = rtt_entry_size(RTT_LEVEL_BLOCK);
	phys_addr_t pa;

	if (rmi_env_block_size(kvm, gpa, RMI_BACKING_PRIVATE) < size)
		return -EBUSY;
	gpa = ALIGN_DOWN(gpa, size);
	if (rmi_env_private_page(kvm, gpa, &pa))
		return -EBUSY;
	return realm_map_private(&kvm->arch.realm, gpa, pa, RTT_LEVEL_BLOCK);
}

static int fault_private(struct kvm *kvm, u64 gpa)
{
	phys_addr_t pa;
	int ret;

	/*
	 * Only guest_memfd may become the realm's: anything else can be freed
	 * under it. And only while the VMM agrees that it is private.
	 */
	if (rmi_env_backing(kvm, gpa) != RMI_BACKING_PRIVATE)
		return -EFAULT;
	ret = fault_private_block(kvm, gpa);
	if (ret != -EBUSY)
		return ret;
	ret = rmi_env_private_page(kvm, gpa, &pa);
	return ret ? ret : realm_map_private(&kvm->arch.realm, gpa, pa,
					     RTT_LEVEL_LAST);
}

static int fault_shared_block(struct kvm *kvm, u64 gpa)
{
	u64 size = rtt_entry_size(RTT_LEVEL_BLOCK);
	phys_addr_t pa;

	if (rmi_env_block_size(kvm, gpa, RMI_BACKING_SHARED) < size)
		return -EEXIST;
	gpa = ALIGN_DOWN(gpa, size);
	if (rmi_env_shared_page(kvm, gpa, &pa))
		return -EEXIST;
	return realm_map_shared(&kvm->arch.realm,
				gpa | kvm_realm_shared_bit(kvm), pa,
				RTT_LEVEL_BLOCK);
}

static int fault_shared(struct kvm *kvm, u64 gpa)
{
	enum rmi_backing backing = rmi_env_backing(kvm, gpa);
	phys_addr_t pa;
	int ret;

	if (backing == RMI_BACKING_NONE)
		return -ENOENT;
	if (backing == RMI_BACKING_PRIVATE)
		return -EFAULT;
	ret = fault_shared_block(kvm, gpa);
	if (ret != -EEXIST)
		return ret;
	ret = rmi_env_shared_page(kvm, gpa, &pa);
	if (ret)
		return ret;
	return realm_map_shared(&kvm->arch.realm,
				gpa | kvm_realm_shared_bit(kvm), pa,
				RTT_LEVEL_LAST);
}

/**
 * kvm_realm_fault() - map what a realm wanted to access
 * @kvm: a realm's VM
 * @exit: an exit of kind REALM_EXIT_FAULT
 *
 * Return: 0 if the access can be tried again; -ENOENT if no memory slot is at
 * that shared address; -EFAULT if the VMM has to decide, because the memory is
 * of the other kind, not there, or was taken from the realm; -ENXIO if the
 * realm is not active; or another -errno.
 */
int kvm_realm_fault(struct kvm *kvm, const struct realm_exit *exit)
{
	u64 ipa = ALIGN_DOWN(exit->ipa, (u64)PAGE_SIZE);
	struct realm *realm = &kvm->arch.realm;
	int ret = -ENXIO;

	mutex_lock(&realm->lock);
	if (kvm_realm_state(kvm) == REALM_STATE_ACTIVE)
		ret = exit->shared ?
		      fault_shared(kvm, ipa & ~kvm_realm_shared_bit(kvm)) :
		      fault_private(kvm, ipa);
	mutex_unlock(&realm->lock);
	return ret;
}

static int realm_unmap_locked(struct kvm *kvm, bool private, u64 base, u64 top)
{
	struct realm *realm = &kvm->arch.realm;
	int ret = 0;

	mutex_lock(&realm->lock);
	if (kvm_realm_state(kvm) == REALM_STATE_NEW ||
	    kvm_realm_state(kvm) == REALM_STATE_ACTIVE)
		ret = realm_unmap(realm, private, base, top);
	mutex_unlock(&realm->lock);
	return ret;
}

/**
 * kvm_realm_unmap_private() - take private memory from a realm
 * @kvm: a realm's VM
 * @gpa: first address
 * @top: end
 *
 * The contents are gone. Where it was RAM, the realm has to ask for it again.
 *
 * Return: 0, or -errno and pages of the rest are never reused.
 */
int kvm_realm_unmap_private(struct kvm *kvm, u64 gpa, u64 top)
{
	return realm_unmap_locked(kvm, true, gpa, top);
}

/**
 * kvm_realm_unmap_shared() - take the host's memory from a realm
 * @kvm: a realm's VM
 * @gpa: first address, without the shared bit
 * @top: end
 *
 * Return: 0, or -errno if the realm may still access the rest.
 */
int kvm_realm_unmap_shared(struct kvm *kvm, u64 gpa, u64 top)
{
	u64 bit = kvm_realm_shared_bit(kvm);

	/* By addition: @top may be where the other half begins. */
	return realm_unmap_locked(kvm, false, gpa + bit, top + bit);
}
