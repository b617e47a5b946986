/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What KVM's own files call for realms, where it is not the realm code itself
 * (asm/kvm_rmi.h): VMs, memory slots and vCPUs. All are for realms and their
 * vCPUs only, but for the ioctl that makes others fail.
 *
 * This header needs none of KVM's others, so that asm/kvm_host.h can include
 * it.
 */
#ifndef __ASM_KVM_REALM_HOST_H
#define __ASM_KVM_REALM_HOST_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/workqueue.h>

struct kvm;
struct kvm_arm_rmi_populate;
struct kvm_enable_cap;
struct kvm_gfn_range;
struct kvm_memory_slot;
struct kvm_one_reg;
struct kvm_vcpu;

/**
 * struct realm_host - memory that its owner took and that a realm still maps
 * @lock: held while that is taken out of the realm's tables
 * @work: takes it out if no vCPU does before
 * @shared_base: first address of the host's memory
 * @shared_top: its end; nothing if not above @shared_base
 * @private: ranges of guest_memfd
 *
 * mmu_lock guards all but @lock and @work. No vCPU enters its REC meanwhile
 * (KVM_REQ_REALM_STALE).
 */
struct realm_host {
	struct mutex lock; /* order of those who flush */
	struct work_struct work;
	u64 shared_base;
	u64 shared_top;
	struct list_head private;
};

/* ---- VMs ----------------------------------------------------------------- */

/*
 * Makes a new VM a realm, as wide as its IPA space. -EINVAL if there are no
 * realms, or none of that width. It ends when its vCPUs are gone.
 */
int kvm_realm_init_vm(struct kvm *kvm);
void kvm_realm_create_debugfs(struct kvm *kvm);
void kvm_realm_destroy_vm(struct kvm *kvm);

/* KVM_ENABLE_CAP: parameters, or -EINVAL. */
int kvm_realm_enable_cap(struct kvm *kvm, struct kvm_enable_cap *cap);

/* KVM_ARM_RMI_POPULATE; -ENXIO if the VM is no realm. */
int kvm_realm_ioctl_populate(struct kvm *kvm,
			     struct kvm_arm_rmi_populate __user *argp);

/* ---- Memory -------------------------------------------------------------- */

/*
 * kvm_unmap_gfn_range(): false, KVM has no TLB to flush. And of a slot that
 * goes.
 */
bool kvm_realm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range);
void kvm_realm_flush_memslot(struct kvm *kvm, struct kvm_memory_slot *slot);

/* Takes out of a realm what it must not map any more. May sleep. */
void kvm_realm_flush_stale(struct kvm *kvm);

/* ---- vCPUs --------------------------------------------------------------- */

/* Makes the realm active. -EINVAL if the vCPU came after that; or -errno. */
int kvm_rec_first_run(struct kvm_vcpu *vcpu);

/*
 * Enters the REC of a vCPU that is loaded, without interrupts: ARM_EXCEPTION_*.
 * Then does what it wants: 1 to enter it again, or the result of KVM_RUN.
 */
int kvm_rec_run(struct kvm_vcpu *vcpu);
int kvm_rec_handle(struct kvm_vcpu *vcpu);

/*
 * KVM_SET_ONE_REG: x0 to x30 and the program counter before the REC exists, x0
 * to x30 again while a host call waits for its answer, and the number of
 * breakpoints. 0 or -errno.
 */
int kvm_rec_set_reg(struct kvm_vcpu *vcpu, const struct kvm_one_reg *reg);

/* KVM_ARM_VCPU_INIT again: -EBUSY once the REC exists. */
int kvm_rec_reset(struct kvm_vcpu *vcpu);

/* Of the host's ID_AA64DFR0_EL1 what a realm has. */
u64 kvm_realm_dfr0(const struct kvm *kvm, u64 val);

#endif
