// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the realm code needs of the kernel (linux/arch/arm64/kvm/rmi_env.h), on
 * the simulated machine.
 */
#include <sched.h>

#include <asm/page.h>
#include <linux/errno.h>

#include "linux/arch/arm64/kvm/rmi_env.h"
#include "sim/kernel/pages.h"
#include "sim/kernel/user.h"
#include "sim/kvm/vm.h"
#include "sim/machine/machine.h"

phys_addr_t rmi_env_alloc_pages(unsigned int order)
{
	return pages_alloc(1ull << order, 1ull << order);
}

void rmi_env_get_pages(phys_addr_t base, phys_addr_t top)
{
	pages_get(base, top);
}

void rmi_env_put_pages(phys_addr_t base, phys_addr_t top)
{
	pages_put(base, top);
}

void *rmi_env_va(phys_addr_t pa)
{
	return machine_host_view(pa);
}

bool rmi_env_ram(unsigned int n, phys_addr_t *base, phys_addr_t *top)
{
	const struct machine_conf *conf = machine_conf();

	if (n >= conf->ram_count)
		return false;
	*base = conf->ram[n].base;
	*top = conf->ram[n].base + conf->ram[n].size;
	return true;
}

/* An interrupt has no handler here: who raised it looks elsewhere, too. */
void rmi_env_yield(void)
{
	machine_irq_lower(machine_cpu());
	sched_yield();
}

enum rmi_backing rmi_env_backing(struct kvm *kvm, u64 gpa)
{
	enum rmi_backing backing = RMI_BACKING_NONE;
	struct vm *vm = to_vm(kvm);
	const struct slot *slot;

	mutex_lock(&kvm->slots_lock);
	slot = vm_slot(vm, gpa);
	if (slot)
		backing = slot->gmem && ranges_contain(&vm->private, gpa) ?
			  RMI_BACKING_PRIVATE : RMI_BACKING_SHARED;
	mutex_unlock(&kvm->slots_lock);
	return backing;
}

int rmi_env_private_page(struct kvm *kvm, u64 gpa, phys_addr_t *pa)
{
	const struct slot *slot;
	int ret = -EFAULT;

	mutex_lock(&kvm->slots_lock);
	slot = vm_slot(to_vm(kvm), gpa);
	if (slot && slot->gmem)
		ret = gmem_page(slot->gmem,
				gpa - slot->gpa + slot->gmem_offset, pa);
	mutex_unlock(&kvm->slots_lock);
	return ret;
}

int rmi_env_shared_page(struct kvm *kvm, u64 gpa, phys_addr_t *pa)
{
	const struct slot *slot;
	int ret = -EFAULT;

	mutex_lock(&kvm->slots_lock);
	slot = vm_slot(to_vm(kvm), gpa);
	if (slot && user_page(slot->uaddr + (gpa - slot->gpa), pa))
		ret = 0;
	mutex_unlock(&kvm->slots_lock);
	return ret;
}

int rmi_env_source_page(u64 uaddr, phys_addr_t *pa)
{
	return user_page(uaddr, pa) ? 0 : -EFAULT;
}

/* The VMM's mappings hold their pages. */
void rmi_env_put_source(phys_addr_t pa)
{
}

bool rmi_env_forwards_call(struct kvm *kvm, u64 function)
{
	return ranges_contain(&to_vm(kvm)->forwarded, function);
}

void rmi_env_wait(struct kvm_vcpu *vcpu)
{
	cpu_idle(&to_vcpu(vcpu)->kick);
}

static struct slot *ripas_next(struct vm *vm)
{
	struct slot *slot;

	for (slot = vm->slot; slot < vm->slot + VM_SLOTS; slot++) {
		if (slot->used && slot->gmem && !slot->ripas_done)
			return slot;
	}
	return NULL;
}

bool rmi_env_ripas_pending(struct kvm *kvm, u64 *base, u64 *top)
{
	const struct slot *slot;

	mutex_lock(&kvm->slots_lock);
	slot = ripas_next(to_vm(kvm));
	if (slot) {
		*base = slot->gpa;
		*top = slot->gpa + slot->size;
	}
	mutex_unlock(&kvm->slots_lock);
	return slot;
}

void rmi_env_ripas_done(struct kvm *kvm, u64 base)
{
	struct slot *slot;

	mutex_lock(&kvm->slots_lock);
	slot = vm_slot(to_vm(kvm), base);
	if (slot)
		slot->ripas_done = true;
	mutex_unlock(&kvm->slots_lock);
}
