// SPDX-License-Identifier: GPL-2.0-only
/*
 * An RMM that refuses: what the caller gets, that the host has its granules
 * back or counts them as lost, that nothing warns, and that the next realm
 * works. Only with the monitor for tests (canned.c); and the last of all, since
 * what is lost stays lost.
 */
#include "rmi_kunit.h"

#include <linux/mm.h>
#include <linux/sizes.h>

/* Always, or until the answers are disarmed. */
#define ALL 0

static u64 leaked_before;

static int refusal_init(struct kunit *test)
{
	leaked_before = kvm_rmi_leaked();
	return rmi_kunit_need_rmm(test);
}

static void expect_leaked(struct kunit *test, u64 granules)
{
	KUNIT_EXPECT_EQ(test, granules, kvm_rmi_leaked() - leaked_before);
	KUNIT_EXPECT_FALSE(test, test_taint(TAINT_WARN));
}

static void expect_refusal(struct kunit *test, struct kvm *kvm,
			   const char *refusal)
{
	char said[256];

	kvm_realm_print(kvm, said, sizeof(said));
	KUNIT_EXPECT_TRUE_MSG(test, strstr(said, refusal), "%s", said);
}

/* A whole life: the RMM is as it was. */
static void expect_next_realm_works(struct kunit *test)
{
	struct kvm *kvm;

	rmi_kunit_disarm();
	rmi_kunit_slot(test, SZ_2M, 4);
	kvm = rmi_kunit_vm(test, 32, 2);
	KUNIT_EXPECT_EQ(test, 4, rmi_kunit_populate(test, kvm, SZ_2M, 4));
	KUNIT_EXPECT_EQ(test, 0, kvm_activate_realm(kvm));
	rmi_kunit_end(kvm);
	KUNIT_EXPECT_EQ(test, REALM_STATE_DEAD, kvm_realm_state(kvm));
}

static void end(struct kunit *test, struct kvm *kvm, u64 leaked)
{
	rmi_kunit_end(kvm);
	KUNIT_EXPECT_EQ(test, REALM_STATE_DEAD, kvm_realm_state(kvm));
	expect_next_realm_works(test);
	expect_leaked(test, leaked);
}

/* ---- Granules ------------------------------------------------------------ */

static void busy_delegation_is_repeated(struct kunit *test)
{
	phys_addr_t pa = rmi_kunit_page(test, 0);

	rmi_kunit_answer(test, GRANULE_RANGE_DELEGATE, 1, 3, RMI_BUSY);
	KUNIT_EXPECT_EQ(test, 0, rmi_delegate(pa, pa + PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, 3, rmi_kunit_answered());
	rmi_undelegate(pa, pa + PAGE_SIZE);
	expect_leaked(test, 0);
}

static void busy_for_ever_ends(struct kunit *test)
{
	phys_addr_t pa = rmi_kunit_page(test, 0);

	rmi_kunit_answer(test, GRANULE_RANGE_DELEGATE, 1, ALL, RMI_BUSY);
	KUNIT_EXPECT_EQ(test, -EAGAIN, rmi_delegate(pa, pa + PAGE_SIZE));
	KUNIT_EXPECT_LE(test, rmi_kunit_answered(), RMI_TRIES);
	KUNIT_EXPECT_EQ(test, 1, page_ref_count(phys_to_page(pa)));
	expect_leaked(test, 0);
}

static void refused_delegation_leaves_the_host_its_page(struct kunit *test)
{
	phys_addr_t pa = rmi_kunit_page(test, 0);

	rmi_kunit_answer(test, GRANULE_RANGE_DELEGATE, 1, 1,
			 RMI_RETURN(RMI_ERROR_INPUT, 1));
	KUNIT_EXPECT_EQ(test, -ENXIO, rmi_delegate(pa, pa + PAGE_SIZE));
	KUNIT_EXPECT_TRUE(test, rmi_kunit_host_reads(pa));
	KUNIT_EXPECT_EQ(test, 1, page_ref_count(phys_to_page(pa)));
	expect_leaked(test, 0);
}

static void page_that_does_not_come_back_is_never_reused(struct kunit *test)
{
	phys_addr_t pa = rmi_env_alloc_pages(0), top = pa + PAGE_SIZE;

	KUNIT_ASSERT_NE(test, RMI_NO_PAGE, pa);
	KUNIT_ASSERT_EQ(test, 0, rmi_delegate(pa, top));
	rmi_kunit_answer(test, GRANULE_RANGE_UNDELEGATE, 1, 1,
			 RMI_ERROR_INPUT);
	rmi_undelegate(pa, top);
	KUNIT_EXPECT_FALSE(test, rmi_kunit_host_reads(pa));
	expect_leaked(test, 1);

	/* Nobody holds it any more but us, for the RMM. */
	rmi_env_put_pages(pa, top);
	KUNIT_EXPECT_EQ(test, 1, page_ref_count(phys_to_page(pa)));
	expect_next_realm_works(test);
	expect_leaked(test, 1);
}

/* ---- A realm that is made ------------------------------------------------ */

static void refused_realm_may_be_tried_again(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);

	rmi_kunit_answer(test, REALM_CREATE, 1, 1,
			 RMI_RETURN(RMI_ERROR_INPUT, 2));
	KUNIT_EXPECT_EQ(test, -ENXIO, kvm_create_realm(kvm));
	KUNIT_EXPECT_EQ(test, REALM_STATE_NONE, kvm_realm_state(kvm));
	expect_refusal(test, kvm, "last_refusal REALM_CREATE=ERROR_INPUT:2");
	KUNIT_EXPECT_EQ(test, 0, kvm_create_realm(kvm));
	end(test, kvm, 0);
}

/* An error is no number of pages that are done. */
static void refused_first_page_populates_nothing(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);

	rmi_kunit_slot(test, SZ_2M, 8);
	rmi_kunit_answer(test, RTT_DATA_MAP_INIT, 1, 1, RMI_ERROR_INPUT);
	KUNIT_EXPECT_EQ(test, -ENXIO,
			rmi_kunit_populate(test, kvm, SZ_2M, 8));
	KUNIT_EXPECT_EQ(test, 0, kvm->arch.realm.data);
	KUNIT_EXPECT_TRUE(test, rmi_kunit_host_reads(rmi_kunit_slot_page(test,
									 0)));
	KUNIT_EXPECT_EQ(test, 8, rmi_kunit_populate(test, kvm, SZ_2M, 8));
	end(test, kvm, 0);
}

static void refused_later_page_ends_the_progress(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);

	rmi_kunit_slot(test, SZ_2M, 8);
	/* The first calls only ask for tables. */
	KUNIT_EXPECT_EQ(test, 1, rmi_kunit_populate(test, kvm, SZ_2M, 1));
	rmi_kunit_answer(test, RTT_DATA_MAP_INIT, 3, ALL, RMI_ERROR_INPUT);
	KUNIT_EXPECT_EQ(test, 2, rmi_kunit_populate(test, kvm,
						    SZ_2M + PAGE_SIZE, 7));
	KUNIT_EXPECT_EQ(test, 3, kvm->arch.realm.data);
	end(test, kvm, 0);
}

static void refused_rec_may_be_tried_again(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 2);

	rmi_kunit_answer(test, REC_CREATE, 2, 1,
			 RMI_RETURN(RMI_ERROR_INPUT, 3));
	KUNIT_EXPECT_EQ(test, -ENXIO, kvm_activate_realm(kvm));
	KUNIT_EXPECT_EQ(test, REALM_STATE_NEW, kvm_realm_state(kvm));
	expect_refusal(test, kvm, "last_refusal REC_CREATE=ERROR_INPUT:3");
	KUNIT_EXPECT_EQ(test, 0, kvm_activate_realm(kvm));
	end(test, kvm, 0);
}

static void refused_donation_is_made_again(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 1);

	rmi_kunit_answer(test, OP_MEM_DONATE, 1, 1, RMI_ERROR_INPUT);
	KUNIT_EXPECT_EQ(test, 0, kvm_activate_realm(kvm));
	KUNIT_EXPECT_EQ(test, 1, rmi_kunit_answered());
	end(test, kvm, 0);
}

static void refused_donations_end_the_operation(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 1);

	rmi_kunit_answer(test, OP_MEM_DONATE, 1, 2, RMI_ERROR_INPUT);
	KUNIT_EXPECT_LT(test, kvm_activate_realm(kvm), 0);
	KUNIT_EXPECT_EQ(test, REALM_STATE_NEW, kvm_realm_state(kvm));
	KUNIT_EXPECT_EQ(test, 0, kvm_activate_realm(kvm));
	end(test, kvm, 0);
}

static void refused_activation_may_be_tried_again(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 1);

	rmi_kunit_answer(test, REALM_ACTIVATE, 1, 1, RMI_ERROR_REALM);
	KUNIT_EXPECT_EQ(test, -ENXIO, kvm_activate_realm(kvm));
	KUNIT_EXPECT_EQ(test, REALM_STATE_NEW, kvm_realm_state(kvm));
	KUNIT_EXPECT_EQ(test, 0, kvm_activate_realm(kvm));
	end(test, kvm, 0);
}

/* An operation that never ends, and of which the real RMM knows nothing. */
static void operation_without_end_is_given_up(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);

	rmi_kunit_slot(test, SZ_2M, 1);
	rmi_kunit_answer(test, RTT_DATA_MAP_INIT, 1, 1, RMI_INCOMPLETE);
	rmi_kunit_answer(test, OP_CONTINUE, 1, ALL, RMI_INCOMPLETE);
	KUNIT_EXPECT_EQ(test, -EAGAIN,
			rmi_kunit_populate(test, kvm, SZ_2M, 1));
	rmi_kunit_disarm();
	KUNIT_EXPECT_EQ(test, 1, rmi_kunit_populate(test, kvm, SZ_2M, 1));
	end(test, kvm, 0);
}

/* ---- A realm that runs --------------------------------------------------- */

static void expect_fault(struct kunit *test, u64 ret, const char *refusal)
{
	const struct realm_exit fault = {
		.kind = REALM_EXIT_FAULT,
		.ipa = SZ_2M,
	};
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);

	rmi_kunit_slot(test, SZ_2M, 1);
	KUNIT_EXPECT_EQ(test, 0, kvm_activate_realm(kvm));
	rmi_kunit_answer(test, RTT_DATA_MAP, 1, 1, ret);
	KUNIT_EXPECT_EQ(test, -ENXIO, kvm_realm_fault(kvm, &fault));
	KUNIT_EXPECT_TRUE(test, rmi_kunit_host_reads(rmi_kunit_slot_page(test,
									 0)));
	expect_refusal(test, kvm, refusal);
	KUNIT_EXPECT_EQ(test, 0, kvm_realm_fault(kvm, &fault));
	KUNIT_EXPECT_EQ(test, 1, kvm->arch.realm.data);
	end(test, kvm, 0);
}

static void refused_map_leaves_the_host_its_page(struct kunit *test)
{
	expect_fault(test, RMI_RETURN(RMI_ERROR_INPUT, 1),
		     "last_refusal RTT_DATA_MAP=ERROR_INPUT:1");
}

/* No table can be missing below the last level. */
static void level_that_is_none_is_not_believed(struct kunit *test)
{
	expect_fault(test, RMI_RETURN(RMI_ERROR_RTT, 7),
		     "last_refusal RTT_DATA_MAP=ERROR_RTT:7");
}

static void map_where_something_is_fails(struct kunit *test)
{
	expect_fault(test, RMI_RETURN(RMI_ERROR_RTT, 3),
		     "last_refusal RTT_DATA_MAP=ERROR_RTT:3");
}

static void busy_unmap_takes_what_was_asked(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);

	rmi_kunit_slot(test, SZ_2M, 8);
	KUNIT_EXPECT_EQ(test, 8, rmi_kunit_populate(test, kvm, SZ_2M, 8));
	rmi_kunit_answer(test, RTT_DATA_UNMAP, 1, 2, RMI_BUSY);
	KUNIT_EXPECT_EQ(test, 0,
			kvm_realm_unmap_private(kvm, SZ_2M + 2 * PAGE_SIZE,
						SZ_2M + 4 * PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, 6, kvm->arch.realm.data);
	KUNIT_EXPECT_FALSE(test, rmi_kunit_host_reads(rmi_kunit_slot_page(test,
									  0)));
	KUNIT_EXPECT_TRUE(test, rmi_kunit_host_reads(rmi_kunit_slot_page(test,
									 2)));
	end(test, kvm, 0);
}

/* ---- Its end ------------------------------------------------------------- */

/* Descriptor and root table. The RMM has both, and knows no better. */
static void realm_that_is_not_destroyed_is_counted(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);

	KUNIT_EXPECT_EQ(test, 0, kvm_create_realm(kvm));
	rmi_kunit_answer(test, REALM_DESTROY, 1, ALL, RMI_ERROR_REALM);
	end(test, kvm, 1 + kvm->arch.realm.root_count);
}

/* The REC's own granule, and what it was given besides. */
static void rec_that_is_not_destroyed_is_counted(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 1);
	s64 given;

	KUNIT_EXPECT_EQ(test, 0, kvm_activate_realm(kvm));
	given = kvm_get_vcpu(kvm, 0)->arch.rec.granules;
	rmi_kunit_answer(test, REC_DESTROY, 1, ALL, RMI_ERROR_REC);
	/* So its realm stays, too. */
	end(test, kvm, 1 + given + 1 + kvm->arch.realm.root_count);
}

/* Nothing of it comes back, and the host says how much that is. */
static void rmm_that_refuses_all_at_the_end_is_survived(struct kunit *test)
{
	struct kvm *kvm = rmi_kunit_vm(test, 32, 0);
	u64 lost;

	rmi_kunit_slot(test, SZ_2M, 2);
	KUNIT_EXPECT_EQ(test, 2, rmi_kunit_populate(test, kvm, SZ_2M, 2));
	lost = 2 + kvm->arch.realm.tables + 1 + kvm->arch.realm.root_count;
	rmi_kunit_answer(test, RTT_DATA_UNMAP, 1, ALL, RMI_ERROR_INPUT);
	rmi_kunit_answer(test, REALM_TERMINATE, 1, ALL, RMI_ERROR_INPUT);
	rmi_kunit_answer(test, RTT_DESTROY, 1, ALL, RMI_ERROR_INPUT);
	rmi_kunit_answer(test, REALM_DESTROY, 1, ALL, RMI_ERROR_INPUT);
	end(test, kvm, lost);
}

static struct kunit_case refusal_cases[] = {
	KUNIT_CASE(busy_delegation_is_repeated),
	KUNIT_CASE(busy_for_ever_ends),
	KUNIT_CASE(refused_delegation_leaves_the_host_its_page),
	KUNIT_CASE(page_that_does_not_come_back_is_never_reused),
	KUNIT_CASE(refused_realm_may_be_tried_again),
	KUNIT_CASE(refused_first_page_populates_nothing),
	KUNIT_CASE(refused_later_page_ends_the_progress),
	KUNIT_CASE(refused_rec_may_be_tried_again),
	KUNIT_CASE(refused_donation_is_made_again),
	KUNIT_CASE(refused_donations_end_the_operation),
	KUNIT_CASE(refused_activation_may_be_tried_again),
	KUNIT_CASE(operation_without_end_is_given_up),
	KUNIT_CASE(refused_map_leaves_the_host_its_page),
	KUNIT_CASE(level_that_is_none_is_not_believed),
	KUNIT_CASE(map_where_something_is_fails),
	KUNIT_CASE(busy_unmap_takes_what_was_asked),
	KUNIT_CASE(realm_that_is_not_destroyed_is_counted),
	KUNIT_CASE(rec_that_is_not_destroyed_is_counted),
	KUNIT_CASE(rmm_that_refuses_all_at_the_end_is_survived),
	{}
};

static struct kunit_suite refusal_suite = {
	.name = "rmi_refusal",
	.init = refusal_init,
	.test_cases = refusal_cases,
};

kunit_test_suite(refusal_suite);
