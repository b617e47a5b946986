// SPDX-License-Identifier: GPL-2.0-only
/*
 * RIPAS: what a realm may take its addresses for. It is the realm that asks for
 * a change; user space decides by its memory attributes, for all of the range
 * or for the front of it; and the RMM is told before the next entry.
 */
#include "rmi_internal.h"

/*
 * The end of what user space agrees to: RAM where it is private, no RAM where
 * it is not.
 */
static u64 ripas_agreed(struct kvm *kvm, u64 base, u64 top, bool ram)
{
	u64 next;

	while (base < top) {
		if ((rmi_env_backing_range(kvm, base, top, &next) ==
		     RMI_BACKING_PRIVATE) != ram)
			break;
		base = next;
	}
	return base;
}

/**
 * realm_ripas_exit() - take a realm's wish for another RIPAS
 * @vcpu: the vCPU
 * @exit: an exit of kind REALM_EXIT_RIPAS
 *
 * Return: 1 if user space has agreed to all of it before it was asked; else
 * -EFAULT: vcpu->run says which memory is to become private or shared.
 */
int realm_ripas_exit(struct kvm_vcpu *vcpu, const struct realm_exit *exit)
{
	struct realm_rec *rec = &vcpu->arch.rec;
	struct kvm_run *run = vcpu->run;

	rec->ripas_base = exit->ipa;
	rec->ripas_top = exit->top;
	rec->ripas_ram = exit->ram;
	rec->pending = REC_PENDING_RIPAS;
	if (ripas_agreed(vcpu->kvm, exit->ipa, exit->top, exit->ram) ==
	    exit->top) {
		realm_ripas_commit(vcpu);
		return 1;
	}

	run->exit_reason = KVM_EXIT_MEMORY_FAULT;
	run->memory_fault.flags = exit->ram ? KVM_MEMORY_EXIT_FLAG_PRIVATE : 0;
	run->memory_fault.gpa = exit->ipa;
	run->memory_fault.size = exit->top - exit->ipa;
	return -EFAULT;
}

/* Of [@base, @top), as far as the RMM goes along. */
static void ripas_set(struct realm *realm, const struct realm_rec *rec,
		      u64 base, u64 top)
{
	unsigned int stalls = 0;
	u64 ret, next;

	while (base < top && stalls < RMI_TRIES) {
		ret = rmi_rtt_set_ripas(realm->rd, rec->page, base, top, &next);
		if (ret == RMI_SUCCESS && next > base && next <= top &&
		    PAGE_ALIGNED(next)) {
			base = next;
			stalls = 0;
			continue;
		}
		stalls++;
		if (ret == RMI_SUCCESS) {
			rmi_env_yield();
		} else if (RMI_RETURN_STATUS(ret) != RMI_ERROR_RTT) {
			realm_failed(realm, "RTT_SET_RIPAS", ret);
			return;
		} else if (rmi_return_level(ret) == RTT_LEVEL_LAST ||
			   realm_rtt_extend(realm, "RTT_SET_RIPAS", base, ret,
					    0)) {
			/* The realm did not allow it for what is destroyed. */
			return;
		}
	}
}

/**
 * realm_ripas_commit() - do what user space has agreed to
 * @vcpu: a vCPU with a pending change, before its next entry
 *
 * What is no RAM any more is taken away first, so that the host has it back by
 * the time the realm hears of it. The RMM tells the realm how far it came; a
 * wish that was granted nowhere is refused.
 */
void realm_ripas_commit(struct kvm_vcpu *vcpu)
{
	struct realm *realm = &vcpu->kvm->arch.realm;
	struct realm_rec *rec = &vcpu->arch.rec;
	u64 base = rec->ripas_base;
	u64 top;

	rec->pending = REC_PENDING_NONE;
	mutex_lock(&realm->lock);
	top = ripas_agreed(vcpu->kvm, base, rec->ripas_top, rec->ripas_ram);
	if (top == base)
		rec->run->enter.flags |= RMI_ENTRY_RIPAS_REJECT;
	else if (rec->ripas_ram || !realm_unmap(realm, true, base, top))
		ripas_set(realm, rec, base, top);
	mutex_unlock(&realm->lock);
}
