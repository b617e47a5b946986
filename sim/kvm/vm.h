/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A VM of the simulated KVM, and what belongs to it.
 *
 * Locks, outermost first: kvm.lock (ioctls of a VM, one at a time), the realm's
 * lock (in the core), kvm.slots_lock (vm.memory and its pages), the vGIC's.
 */
#ifndef SIM_KVM_VM_H
#define SIM_KVM_VM_H

#include <asm/page.h>
#include <linux/kvm_host.h>

#include "abi/kvm_uapi.h"
#include "sim/kernel/cpus.h"
#include "sim/kernel/memmap.h"
#include "sim/kernel/smccc_filter.h"
#include "sim/kvm/vgic.h"

struct file;

/* A file of guest_memfd: pages that only the guest can have. */
struct gmem {
	struct vm *vm;
	struct memfile memory;
};

struct vm {
	struct kvm kvm;
	struct vm *next; /* of all VMs */
	unsigned int users; /* its own file, and those of vCPUs and gmem */
	unsigned int ipa_bits;
	bool has_run;
	struct memmap memory;
	struct smccc_filter filter;
	struct vgic *vgic; /* NULL: none */
};

struct vcpu {
	struct kvm_vcpu vcpu;
	struct mutex lock; /* one ioctl at a time */
	bool has_run;
	struct kick kick;
	struct vgic_vcpu vgic;
	u64 deadline[2]; /* by enum rmi_timer: when its interrupt comes */
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

static inline u64 vcpu_mpidr(const struct vcpu *vcpu)
{
	return kvm_rec_mpidr(vcpu->vcpu.vcpu_id);
}

/* sim/kernel/caps.c */
long vm_check_extension(unsigned long cap, bool realm);
/* vm.c */
long vm_create(unsigned long type);
void vm_get(struct vm *vm);
void vm_put(struct vm *vm);
void vms_unmap_user(u64 uaddr, u64 size);
/* device.c: of which there is but the vGIC. */
long device_create(struct vm *vm, struct kvm_create_device *create);
long device_check_run(const struct vm *vm);
void device_free(struct vm *vm);
/* vcpu.c, one_reg.c, run.c */
long vcpu_create(struct vm *vm, unsigned long id);
struct vcpu *vcpu_of_file(const struct file *file);
void vcpu_free(struct kvm_vcpu *vcpu);
long vcpu_get_one_reg(struct vcpu *vcpu, const struct kvm_one_reg *reg);
long vcpu_set_one_reg(struct vcpu *vcpu, const struct kvm_one_reg *reg);
long vcpu_run(struct vcpu *vcpu);
/* memslot.c; RAM of a realm lies below the bit that selects the other half. */
u64 vm_memory_limit(const struct vm *vm);
long vm_set_region(struct vm *vm,
		   const struct kvm_userspace_memory_region2 *region);
long vm_set_attributes(struct vm *vm, const struct kvm_memory_attributes *set);
/* gmem.c */
long gmem_create(struct vm *vm, const struct kvm_create_guest_memfd *create);
struct gmem *gmem_of_file(const struct file *file);

#endif
