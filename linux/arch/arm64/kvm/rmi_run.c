// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an exit of a REC means for KVM_RUN: go on, or let user space decide. And
 * what user space decided, for the next entry.
 */
#include "rmi_internal.h"

/* What a handler returns to go on; else it is the result of KVM_RUN. */
#define RESUME 1

static int exit_internal_error(struct kvm_vcpu *vcpu,
			       const struct realm_exit *exit)
{
	struct kvm_run *run = vcpu->run;

	run->exit_reason = KVM_EXIT_INTERNAL_ERROR;
	run->internal.suberror = KVM_INTERNAL_ERROR_UNEXPECTED_EXIT_REASON;
	run->internal.ndata = 4;
	run->internal.data[0] = exit->status;
	run->internal.data[1] = exit->reason;
	run->internal.data[2] = exit->esr;
	run->internal.data[3] = exit->fid;
	return 0;
}

static u64 exit_gpa(struct kvm_vcpu *vcpu, const struct realm_exit *exit)
{
	return exit->ipa & ~kvm_realm_shared_bit(vcpu->kvm);
}

static int exit_memory_fault(struct kvm_vcpu *vcpu,
			     const struct realm_exit *exit)
{
	struct kvm_run *run = vcpu->run;

	run->exit_reason = KVM_EXIT_MEMORY_FAULT;
	run->memory_fault.flags = exit->shared ?
				  0 : KVM_MEMORY_EXIT_FLAG_PRIVATE;
	run->memory_fault.gpa = ALIGN_DOWN(exit_gpa(vcpu, exit),
					   (u64)PAGE_SIZE);
	run->memory_fault.size = PAGE_SIZE;
	return -EFAULT;
}

/* A device of the kernel's, or one of user space's. */
static int exit_mmio(struct kvm_vcpu *vcpu, const struct realm_exit *exit)
{
	struct rec_enter *enter = &vcpu->arch.rec.run->enter;
	struct kvm_run *run = vcpu->run;
	u64 data = exit->data;

	if (rmi_env_mmio(vcpu, exit_gpa(vcpu, exit), exit->len, exit->write,
			 &data)) {
		enter->gprs[0] = data;
		enter->flags |= RMI_ENTRY_EMUL_MMIO;
		return RESUME;
	}

	run->exit_reason = KVM_EXIT_MMIO;
	run->mmio.phys_addr = exit_gpa(vcpu, exit);
	run->mmio.len = exit->len;
	run->mmio.is_write = exit->write;
	memset(run->mmio.data, 0, sizeof(run->mmio.data));
	if (exit->write)
		memcpy(run->mmio.data, &exit->data, exit->len);
	vcpu->arch.rec.pending = exit->write ? REC_PENDING_MMIO_WRITE :
					       REC_PENDING_MMIO_READ;
	return 0;
}

static int handle_fault(struct kvm_vcpu *vcpu, const struct realm_exit *exit)
{
	int ret = kvm_realm_fault(vcpu->kvm, exit);

	switch (ret) {
	case 0:
		return RESUME;
	case -EFAULT:
		return exit_memory_fault(vcpu, exit);
	case -ENOENT:
		if (exit->emulatable)
			return exit_mmio(vcpu, exit);
		/* Nobody can tell what it wanted to access. */
		vcpu->arch.rec.run->enter.flags |= RMI_ENTRY_INJECT_SEA;
		return RESUME;
	default:
		return ret;
	}
}

static void answer_host_call(struct kvm_vcpu *vcpu)
{
	unsigned int i;

	for (i = 0; i < REC_RUN_GPRS; i++)
		vcpu->arch.rec.run->enter.gprs[i] = vcpu_get_reg(vcpu, i);
}

static int handle_host_call(struct kvm_vcpu *vcpu,
			    const struct realm_exit *exit)
{
	u64 function = vcpu_get_reg(vcpu, 0);
	struct kvm_run *run = vcpu->run;

	if (exit->imm || !rmi_env_forwards_call(vcpu->kvm, function)) {
		vcpu_set_reg(vcpu, 0, SMCCC_RET_NOT_SUPPORTED);
		answer_host_call(vcpu);
		return RESUME;
	}
	run->exit_reason = KVM_EXIT_HYPERCALL;
	memset(&run->hypercall, 0, sizeof(run->hypercall));
	run->hypercall.nr = function;
	vcpu->arch.rec.pending = REC_PENDING_HOST_CALL;
	return 0;
}

static int handle_psci(struct kvm_vcpu *vcpu, const struct realm_exit *exit)
{
	int ret = realm_psci_exit(vcpu, exit);

	return ret == -ENOENT ? exit_internal_error(vcpu, exit) : ret;
}

/* The RMM has gone past the instruction, and answers a read from gprs[Rt]. */
static int handle_sysreg(struct kvm_vcpu *vcpu, const struct realm_exit *exit)
{
	unsigned int rt = ESR_ELx_SYS64_ISS_RT(exit->esr);
	u64 value = exit->data;

	if (!rmi_env_sysreg(vcpu, exit->esr, &value))
		return exit_internal_error(vcpu, exit);
	if (!exit->write && rt < REC_RUN_GPRS)
		vcpu->arch.rec.run->enter.gprs[rt] = value;
	return RESUME;
}

/* The REC did not run. If it turned itself off, that is why. */
static int handle_again(struct kvm_vcpu *vcpu, const struct realm_exit *exit)
{
	if (!vcpu->arch.rec.off ||
	    RMI_RETURN_STATUS(exit->status) != RMI_ERROR_REC)
		return -EAGAIN;
	realm_psci_off(vcpu);
	return RESUME;
}

static int handle_by_kind(struct kvm_vcpu *vcpu, const struct realm_exit *exit)
{
	switch (exit->kind) {
	case REALM_EXIT_IRQ:
	case REALM_EXIT_SERROR:
		return RESUME;
	case REALM_EXIT_FAULT:
		return handle_fault(vcpu, exit);
	case REALM_EXIT_HOST_CALL:
		return handle_host_call(vcpu, exit);
	case REALM_EXIT_PSCI:
		return handle_psci(vcpu, exit);
	case REALM_EXIT_RIPAS:
		return realm_ripas_exit(vcpu, exit);
	case REALM_EXIT_SYSREG:
		return handle_sysreg(vcpu, exit);
	case REALM_EXIT_WFX:
		rmi_env_wait(vcpu);
		return RESUME;
	case REALM_EXIT_OFF:
		vcpu->run->exit_reason = KVM_EXIT_SHUTDOWN;
		return 0;
	case REALM_EXIT_AGAIN:
		return handle_again(vcpu, exit);
	default:
		return exit_internal_error(vcpu, exit);
	}
}

static enum realm_end system_event_end(const struct kvm_run *run)
{
	return run->system_event.type == KVM_SYSTEM_EVENT_RESET ?
	       REALM_END_RESET : REALM_END_OFF;
}

/* Of what makes KVM_RUN return, what says that there is no going on. */
static void note_end(struct kvm_vcpu *vcpu, const struct realm_exit *exit,
		     int ret)
{
	struct realm *realm = &vcpu->kvm->arch.realm;

	if (ret == -ENXIO) {
		realm_ended(realm, REALM_END_REFUSED);
		return;
	}
	if (ret)
		return;
	switch (vcpu->run->exit_reason) {
	case KVM_EXIT_SYSTEM_EVENT:
		realm_ended(realm, system_event_end(vcpu->run));
		break;
	case KVM_EXIT_SHUTDOWN:
		realm_ended(realm, REALM_END_STOPPED);
		break;
	case KVM_EXIT_INTERNAL_ERROR:
		realm_ended(realm, exit->kind == REALM_EXIT_FAILED ?
			    REALM_END_REFUSED : REALM_END_UNKNOWN_EXIT);
		break;
	}
}

/**
 * kvm_rec_handle_exit() - do what a REC wants, or have user space do it
 * @vcpu: a vCPU of a realm
 * @exit: what kvm_rec_enter() said
 *
 * Return: 1 to enter it again; 0 or -errno to leave KVM_RUN with that result.
 * With 0 and with -EFAULT, vcpu->run says why.
 */
int kvm_rec_handle_exit(struct kvm_vcpu *vcpu, const struct realm_exit *exit)
{
	int ret = handle_by_kind(vcpu, exit);

	if (ret != RESUME)
		note_end(vcpu, exit, ret);
	return ret;
}

/**
 * kvm_rec_complete() - take user space's answer to the last exit
 * @vcpu: a vCPU of a realm in state ACTIVE, at the start of KVM_RUN
 *
 * A load gets run->mmio.data, which the RMM cuts and extends; a host call gets
 * x0 to x30; a change of RIPAS, what the memory attributes are by now.
 */
void kvm_rec_complete(struct kvm_vcpu *vcpu)
{
	struct realm_rec *rec = &vcpu->arch.rec;

	switch (rec->pending) {
	case REC_PENDING_NONE:
		break;
	case REC_PENDING_MMIO_READ:
		memcpy(&rec->run->enter.gprs[0], vcpu->run->mmio.data,
		       sizeof(rec->run->enter.gprs[0]));
		rec->run->enter.flags |= RMI_ENTRY_EMUL_MMIO;
		break;
	case REC_PENDING_MMIO_WRITE:
		rec->run->enter.flags |= RMI_ENTRY_EMUL_MMIO;
		break;
	case REC_PENDING_HOST_CALL:
		answer_host_call(vcpu);
		break;
	case REC_PENDING_RIPAS:
		realm_ripas_commit(vcpu);
		break;
	}
	rec->pending = REC_PENDING_NONE;
}

/**
 * kvm_rec_inject_sea() - have an access abort that user space was asked for
 * @vcpu: a vCPU of a realm
 *
 * Return: 1, or -EINVAL if there is none.
 */
int kvm_rec_inject_sea(struct kvm_vcpu *vcpu)
{
	struct realm_rec *rec = &vcpu->arch.rec;

	if (rec->pending != REC_PENDING_MMIO_READ &&
	    rec->pending != REC_PENDING_MMIO_WRITE)
		return -EINVAL;
	rec->pending = REC_PENDING_NONE;
	rec->run->enter.flags |= RMI_ENTRY_INJECT_SEA;
	return 1;
}
