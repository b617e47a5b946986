/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the KUnit tests of realms share. They drive the realm code against the
 * machine's RMM; without one they are skipped.
 */
#ifndef __KVM_RMI_KUNIT_H
#define __KVM_RMI_KUNIT_H

#include <kunit/test.h>

#include "../rmi_internal.h"

/*
 * RMI calls that the EL3 monitor of our QEMU machine has seen since boot, by a
 * call that only that monitor knows. Skips the case on any other machine.
 */
u64 rmi_kunit_calls(struct kunit *test);

/**
 * struct rmi_kunit_answer - an answer in the RMM's place
 * @fid: SMC_RMI_*
 * @nth: which call of it from now on; 1 is the next one
 * @count: how many in a row, 0 for all
 * @ret: x0; other results are 0
 */
struct rmi_kunit_answer {
	u32 fid;
	u32 nth;
	u32 count;
	u64 ret;
};

/*
 * Arms an answer until the case ends, or all are disarmed. Skips the case on
 * any machine that has not the monitor for tests.
 */
void rmi_kunit_arm(struct kunit *test, const struct rmi_kunit_answer *answer);
void rmi_kunit_disarm(void);

/* The same in one line: the @nth_ call of @name and @count_ - 1 more. */
#define rmi_kunit_answer(test, name, nth_, count_, ret_)		\
	rmi_kunit_arm(test, &(const struct rmi_kunit_answer) {		\
		.fid = SMC_RMI_##name,					\
		.nth = (nth_),						\
		.count = (count_),					\
		.ret = (ret_),						\
	})

/* How many calls were answered so since nothing was armed. */
u64 rmi_kunit_answered(void);

/* Skips the case where there are no realms. */
int rmi_kunit_need_rmm(struct kunit *test);

/*
 * A VM that is to be a realm, as much of one as the realm code looks at, with
 * @vcpus vCPUs that are initialised and on.
 */
struct kvm *rmi_kunit_vm(struct kunit *test, unsigned int ia_bits,
			 unsigned int vcpus);

/* Ends the RECs, then the realm. */
void rmi_kunit_end(struct kvm *kvm);

/* A page of the host, full of @byte, that the test holds until it ends. */
phys_addr_t rmi_kunit_page(struct kunit *test, u8 byte);

/*
 * Gives the VMs of this test one memory slot: @count pages of guest_memfd from
 * @gpa on. rmi_kunit_slot_page() is one of them, which the test holds as well.
 */
void rmi_kunit_slot(struct kunit *test, u64 gpa, unsigned int count);
phys_addr_t rmi_kunit_slot_page(struct kunit *test, unsigned int n);

/*
 * Has KVM populate [@gpa, @gpa + @count pages), not measured. Returns how many
 * pages that was, or -errno.
 */
long rmi_kunit_populate(struct kunit *test, struct kvm *kvm, u64 gpa,
			unsigned int count);

/* True if a read of the page by the host ends well. */
bool rmi_kunit_host_reads(phys_addr_t pa);

#endif
