// SPDX-License-Identifier: BSD-3-Clause
/*
 * Interrupts of the vGICv3, and where they come from.
 */
#include <linux/errno.h>

#include "sim/kvm/vgic.h"
#include "sim/kvm/vm.h"

struct vgic_irq *vgic_irq(struct vgic *vgic, struct vcpu *vcpu,
			  unsigned int intid)
{
	if (intid < VGIC_PRIVATE)
		return vcpu ? &vcpu->vgic.irq[intid] : NULL;
	return intid < vgic->irqs ? &vgic->spi[intid - VGIC_PRIVATE] : NULL;
}

bool vgic_is_pending(const struct vgic_irq *irq)
{
	return irq->latch || (!(irq->config & GICD_ICFGR_EDGE) && irq->line);
}

bool vgic_is_for(const struct vgic_irq *irq, const struct vcpu *vcpu)
{
	return irq->intid < VGIC_PRIVATE || irq->route == vcpu_mpidr(vcpu);
}

void vgic_wake(struct vgic *vgic, struct vcpu *vcpu, struct vgic_irq *irq)
{
	struct kvm_vcpu *other;
	unsigned long i;

	if (!vgic_is_pending(irq))
		return;
	kvm_for_each_vcpu(i, other, &vgic->vm->kvm) {
		if (vcpu ? vcpu == to_vcpu(other) :
			   vgic_is_for(irq, to_vcpu(other)))
			cpu_wake(&to_vcpu(other)->kick);
	}
}

static void irq_set_line(struct vgic *vgic, struct vcpu *vcpu,
			 struct vgic_irq *irq, bool level)
{
	if (irq->line == level)
		return;
	if (irq->config & GICD_ICFGR_EDGE && level)
		irq->latch = true;
	irq->line = level;
	vgic_wake(vgic, vcpu, irq);
}

void vgic_set_ppi(struct vcpu *vcpu, unsigned int intid, bool level)
{
	struct vgic *vgic = to_vm(vcpu->vcpu.kvm)->vgic;
	struct vgic_irq *irq = &vcpu->vgic.irq[intid];

	if (!vgic)
		return;
	mutex_lock(&vgic->lock);
	irq_set_line(vgic, vcpu, irq, level);
	mutex_unlock(&vgic->lock);
}

long vgic_irq_line(struct vm *vm, const struct kvm_irq_level *level)
{
	unsigned int type = level->irq >> KVM_ARM_IRQ_TYPE_SHIFT & 0xf;
	unsigned int index = level->irq >> KVM_ARM_IRQ_VCPU_SHIFT & 0xff;
	unsigned int intid = level->irq & 0xffff;
	bool ppi = type == KVM_ARM_IRQ_TYPE_PPI;
	struct vcpu *vcpu = NULL;

	if (!vm->vgic || !vm->vgic->ready)
		return -ENXIO;
	if (ppi && index < vm->kvm.online_vcpus)
		vcpu = to_vcpu(vm->kvm.vcpus[index]);
	if (ppi ? !vcpu || intid < VGIC_SGIS || intid >= VGIC_PRIVATE :
		  type != KVM_ARM_IRQ_TYPE_SPI || intid < VGIC_PRIVATE ||
		  intid >= vm->vgic->irqs)
		return -EINVAL;
	mutex_lock(&vm->vgic->lock);
	irq_set_line(vm->vgic, vcpu, vgic_irq(vm->vgic, vcpu, intid),
		     level->level);
	mutex_unlock(&vm->vgic->lock);
	return 0;
}

static bool sgi_is_for(u64 sgi1r, const struct vcpu *from,
		       const struct vcpu *to)
{
	u64 mpidr = vcpu_mpidr(to);

	if (sgi1r & ICC_SGI1R_IRM)
		return to != from;
	return !(sgi1r & (ICC_SGI1R_RS | ICC_SGI1R_AFF3)) &&
	       FIELD_GET(ICC_SGI1R_AFF1, sgi1r) == (mpidr >> 8 & 0xff) &&
	       FIELD_GET(ICC_SGI1R_AFF2, sgi1r) == (mpidr >> 16 & 0xff) &&
	       FIELD_GET(ICC_SGI1R_TARGETS, sgi1r) & BIT_ULL(mpidr & 0xff);
}

bool vgic_send_sgi(struct vcpu *vcpu, u64 sgi1r)
{
	struct vgic *vgic = to_vm(vcpu->vcpu.kvm)->vgic;
	unsigned int intid = FIELD_GET(ICC_SGI1R_INTID, sgi1r);
	struct kvm_vcpu *other;
	struct vgic_irq *irq;
	unsigned long i;

	if (!vgic)
		return false;
	mutex_lock(&vgic->lock);
	kvm_for_each_vcpu(i, other, vcpu->vcpu.kvm) {
		if (!sgi_is_for(sgi1r, vcpu, to_vcpu(other)))
			continue;
		irq = &to_vcpu(other)->vgic.irq[intid];
		irq->latch = true;
		vgic_wake(vgic, to_vcpu(other), irq);
	}
	mutex_unlock(&vgic->lock);
	return true;
}

void vgic_init_irqs(struct vgic_irq *irq, unsigned int first,
		    unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		irq[i] = (struct vgic_irq) {
			.intid = first + i,
			.config = first + i < VGIC_SGIS ? GICD_ICFGR_EDGE : 0,
			.group1 = true,
		};
	}
}
