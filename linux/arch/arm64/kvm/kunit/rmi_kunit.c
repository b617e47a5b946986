// SPDX-License-Identifier: GPL-2.0-only
/*
 * VMs and pages for the tests of realms.
 */
#include "rmi_kunit.h"

#include <kunit/static_stub.h>
#include <linux/mm.h>
#include <linux/of.h>
#include <linux/uaccess.h>
#include <linux/xarray.h>

/* VENDOR_RMI_CALLS of monitor/vendor.h, an OEM service: nowhere else. */
#define MONITOR_RMI_CALLS 0xc3000002

u64 rmi_kunit_calls(struct kunit *test)
{
	struct arm_smccc_1_2_regs regs = { .a0 = MONITOR_RMI_CALLS };

	if (!of_machine_is_compatible("linux,dummy-virt") ||
	    arm_smccc_1_1_get_conduit() != SMCCC_CONDUIT_SMC)
		kunit_skip(test, "not our monitor");
	arm_smccc_1_2_smc(&regs, &regs);
	if ((s64)regs.a0 == SMCCC_RET_NOT_SUPPORTED)
		kunit_skip(test, "not our monitor");
	return regs.a0;
}

int rmi_kunit_need_rmm(struct kunit *test)
{
	if (!static_key_enabled(&kvm_rmi_is_available))
		kunit_skip(test, "no realms: %s",
			   rmi_reason_name(kvm_rmi_reason()));
	return 0;
}

static void add_vcpu(struct kunit *test, struct kvm *kvm, unsigned int id)
{
	struct kvm_vcpu *vcpu = kunit_kzalloc(test, sizeof(*vcpu), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, vcpu);
	vcpu->kvm = kvm;
	vcpu->vcpu_id = id;
	vcpu->vcpu_idx = id;
	vcpu_set_flag(vcpu, VCPU_INITIALIZED);
	KUNIT_ASSERT_EQ(test, 0, xa_insert(&kvm->vcpu_array, id, vcpu,
					   GFP_KERNEL));
	atomic_inc(&kvm->online_vcpus);
}

static void forget_vcpus(void *kvm)
{
	xa_destroy(&((struct kvm *)kvm)->vcpu_array);
}

struct kvm *rmi_kunit_vm(struct kunit *test, unsigned int ia_bits,
			 unsigned int vcpus)
{
	struct kvm *kvm = kunit_kzalloc(test, sizeof(*kvm), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, kvm);
	xa_init(&kvm->vcpu_array);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, forget_vcpus,
							   kvm));
	kvm->arch.is_realm = true;
	KUNIT_ASSERT_EQ(test, 0, kvm_init_realm(kvm, ia_bits));
	/* It has no slots that KVM could look at. */
	if (!test->priv)
		rmi_kunit_slot(test, 0, 0);
	for (i = 0; i < vcpus; i++)
		add_vcpu(test, kvm, i);
	return kvm;
}

void rmi_kunit_end(struct kvm *kvm)
{
	struct kvm_vcpu *vcpu;
	unsigned long i;

	kvm_for_each_vcpu(i, vcpu, kvm)
		kvm_destroy_rec(vcpu);
	kvm_destroy_realm(kvm);
}

static void put_page_of_test(void *va)
{
	put_page(virt_to_page(va));
}

phys_addr_t rmi_kunit_page(struct kunit *test, u8 byte)
{
	phys_addr_t pa = rmi_env_alloc_pages(0);
	void *va = rmi_env_va(pa);

	KUNIT_ASSERT_NE(test, RMI_NO_PAGE, pa);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test,
							   put_page_of_test,
							   va));
	memset(va, byte, PAGE_SIZE);
	return pa;
}

/* The memory of VMs of a test: test->priv. */
struct slot {
	u64 base;
	u64 top;
	phys_addr_t source;	/* what every page is populated from */
	bool ripas_pending;
	phys_addr_t page[];
};

static struct slot *slot_of_test(void)
{
	return kunit_get_current_test()->priv;
}

static enum rmi_backing slot_backing(struct kvm *kvm, u64 gpa)
{
	struct slot *slot = slot_of_test();

	return gpa >= slot->base && gpa < slot->top ? RMI_BACKING_PRIVATE :
						      RMI_BACKING_NONE;
}

static int slot_private_page(struct kvm *kvm, u64 gpa, phys_addr_t *pa)
{
	struct slot *slot = slot_of_test();

	*pa = slot->page[(gpa - slot->base) / PAGE_SIZE];
	return 0;
}

static int slot_source_page(u64 uaddr, phys_addr_t *pa)
{
	*pa = slot_of_test()->source;
	return 0;
}

static void slot_put_source(phys_addr_t pa)
{
}

static bool slot_ripas_pending(struct kvm *kvm, u64 *base, u64 *top)
{
	struct slot *slot = slot_of_test();

	*base = slot->base;
	*top = slot->top;
	return slot->ripas_pending;
}

static void slot_ripas_done(struct kvm *kvm, u64 base)
{
	slot_of_test()->ripas_pending = false;
}

void rmi_kunit_slot(struct kunit *test, u64 gpa, unsigned int count)
{
	struct slot *slot = kunit_kzalloc(test,
					  struct_size(slot, page, count),
					  GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, slot);
	slot->base = gpa;
	slot->top = gpa + count * PAGE_SIZE;
	slot->source = rmi_kunit_page(test, 0x5a);
	slot->ripas_pending = true;
	for (i = 0; i < count; i++)
		slot->page[i] = rmi_kunit_page(test, 0);
	test->priv = slot;

	kunit_activate_static_stub(test, rmi_env_backing, slot_backing);
	kunit_activate_static_stub(test, rmi_env_private_page,
				   slot_private_page);
	kunit_activate_static_stub(test, rmi_env_source_page,
				   slot_source_page);
	kunit_activate_static_stub(test, rmi_env_put_source, slot_put_source);
	kunit_activate_static_stub(test, rmi_env_ripas_pending,
				   slot_ripas_pending);
	kunit_activate_static_stub(test, rmi_env_ripas_done, slot_ripas_done);
}

phys_addr_t rmi_kunit_slot_page(struct kunit *test, unsigned int n)
{
	return ((struct slot *)test->priv)->page[n];
}

long rmi_kunit_populate(struct kunit *test, struct kvm *kvm, u64 gpa,
			unsigned int count)
{
	struct realm_populate populate = {
		.gpa = gpa,
		.size = count * PAGE_SIZE,
		.source = PAGE_SIZE,
	};
	int ret = kvm_realm_populate(kvm, &populate);

	return ret ? ret : count - (long)(populate.size / PAGE_SIZE);
}

bool rmi_kunit_host_reads(phys_addr_t pa)
{
	u64 word;

	return !copy_from_kernel_nofault(&word, rmi_env_va(pa), sizeof(word));
}
