// SPDX-License-Identifier: GPL-2.0-only
/*
 * vCPUs that are RECs: how they run, wait, stop and start, where their timers
 * and interrupts come from, and what user space may say of them.
 */
#include <linux/hrtimer.h>
#include <linux/math64.h>
#include <linux/uaccess.h>

#include <asm/arch_gicv3.h>
#include <asm/arch_timer.h>
#include <asm/daifflags.h>
#include <asm/kvm_emulate.h>
#include <asm/rmi_cmds.h>
#include <kvm/arm_arch_timer.h>
#include <kvm/arm_vgic.h>

#include "rmi_env.h"
#include "rmi_kvm.h"

int kvm_rec_first_run(struct kvm_vcpu *vcpu)
{
	int ret;

	kvm_realm_flush_stale(vcpu->kvm);
	ret = kvm_activate_realm(vcpu->kvm);
	if (ret)
		return ret;
	return vcpu->arch.rec.run ? 0 : -EINVAL;
}

int kvm_rec_run(struct kvm_vcpu *vcpu)
{
	/* An interrupt that only the GIC masks would not end the run. */
	local_daif_mask();
	pmr_sync();
	kvm_rec_enter(vcpu, &vcpu->arch.rec_exit);
	local_daif_restore(DAIF_PROCCTX_NOIRQ);
	return vcpu->arch.rec_exit.kind == REALM_EXIT_IRQ ?
	       ARM_EXCEPTION_IRQ : ARM_EXCEPTION_TRAP;
}

/* Slots and private pages stay what they are until the access can go on. */
static int handle_fault(struct kvm_vcpu *vcpu, const struct realm_exit *exit)
{
	struct file *file = NULL;
	u64 top;
	int ret;

	guard(srcu)(&vcpu->kvm->srcu);
	if (!exit->shared)
		file = realm_hold_gmem(vcpu->kvm, exit->ipa, &top);
	ret = kvm_rec_handle_exit(vcpu, exit);
	realm_release_gmem(file);
	/* The memory is on its way: the realm will fault again. */
	return ret == -EAGAIN ? 1 : ret;
}

int kvm_rec_handle(struct kvm_vcpu *vcpu)
{
	const struct realm_exit *exit = &vcpu->arch.rec_exit;

	return exit->kind == REALM_EXIT_FAULT ?
	       handle_fault(vcpu, exit) : kvm_rec_handle_exit(vcpu, exit);
}

/* ---- Timers --------------------------------------------------------------
 * The RMM has them while the REC runs. The kernel's own wake a vCPU that waits.
 */

static const enum vcpu_sysreg deadline_reg[] = {
	[RMI_TIMER_VIRTUAL] = CNTV_CVAL_EL0,
	[RMI_TIMER_PHYSICAL] = CNTP_CVAL_EL0,
};

static struct arch_timer_context *timer_of(struct kvm_vcpu *vcpu,
					   enum rmi_timer timer)
{
	return timer == RMI_TIMER_VIRTUAL ? vcpu_vtimer(vcpu) :
					    vcpu_ptimer(vcpu);
}

void rmi_env_timer(struct kvm_vcpu *vcpu, enum rmi_timer timer, bool level,
		   u64 deadline)
{
	struct arch_timer_context *ctx = timer_of(vcpu, timer);

	if (!irqchip_in_kernel(vcpu->kvm))
		return;
	__vcpu_assign_sys_reg(vcpu, deadline_reg[timer], deadline);
	kvm_vgic_inject_irq(vcpu->kvm, vcpu, timer_irq(ctx), level, ctx);
}

/* Raises the interrupt, unless it is cancelled before. */
static void timer_start(struct kvm_vcpu *vcpu, enum rmi_timer timer)
{
	u64 deadline = __vcpu_sys_reg(vcpu, deadline_reg[timer]);
	u64 ticks = deadline - min(deadline, kvm_phys_timer_read());
	u64 ns;

	if (!irqchip_in_kernel(vcpu->kvm) || deadline == RMI_NO_DEADLINE)
		return;
	/* What comes early starts itself anew. */
	ns = mul_u64_u64_div_u64(min(ticks, BIT(40)), NSEC_PER_SEC,
				 arch_timer_get_rate());
	hrtimer_start(&timer_of(vcpu, timer)->hrtimer,
		      ktime_add_ns(ktime_get(), ns), HRTIMER_MODE_ABS_HARD);
}

void rmi_env_wait(struct kvm_vcpu *vcpu)
{
	timer_start(vcpu, RMI_TIMER_VIRTUAL);
	timer_start(vcpu, RMI_TIMER_PHYSICAL);
	kvm_vcpu_wfi(vcpu);
	hrtimer_cancel(&vcpu_vtimer(vcpu)->hrtimer);
	hrtimer_cancel(&vcpu_ptimer(vcpu)->hrtimer);
}

/* ---- Other vCPUs, devices ------------------------------------------------ */

void rmi_env_stop(struct kvm_vcpu *vcpu)
{
	kvm_arm_vcpu_power_off(vcpu);
}

void rmi_env_start(struct kvm_vcpu *vcpu)
{
	spin_lock(&vcpu->arch.mp_state_lock);
	WRITE_ONCE(vcpu->arch.mp_state.mp_state, KVM_MP_STATE_RUNNABLE);
	spin_unlock(&vcpu->arch.mp_state_lock);
	kvm_vcpu_wake_up(vcpu);
}

/* Holds kvm->srcu, as all that handles a fault. */
bool rmi_env_mmio(struct kvm_vcpu *vcpu, u64 gpa, unsigned int len, bool write,
		  u64 *data)
{
	if (write)
		return !kvm_io_bus_write(vcpu, KVM_MMIO_BUS, gpa, len, data);
	*data = 0;
	return !kvm_io_bus_read(vcpu, KVM_MMIO_BUS, gpa, len, data);
}

/* The RMM leaves to the host what goes to other vCPUs: interrupts. */
bool rmi_env_sysreg(struct kvm_vcpu *vcpu, u64 esr, u64 *data)
{
	u32 reg = esr_sys64_to_sysreg(esr);

	if (!irqchip_in_kernel(vcpu->kvm) || esr & ESR_ELx_SYS64_ISS_DIR_READ)
		return false;
	switch (reg) {
	case SYS_ICC_SGI1R_EL1:
	case SYS_ICC_ASGI1R_EL1:
	case SYS_ICC_SGI0R_EL1:
		vgic_v3_dispatch_sgi(vcpu, *data, reg == SYS_ICC_SGI1R_EL1);
		return true;
	default:
		return false;
	}
}

/* ---- User space ---------------------------------------------------------- */

#define REG_CORE (KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE)
#define REG_DFR0 ARM64_SYS_REG(3, 0, 0, 5, 0)
/* ID_AA64DFR0_EL1, each minus 1 */
#define DFR0_BRPS GENMASK_ULL(15, 12)
#define DFR0_WRPS GENMASK_ULL(23, 20)
#define DFR0_CTX_CMPS GENMASK_ULL(31, 28)

/* A realm has breakpoints, but none for contexts. */
u64 kvm_realm_dfr0(const struct kvm *kvm, u64 val)
{
	val &= ~(DFR0_BRPS | DFR0_WRPS | DFR0_CTX_CMPS);
	return val | FIELD_PREP(DFR0_BRPS, kvm->arch.realm.num_bps) |
	       FIELD_PREP(DFR0_WRPS, kvm->arch.realm.num_wps);
}

static int set_dfr0(struct kvm *kvm, u64 val)
{
	int ret;

	guard(mutex)(&kvm->arch.config_lock);
	if ((val ^ kvm_read_vm_id_reg(kvm, SYS_ID_AA64DFR0_EL1)) &
	    ~(DFR0_BRPS | DFR0_WRPS))
		return -EINVAL;
	ret = kvm_realm_set_debug(kvm, FIELD_GET(DFR0_BRPS, val),
				  FIELD_GET(DFR0_WRPS, val));
	if (!ret)
		kvm_set_vm_id_reg(kvm, SYS_ID_AA64DFR0_EL1, val);
	return ret;
}

int kvm_rec_set_reg(struct kvm_vcpu *vcpu, const struct kvm_one_reg *reg)
{
	u64 val, word = (reg->id - REG_CORE) / 2;

	if (get_user(val, (u64 __user *)u64_to_user_ptr(reg->addr)))
		return -EFAULT;
	if (reg->id == REG_DFR0)
		return set_dfr0(vcpu->kvm, val);
	/* Odd is the upper half of a register. */
	return reg->id & 1 ? -EINVAL : kvm_rec_set_core(vcpu, word, val);
}

int kvm_rec_reset(struct kvm_vcpu *vcpu)
{
	guard(mutex)(&vcpu->kvm->arch.realm.lock);
	if (vcpu->arch.rec.run)
		return -EBUSY;
	kvm_reset_vcpu(vcpu);
	return 0;
}
