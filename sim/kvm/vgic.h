/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A small vGICv3 (Arm IHI 0069): the distributor, a redistributor for each
 * vCPU, and what of them is in the list registers of the CPU while a realm
 * runs. The CPU interface is the machine's. No LPIs, no ITS, one security
 * state, affinity routing always on.
 */
#ifndef SIM_KVM_VGIC_H
#define SIM_KVM_VGIC_H

#include <linux/kvm_host.h>
#include <linux/mutex.h>
#include <linux/types.h>

#include "abi/gic.h"
#include "abi/gic_dist.h"
#include "abi/kvm_uapi.h"

#define VGIC_PRIVATE 32 /* SGIs 0 to 15, PPIs 16 to 31: of each vCPU */
#define VGIC_SGIS 16
#define VGIC_IRQS_DEFAULT 64
#define VGIC_IRQS_MAX 256
#define VGIC_LRS_MAX 16
#define VGIC_NO_ADDR (~0ull)

struct vm;
struct vcpu;

/* Pending is what was latched, or whose line is high and counts by level. */
struct vgic_irq {
	u64 route; /* SPIs: affinity of the vCPU that gets it */
	u16 intid;
	u8 priority;
	u8 config;
	u8 group1;
	u8 enabled;
	u8 latch;
	u8 active;
	bool line;
};

/* A VM's; @lock is for all of it and of its vCPUs' parts. */
struct vgic {
	struct vm *vm;
	struct mutex lock;
	u64 dist;
	u64 redist;
	unsigned int irqs; /* with the private ones; 0: not set yet */
	bool ready;
	u32 ctlr;
	struct vgic_irq spi[VGIC_IRQS_MAX - VGIC_PRIVATE];
};

/* A vCPU's. */
struct vgic_vcpu {
	struct vgic_irq irq[VGIC_PRIVATE];
	struct vgic_irq *lr[VGIC_LRS_MAX]; /* what is in them, while it runs */
	unsigned int lrs;
	u64 vmcr;
	u64 apr[2];
	bool awake; /* GICR_WAKER */
};

/* vgic.c: interrupts. A VM without a vGIC has none. */
void vgic_init_irqs(struct vgic_irq *irq, unsigned int first,
		    unsigned int count);
void vgic_set_ppi(struct vcpu *vcpu, unsigned int intid, bool level);
long vgic_irq_line(struct vm *vm, const struct kvm_irq_level *level);
bool vgic_send_sgi(struct vcpu *vcpu, u64 sgi1r);

/* Called with the lock. @vcpu: whose private ones; NULL for SPIs. */
struct vgic_irq *vgic_irq(struct vgic *vgic, struct vcpu *vcpu,
			  unsigned int intid);
bool vgic_is_pending(const struct vgic_irq *irq);
bool vgic_is_for(const struct vgic_irq *irq, const struct vcpu *vcpu);
void vgic_wake(struct vgic *vgic, struct vcpu *vcpu, struct vgic_irq *irq);

/* vgic_mmio.c: false if the address is none of ours. */
bool vgic_mmio(struct vcpu *vcpu, u64 gpa, unsigned int len, bool write,
	       u64 *data);

/* vgic_lr.c: to and from the list registers of the CPU that one is on. */
void vgic_flush(struct vcpu *vcpu);
void vgic_sync(struct vcpu *vcpu);
bool vgic_has_pending(struct vcpu *vcpu); /* to wake it for */

#endif
