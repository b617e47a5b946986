// SPDX-License-Identifier: GPL-2.0-only
/*
 * The RMI at boot: is there a Realm Management Monitor that we can work with?
 * Whatever the answer is, KVM goes on; without one there are no realms.
 */
#include "rmi_internal.h"

DEFINE_STATIC_KEY_FALSE(kvm_rmi_is_available);

/* Versions that we speak, ascending. */
static const u64 rmi_spoken[] = {
	RMI_ABI_VERSION(RMI_ABI_MAJOR_VERSION, RMI_ABI_MINOR_VERSION),
};

static enum rmi_reason rmi_reason __ro_after_init = RMI_REASON_NO_RME;
static u64 rmi_feat_reg[2] __ro_after_init;
static bool rmi_was_active __ro_after_init;

/* A mixed machine counts as its least CPU. */
static enum rmi_reason __init rmi_check_cpus(void)
{
	u64 pfr0 = read_sanitised_ftr_reg(SYS_ID_AA64PFR0_EL1);

	if (!cpuid_feature_extract_unsigned_field(pfr0,
						  ID_AA64PFR0_EL1_RME_SHIFT))
		return RMI_REASON_NO_RME;
	return RMI_REASON_NONE;
}

static enum rmi_reason __init
rmi_version_refused(const struct rmi_version_answer *answer)
{
	if (rmi_is_unknown_call(answer->ret))
		return RMI_REASON_NO_RMM;

	kvm_err("Unsupported RMI ABI (v%d.%d - v%d.%d) we want v%d.%d\n",
		(int)RMI_ABI_VERSION_GET_MAJOR(answer->lower),
		(int)RMI_ABI_VERSION_GET_MINOR(answer->lower),
		(int)RMI_ABI_VERSION_GET_MAJOR(answer->higher),
		(int)RMI_ABI_VERSION_GET_MINOR(answer->higher),
		RMI_ABI_MAJOR_VERSION, RMI_ABI_MINOR_VERSION);
	return RMI_REASON_VERSION;
}

static enum rmi_reason __init rmi_check_version(void)
{
	enum rmi_version_step step;
	struct rmi_version_answer answer;
	u64 request;

	step = rmi_version_step(rmi_spoken, ARRAY_SIZE(rmi_spoken), NULL,
				&request);
	while (step == RMI_VERSION_ASK_AGAIN) {
		answer.ret = rmi_version(request, &answer.lower,
					 &answer.higher);
		step = rmi_version_step(rmi_spoken, ARRAY_SIZE(rmi_spoken),
					&answer, &request);
	}
	if (step == RMI_VERSION_REFUSED)
		return rmi_version_refused(&answer);

	kvm_info("RMI ABI version %d.%d\n",
		 (int)RMI_ABI_VERSION_GET_MAJOR(answer.lower),
		 (int)RMI_ABI_VERSION_GET_MINOR(answer.lower));
	return RMI_REASON_NONE;
}

/* With nVHE, REC entry would pass by the code at EL2 that owns the vGIC. */
static enum rmi_reason __init rmi_check_vhe(void)
{
	return is_kernel_in_hyp_mode() ? RMI_REASON_NONE : RMI_REASON_NOT_VHE;
}

/*
 * The betas of 2.0 answer RMI_VERSION alike but do not interwork. Beta 0 had no
 * REALM_TERMINATE, beta 3 has GPT_INFO. Neither probe changes anything: there
 * is no realm at address 0.
 */
static enum rmi_reason __init rmi_check_beta(void)
{
	if (rmi_is_unknown_call(rmi_realm_terminate(0)))
		return RMI_REASON_BETA_0;
	if (!rmi_is_unknown_call(rmi_gpt_info()))
		return RMI_REASON_BETA_3;
	return RMI_REASON_NONE;
}

static u64 __init rmi_wanted_granule(void)
{
	return RMI_FEATURE_REGISTER_1_GRAN_4K << ((PAGE_SHIFT - 12) / 2);
}

static enum rmi_reason __init rmi_check_features(void)
{
	unsigned int i;
	u64 ret;

	for (i = 0; i < ARRAY_SIZE(rmi_feat_reg); i++) {
		ret = rmi_features(i, &rmi_feat_reg[i]);
		if (ret) {
			rmi_failed("FEATURES", ret);
			return RMI_REASON_FEATURES;
		}
	}
	if (!(rmi_feat_reg[1] & rmi_wanted_granule()))
		return RMI_REASON_GRANULE_SIZE;
	if (!kvm_rmi_has_hash(RMI_HASH_SHA_256))
		return RMI_REASON_HASH;
	if (!kvm_rmi_max_bps() || !kvm_rmi_max_wps())
		return RMI_REASON_DEBUG;
	if (kvm_rmi_ipa_limit() < 32)
		return RMI_REASON_IPA_SIZE;
	return RMI_REASON_NONE;
}

/*
 * An RMM that is active already keeps the configuration that it has, which is
 * fine if it is ours.
 */
static enum rmi_reason __init rmi_check_config(phys_addr_t page,
					       u64 set_status)
{
	const struct rmm_config *config = rmi_env_va(page);
	u8 granule = config->rmi_granule_size;
	u64 ret;

	if (set_status != RMI_ERROR_GLOBAL) {
		rmi_failed("RMM_CONFIG_SET", set_status);
		return RMI_REASON_CONFIG;
	}
	ret = rmi_rmm_config_get(page);
	if (ret) {
		rmi_failed("RMM_CONFIG_GET", ret);
		return RMI_REASON_CONFIG;
	}
	if (config->rmi_granule_size != granule)
		return RMI_REASON_CONFIG;
	rmi_was_active = true;
	return RMI_REASON_NONE;
}

static enum rmi_reason __init rmi_configure(void)
{
	enum rmi_reason reason = RMI_REASON_NONE;
	phys_addr_t page = rmi_env_alloc_pages(0);
	struct rmm_config *config;
	u64 ret;

	if (page == RMI_NO_PAGE)
		return RMI_REASON_MEMORY;

	config = rmi_env_va(page);
	config->rmi_granule_size = (PAGE_SHIFT - 12) / 2;
	ret = rmi_rmm_config_set(page);
	if (ret)
		reason = rmi_check_config(page, ret);
	rmi_env_put_pages(page, page + PAGE_SIZE);
	return reason;
}

static enum rmi_reason __init rmi_activate(void)
{
	u64 ret;

	if (rmi_was_active)
		return RMI_REASON_NONE;
	ret = rmi_rmm_activate();
	if (ret) {
		rmi_failed("RMM_ACTIVATE", ret);
		return RMI_REASON_ACTIVATE;
	}
	return RMI_REASON_NONE;
}

static enum rmi_reason rmi_untracked(phys_addr_t base)
{
	pr_err_ratelimited("kvm: RMI: RAM at 0x%llx is not fine-tracked\n",
			   base);
	return RMI_REASON_TRACKING;
}

static enum rmi_reason rmi_check_tracking_of(phys_addr_t base, phys_addr_t top)
{
	u64 category, state, ret;
	phys_addr_t next;

	while (base < top) {
		ret = rmi_granule_tracking_get(base, top, &category, &state,
					       &next);
		if (ret) {
			rmi_failed("GRANULE_TRACKING_GET", ret);
			return RMI_REASON_TRACKING;
		}
		if (category != RMI_MEM_CATEGORY_CONVENTIONAL ||
		    state != RMI_TRACKING_FINE || next <= base)
			return rmi_untracked(base);
		base = next;
	}
	return RMI_REASON_NONE;
}

static enum rmi_reason __init rmi_check_tracking(void)
{
	enum rmi_reason reason = RMI_REASON_NONE;
	phys_addr_t base, top;
	unsigned int n;

	for (n = 0; !reason && rmi_env_ram(n, &base, &top); n++)
		reason = rmi_check_tracking_of(base, top);
	return reason;
}

/* Most monitors have all level 1 tables from the start. */
static bool rmi_gpt_is_there(u64 ret)
{
	return ret == RMI_SUCCESS || rmi_is_unknown_call(ret) ||
	       RMI_RETURN_STATUS(ret) == RMI_ERROR_GPT;
}

static enum rmi_reason rmi_create_gpts_of(phys_addr_t base, phys_addr_t top)
{
	u64 size = 1ULL << (30 + FIELD_GET(RMI_FEATURE_REGISTER_1_L0GPTSZ,
					   rmi_feat_reg[1]));
	u64 ret;

	for (base = ALIGN_DOWN(base, size); base < top; base += size) {
		ret = rmi_gpt_l1_create(base);
		if (!rmi_gpt_is_there(ret)) {
			rmi_failed("GPT_L1_CREATE", ret);
			return RMI_REASON_GPT;
		}
	}
	return RMI_REASON_NONE;
}

static enum rmi_reason __init rmi_create_gpts(void)
{
	enum rmi_reason reason = RMI_REASON_NONE;
	phys_addr_t base, top;
	unsigned int n;

	for (n = 0; !reason && rmi_env_ram(n, &base, &top); n++)
		reason = rmi_create_gpts_of(base, top);
	return reason;
}

/* See rmi_internal.h. */
bool rmi_prepare_ram(phys_addr_t base, phys_addr_t top)
{
	return !rmi_check_tracking_of(base, top) &&
	       !rmi_create_gpts_of(base, top);
}

/* In this order: nothing is asked of an RMM before we know that it is there. */
static enum rmi_reason (*const rmi_steps[])(void) = {
	rmi_check_cpus,
	rmi_check_version,
	rmi_check_vhe,
	rmi_check_beta,
	rmi_check_features,
	rmi_configure,
	rmi_activate,
	rmi_check_tracking,
	rmi_create_gpts,
};

/**
 * kvm_init_rmi() - find an RMM and make it ready
 *
 * Runs once, when KVM is initialised. On failure there are no realms, and
 * kvm_rmi_reason() says why. An RMM that was activated by then stays so: beta 1
 * has no way back.
 */
void __init kvm_init_rmi(void)
{
	unsigned int i;

	rmi_was_active = false;
	for (i = 0; i < ARRAY_SIZE(rmi_steps); i++) {
		rmi_reason = rmi_steps[i]();
		if (rmi_reason)
			break;
	}
	if (!rmi_reason) {
		static_branch_enable(&kvm_rmi_is_available);
		return;
	}
	if (rmi_reason != RMI_REASON_NO_RME &&
	    rmi_reason != RMI_REASON_NO_RMM && rmi_reason != RMI_REASON_VERSION)
		kvm_info("RMI: no realms (%s)\n", rmi_reason_name(rmi_reason));
}

/**
 * kvm_rmi_reason() - why there are no realms
 *
 * Return: RMI_REASON_NONE if there are.
 */
enum rmi_reason kvm_rmi_reason(void)
{
	return rmi_reason;
}

/**
 * kvm_rmi_ipa_limit() - the widest IPA space of a realm
 *
 * Return: bits.
 */
unsigned int kvm_rmi_ipa_limit(void)
{
	return FIELD_GET(RMI_FEATURE_REGISTER_0_S2SZ, rmi_feat_reg[0]);
}

/**
 * kvm_rmi_max_recs() - the most RECs of a realm
 *
 * Return: how many.
 */
unsigned int kvm_rmi_max_recs(void)
{
	return (1U << FIELD_GET(RMI_FEATURE_REGISTER_1_MAX_RECS_ORDER,
				rmi_feat_reg[1])) - 1;
}

/**
 * kvm_rmi_max_bps() - the most breakpoints of a realm
 *
 * Return: how many, minus 1; 0 is reserved.
 */
unsigned int kvm_rmi_max_bps(void)
{
	return FIELD_GET(RMI_FEATURE_REGISTER_0_NUM_BPS, rmi_feat_reg[0]);
}

/**
 * kvm_rmi_max_wps() - the most watchpoints of a realm
 *
 * Return: how many, minus 1; 0 is reserved.
 */
unsigned int kvm_rmi_max_wps(void)
{
	return FIELD_GET(RMI_FEATURE_REGISTER_0_NUM_WPS, rmi_feat_reg[0]);
}

/**
 * kvm_rmi_has_hash() - can the RMM measure with an algorithm?
 * @hash_algo: RMI_HASH_*
 *
 * Return: true if so.
 */
bool kvm_rmi_has_hash(u64 hash_algo)
{
	switch (hash_algo) {
	case RMI_HASH_SHA_256:
		return rmi_feat_reg[1] & RMI_FEATURE_REGISTER_1_HASH_SHA_256;
	case RMI_HASH_SHA_512:
		return rmi_feat_reg[1] & RMI_FEATURE_REGISTER_1_HASH_SHA_512;
	default:
		return false;
	}
}
