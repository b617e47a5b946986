// SPDX-License-Identifier: BSD-3-Clause
/*
 * KVM_GET_ONE_REG and KVM_SET_ONE_REG. Of a realm's vCPU user space sees what
 * it may set: x0 to x30 and pc before the REC exists, x0 to x30 again while a
 * host call waits for its answer, and the number of breakpoints.
 */
#include <stdint.h>

#include <asm/kvm_emulate.h>
#include <asm/kvm_realm.h>
#include <linux/errno.h>

#include "sim/kvm/vm.h"

/* ID_AA64DFR0_EL1: debug version, breakpoints - 1, watchpoints - 1. */
#define DFR0_DEBUGVER 6ull
#define DFR0_BRPS GENMASK_ULL(15, 12)
#define DFR0_WRPS GENMASK_ULL(23, 20)

static bool reg_is_core(u64 id, u64 *word)
{
	if (id < KVM_REG_ARM64_CORE_X(0) || id > KVM_REG_ARM64_CORE_PC ||
	    id & 1)
		return false;
	*word = (id - KVM_REG_ARM64_CORE_X(0)) / 2;
	return *word != REC_CORE_SP;
}

static u64 dfr0_get(const struct vcpu *vcpu)
{
	const struct realm *realm = &vcpu->vcpu.kvm->arch.realm;

	if (!vcpu_is_rec(&vcpu->vcpu))
		return DFR0_DEBUGVER | FIELD_PREP(DFR0_BRPS, 1) |
		       FIELD_PREP(DFR0_WRPS, 1);
	return DFR0_DEBUGVER | FIELD_PREP(DFR0_BRPS, realm->num_bps) |
	       FIELD_PREP(DFR0_WRPS, realm->num_wps);
}

static long dfr0_set(struct vcpu *vcpu, u64 value)
{
	u64 fixed = value & ~(DFR0_BRPS | DFR0_WRPS);

	if (fixed != DFR0_DEBUGVER || !vcpu_is_rec(&vcpu->vcpu))
		return -EINVAL;
	return kvm_realm_set_debug(vcpu->vcpu.kvm, FIELD_GET(DFR0_BRPS, value),
				   FIELD_GET(DFR0_WRPS, value));
}

static long core_set(struct vcpu *vcpu, u64 word, u64 value)
{
	if (vcpu_is_rec(&vcpu->vcpu))
		return kvm_rec_set_core(&vcpu->vcpu, word, value);
	if (word < REC_CORE_SP)
		vcpu_set_reg(&vcpu->vcpu, word, value);
	else
		*vcpu_pc(&vcpu->vcpu) = value;
	return 0;
}

long vcpu_get_one_reg(struct vcpu *vcpu, const struct kvm_one_reg *reg)
{
	u64 *value = (u64 *)(uintptr_t)reg->addr;
	u64 word;

	if (!vcpu->vcpu.arch.initialized)
		return -ENOEXEC;
	if (!value)
		return -EFAULT;
	if (reg_is_core(reg->id, &word))
		*value = word < REC_CORE_SP ? vcpu_get_reg(&vcpu->vcpu, word) :
				     *vcpu_pc(&vcpu->vcpu);
	else if (reg->id == KVM_REG_ARM64_ID_AA64DFR0_EL1)
		*value = dfr0_get(vcpu);
	else
		return -ENOENT;
	return 0;
}

long vcpu_set_one_reg(struct vcpu *vcpu, const struct kvm_one_reg *reg)
{
	const u64 *value = (const u64 *)(uintptr_t)reg->addr;
	u64 word;

	if (!vcpu->vcpu.arch.initialized)
		return -ENOEXEC;
	if (!value)
		return -EFAULT;
	if (reg_is_core(reg->id, &word))
		return core_set(vcpu, word, *value);
	if (reg->id == KVM_REG_ARM64_ID_AA64DFR0_EL1)
		return dfr0_set(vcpu, *value);
	return -EINVAL;
}
