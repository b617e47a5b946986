// SPDX-License-Identifier: GPL-2.0-only
/*
 * A realm's life up to where it would run: made, filled, activated, destroyed.
 * Each case ends with nothing of it left.
 */
#include "rmi_kunit.h"

#include <linux/mm.h>
#include <linux/sizes.h>

static void expect_nothing_left(struct kunit *test, const struct kvm *kvm)
{
	KUNIT_EXPECT_EQ(test, REALM_STATE_DEAD, kvm_realm_state(kvm));
	KUNIT_EXPECT_EQ(test, 0, kvm->arch.realm.data);
	KUNIT_EXPECT_EQ(test, 0, kvm->arch.realm.tables);
	KUNIT_EXPECT_EQ(test, 0, kvm_rmi_leaked());
}

static void end(struct kunit *test, struct kvm *kvm)
{
	rmi_kunit_end(kvm);
	expect_nothing_left(test, kvm);
}

static void realm_that_was_never_made_ends(struct kunit *test)
{
	end(test, rmi_kunit_vm(test, 32, 0));
}

static void realm_is_made_and_destroyed_at_every_width(struct kunit *test)
{
	unsigned int bits;
	struct kvm *kvm;

	for (bits = 32; bits <= kvm_rmi_ipa_limit(); bits++) {
		kvm = rmi_kunit_vm(test, bits, 0);
		KUNIT_EXPECT_EQ_MSG(test, 0, kvm_create_realm(kvm),
				    "%u bits", bits);
		KUNIT_EXPECT_EQ(test, REALM_STATE_NEW, kvm_realm_state(kvm));
		end(test, kvm);
	}
}

static void width_that_the_rmm_lacks_is_refused(struct kunit *test)
{
	struct kvm *kvm = kunit_kzalloc(test, sizeof(*kvm), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, kvm);
	KUNIT_EXPECT_EQ(test, -EINVAL, kvm_init_realm(kvm, 31));
	KUNIT_EXPECT_EQ(test, -EINVAL,
			kvm_init_realm(kvm, kvm_rmi_ipa_limit() + 1));
}

static void parameters_are_fixed_once_it_is_made(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);

	KUNIT_EXPECT_EQ(test, 0, kvm_realm_set_hash(kvm, RMI_HASH_SHA_256));
	KUNIT_EXPECT_EQ(test, 0, kvm_create_realm(kvm));
	KUNIT_EXPECT_EQ(test, -EBUSY,
			kvm_realm_set_hash(kvm, RMI_HASH_SHA_256));
	end(test, kvm);
}

static void populated_page_is_the_realms(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);
	phys_addr_t pa;

	rmi_kunit_slot(test, 0, 1);
	pa = rmi_kunit_slot_page(test, 0);
	KUNIT_EXPECT_EQ(test, 1, rmi_kunit_populate(test, kvm, 0, 1));
	KUNIT_EXPECT_FALSE(test, rmi_kunit_host_reads(pa));
	KUNIT_EXPECT_EQ(test, 1, kvm->arch.realm.data);
	end(test, kvm);
	KUNIT_EXPECT_NULL(test, memchr_inv(rmi_env_va(pa), 0, PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, 1, page_ref_count(phys_to_page(pa)));
}

/* Across two tables of the last level, below one of the level above. */
static void tables_are_made_on_the_way_and_taken_away(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 40, 0);
	u64 gpa = SZ_2M - PAGE_SIZE;

	rmi_kunit_slot(test, gpa, 2);
	KUNIT_EXPECT_EQ(test, 2, rmi_kunit_populate(test, kvm, gpa, 2));
	KUNIT_EXPECT_EQ(test, 3, kvm->arch.realm.tables);
	end(test, kvm);
}

static void many_pages_are_populated_in_one_go(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);

	rmi_kunit_slot(test, SZ_1M, 300);
	KUNIT_EXPECT_EQ(test, 300, rmi_kunit_populate(test, kvm, SZ_1M, 300));
	KUNIT_EXPECT_EQ(test, 300, kvm->arch.realm.data);
	end(test, kvm);
}

static void page_is_not_populated_twice(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);

	rmi_kunit_slot(test, 0, 2);
	KUNIT_EXPECT_EQ(test, 1, rmi_kunit_populate(test, kvm, 0, 1));
	KUNIT_EXPECT_LT(test, rmi_kunit_populate(test, kvm, 0, 1), 0);
	KUNIT_EXPECT_EQ(test, 1, rmi_kunit_populate(test, kvm, PAGE_SIZE, 1));
	end(test, kvm);
}

static void only_private_memory_is_populated(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);

	rmi_kunit_slot(test, 0, 1);
	KUNIT_EXPECT_EQ(test, -EINVAL,
			rmi_kunit_populate(test, kvm, PAGE_SIZE, 1));
	end(test, kvm);
}

static void unmapped_page_is_the_hosts(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);

	rmi_kunit_slot(test, SZ_1M, 1);
	KUNIT_EXPECT_EQ(test, 1, rmi_kunit_populate(test, kvm, SZ_1M, 1));
	KUNIT_EXPECT_EQ(test, 0, kvm_realm_unmap_private(kvm, 0, SZ_2M));
	KUNIT_EXPECT_TRUE(test, rmi_kunit_host_reads(rmi_kunit_slot_page(test,
									 0)));
	KUNIT_EXPECT_EQ(test, 0, kvm->arch.realm.data);
	end(test, kvm);
}

/* A REC takes memory of the host by a stateful operation, and gives it back. */
static void realm_with_recs_is_activated_and_destroyed(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 3);
	struct kvm_vcpu *vcpu;
	unsigned long i;

	KUNIT_EXPECT_EQ(test, 0, kvm_activate_realm(kvm));
	KUNIT_EXPECT_EQ(test, REALM_STATE_ACTIVE, kvm_realm_state(kvm));
	kvm_for_each_vcpu(i, vcpu, kvm)
		KUNIT_EXPECT_NOT_NULL(test, vcpu->arch.rec.run);
	end(test, kvm);
}

static void active_realm_is_not_populated(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);

	rmi_kunit_slot(test, 0, 1);
	KUNIT_EXPECT_EQ(test, 0, kvm_activate_realm(kvm));
	KUNIT_EXPECT_EQ(test, -EBUSY, rmi_kunit_populate(test, kvm, 0, 1));
	KUNIT_EXPECT_TRUE(test, rmi_kunit_host_reads(rmi_kunit_slot_page(test,
									 0)));
	end(test, kvm);
}

/* A fault of a realm that runs: the page goes there as it is needed. */
static void active_realm_gets_its_pages_by_faults(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);
	const struct realm_exit fault = {
		.kind = REALM_EXIT_FAULT,
		.ipa = SZ_2M + 0x123,
	};

	rmi_kunit_slot(test, SZ_2M, 1);
	KUNIT_EXPECT_EQ(test, 0, kvm_activate_realm(kvm));
	KUNIT_EXPECT_EQ(test, 0, kvm_realm_fault(kvm, &fault));
	KUNIT_EXPECT_FALSE(test, rmi_kunit_host_reads(rmi_kunit_slot_page(test,
									  0)));
	/* Another vCPU was at it, too. */
	KUNIT_EXPECT_EQ(test, 0, kvm_realm_fault(kvm, &fault));
	KUNIT_EXPECT_EQ(test, 1, kvm->arch.realm.data);
	end(test, kvm);
}

static void step_that_is_not_legal_is_refused_and_counted(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);
	u64 before = kvm_rmi_bad_edges();

	KUNIT_EXPECT_FALSE(test, kvm_set_realm_state(kvm, REALM_STATE_ACTIVE));
	KUNIT_EXPECT_EQ(test, REALM_STATE_NONE, kvm_realm_state(kvm));
	KUNIT_EXPECT_EQ(test, before + 1, kvm_rmi_bad_edges());
	end(test, kvm);
}

static struct kunit_case realm_cases[] = {
	KUNIT_CASE(realm_that_was_never_made_ends),
	KUNIT_CASE(realm_is_made_and_destroyed_at_every_width),
	KUNIT_CASE(width_that_the_rmm_lacks_is_refused),
	KUNIT_CASE(parameters_are_fixed_once_it_is_made),
	KUNIT_CASE(populated_page_is_the_realms),
	KUNIT_CASE(tables_are_made_on_the_way_and_taken_away),
	KUNIT_CASE(many_pages_are_populated_in_one_go),
	KUNIT_CASE(page_is_not_populated_twice),
	KUNIT_CASE(only_private_memory_is_populated),
	KUNIT_CASE(unmapped_page_is_the_hosts),
	KUNIT_CASE(realm_with_recs_is_activated_and_destroyed),
	KUNIT_CASE(active_realm_is_not_populated),
	KUNIT_CASE(active_realm_gets_its_pages_by_faults),
	KUNIT_CASE(step_that_is_not_legal_is_refused_and_counted),
	{}
};

static struct kunit_suite realm_suite = {
	.name = "rmi_realm",
	.init = rmi_kunit_need_rmm,
	.test_cases = realm_cases,
};

kunit_test_suite(realm_suite);
