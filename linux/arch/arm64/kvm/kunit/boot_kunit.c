// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is left of the search for an RMM at boot, on machines with one and
 * without.
 */
#include "rmi_kunit.h"

static void key_is_on_only_where_there_are_realms(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, kvm_rmi_reason() == RMI_REASON_NONE,
			static_key_enabled(&kvm_rmi_is_available));
}

static void without_rme_no_call_is_made(struct kunit *test)
{
	if (kvm_rmi_reason() != RMI_REASON_NO_RME)
		kunit_skip(test, "there is RME");
	KUNIT_EXPECT_EQ(test, 0, rmi_kunit_calls(test));
}

static void without_the_key_nothing_is_a_realm(struct kunit *test)
{
	struct kvm *kvm = kunit_kzalloc(test, sizeof(*kvm), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, kvm);
	KUNIT_EXPECT_FALSE(test, kvm_is_realm(kvm));
	kvm->arch.is_realm = true;
	KUNIT_EXPECT_EQ(test, kvm_rmi_reason() == RMI_REASON_NONE,
			kvm_is_realm(kvm));
}

static void limits_are_usable(struct kunit *test)
{
	rmi_kunit_need_rmm(test);
	KUNIT_EXPECT_GE(test, kvm_rmi_ipa_limit(), 32);
	KUNIT_EXPECT_GE(test, kvm_rmi_max_recs(), 1);
	KUNIT_EXPECT_GE(test, kvm_rmi_max_bps(), 1);
	KUNIT_EXPECT_GE(test, kvm_rmi_max_wps(), 1);
}

static void boot_leaves_a_clean_ledger(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, 0, kvm_rmi_leaked());
	KUNIT_EXPECT_EQ(test, 0, kvm_rmi_bad_edges());
}

static struct kunit_case boot_cases[] = {
	KUNIT_CASE(key_is_on_only_where_there_are_realms),
	KUNIT_CASE(without_rme_no_call_is_made),
	KUNIT_CASE(without_the_key_nothing_is_a_realm),
	KUNIT_CASE(limits_are_usable),
	KUNIT_CASE(boot_leaves_a_clean_ledger),
	{}
};

static struct kunit_suite boot_suite = {
	.name = "rmi_boot",
	.test_cases = boot_cases,
};

kunit_test_suite(boot_suite);
