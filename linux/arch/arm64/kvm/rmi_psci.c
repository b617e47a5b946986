// SPDX-License-Identifier: GPL-2.0-only
/*
 * PSCI of realms: RECs that turn each other on, and themselves off. The RMM
 * knows which are on and tells the realm; the host finds the REC that is meant,
 * for which the one that asks has to wait, and has the vCPUs follow.
 */
#include "rmi_internal.h"

static struct kvm_vcpu *psci_target(struct kvm *kvm, u64 mpidr)
{
	struct kvm_vcpu *vcpu;
	unsigned long i;

	kvm_for_each_vcpu(i, vcpu, kvm) {
		if (kvm_rec_mpidr(vcpu->vcpu_id) == mpidr)
			return vcpu;
	}
	return NULL;
}

/*
 * The RMM has turned @target on, or it was on already, which only the RMM can
 * tell: it may be between its exit by CPU_OFF and realm_psci_off().
 */
static void psci_start(struct kvm_vcpu *target)
{
	target->arch.rec.on_again = true;
	rmi_env_start(target);
}

/**
 * realm_psci_off() - note that a REC turned itself off
 * @vcpu: its vCPU
 *
 * It then waits until it is turned on. If somebody may have done so since, it
 * tries to run, and comes here once more if the RMM says that it is off.
 */
void realm_psci_off(struct kvm_vcpu *vcpu)
{
	struct realm_rec *rec = &vcpu->arch.rec;

	mutex_lock(&vcpu->kvm->arch.realm.lock);
	rec->off = true;
	if (rec->on_again)
		rec->on_again = false;
	else
		rmi_env_stop(vcpu);
	mutex_unlock(&vcpu->kvm->arch.realm.lock);
}

/*
 * Brings the one that asks and the one that is asked for together, before the
 * former is entered again.
 */
static int psci_complete(struct kvm_vcpu *vcpu, const struct realm_exit *exit,
			 bool turn_on)
{
	struct kvm_vcpu *target = psci_target(vcpu->kvm, exit->mpidr);
	struct realm *realm = &vcpu->kvm->arch.realm;
	bool denied = turn_on && rmi_env_denies_call(vcpu->kvm, exit->fid);
	u64 ret;

	if (!target || target == vcpu)
		return realm_failed(realm, "PSCI_COMPLETE", RMI_ERROR_INPUT);

	mutex_lock(&realm->lock);
	ret = rmi_psci_complete(vcpu->arch.rec.page, target->arch.rec.page,
				denied ? PSCI_RET_DENIED : PSCI_RET_SUCCESS);
	if (!ret && turn_on && !denied)
		psci_start(target);
	mutex_unlock(&realm->lock);

	/* What is on cannot be denied; the realm has been told that. */
	if (ret && !denied)
		return realm_failed(realm, "PSCI_COMPLETE", ret);
	return 1;
}

static int psci_system_event(struct kvm_vcpu *vcpu, u32 type)
{
	vcpu->run->exit_reason = KVM_EXIT_SYSTEM_EVENT;
	vcpu->run->system_event.type = type;
	vcpu->run->system_event.ndata = 0;
	return 0;
}

/**
 * realm_psci_exit() - do what a REC asked for by PSCI
 * @vcpu: its vCPU
 * @exit: an exit of kind REALM_EXIT_PSCI
 *
 * Return: 1 to go on, 0 with a system event in vcpu->run, -ENOENT for a
 * function that no realm can call, or another -errno.
 */
int realm_psci_exit(struct kvm_vcpu *vcpu, const struct realm_exit *exit)
{
	switch (exit->fid) {
	case PSCI_0_2_FN_SYSTEM_OFF:
		return psci_system_event(vcpu, KVM_SYSTEM_EVENT_SHUTDOWN);
	case PSCI_0_2_FN_SYSTEM_RESET:
		return psci_system_event(vcpu, KVM_SYSTEM_EVENT_RESET);
	case PSCI_0_2_FN_CPU_SUSPEND:
	case PSCI_0_2_FN64_CPU_SUSPEND:
		rmi_env_wait(vcpu);
		return 1;
	case PSCI_0_2_FN_CPU_OFF:
		realm_psci_off(vcpu);
		return 1;
	case PSCI_0_2_FN_CPU_ON:
	case PSCI_0_2_FN64_CPU_ON:
		return psci_complete(vcpu, exit, true);
	case PSCI_0_2_FN_AFFINITY_INFO:
	case PSCI_0_2_FN64_AFFINITY_INFO:
		return psci_complete(vcpu, exit, false);
	default:
		return -ENOENT;
	}
}
