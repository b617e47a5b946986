// SPDX-License-Identifier: GPL-2.0-only
/*
 * Entering a REC, and what the exit half of its run page says.
 */
#include "rmi_internal.h"

/* No reason of the RMM's. */
#define REC_EXIT_NONE 0xff

/* HPFAR_EL2 has IPA[51:12] in bits 43:4, FAR_EL2 the offset in the page. */
static u64 exit_fault_ipa(const struct rec_exit *from)
{
	return (from->hpfar & GENMASK_ULL(43, 4)) << 8 |
	       (from->far & (PAGE_SIZE - 1));
}

static void decode_fault(struct kvm_vcpu *vcpu, const struct rec_exit *from,
			 struct realm_exit *exit)
{
	exit->kind = REALM_EXIT_FAULT;
	exit->ipa = exit_fault_ipa(from);
	exit->shared = exit->ipa & kvm_realm_shared_bit(vcpu->kvm);
	exit->emulatable = exit->shared && from->esr & ESR_ELx_ISV;
	if (!exit->emulatable)
		return;
	exit->write = from->esr & ESR_ELx_WNR;
	exit->len = 1U << ((from->esr & ESR_ELx_SAS) >> ESR_ELx_SAS_SHIFT);
	exit->data = from->gprs[0];
}

static void decode_sync(struct kvm_vcpu *vcpu, const struct rec_exit *from,
			struct realm_exit *exit)
{
	exit->esr = from->esr;
	switch (ESR_ELx_EC(from->esr)) {
	case ESR_ELx_EC_WFx:
		exit->kind = REALM_EXIT_WFX;
		break;
	case ESR_ELx_EC_IABT_LOW:
	case ESR_ELx_EC_DABT_LOW:
		decode_fault(vcpu, from, exit);
		break;
	case ESR_ELx_EC_SYS64:
		exit->kind = REALM_EXIT_SYSREG;
		exit->write = !(from->esr & ESR_ELx_SYS64_ISS_DIR_READ);
		exit->data = from->gprs[0];
		break;
	default:
		exit->kind = REALM_EXIT_UNKNOWN;
	}
}

static void decode_host_call(struct kvm_vcpu *vcpu, const struct rec_exit *from,
			     struct realm_exit *exit)
{
	unsigned int i;

	exit->kind = REALM_EXIT_HOST_CALL;
	exit->imm = from->imm;
	for (i = 0; i < REC_RUN_GPRS; i++)
		vcpu_set_reg(vcpu, i, from->gprs[i]);
}

static void decode_exit(struct kvm_vcpu *vcpu, const struct rec_exit *from,
			struct realm_exit *exit)
{
	exit->reason = from->exit_reason;
	switch (from->exit_reason) {
	case RMI_EXIT_SYNC:
		decode_sync(vcpu, from, exit);
		break;
	case RMI_EXIT_IRQ:
	case RMI_EXIT_FIQ:
		exit->kind = REALM_EXIT_IRQ;
		break;
	case RMI_EXIT_PSCI:
		exit->kind = REALM_EXIT_PSCI;
		exit->fid = from->gprs[0];
		exit->mpidr = from->gprs[1];
		break;
	case RMI_EXIT_RIPAS_CHANGE:
		exit->kind = REALM_EXIT_RIPAS;
		exit->ipa = from->ripas_base;
		exit->top = from->ripas_top;
		exit->ram = from->ripas_value == RMI_RAM;
		break;
	case RMI_EXIT_HOST_CALL:
		decode_host_call(vcpu, from, exit);
		break;
	case RMI_EXIT_SERROR:
		exit->kind = REALM_EXIT_SERROR;
		exit->esr = from->esr;
		break;
	default:
		exit->kind = REALM_EXIT_UNKNOWN;
	}
}

/*
 * The realm's timers are its own, but the interrupts that they raise are not:
 * what they say goes to the interrupt controller at each exit.
 */
static void update_timer(struct kvm_vcpu *vcpu, enum rmi_timer timer, u64 ctl,
			 u64 cval)
{
	bool on = (ctl & (ARCH_TIMER_CTRL_ENABLE | ARCH_TIMER_CTRL_IT_MASK)) ==
		  ARCH_TIMER_CTRL_ENABLE;
	bool level = on && ctl & ARCH_TIMER_CTRL_IT_STAT;

	rmi_env_timer(vcpu, timer, level,
		      on && !level ? cval : RMI_NO_DEADLINE);
}

static void update_timers(struct kvm_vcpu *vcpu, const struct rec_exit *from)
{
	update_timer(vcpu, RMI_TIMER_VIRTUAL, from->cntv_ctl, from->cntv_cval);
	update_timer(vcpu, RMI_TIMER_PHYSICAL, from->cntp_ctl,
		     from->cntp_cval);
}

/* The exit half means nothing if the entry failed. */
static void decode_failure(struct kvm_vcpu *vcpu, u64 ret,
			   struct realm_exit *exit)
{
	exit->status = ret;
	switch (RMI_RETURN_STATUS(ret)) {
	case RMI_ERROR_REALM:
		exit->kind = REALM_EXIT_OFF;
		break;
	case RMI_ERROR_REC:
	case RMI_BUSY:
	case RMI_BLOCKED:
		exit->kind = REALM_EXIT_AGAIN;
		break;
	default:
		realm_failed(&vcpu->kvm->arch.realm, "REC_ENTER", ret);
		exit->kind = REALM_EXIT_FAILED;
	}
}

/* RCU, lockdep and tracing must know that the CPU runs a guest. */
static noinstr u64 enter_guest(const struct realm_rec *rec)
{
	u64 ret;

	guest_state_enter_irqoff();
	ret = rmi_rec_enter(rec->page, rec->run_pa);
	guest_state_exit_irqoff();
	return ret;
}

/**
 * kvm_rec_enter() - run a REC until it wants something
 * @vcpu: a vCPU of a realm in state ACTIVE
 * @exit: what it wants
 *
 * An idle realm exits rather than hold the CPU. What the enter half says counts
 * for one entry.
 */
void kvm_rec_enter(struct kvm_vcpu *vcpu, struct realm_exit *exit)
{
	struct realm_rec *rec = &vcpu->arch.rec;
	u64 ret;

	rec->run->enter.flags |= RMI_ENTRY_TRAP_WFI;
	/* What the last exit said does not count again. */
	rec->run->exit.exit_reason = REC_EXIT_NONE;
	ret = enter_guest(rec);

	*exit = (struct realm_exit) {};
	if (ret) {
		decode_failure(vcpu, ret, exit);
		return;
	}
	memset(&rec->run->enter, 0, sizeof(rec->run->enter));
	rec->off = false;
	update_timers(vcpu, &rec->run->exit);
	decode_exit(vcpu, &rec->run->exit, exit);
	trace_kvm_rec_exit(vcpu, exit);
}
