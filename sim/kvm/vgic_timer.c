// SPDX-License-Identifier: BSD-3-Clause
/*
 * The interrupts of a realm's timers (linux/arch/arm64/kvm/rmi_env.h).
 */
#include <asm/arch_timer.h>

#include "linux/arch/arm64/kvm/rmi_env.h"
#include "sim/kvm/vm.h"

static const unsigned int timer_intid[] = {
	[RMI_TIMER_VIRTUAL] = INTID_PPI_CNTV,
	[RMI_TIMER_PHYSICAL] = INTID_PPI_CNTP,
};

void rmi_env_timer(struct kvm_vcpu *vcpu, enum rmi_timer timer, bool level,
		   u64 deadline)
{
	to_vcpu(vcpu)->deadline[timer] = deadline;
	vgic_set_ppi(to_vcpu(vcpu), timer_intid[timer], level);
}

/* A timer that comes due while its vCPU sleeps is the host's to notice. */
void rmi_env_wait(struct kvm_vcpu *kvm_vcpu)
{
	struct vcpu *vcpu = to_vcpu(kvm_vcpu);
	unsigned int i;

	if (!vgic_has_pending(vcpu))
		cpu_idle_until(&vcpu->kick, min(vcpu->deadline[0],
						vcpu->deadline[1]));
	for (i = 0; i < ARRAY_SIZE(vcpu->deadline); i++) {
		if (vcpu->deadline[i] <= __arch_counter_get_cntvct())
			rmi_env_timer(kvm_vcpu, i, true, RMI_NO_DEADLINE);
	}
}
