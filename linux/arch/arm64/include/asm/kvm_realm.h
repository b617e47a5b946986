/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Questions about VMs and vCPUs that may be realms and RECs.
 */
#ifndef __ASM_KVM_REALM_H
#define __ASM_KVM_REALM_H

#include <linux/kvm_host.h>
#include <asm/kvm_rmi.h>

/* Costs ordinary VMs of a machine without realms one patched no-op. */
static inline bool kvm_is_realm(const struct kvm *kvm)
{
	return static_branch_unlikely(&kvm_rmi_is_available) &&
	       kvm->arch.is_realm;
}

static inline enum realm_state kvm_realm_state(const struct kvm *kvm)
{
	return READ_ONCE(kvm->arch.realm.state);
}

static inline bool vcpu_is_rec(const struct kvm_vcpu *vcpu)
{
	return kvm_is_realm(vcpu->kvm);
}

/* The topmost bit of the IPA space: set in the half that the host shares. */
static inline u64 kvm_realm_shared_bit(const struct kvm *kvm)
{
	return 1ULL << (kvm->arch.realm.ia_bits - 1);
}

bool kvm_set_realm_state(struct kvm *kvm, enum realm_state state);

#endif
