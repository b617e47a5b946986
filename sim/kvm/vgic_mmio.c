// SPDX-License-Identifier: BSD-3-Clause
/*
 * Registers of the distributor and of the redistributors. Those that have
 * fields by interrupt lie at the same offsets in the distributor, for SPIs, and
 * in the second frame of a redistributor, for its vCPU's own.
 */
#include "sim/kvm/vgic.h"
#include "sim/kvm/vm.h"

/* An access to a register. */
struct vgic_op {
	u64 offset;
	unsigned int len;
	bool write;
	u64 data;
};

/* What a write does to the bits that it names. */
enum effect { WRITES, SETS, CLEARS };

/* Registers with a field of @bits for each interrupt: a byte of ours. */
static const struct field {
	unsigned int offset;
	unsigned int bits;
	size_t member; /* of struct vgic_irq */
	u8 mask; /* bits that can be written */
	enum effect effect;
#define FIELDS_SIZE(bits) (VGIC_IRQS_MAX / 8 * (bits))
#define IRQ(member) offsetof(struct vgic_irq, member)
} fields[] = {
	{ GICD_IGROUPR, 1, IRQ(group1), 1, WRITES },
	{ GICD_ISENABLER, 1, IRQ(enabled), 1, SETS },
	{ GICD_ICENABLER, 1, IRQ(enabled), 1, CLEARS },
	{ GICD_ISPENDR, 1, IRQ(latch), 1, SETS },
	{ GICD_ICPENDR, 1, IRQ(latch), 1, CLEARS },
	{ GICD_ISACTIVER, 1, IRQ(active), 1, SETS },
	{ GICD_ICACTIVER, 1, IRQ(active), 1, CLEARS },
	/* As many levels as the CPU interface has: 32. */
	{ GICD_IPRIORITYR, 8, IRQ(priority), 0xf8, WRITES },
	{ GICD_ICFGR, 2, IRQ(config), 2, WRITES },
};

static u8 field_read(const struct vgic_irq *irq, const struct field *field)
{
	if (field->member == IRQ(latch))
		return vgic_is_pending(irq);
	return *((const u8 *)irq + field->member);
}

static void field_write(struct vgic_irq *irq, const struct field *field,
			u8 value)
{
	u8 *byte = (u8 *)irq + field->member;

	if (field->member == IRQ(config) && irq->intid < VGIC_SGIS)
		return;
	if (field->effect == WRITES)
		*byte = value & field->mask;
	else if (value)
		*byte = field->effect == SETS;
}

/* Interrupts of @vcpu, or SPIs if it is NULL; what is not there reads as 0. */
static u64 field_access(struct vgic *vgic, struct vcpu *vcpu,
			const struct field *field, const struct vgic_op *op)
{
	unsigned int first = (op->offset - field->offset) * 8 / field->bits;
	unsigned int count = op->len * 8 / field->bits, i;
	u64 mask = GENMASK_ULL(field->bits - 1, 0);
	struct vgic_irq *irq;
	u64 value = 0;

	for (i = 0; i < count; i++) {
		if (vcpu && first + i >= VGIC_PRIVATE)
			break;
		irq = vgic_irq(vgic, vcpu, first + i);
		if (!irq)
			continue;
		value |= (u64)field_read(irq, field) << (i * field->bits);
		if (!op->write)
			continue;
		field_write(irq, field, op->data >> (i * field->bits) & mask);
		vgic_wake(vgic, vcpu, irq);
	}
	return value;
}

static u64 irqs_access(struct vgic *vgic, struct vcpu *vcpu,
		       const struct vgic_op *op)
{
	const struct field *field = fields + ARRAY_SIZE(fields);

	while (field-- > fields) {
		if (op->offset - field->offset < FIELDS_SIZE(field->bits))
			return field_access(vgic, vcpu, field, op);
	}
	return 0;
}

static u64 router_access(struct vgic *vgic, const struct vgic_op *op)
{
	struct vgic_irq *irq = vgic_irq(vgic, NULL,
					(op->offset - GICD_IROUTER) / 8);

	if (!irq || op->len != 8)
		return 0;
	if (op->write) {
		irq->route = op->data;
		vgic_wake(vgic, NULL, irq);
	}
	return irq->route;
}

static u64 ctlr_access(struct vgic *vgic, const struct vgic_op *op)
{
	struct kvm_vcpu *vcpu;
	unsigned long i;

	if (op->write) {
		vgic->ctlr = op->data & GICD_CTLR_ENABLES;
		kvm_for_each_vcpu(i, vcpu, &vgic->vm->kvm)
			cpu_wake(&to_vcpu(vcpu)->kick);
	}
	return vgic->ctlr | GICD_CTLR_ARE_DS;
}

static u64 dist_access(struct vgic *vgic, const struct vgic_op *op)
{
	switch (op->offset) {
	case GICD_CTLR:
		return ctlr_access(vgic, op);
	case GICD_TYPER:
		return (vgic->irqs / 32 - 1) | GICD_TYPER_ID_BITS_10;
	case GIC_PIDR2:
		return GIC_PIDR2_GICV3;
	}
	return op->offset >= GICD_IROUTER ? router_access(vgic, op) :
					    irqs_access(vgic, NULL, op);
}

static u64 redist_typer(const struct vcpu *vcpu)
{
	u64 id = vcpu->vcpu.vcpu_id;
	bool last = id + 1 == vcpu->vcpu.kvm->online_vcpus;

	return vcpu_mpidr(vcpu) << 32 | id << 8 | (last ? GICR_TYPER_LAST : 0);
}

static u64 redist_access(struct vgic *vgic, struct vcpu *vcpu,
			 struct vgic_op *op)
{
	switch (op->offset) {
	case GICR_TYPER:
	case GICR_TYPER + 4:
		return redist_typer(vcpu) >> (op->offset & 4) * 8;
	case GICR_WAKER:
		if (op->write)
			vcpu->vgic.awake = !(op->data & GICR_WAKER_SLEEP);
		return vcpu->vgic.awake ? 0 : GICR_WAKER_ASLEEP_ALL;
	case GIC_PIDR2:
		return GIC_PIDR2_GICV3;
	}
	if (op->offset < GICR_SGI_FRAME)
		return 0;
	op->offset -= GICR_SGI_FRAME;
	return irqs_access(vgic, vcpu, op);
}

static u64 vgic_access(struct vgic *vgic, u64 gpa, struct vgic_op *op)
{
	unsigned long index = (gpa - vgic->redist) / GICR_SIZE;

	op->offset = gpa - vgic->dist;
	if (op->offset < GICD_SIZE)
		return dist_access(vgic, op);
	op->offset = (gpa - vgic->redist) % GICR_SIZE;
	return redist_access(vgic, to_vcpu(vgic->vm->kvm.vcpus[index]), op);
}

bool vgic_mmio(struct vcpu *vcpu, u64 gpa, unsigned int len, bool write,
	       u64 *data)
{
	struct vgic *vgic = to_vm(vcpu->vcpu.kvm)->vgic;
	struct vgic_op op = { .len = len, .write = write, .data = *data };

	if (!vgic || (gpa - vgic->dist >= GICD_SIZE && gpa - vgic->redist >=
		      GICR_SIZE * vcpu->vcpu.kvm->online_vcpus))
		return false;
	*data = 0;
	/* Registers are aligned; anything else reads as 0 and does nothing. */
	if (gpa & (len - 1))
		return true;
	mutex_lock(&vgic->lock);
	*data = vgic_access(vgic, gpa, &op);
	mutex_unlock(&vgic->lock);
	return true;
}
