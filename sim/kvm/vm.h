/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A VM of the simulated KVM, and what belongs to it.
 *
 * Locks, outermost first: kvm.lock (ioctls of a VM, one at a time), the realm's
 * lock (in the core), kvm.slots_lock (slots, attributes, guest_memfd pages).
 */
#ifndef SIM_KVM_VM_H
#define SIM_KVM_VM_H

#include <asm/page.h>
#include <linux/kvm_host.h>
#include <linux/types.h>

#include "abi/kvm_uapi.h"
#include "sim/kernel/cpus.h"
#include "sim/kernel/ranges.h"

#define VM_SLOTS 32

/* KVM_ARM_TARGET_GENERIC_V8 of the kernel. */
#define KVM_ARM_TARGET_GENERIC 5

struct file;
struct vm;

/* A file of guest_memfd: pages that only the guest can have. */
struct gmem {
	struct vm *vm;
	u64 count;
	phys_addr_t *page; /* PAGES_NONE: not allocated yet */
};

struct slot {
	bool used;
	bool ripas_done; /* the RMM knows that it is RAM */
	u64 gpa;
	u64 size;
	u64 uaddr;
	struct gmem *gmem; /* NULL: none, or its file was closed */
	u64 gmem_offset;
};

struct vm {
	struct kvm kvm;
	struct vm *next; /* of all VMs */
	unsigned int users; /* its own file, and those of vCPUs and gmem */
	unsigned int ipa_bits;
	bool has_run;
	struct slot slot[VM_SLOTS];
	struct ranges private; /* KVM_MEMORY_ATTRIBUTE_PRIVATE */
	struct ranges filtered; /* SMCCC functions that the VMM named */
	struct ranges forwarded; /* those that go to it */
};

struct vcpu {
	struct kvm_vcpu vcpu;
	struct mutex lock; /* one ioctl at a time */
	struct kick kick;
	union {
		struct kvm_run run;
		u8 page[PAGE_SIZE]; /* as the VMM maps it */
	};
};

static inline struct vm *to_vm(struct kvm *kvm)
{
	return container_of(kvm, struct vm, kvm);
}

static inline struct vcpu *to_vcpu(struct kvm_vcpu *vcpu)
{
	return container_of(vcpu, struct vcpu, vcpu);
}

/* vm.c */
long vm_create(unsigned long type);
long vm_check_extension(unsigned long cap, bool realm);
void vm_get(struct vm *vm);
void vm_put(struct vm *vm);
void vms_unmap_user(u64 uaddr, u64 size);

/* vcpu.c, one_reg.c, run.c */
long vcpu_create(struct vm *vm, unsigned long id);
struct vcpu *vcpu_of_file(const struct file *file);
void vcpu_free(struct kvm_vcpu *vcpu);
long vcpu_get_one_reg(struct vcpu *vcpu, const struct kvm_one_reg *reg);
long vcpu_set_one_reg(struct vcpu *vcpu, const struct kvm_one_reg *reg);
long vcpu_run(struct vcpu *vcpu);

/* memslot.c */
long vm_set_region(struct vm *vm,
		   const struct kvm_userspace_memory_region2 *region);
struct slot *vm_slot(struct vm *vm, u64 gpa);
long vm_set_attributes(struct vm *vm, const struct kvm_memory_attributes *set);

/* gmem.c */
long gmem_create(struct vm *vm, const struct kvm_create_guest_memfd *create);
struct gmem *gmem_of_file(const struct file *file);
int gmem_page(struct gmem *gmem, u64 offset, phys_addr_t *pa);

#endif
