// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the realm code needs of KVM (linux/arch/arm64/kvm/rmi_env.h); what it
 * needs of the rest of the kernel is in sim/kernel/env.c.
 */
#include <asm/page.h>
#include <linux/errno.h>

#include "linux/arch/arm64/kvm/rmi_env.h"
#include "sim/kvm/vm.h"

#define BLOCK_SIZE 0x200000ull

enum rmi_backing rmi_env_backing_range(struct kvm *kvm, u64 gpa, u64 top,
				       u64 *next)
{
	struct memmap *memory = &to_vm(kvm)->memory;
	enum rmi_backing backing = RMI_BACKING_NONE;
	const struct memslot *slot;

	mutex_lock(&kvm->slots_lock);
	*next = memmap_next(memory, gpa, top);
	slot = memmap_slot(memory, gpa);
	if (slot)
		backing = memmap_is_private(memory, slot, gpa) ?
			  RMI_BACKING_PRIVATE : RMI_BACKING_SHARED;
	mutex_unlock(&kvm->slots_lock);
	return backing;
}

enum rmi_backing rmi_env_backing(struct kvm *kvm, u64 gpa)
{
	u64 next;

	return rmi_env_backing_range(kvm, gpa, gpa + PAGE_SIZE, &next);
}

static int backing_page(struct kvm *kvm, u64 gpa, bool private, phys_addr_t *pa)
{
	int ret;

	mutex_lock(&kvm->slots_lock);
	ret = memmap_page(&to_vm(kvm)->memory, gpa, private, pa);
	mutex_unlock(&kvm->slots_lock);
	return ret;
}

int rmi_env_private_page(struct kvm *kvm, u64 gpa, phys_addr_t *pa)
{
	return backing_page(kvm, gpa, true, pa);
}

int rmi_env_shared_page(struct kvm *kvm, u64 gpa, phys_addr_t *pa)
{
	return backing_page(kvm, gpa, false, pa);
}

u64 rmi_env_block_size(struct kvm *kvm, u64 gpa, enum rmi_backing backing)
{
	u64 base = ALIGN_DOWN(gpa, BLOCK_SIZE), next;
	bool fits = rmi_env_backing_range(kvm, base, base + BLOCK_SIZE,
					  &next) == backing &&
		    next == base + BLOCK_SIZE;

	mutex_lock(&kvm->slots_lock);
	fits = fits && memmap_is_block(&to_vm(kvm)->memory, base, BLOCK_SIZE,
				       backing == RMI_BACKING_PRIVATE);
	mutex_unlock(&kvm->slots_lock);
	return fits ? BLOCK_SIZE : PAGE_SIZE;
}

bool rmi_env_forwards_call(struct kvm *kvm, u64 function)
{
	return ranges_contain(&to_vm(kvm)->filter.forwarded, function);
}

bool rmi_env_denies_call(struct kvm *kvm, u64 function)
{
	return ranges_contain(&to_vm(kvm)->filter.denied, function);
}

void rmi_env_stop(struct kvm_vcpu *vcpu)
{
	WRITE_ONCE(vcpu->arch.stopped, true);
}

void rmi_env_start(struct kvm_vcpu *vcpu)
{
	WRITE_ONCE(vcpu->arch.stopped, false);
	cpu_wake(&to_vcpu(vcpu)->kick);
}

bool rmi_env_mmio(struct kvm_vcpu *vcpu, u64 gpa, unsigned int len, bool write,
		  u64 *data)
{
	return vgic_mmio(to_vcpu(vcpu), gpa, len, write, data);
}

bool rmi_env_sysreg(struct kvm_vcpu *vcpu, u64 esr, u64 *data)
{
	return (esr & ESR_SYSREG_ENCODING) == ICC_SGI1R_EL1 &&
	       !(esr & ESR_SYSREG_READ) && vgic_send_sgi(to_vcpu(vcpu), *data);
}

bool rmi_env_ripas_pending(struct kvm *kvm, u64 *base, u64 *top)
{
	const struct memslot *slot;

	mutex_lock(&kvm->slots_lock);
	slot = memmap_ripas_pending(&to_vm(kvm)->memory);
	if (slot) {
		*base = slot->gpa;
		*top = slot->gpa + slot->size;
	}
	mutex_unlock(&kvm->slots_lock);
	return slot;
}

void rmi_env_ripas_done(struct kvm *kvm, u64 base)
{
	struct memslot *slot;

	mutex_lock(&kvm->slots_lock);
	slot = memmap_slot(&to_vm(kvm)->memory, base);
	if (slot)
		slot->ripas_done = true;
	mutex_unlock(&kvm->slots_lock);
}
