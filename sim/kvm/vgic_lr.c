// SPDX-License-Identifier: BSD-3-Clause
/*
 * List registers: before a vCPU's stay in its realm the most urgent of its
 * interrupts go into those of its CPU, and what became of them comes back
 * after it. If there are more, an underflow ends the stay. So does the end of a
 * level-triggered one, since its line has to be looked at again.
 */
#include <asm/sysreg.h>

#include "sim/kvm/vgic.h"
#include "sim/kvm/vm.h"

static unsigned int lr_count(void)
{
	return (read_sysreg_s(SYS_ICH_VTR_EL2) & (VGIC_LRS_MAX - 1)) + 1;
}

static bool irq_is_wanted(const struct vgic *vgic, const struct vgic_irq *irq)
{
	return irq->active || (vgic_is_pending(irq) && irq->enabled &&
			       vgic->ctlr & BIT_ULL(irq->group1));
}

/* Active ones first, since their end needs a place; then by priority. */
static bool irq_is_before(const struct vgic_irq *a, const struct vgic_irq *b)
{
	return a->active != b->active ? a->active : a->priority < b->priority;
}

/* Puts @irq in its place; true if that made another one fall out. */
static bool lr_insert(struct vgic_vcpu *to, unsigned int room,
		      struct vgic_irq *irq)
{
	unsigned int at = to->lrs;
	bool full = to->lrs == room;

	if (full && !irq_is_before(irq, to->lr[--at]))
		return true;
	for (; at && irq_is_before(irq, to->lr[at - 1]); at--)
		to->lr[at] = to->lr[at - 1];
	to->lr[at] = irq;
	if (!full)
		to->lrs++;
	return full;
}

/* True if there are more than list registers. */
static bool lrs_choose(struct vgic *vgic, struct vcpu *vcpu, unsigned int room)
{
	struct vgic_irq *irq;
	unsigned int intid;
	bool more = false;

	vcpu->vgic.lrs = 0;
	for (intid = 0; intid < vgic->irqs; intid++) {
		irq = vgic_irq(vgic, vcpu, intid);
		if (irq_is_wanted(vgic, irq) && vgic_is_for(irq, vcpu))
			more |= lr_insert(&vcpu->vgic, room, irq);
	}
	return more;
}

static u64 lr_of(const struct vgic_irq *irq)
{
	bool edge = irq->config & GICD_ICFGR_EDGE;
	u64 lr = FIELD_PREP(ICH_LR_VINTID, irq->intid) |
		 FIELD_PREP(ICH_LR_PRIORITY, irq->priority);

	if (irq->group1)
		lr |= ICH_LR_GROUP1;
	if (irq->active)
		lr |= ICH_LR_ACTIVE;
	if (!edge)
		lr |= ICH_LR_EOI;
	/* A line that stays high is pending again only after the end. */
	if (vgic_is_pending(irq) && (edge || !irq->active))
		lr |= ICH_LR_PENDING;
	return lr;
}

void vgic_flush(struct vcpu *vcpu)
{
	struct vgic *vgic = to_vm(vcpu->vcpu.kvm)->vgic;
	struct vgic_vcpu *own = &vcpu->vgic;
	unsigned int n, room;
	bool more;

	if (!vgic)
		return;
	room = lr_count();
	mutex_lock(&vgic->lock);
	more = lrs_choose(vgic, vcpu, room);
	for (n = 0; n < room; n++)
		write_sysreg_s(n < own->lrs ? lr_of(own->lr[n]) : 0,
			       SYS_ICH_LR_EL2(n));
	mutex_unlock(&vgic->lock);
	write_sysreg_s(own->vmcr, SYS_ICH_VMCR_EL2);
	write_sysreg_s(own->apr[0], SYS_ICH_AP0R0_EL2);
	write_sysreg_s(own->apr[1], SYS_ICH_AP1R0_EL2);
	write_sysreg_s(more ? ICH_HCR_UIE : 0, SYS_ICH_HCR_EL2);
}

static void lr_read_back(struct vgic_irq *irq, u64 lr)
{
	irq->active = FIELD_GET(ICH_LR_ACTIVE, lr);
	/* What was taken is no longer latched; a line speaks for itself. */
	if (!(lr & ICH_LR_PENDING))
		irq->latch = false;
}

void vgic_sync(struct vcpu *vcpu)
{
	struct vgic *vgic = to_vm(vcpu->vcpu.kvm)->vgic;
	struct vgic_vcpu *own = &vcpu->vgic;
	unsigned int n;

	if (!vgic)
		return;
	mutex_lock(&vgic->lock);
	for (n = 0; n < own->lrs; n++)
		lr_read_back(own->lr[n], read_sysreg_s(SYS_ICH_LR_EL2(n)));
	own->lrs = 0;
	mutex_unlock(&vgic->lock);
	own->vmcr = read_sysreg_s(SYS_ICH_VMCR_EL2);
	own->apr[0] = read_sysreg_s(SYS_ICH_AP0R0_EL2);
	own->apr[1] = read_sysreg_s(SYS_ICH_AP1R0_EL2);
}

bool vgic_has_pending(struct vcpu *vcpu)
{
	struct vgic *vgic = to_vm(vcpu->vcpu.kvm)->vgic;
	struct vgic_irq *irq;
	unsigned int intid;
	bool found = false;

	if (!vgic)
		return false;
	mutex_lock(&vgic->lock);
	for (intid = 0; intid < vgic->irqs && !found; intid++) {
		irq = vgic_irq(vgic, vcpu, intid);
		found = !irq->active && irq_is_wanted(vgic, irq) &&
			vgic_is_for(irq, vcpu);
	}
	mutex_unlock(&vgic->lock);
	return found;
}
