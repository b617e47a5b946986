// SPDX-License-Identifier: BSD-3-Clause
/*
 * The interrupt controller. KVM wants the addresses before there are vCPUs, and
 * to be told when there are all.
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "abi/kvm_uapi.h"
#include "vmm/gic.h"

/* The least that KVM takes: 32 private interrupts, and as many shared ones. */
#define GIC_IRQS 64

static bool set(const struct vm *vm, const char *what, u32 group, u64 attribute,
		const void *value, struct err *err)
{
	struct kvm_device_attr attr = {
		.group = group,
		.attr = attribute,
		.addr = (u64)(uintptr_t)value,
	};
	long ret = vm->kvm->ioctl(vm->gic_fd, KVM_SET_DEVICE_ATTR,
				  (unsigned long)(uintptr_t)&attr);

	if (ret < 0)
		return err_set(err, "KVM_SET_DEVICE_ATTR(vGICv3, %s): %s", what,
			       strerror((int)-ret));
	return true;
}

bool gic_create(struct vm *vm, struct err *err)
{
	struct kvm_create_device device = { .type = KVM_DEV_TYPE_ARM_VGIC_V3 };
	const u64 dist = GIC_DIST_BASE, redist = GIC_REDIST_BASE;
	const u32 irqs = GIC_IRQS;
	long ret = vm->kvm->ioctl(vm->fd, KVM_CREATE_DEVICE,
				  (unsigned long)(uintptr_t)&device);

	if (ret == -ENODEV || ret == -ENOTTY) {
		vm->layout.gic = false;
		return true;
	}
	if (ret < 0)
		return err_set(err, "KVM_CREATE_DEVICE(vGICv3): %s",
			       strerror((int)-ret));
	vm->gic_fd = (int)device.fd;
	return set(vm, "distributor", KVM_DEV_ARM_VGIC_GRP_ADDR,
		   KVM_VGIC_V3_ADDR_TYPE_DIST, &dist, err) &&
	       set(vm, "redistributors", KVM_DEV_ARM_VGIC_GRP_ADDR,
		   KVM_VGIC_V3_ADDR_TYPE_REDIST, &redist, err) &&
	       set(vm, "interrupts", KVM_DEV_ARM_VGIC_GRP_NR_IRQS, 0, &irqs,
		   err);
}

bool gic_init(const struct vm *vm, struct err *err)
{
	return !vm->layout.gic ||
	       set(vm, "init", KVM_DEV_ARM_VGIC_GRP_CTRL,
		   KVM_DEV_ARM_VGIC_CTRL_INIT, NULL, err);
}
