// SPDX-License-Identifier: BSD-3-Clause
/*
 * What this kernel can do, and how much of it.
 */
#include <asm/kvm_rmi.h>
#include <linux/kvm_host.h>

#include "sim/kvm/vm.h"
#include "sim/machine/machine.h"

long vm_check_extension(unsigned long cap, bool realm)
{
	bool available = static_branch_unlikely(&kvm_rmi_is_available);

	switch (cap) {
	case KVM_CAP_NR_VCPUS:
		return machine_conf()->cpus;
	case KVM_CAP_MAX_VCPUS:
		return realm ? min(kvm_rmi_max_recs(), KVM_MAX_VCPUS) :
			       KVM_MAX_VCPUS;
	case KVM_CAP_ARM_VM_IPA_SIZE:
		return available ? kvm_rmi_ipa_limit() :
				   machine_conf()->pa_bits;
	case KVM_CAP_MEMORY_ATTRIBUTES:
		return available ? (long)KVM_MEMORY_ATTRIBUTE_PRIVATE : 0;
	case KVM_CAP_ARM_RMI:
	case KVM_CAP_GUEST_MEMFD:
	case KVM_CAP_PRE_FAULT_MEMORY:
		return available;
	case KVM_CAP_ARM_PSCI_0_2:
	case KVM_CAP_DEVICE_CTRL:
	case KVM_CAP_IRQCHIP:
	case KVM_CAP_ARM_SMCCC_FILTER:
	case KVM_CAP_USER_MEMORY2:
	case KVM_CAP_MEMORY_FAULT_INFO:
		return 1;
	default:
		return 0;
	}
}
