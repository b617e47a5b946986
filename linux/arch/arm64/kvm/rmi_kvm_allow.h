/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What of KVM's interface on arm64 realms and their vCPUs have. The rest is
 * refused, not only hidden.
 */
#ifndef __KVM_RMI_KVM_ALLOW_H
#define __KVM_RMI_KVM_ALLOW_H

#include <linux/kvm.h>

static inline bool kvm_realm_ext_allowed(long ext)
{
	switch (ext) {
	case KVM_CAP_IRQCHIP:
	case KVM_CAP_USER_MEMORY:
	case KVM_CAP_DESTROY_MEMORY_REGION_WORKS:
	case KVM_CAP_ONE_REG:
	case KVM_CAP_NR_VCPUS:
	case KVM_CAP_MAX_VCPUS:
	case KVM_CAP_MAX_VCPU_ID:
	case KVM_CAP_IOEVENTFD:
	case KVM_CAP_ARM_PSCI:
	case KVM_CAP_ARM_PSCI_0_2:
	case KVM_CAP_IMMEDIATE_EXIT:
	case KVM_CAP_MSI_DEVID:
	case KVM_CAP_ARM_IRQ_LINE_LAYOUT_2:
	case KVM_CAP_ARM_VM_IPA_SIZE:
	case KVM_CAP_ARM_INJECT_EXT_DABT:
	case KVM_CAP_PRE_FAULT_MEMORY:
	case KVM_CAP_ARM_RMI:
		return true;
	default:
		return false;
	}
}

static inline bool kvm_realm_ioctl_allowed(unsigned int ioctl)
{
	switch (ioctl) {
	case KVM_ARM_PREFERRED_TARGET:
	case KVM_ARM_RMI_POPULATE:
	case KVM_HAS_DEVICE_ATTR:
	case KVM_SET_DEVICE_ATTR:
		return true;
	default:
		return false;
	}
}

static inline bool kvm_rec_ioctl_allowed(unsigned int ioctl)
{
	switch (ioctl) {
	case KVM_ARM_VCPU_INIT:
	case KVM_GET_ONE_REG:
	case KVM_SET_ONE_REG:
	case KVM_GET_REG_LIST:
	case KVM_GET_VCPU_EVENTS:
	case KVM_SET_VCPU_EVENTS:
		return true;
	default:
		return false;
	}
}

#endif
