/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stand-in for the kernel's header: a vCPU's registers.
 */
#ifndef SIM_ASM_KVM_EMULATE_H
#define SIM_ASM_KVM_EMULATE_H

#include <linux/kvm_host.h>

static inline unsigned long vcpu_get_reg(const struct kvm_vcpu *vcpu, u8 reg)
{
	return vcpu->arch.regs[reg];
}

static inline void vcpu_set_reg(struct kvm_vcpu *vcpu, u8 reg,
				unsigned long value)
{
	vcpu->arch.regs[reg] = value;
}

static inline unsigned long *vcpu_pc(struct kvm_vcpu *vcpu)
{
	return &vcpu->arch.pc;
}

#endif
