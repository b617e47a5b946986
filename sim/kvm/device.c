// SPDX-License-Identifier: BSD-3-Clause
/*
 * Devices: the vGICv3 is the only one, and how it is set up is all there is to
 * its descriptor.
 */
#include <stdint.h>
#include <stdlib.h>

#include <linux/errno.h>

#include "sim/kernel/file.h"
#include "sim/kvm/vm.h"

static long set_addr(struct vgic *vgic, u64 type, u64 addr)
{
	bool dist = type == KVM_VGIC_V3_ADDR_TYPE_DIST;
	u64 *where = dist ? &vgic->dist : &vgic->redist;

	if (!dist && type != KVM_VGIC_V3_ADDR_TYPE_REDIST)
		return -ENXIO;
	if (*where != VGIC_NO_ADDR)
		return -EEXIST;
	if (addr & (GICD_SIZE - 1))
		return -EINVAL;
	if (addr > vm_memory_limit(vgic->vm) - GICR_SIZE)
		return -E2BIG;
	*where = addr;
	return 0;
}

static long set_irqs(struct vgic *vgic, u32 irqs)
{
	if (irqs < VGIC_IRQS_DEFAULT || irqs > VGIC_IRQS_MAX || irqs % 32)
		return -EINVAL;
	if (vgic->irqs)
		return -EBUSY;
	vgic->irqs = irqs;
	return 0;
}

static long set_attr(struct vgic *vgic, const struct kvm_device_attr *attr)
{
	const void *value = (const void *)(uintptr_t)attr->addr;

	if (attr->group == KVM_DEV_ARM_VGIC_GRP_CTRL &&
	    attr->attr == KVM_DEV_ARM_VGIC_CTRL_INIT) {
		if (vgic->ready)
			return 0; /* and vCPUs may be reading */
		vgic->irqs = vgic->irqs ? vgic->irqs : VGIC_IRQS_DEFAULT;
		vgic->ready = true;
		return 0;
	}
	if (attr->group == KVM_DEV_ARM_VGIC_GRP_ADDR)
		return value ? set_addr(vgic, attr->attr, *(const u64 *)value) :
			       -EFAULT;
	if (attr->group == KVM_DEV_ARM_VGIC_GRP_NR_IRQS)
		return value ? set_irqs(vgic, *(const u32 *)value) : -EFAULT;
	return -ENXIO;
}

static long device_ioctl(void *object, unsigned long request, unsigned long arg)
{
	struct vgic *vgic = object;
	long ret;

	if (request != KVM_SET_DEVICE_ATTR)
		return -ENOTTY;
	if (!arg)
		return -EFAULT;
	mutex_lock(&vgic->vm->kvm.lock);
	ret = set_attr(vgic, (const void *)arg);
	mutex_unlock(&vgic->vm->kvm.lock);
	return ret;
}

/* The device itself stays with its VM. */
static void device_release(void *object)
{
	vm_put(((struct vgic *)object)->vm);
}

static const struct file_ops device_ops = {
	.ioctl = device_ioctl,
	.release = device_release,
};

long device_create(struct vm *vm, struct kvm_create_device *create)
{
	struct vgic *vgic;
	int fd;

	if (create->type != KVM_DEV_TYPE_ARM_VGIC_V3)
		return -ENODEV;
	if (create->flags)
		return -EINVAL;
	if (vm->vgic || vm->has_run)
		return vm->vgic ? -EEXIST : -EBUSY;
	vgic = calloc(1, sizeof(*vgic));
	if (!vgic)
		return -ENOMEM;
	vgic->vm = vm;
	vgic->dist = vgic->redist = VGIC_NO_ADDR;
	mutex_init(&vgic->lock);
	vgic_init_irqs(vgic->spi, VGIC_PRIVATE, ARRAY_SIZE(vgic->spi));

	fd = file_install(&device_ops, vgic);
	if (fd < 0) {
		free(vgic);
		return fd;
	}
	vm_get(vm);
	vm->vgic = vgic;
	create->fd = fd;
	return 0;
}

long device_check_run(const struct vm *vm)
{
	const struct vgic *vgic = vm->vgic;

	if (!vgic)
		return 0;
	if (!vgic->ready)
		return -EBUSY;
	return vgic->dist == VGIC_NO_ADDR || vgic->redist == VGIC_NO_ADDR ?
	       -ENXIO : 0;
}

void device_free(struct vm *vm)
{
	if (vm->vgic)
		mutex_destroy(&vm->vgic->lock);
	free(vm->vgic);
}
