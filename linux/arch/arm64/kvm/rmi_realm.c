// SPDX-License-Identifier: GPL-2.0-only
/*
 * The life of a realm: parameters, descriptor, activation, end.
 */
#include "rmi_internal.h"

/**
 * kvm_init_realm() - set up what KVM keeps of a realm
 * @kvm: a new VM that is to be a realm
 * @ia_bits: width of its IPA space
 *
 * The RMM is not told yet.
 *
 * Return: 0, or -EINVAL if the RMM does not offer that width.
 */
int kvm_init_realm(struct kvm *kvm, unsigned int ia_bits)
{
	struct realm *realm = &kvm->arch.realm;

	if (ia_bits < 32 || ia_bits > kvm_rmi_ipa_limit())
		return -EINVAL;

	mutex_init(&realm->lock);
	realm->ia_bits = ia_bits;
	realm->hash_algo = RMI_HASH_SHA_256;
	/* Each minus 1, and 0 is reserved: these are the least there can be. */
	realm->num_bps = 1;
	realm->num_wps = 1;
	realm->rd = RMI_NO_PAGE;
	realm->roots = RMI_NO_PAGE;
	realm_rtt_geometry(realm);
	return 0;
}

/* Parameters can be changed until the RMM has them. Called with the lock. */
static int realm_check_unborn(const struct kvm *kvm)
{
	return kvm_realm_state(kvm) == REALM_STATE_NONE ? 0 : -EBUSY;
}

/**
 * kvm_realm_set_hash() - choose the measurement algorithm
 * @kvm: a realm's VM
 * @hash_algo: RMI_HASH_SHA_256 or RMI_HASH_SHA_512, if the RMM has it
 *
 * Return: 0, -EINVAL, or -EBUSY if the realm exists.
 */
int kvm_realm_set_hash(struct kvm *kvm, u64 hash_algo)
{
	int ret;

	if (!kvm_rmi_has_hash(hash_algo))
		return -EINVAL;
	mutex_lock(&kvm->arch.realm.lock);
	ret = realm_check_unborn(kvm);
	if (!ret)
		kvm->arch.realm.hash_algo = hash_algo;
	mutex_unlock(&kvm->arch.realm.lock);
	return ret;
}

/**
 * kvm_realm_set_rpv() - set the personalisation value
 * @kvm: a realm's VM
 * @rpv: the value
 *
 * Return: 0, or -EBUSY if the realm exists.
 */
int kvm_realm_set_rpv(struct kvm *kvm, const u8 rpv[REALM_RPV_SIZE])
{
	int ret;

	mutex_lock(&kvm->arch.realm.lock);
	ret = realm_check_unborn(kvm);
	if (!ret)
		memcpy(kvm->arch.realm.rpv, rpv, REALM_RPV_SIZE);
	mutex_unlock(&kvm->arch.realm.lock);
	return ret;
}

/**
 * kvm_realm_set_debug() - choose how many breakpoints and watchpoints it has
 * @kvm: a realm's VM
 * @bps: breakpoints - 1
 * @wps: watchpoints - 1
 *
 * Return: 0, -EINVAL if the RMM does not offer them, or -EBUSY if the realm
 * exists.
 */
int kvm_realm_set_debug(struct kvm *kvm, unsigned int bps, unsigned int wps)
{
	int ret;

	if (!bps || bps > kvm_rmi_max_bps() || !wps || wps > kvm_rmi_max_wps())
		return -EINVAL;
	mutex_lock(&kvm->arch.realm.lock);
	ret = realm_check_unborn(kvm);
	if (!ret) {
		kvm->arch.realm.num_bps = bps;
		kvm->arch.realm.num_wps = wps;
	}
	mutex_unlock(&kvm->arch.realm.lock);
	return ret;
}

static unsigned int realm_root_order(const struct realm *realm)
{
	return ilog2(realm->root_count);
}

static void realm_fill_params(const struct realm *realm,
			      struct realm_params *params)
{
	params->s2sz = realm->ia_bits;
	params->num_bps = realm->num_bps;
	params->num_wps = realm->num_wps;
	params->hash_algo = realm->hash_algo;
	memcpy(params->rpv, realm->rpv, REALM_RPV_SIZE);
	params->rtt_base = realm->roots;
	params->rtt_level_start = realm->start_level;
	params->rtt_num_start = realm->root_count;
}

static int realm_create_rd(struct realm *realm)
{
	phys_addr_t params = rmi_env_alloc_pages(0);
	u64 ret;

	if (params == RMI_NO_PAGE)
		return -ENOMEM;
	realm_fill_params(realm, rmi_env_va(params));
	ret = rmi_realm_create(realm->rd, params);
	rmi_env_put_pages(params, params + PAGE_SIZE);
	return ret ? realm_failed(realm, "REALM_CREATE", ret) : 0;
}

static void realm_free_rd(struct realm *realm)
{
	if (realm->rd != RMI_NO_PAGE)
		rmi_free_delegated(realm->rd, 0);
	if (realm->roots != RMI_NO_PAGE)
		rmi_free_delegated(realm->roots, realm_root_order(realm));
	realm->rd = RMI_NO_PAGE;
	realm->roots = RMI_NO_PAGE;
}

static int realm_create(struct realm *realm)
{
	int ret;

	realm->rd = realm_alloc_delegated(realm, 0);
	if (realm->rd == RMI_NO_PAGE)
		return -ENOMEM;
	realm->roots = realm_alloc_delegated(realm, realm_root_order(realm));
	ret = realm->roots == RMI_NO_PAGE ? -ENOMEM : realm_create_rd(realm);
	if (ret)
		realm_free_rd(realm);
	return ret;
}

/**
 * kvm_create_realm() - make the realm's descriptor, unless it has one
 * @kvm: a realm's VM
 *
 * Return: 0 in state NEW or ACTIVE, -ENXIO if the realm is at its end, or
 * another -errno if it could not be made; then it may be tried again.
 */
int kvm_create_realm(struct kvm *kvm)
{
	struct realm *realm = &kvm->arch.realm;
	int ret = 0;

	mutex_lock(&realm->lock);
	switch (kvm_realm_state(kvm)) {
	case REALM_STATE_NONE:
		ret = realm_create(realm);
		if (!ret) {
			kvm_set_realm_state(kvm, REALM_STATE_NEW);
			ret = realm_init_ripas(kvm);
		}
		break;
	case REALM_STATE_NEW:
	case REALM_STATE_ACTIVE:
		break;
	default:
		ret = -ENXIO;
	}
	mutex_unlock(&realm->lock);
	return ret;
}

static int realm_activate(struct kvm *kvm)
{
	struct kvm_vcpu *vcpu;
	unsigned long i;
	u64 status;
	int ret;

	ret = realm_init_ripas(kvm);
	if (ret)
		return ret;
	/* The RMM numbers RECs itself, in the order in which they are made. */
	kvm_for_each_vcpu(i, vcpu, kvm) {
		if (vcpu->vcpu_id != (int)i)
			return -EINVAL;
		ret = realm_create_rec(vcpu);
		if (ret)
			return ret;
	}
	status = rmi_realm_activate(kvm->arch.realm.rd);
	if (status)
		return realm_failed(&kvm->arch.realm, "REALM_ACTIVATE", status);
	kvm_set_realm_state(kvm, REALM_STATE_ACTIVE);
	return 0;
}

/**
 * kvm_activate_realm() - make a realm that can run
 * @kvm: a realm's VM; its vCPUs cannot change meanwhile
 *
 * Makes the descriptor and the RECs of all vCPUs, as far as they are missing,
 * and freezes the measurement. A failure leaves the realm in NEW, so that the
 * next try goes on where this one ended.
 *
 * Return: 0, also if it is active already, or -errno.
 */
int kvm_activate_realm(struct kvm *kvm)
{
	int ret = kvm_create_realm(kvm);

	if (ret || kvm_realm_state(kvm) == REALM_STATE_ACTIVE)
		return ret;

	mutex_lock(&kvm->arch.realm.lock);
	if (kvm_realm_state(kvm) == REALM_STATE_NEW)
		ret = realm_activate(kvm);
	mutex_unlock(&kvm->arch.realm.lock);
	return ret;
}

/*
 * Unmaps while the RMM still lets everybody, then terminates, then takes the
 * tables away. Each step is worth a try even if the one before has failed: what
 * the RMM keeps in the end is counted.
 */
static void realm_destroy(struct realm *realm)
{
	u64 ret;

	if (realm->data)
		realm_unmap(realm, true, 0, 1ULL << (realm->ia_bits - 1));

	ret = rmi_realm_terminate(realm->rd);
	if (ret)
		realm_failed(realm, "REALM_TERMINATE", ret);
	if (realm->tables)
		realm_rtt_teardown(realm);
	ret = rmi_realm_destroy(realm->rd);
	if (ret) {
		realm_failed(realm, "REALM_DESTROY", ret);
		rmi_leak("of a realm that cannot be destroyed",
			 1 + realm->root_count);
	} else {
		realm_free_rd(realm);
	}
	rmi_leak("mapped in a dead realm", realm->data);
	rmi_leak("tables of a dead realm", realm->tables);
}

/* It never ran, and the RMM had refused something by then. */
static bool realm_is_stillborn(const struct kvm *kvm)
{
	return kvm_realm_state(kvm) != REALM_STATE_ACTIVE &&
	       kvm->arch.realm.refusal.call;
}

/**
 * kvm_destroy_realm() - end a realm, whatever its state
 * @kvm: a realm's VM, of which nobody else knows any more
 *
 * The RECs are gone (kvm_destroy_rec()). Afterwards the host owns all that was
 * the realm's, but for what the RMM keeps.
 */
void kvm_destroy_realm(struct kvm *kvm)
{
	struct realm *realm = &kvm->arch.realm;

	mutex_lock(&realm->lock);
	realm_ended(realm, realm_is_stillborn(kvm) ? REALM_END_REFUSED :
						     REALM_END_CLOSED);
	if (kvm_realm_state(kvm) != REALM_STATE_NONE) {
		kvm_set_realm_state(kvm, REALM_STATE_DYING);
		realm_destroy(realm);
	}
	kvm_set_realm_state(kvm, REALM_STATE_DEAD);
	mutex_unlock(&realm->lock);
	mutex_destroy(&realm->lock);
}
