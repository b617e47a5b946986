/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: as much of a VM and of its vCPUs as the
 * realm code looks at. sim/kvm/vm.h has the rest.
 */
#ifndef SIM_LINUX_KVM_HOST_H
#define SIM_LINUX_KVM_HOST_H

#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/types.h>

typedef u64 gpa_t;

#include <asm/kvm_rmi.h>

#define kvm_info(format, ...) pr_info("kvm [1]: " format, ##__VA_ARGS__)
#define kvm_err(format, ...) pr_err("kvm [1]: " format, ##__VA_ARGS__)

#define KVM_MAX_VCPUS 64

struct kvm_run;

struct kvm_vcpu_arch {
	struct realm_rec rec;
	unsigned long regs[31];
	unsigned long pc;
	bool initialized;
	bool stopped; /* KVM_ARM_VCPU_POWER_OFF */
};

struct kvm_vcpu {
	struct kvm *kvm;
	int vcpu_id;
	struct kvm_run *run;
	struct kvm_vcpu_arch arch;
};

struct kvm_arch {
	bool is_realm;
	struct realm realm;
	struct mutex config_lock;
};

struct kvm {
	struct mutex lock;
	struct mutex slots_lock;
	struct kvm_vcpu *vcpus[KVM_MAX_VCPUS]; /* in the order of creation */
	unsigned long online_vcpus;
	struct kvm_arch arch;
};

#define kvm_for_each_vcpu(idx, vcpu, kvm) \
	for ((idx) = 0; (idx) < (kvm)->online_vcpus && \
			((vcpu) = (kvm)->vcpus[idx]); (idx)++)

static inline bool kvm_vcpu_initialized(struct kvm_vcpu *vcpu)
{
	return vcpu->arch.initialized;
}

static inline bool kvm_arm_vcpu_stopped(struct kvm_vcpu *vcpu)
{
	return vcpu->arch.stopped;
}

/* For RCU and the like, which a kernel has. */
static inline void guest_state_enter_irqoff(void)
{
}

static inline void guest_state_exit_irqoff(void)
{
}

#endif
