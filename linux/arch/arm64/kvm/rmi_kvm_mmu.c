// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory that comes to a realm's VM and goes from it.
 *
 * Its owners take memory under mmu_lock, where nobody may sleep, and taking it
 * out of a realm's tables may. So it is noted what is stale, and all vCPUs are
 * kicked: none enters its REC before it has done that job, so that what is
 * stale is not accessed. Private memory is kept by the realm code besides (see
 * rmi_env.h).
 */
#include <linux/pagemap.h>
#include <linux/slab.h>

#include <asm/kvm_emulate.h>

#include "rmi_kvm.h"

struct file *realm_hold_gmem(struct kvm *kvm, u64 gpa, u64 *top)
{
	struct kvm_memory_slot *slot;
	struct file *file = NULL;

	guard(srcu)(&kvm->srcu);
	slot = realm_slot(kvm, gpa);
	if (slot && kvm_slot_has_gmem(slot)) {
		file = get_file_active(&slot->gmem.file);
		*top = realm_slot_top(slot);
	}
	if (file)
		filemap_invalidate_lock_shared(file->f_mapping);
	return file;
}

void realm_release_gmem(struct file *file)
{
	if (!file)
		return;
	filemap_invalidate_unlock_shared(file->f_mapping);
	fput(file);
}

static void stale_kick(struct kvm *kvm)
{
	kvm_make_all_cpus_request(kvm, KVM_REQ_REALM_STALE);
	queue_work(system_dfl_wq, &kvm->arch.realm_host.work);
}

/* A wider range costs faults only: what is shared is not lost. */
static void stale_shared(struct kvm *kvm, u64 base, u64 top)
{
	struct realm_host *host = &kvm->arch.realm_host;

	if (kvm_realm_state(kvm) != REALM_STATE_ACTIVE)
		return;
	host->shared_base = min(host->shared_base, base);
	host->shared_top = max(host->shared_top, top);
	stale_kick(kvm);
}

/* Who takes private memory can wait, as KVM's other ways of unmapping do. */
static void stale_private(struct kvm *kvm, u64 base, u64 top)
{
	struct stale_range *range;

	if (kvm_realm_state(kvm) == REALM_STATE_NONE)
		return;
	write_unlock(&kvm->mmu_lock);
	range = kmalloc_obj(*range, GFP_KERNEL | __GFP_NOFAIL);
	write_lock(&kvm->mmu_lock);
	range->base = base;
	range->top = top;
	list_add_tail(&range->entry, &kvm->arch.realm_host.private);
	stale_kick(kvm);
}

void kvm_realm_flush_stale(struct kvm *kvm)
{
	struct realm_host *host = &kvm->arch.realm_host;
	struct stale_range *range;
	u64 base, top;

	mutex_lock(&host->lock);
	write_lock(&kvm->mmu_lock);
	while (!list_empty(&host->private)) {
		range = list_first_entry(&host->private, struct stale_range,
					 entry);
		write_unlock(&kvm->mmu_lock);
		kvm_realm_unmap_private(kvm, range->base, range->top);
		write_lock(&kvm->mmu_lock);
		list_del(&range->entry);
		kfree(range);
	}
	base = host->shared_base;
	top = host->shared_top;
	write_unlock(&kvm->mmu_lock);

	/* What the realm still maps may be anybody's: it has run its last. */
	if (base < top && kvm_realm_unmap_shared(kvm, base, top))
		kvm_vm_dead(kvm);

	write_lock(&kvm->mmu_lock);
	if (host->shared_base == base && host->shared_top == top) {
		host->shared_base = U64_MAX;
		host->shared_top = 0;
	}
	write_unlock(&kvm->mmu_lock);
	mutex_unlock(&host->lock);
}

void realm_flush_work(struct work_struct *work)
{
	kvm_realm_flush_stale(container_of(work, struct kvm,
					   arch.realm_host.work));
}

bool kvm_realm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range)
{
	u64 base = gfn_to_gpa(range->start), top = gfn_to_gpa(range->end);

	lockdep_assert_held_write(&kvm->mmu_lock);
	if (range->attr_filter & KVM_FILTER_SHARED)
		stale_shared(kvm, base, top);
	if (range->attr_filter & KVM_FILTER_PRIVATE)
		stale_private(kvm, base, top);
	return false;
}

void kvm_realm_flush_memslot(struct kvm *kvm, struct kvm_memory_slot *slot)
{
	struct kvm_gfn_range range = {
		.start = slot->base_gfn,
		.end = slot->base_gfn + slot->npages,
		.attr_filter = KVM_FILTER_SHARED | KVM_FILTER_PRIVATE,
	};

	write_lock(&kvm->mmu_lock);
	kvm_realm_unmap_gfn_range(kvm, &range);
	write_unlock(&kvm->mmu_lock);
	kvm_realm_flush_stale(kvm);
}

/* KVM_PRE_FAULT_MEMORY; only realms have it. */
long kvm_arch_vcpu_pre_fault_memory(struct kvm_vcpu *vcpu,
				    struct kvm_pre_fault_memory *range)
{
	u64 gpa = range->gpa, top = gpa, size;
	struct kvm *kvm = vcpu->kvm;
	struct file *file;
	int ret;

	if (!vcpu_is_rec(vcpu))
		return -EOPNOTSUPP;
	kvm_realm_flush_stale(kvm);
	file = realm_hold_gmem(kvm, gpa, &top);
	size = min(range->size, max_t(u64, top - gpa, PAGE_SIZE));
	ret = kvm_realm_pre_fault(kvm, &gpa, &size);
	realm_release_gmem(file);
	return gpa > range->gpa ? gpa - range->gpa : ret;
}
