/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of the realm code's KVM side share.
 */
#ifndef __KVM_RMI_KVM_H
#define __KVM_RMI_KVM_H

#include <linux/fs.h>
#include <linux/kvm_host.h>

/* A slot of user space; wants kvm->srcu. */
static inline struct kvm_memory_slot *realm_slot(struct kvm *kvm, u64 gpa)
{
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gpa_to_gfn(gpa));

	return kvm_is_visible_memslot(slot) ? slot : NULL;
}

static inline u64 realm_slot_base(const struct kvm_memory_slot *slot)
{
	return gfn_to_gpa(slot->base_gfn);
}

static inline u64 realm_slot_top(const struct kvm_memory_slot *slot)
{
	return gfn_to_gpa(slot->base_gfn + slot->npages);
}

/* Some of the host's memory is still mapped; wants mmu_lock. */
static inline bool realm_is_stale(const struct kvm *kvm)
{
	return kvm->arch.realm_host.shared_base <
	       kvm->arch.realm_host.shared_top;
}

/*
 * Keeps the pages of a guest_memfd in it: of the slot at @gpa, whose end is
 * stored to @top. NULL if there is none.
 */
struct file *realm_hold_gmem(struct kvm *kvm, u64 gpa, u64 *top);
void realm_release_gmem(struct file *file);

/* Of struct realm_host: private memory that is stale, and the work. */
struct stale_range {
	struct list_head entry;
	u64 base;
	u64 top;
};

void realm_flush_work(struct work_struct *work);

#endif
