// SPDX-License-Identifier: GPL-2.0-only
/*
 * Realm execution contexts: a REC for each vCPU. The RMM wants memory for it of
 * a size that only it knows, and moves it by a stateful operation.
 */
#include "rmi_internal.h"

/**
 * kvm_rec_mpidr() - name a REC as the RMM does
 * @index: of the vCPU
 *
 * Return: 4 bits of Aff0, then 8 of Aff1 and Aff2.
 */
u64 kvm_rec_mpidr(unsigned int index)
{
	return (index & 0xf) | (index >> 4 & 0xff) << 8 |
	       (u64)(index >> 12 & 0xff) << 16;
}

static void rec_fill_params(struct kvm_vcpu *vcpu, struct rec_params *params)
{
	unsigned int i;

	if (!kvm_arm_vcpu_stopped(vcpu))
		params->flags = RMI_REC_PARAM_FLAG_RUNNABLE;
	params->mpidr = kvm_rec_mpidr(vcpu->vcpu_id);
	params->pc = *vcpu_pc(vcpu);
	for (i = 0; i < REC_CREATE_NR_GPRS; i++)
		params->gprs[i] = vcpu_get_reg(vcpu, i);
}

static void rec_free(struct realm_rec *rec)
{
	if (rec->page != RMI_NO_PAGE)
		rmi_free_delegated(rec->page, 0);
	if (rec->run_pa != RMI_NO_PAGE)
		rmi_env_put_pages(rec->run_pa, rec->run_pa + PAGE_SIZE);
	rec->run = NULL;
}

/* Nothing runs yet, so that the run page can carry lists of memory. */
static int rec_create(struct realm *realm, struct kvm_vcpu *vcpu,
		      phys_addr_t params)
{
	struct realm_rec *rec = &vcpu->arch.rec;
	struct rmi_memory memory = { .list = rec->run_pa };
	u64 ret;

	rec_fill_params(vcpu, rmi_env_va(params));
	ret = rmi_rec_create(realm->rd, rec->page, params, &memory);
	if (ret) {
		if (memory.granules > 0)
			rmi_leak("of a REC that was not made", memory.granules);
		return realm_failed(realm, "REC_CREATE", ret);
	}
	rec->granules = memory.granules;
	rec->run = rmi_env_va(rec->run_pa);
	memset(rec->run, 0, sizeof(*rec->run));
	return 0;
}

/**
 * realm_create_rec() - make the REC of a vCPU, unless it has one
 * @vcpu: a vCPU of a realm in state NEW
 *
 * Return: 0 or -errno; -EINVAL if the vCPU is not initialised.
 */
int realm_create_rec(struct kvm_vcpu *vcpu)
{
	struct realm *realm = &vcpu->kvm->arch.realm;
	struct realm_rec *rec = &vcpu->arch.rec;
	phys_addr_t params;
	int ret = -ENOMEM;

	lockdep_assert_held(&realm->lock);
	if (rec->run)
		return 0;
	if (!kvm_vcpu_initialized(vcpu))
		return -EINVAL;

	params = rmi_env_alloc_pages(0);
	rec->run_pa = rmi_env_alloc_pages(0);
	rec->page = realm_alloc_delegated(realm, 0);
	if (params != RMI_NO_PAGE && rec->run_pa != RMI_NO_PAGE &&
	    rec->page != RMI_NO_PAGE)
		ret = rec_create(realm, vcpu, params);

	if (params != RMI_NO_PAGE)
		rmi_env_put_pages(params, params + PAGE_SIZE);
	if (ret)
		rec_free(rec);
	return ret;
}

/**
 * kvm_rec_set_core() - set a register that is to go into the REC
 * @vcpu: a vCPU of a realm, whose mutex is held
 * @word: which of struct user_pt_regs: x0 to x30, or REC_CORE_PC
 * @value: what it shall be
 *
 * The first vCPU that runs makes the RECs of all, hence the realm's lock: what
 * was accepted here is in the REC.
 *
 * Return: 0, -EINVAL if there is no such register, or -EBUSY if the REC exists
 * and does not wait for the answer to a host call.
 */
int kvm_rec_set_core(struct kvm_vcpu *vcpu, u64 word, u64 value)
{
	struct realm *realm = &vcpu->kvm->arch.realm;
	const struct realm_rec *rec = &vcpu->arch.rec;
	bool is_x = word < REC_CORE_SP;
	int ret = 0;

	if (!is_x && word != REC_CORE_PC)
		return -EINVAL;

	mutex_lock(&realm->lock);
	if (rec->run && !(is_x && rec->pending == REC_PENDING_HOST_CALL))
		ret = -EBUSY;
	else if (is_x)
		vcpu_set_reg(vcpu, word, value);
	else
		*vcpu_pc(vcpu) = value;
	mutex_unlock(&realm->lock);
	return ret;
}

/**
 * kvm_destroy_rec() - end the REC of a vCPU, if it has one
 * @vcpu: a vCPU that does not run
 */
void kvm_destroy_rec(struct kvm_vcpu *vcpu)
{
	struct realm_rec *rec = &vcpu->arch.rec;
	struct rmi_memory memory = { .list = rec->run_pa };
	u64 ret;

	if (!rec->run)
		return;

	ret = rmi_rec_destroy(rec->page, &memory);
	rec->granules += memory.granules;
	if (ret) {
		realm_failed(&vcpu->kvm->arch.realm, "REC_DESTROY", ret);
		rmi_leak("a REC that cannot be destroyed", 1);
		rec->page = RMI_NO_PAGE;
	}
	if (rec->granules > 0)
		rmi_leak("of a REC that is gone", rec->granules);
	rec_free(rec);
}
