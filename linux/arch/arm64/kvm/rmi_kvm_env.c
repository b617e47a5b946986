// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel around the realm code: pages, RAM, time for others; the memory of
 * a VM, and what its user space asked for. KUnit puts memory of its own in the
 * VM's place.
 */
#include <kunit/static_stub.h>
#include <linux/delay.h>
#include <linux/gfp.h>
#include <linux/memblock.h>
#include <linux/mm.h>
#include <linux/sched.h>

#include <kvm/arm_hypercalls.h>

#include "rmi_env.h"
#include "rmi_kvm.h"

phys_addr_t rmi_env_alloc_pages(unsigned int order)
{
	struct page *page;

	/* A large block is a wish: whoever asks has a way with small ones. */
	page = alloc_pages(GFP_KERNEL_ACCOUNT | __GFP_ZERO | __GFP_NOWARN,
			   order);
	if (!page)
		return RMI_NO_PAGE;
	split_page(page, order);
	return page_to_phys(page);
}

void rmi_env_get_pages(phys_addr_t base, phys_addr_t top)
{
	for (; base < top; base += PAGE_SIZE)
		get_page(phys_to_page(base));
}

void rmi_env_put_pages(phys_addr_t base, phys_addr_t top)
{
	for (; base < top; base += PAGE_SIZE)
		put_page(phys_to_page(base));
}

void *rmi_env_va(phys_addr_t pa)
{
	return phys_to_virt(pa);
}

/* What firmware keeps from the kernel's map is no RAM of ours. */
bool rmi_env_ram(unsigned int n, phys_addr_t *base, phys_addr_t *top)
{
	phys_addr_t start, end;
	u64 i;

	for_each_mem_range(i, &start, &end) {
		start = PAGE_ALIGN(start);
		end = PAGE_ALIGN_DOWN(end);
		if (start >= end || n--)
			continue;
		*base = start;
		*top = end;
		return true;
	}
	return false;
}

void rmi_env_yield(void)
{
	usleep_range(20, 100);
}

/* Attributes are kept by the page. */
static u64 alike_until(struct kvm *kvm, gfn_t gfn, gfn_t end)
{
	bool private = kvm_mem_is_private(kvm, gfn);

	do {
		gfn++;
	} while (gfn < end && kvm_mem_is_private(kvm, gfn) == private);
	cond_resched();
	return gfn_to_gpa(gfn);
}

/* To the next slot, or to @top. */
static u64 hole_until(struct kvm *kvm, u64 gpa, u64 top)
{
	struct kvm_memslot_iter iter;

	kvm_for_each_memslot_in_gfn_range(&iter, kvm_memslots(kvm),
					  gpa_to_gfn(gpa), gpa_to_gfn(top)) {
		if (kvm_is_visible_memslot(iter.slot) &&
		    realm_slot_base(iter.slot) > gpa)
			return realm_slot_base(iter.slot);
	}
	return top;
}

enum rmi_backing rmi_env_backing_range(struct kvm *kvm, u64 gpa, u64 top,
				       u64 *next)
{
	struct kvm_memory_slot *slot;

	guard(srcu)(&kvm->srcu);
	slot = realm_slot(kvm, gpa);
	if (!slot) {
		*next = hole_until(kvm, gpa, top);
		return RMI_BACKING_NONE;
	}
	*next = min(top, realm_slot_top(slot));
	if (!kvm_slot_has_gmem(slot))
		return RMI_BACKING_SHARED;
	*next = alike_until(kvm, gpa_to_gfn(gpa), gpa_to_gfn(*next));
	return kvm_mem_is_private(kvm, gpa_to_gfn(gpa)) ? RMI_BACKING_PRIVATE :
							  RMI_BACKING_SHARED;
}

enum rmi_backing rmi_env_backing(struct kvm *kvm, u64 gpa)
{
	u64 next;

	KUNIT_STATIC_STUB_REDIRECT(rmi_env_backing, kvm, gpa);
	return rmi_env_backing_range(kvm, gpa, gpa + PAGE_SIZE, &next);
}

/* The caller holds the file (realm_hold_gmem()): no page leaves it. */
int rmi_env_private_page(struct kvm *kvm, u64 gpa, phys_addr_t *pa)
{
	struct kvm_memory_slot *slot;
	struct page *page;
	kvm_pfn_t pfn;
	int ret;

	KUNIT_STATIC_STUB_REDIRECT(rmi_env_private_page, kvm, gpa, pa);
	if (!list_empty(&kvm->arch.realm_host.private))
		return -EAGAIN;
	guard(srcu)(&kvm->srcu);
	slot = realm_slot(kvm, gpa);
	if (!slot || !kvm_slot_has_gmem(slot))
		return -EFAULT;
	ret = kvm_gmem_get_pfn(kvm, slot, gpa_to_gfn(gpa), &pfn, &page, NULL);
	if (ret)
		return ret;
	put_page(page);
	*pa = PFN_PHYS(pfn);
	return 0;
}

/* Memory that others took meanwhile is not mapped: -EAGAIN. */
static int shared_page_settle(struct kvm *kvm, gfn_t gfn, unsigned long seq,
			      struct page *page)
{
	int ret;

	read_lock(&kvm->mmu_lock);
	ret = mmu_invalidate_retry_gfn(kvm, seq, gfn) || realm_is_stale(kvm) ?
	      -EAGAIN : 0;
	kvm_release_faultin_page(kvm, page, ret, true);
	read_unlock(&kvm->mmu_lock);
	return ret;
}

int rmi_env_shared_page(struct kvm *kvm, u64 gpa, phys_addr_t *pa)
{
	unsigned long seq = READ_ONCE(kvm->mmu_invalidate_seq);
	struct kvm_memory_slot *slot;
	struct page *page = NULL;
	bool writable;
	kvm_pfn_t pfn;

	/* Pairs with the barrier in kvm_mmu_invalidate_end(). */
	smp_rmb();
	guard(srcu)(&kvm->srcu);
	slot = realm_slot(kvm, gpa);
	if (!slot)
		return -EFAULT;
	/* The realm's tables have no way to grant the permission later. */
	pfn = __kvm_faultin_pfn(slot, gpa_to_gfn(gpa), FOLL_WRITE, &writable,
				&page);
	if (is_error_noslot_pfn(pfn))
		return pfn == KVM_PFN_ERR_HWPOISON ? -EHWPOISON : -EFAULT;
	/* Devices are not shared with a realm. */
	if (!page)
		return -EFAULT;
	*pa = PFN_PHYS(pfn);
	return shared_page_settle(kvm, gpa_to_gfn(gpa), seq, page);
}

/* guest_memfd has pages only; so has what the VMM shares, here. */
u64 rmi_env_block_size(struct kvm *kvm, u64 gpa, enum rmi_backing backing)
{
	return PAGE_SIZE;
}

int rmi_env_source_page(u64 uaddr, phys_addr_t *pa)
{
	struct page *page;

	KUNIT_STATIC_STUB_REDIRECT(rmi_env_source_page, uaddr, pa);
	if (get_user_pages_fast(uaddr, 1, 0, &page) != 1)
		return -EFAULT;
	*pa = page_to_phys(page);
	return 0;
}

void rmi_env_put_source(phys_addr_t pa)
{
	KUNIT_STATIC_STUB_REDIRECT(rmi_env_put_source, pa);
	put_page(phys_to_page(pa));
}

bool rmi_env_ripas_pending(struct kvm *kvm, u64 *base, u64 *top)
{
	struct kvm_memory_slot *slot;
	int bkt;

	KUNIT_STATIC_STUB_REDIRECT(rmi_env_ripas_pending, kvm, base, top);
	guard(srcu)(&kvm->srcu);
	kvm_for_each_memslot(slot, bkt, kvm_memslots(kvm)) {
		if (!kvm_is_visible_memslot(slot) || !kvm_slot_has_gmem(slot) ||
		    slot->arch.ripas_done)
			continue;
		*base = realm_slot_base(slot);
		*top = realm_slot_top(slot);
		return true;
	}
	return false;
}

void rmi_env_ripas_done(struct kvm *kvm, u64 base)
{
	struct kvm_memory_slot *slot;

	KUNIT_STATIC_STUB_REDIRECT(rmi_env_ripas_done, kvm, base);
	guard(srcu)(&kvm->srcu);
	slot = realm_slot(kvm, base);
	if (slot)
		slot->arch.ripas_done = true;
}

static bool smccc_action_is(struct kvm *kvm, u64 function, u8 action)
{
	return function <= U32_MAX &&
	       kvm_smccc_filter_get_action(kvm, function) == action;
}

bool rmi_env_forwards_call(struct kvm *kvm, u64 function)
{
	return smccc_action_is(kvm, function, KVM_SMCCC_FILTER_FWD_TO_USER);
}

bool rmi_env_denies_call(struct kvm *kvm, u64 function)
{
	return smccc_action_is(kvm, function, KVM_SMCCC_FILTER_DENY);
}
