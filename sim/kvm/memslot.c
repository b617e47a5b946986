// SPDX-License-Identifier: BSD-3-Clause
/*
 * Memory slots, which of the VMM's memory a guest sees where; and attributes,
 * which of it is private.
 */
#include <asm/kvm_realm.h>
#include <asm/page.h>
#include <linux/errno.h>

#include "sim/kernel/file.h"
#include "sim/kvm/vm.h"

u64 vm_memory_limit(const struct vm *vm)
{
	return kvm_is_realm(&vm->kvm) ? kvm_realm_shared_bit(&vm->kvm) :
					1ull << vm->ipa_bits;
}

/*
 * Neither dirty logging nor read-only slots: both would have to change the
 * permissions of tables that are the RMM's.
 */
static long region_check(const struct vm *vm,
			 const struct kvm_userspace_memory_region2 *region)
{
	u64 top = region->guest_phys_addr + region->memory_size;

	return region->slot >= MEMMAP_SLOTS ||
	       region->flags & ~KVM_MEM_GUEST_MEMFD ||
	       !PAGE_ALIGNED(region->guest_phys_addr | region->memory_size |
			     region->userspace_addr) ||
	       top < region->guest_phys_addr || top > vm_memory_limit(vm) ?
	       -EINVAL : 0;
}

static long region_bind(struct vm *vm, struct memslot *slot, struct gmem *gmem,
			const struct kvm_userspace_memory_region2 *region)
{
	u64 offset = region->guest_memfd_offset;

	if (!gmem)
		return -EBADF;
	if (!kvm_is_realm(&vm->kvm) || gmem->vm != vm ||
	    !PAGE_ALIGNED(offset) || offset > gmem->memory.count * PAGE_SIZE ||
	    region->memory_size > gmem->memory.count * PAGE_SIZE - offset)
		return -EINVAL;
	slot->file = &gmem->memory;
	slot->offset = offset;
	return 0;
}

static long slot_create(struct vm *vm, struct memslot *slot, struct gmem *gmem,
			const struct kvm_userspace_memory_region2 *region)
{
	struct memslot new = {
		.used = true,
		.gpa = region->guest_phys_addr,
		.size = region->memory_size,
		.uaddr = region->userspace_addr,
	};
	long ret = 0;

	if (slot->used)
		return -EINVAL;
	if (region->flags & KVM_MEM_GUEST_MEMFD)
		ret = region_bind(vm, &new, gmem, region);
	if (!ret && memmap_conflicts(&vm->memory, &new))
		ret = -EEXIST;
	if (!ret)
		*slot = new;
	return ret;
}

static long slot_delete(struct vm *vm, struct memslot *slot)
{
	struct memslot old = *slot;
	int private = 0, shared = 0;

	if (!old.used)
		return -EINVAL;
	mutex_lock(&vm->kvm.slots_lock);
	*slot = (struct memslot) {};
	mutex_unlock(&vm->kvm.slots_lock);

	if (kvm_is_realm(&vm->kvm)) {
		shared = kvm_realm_unmap_shared(&vm->kvm, old.gpa,
						old.gpa + old.size);
		private = kvm_realm_unmap_private(&vm->kvm, old.gpa,
						  old.gpa + old.size);
	}
	return shared ? shared : private;
}

static long slot_set(struct vm *vm, struct gmem *gmem,
		     const struct kvm_userspace_memory_region2 *region)
{
	struct memslot *slot;
	long ret = region_check(vm, region);

	if (ret)
		return ret;
	slot = &vm->memory.slot[region->slot];
	if (!region->memory_size)
		return slot_delete(vm, slot);

	mutex_lock(&vm->kvm.slots_lock);
	ret = slot_create(vm, slot, gmem, region);
	mutex_unlock(&vm->kvm.slots_lock);
	return ret;
}

long vm_set_region(struct vm *vm,
		   const struct kvm_userspace_memory_region2 *region)
{
	struct file *file = NULL;
	long ret;

	/* Held across the lock, which the end of the file takes, too. */
	if (region->flags & KVM_MEM_GUEST_MEMFD)
		file = file_get(region->guest_memfd);

	mutex_lock(&vm->kvm.lock);
	ret = slot_set(vm, gmem_of_file(file), region);
	mutex_unlock(&vm->kvm.lock);
	if (file)
		file_put(file);
	return ret;
}

/* What is of the other kind now must go, where there is memory at all. */
static int attributes_unmap(struct vm *vm, u64 base, u64 top, bool private)
{
	const struct memslot *slot;
	int ret, result = 0;
	u64 from, to;

	for_each_memslot(slot, &vm->memory) {
		from = slot->gpa > base ? slot->gpa : base;
		to = min(slot->gpa + slot->size, top);
		if (from >= to)
			continue;
		ret = private ? kvm_realm_unmap_shared(&vm->kvm, from, to) :
				kvm_realm_unmap_private(&vm->kvm, from, to);
		if (ret)
			result = ret;
	}
	return result;
}

long vm_set_attributes(struct vm *vm, const struct kvm_memory_attributes *set)
{
	bool private = set->attributes & KVM_MEMORY_ATTRIBUTE_PRIVATE;
	u64 top = set->address + set->size;
	long ret;

	if (!kvm_is_realm(&vm->kvm) || set->flags ||
	    set->attributes & ~KVM_MEMORY_ATTRIBUTE_PRIVATE ||
	    !set->size || !PAGE_ALIGNED(set->address | set->size) ||
	    top < set->address || top > vm_memory_limit(vm))
		return -EINVAL;

	mutex_lock(&vm->kvm.slots_lock);
	ret = ranges_set(&vm->memory.private, set->address, top, private);
	mutex_unlock(&vm->kvm.slots_lock);
	return ret ? ret : attributes_unmap(vm, set->address, top, private);
}
