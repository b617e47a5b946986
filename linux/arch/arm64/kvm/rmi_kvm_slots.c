// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of a VM, and what its user space asked for, for the realm code.
 * KVM_CREATE_VM does not make realms in this kernel, so that no VM has memory
 * that could be theirs: each question is refused. KUnit puts memory of its own
 * in their place.
 */
#include <kunit/static_stub.h>
#include <linux/errno.h>

#include "rmi_env.h"

enum rmi_backing rmi_env_backing(struct kvm *kvm, u64 gpa)
{
	KUNIT_STATIC_STUB_REDIRECT(rmi_env_backing, kvm, gpa);
	return RMI_BACKING_NONE;
}

int rmi_env_private_page(struct kvm *kvm, u64 gpa, phys_addr_t *pa)
{
	KUNIT_STATIC_STUB_REDIRECT(rmi_env_private_page, kvm, gpa, pa);
	return -ENXIO;
}

int rmi_env_shared_page(struct kvm *kvm, u64 gpa, phys_addr_t *pa)
{
	return -ENXIO;
}

int rmi_env_source_page(u64 uaddr, phys_addr_t *pa)
{
	KUNIT_STATIC_STUB_REDIRECT(rmi_env_source_page, uaddr, pa);
	return -ENXIO;
}

void rmi_env_put_source(phys_addr_t pa)
{
	KUNIT_STATIC_STUB_REDIRECT(rmi_env_put_source, pa);
}

bool rmi_env_ripas_pending(struct kvm *kvm, u64 *base, u64 *top)
{
	KUNIT_STATIC_STUB_REDIRECT(rmi_env_ripas_pending, kvm, base, top);
	return false;
}

void rmi_env_ripas_done(struct kvm *kvm, u64 base)
{
	KUNIT_STATIC_STUB_REDIRECT(rmi_env_ripas_done, kvm, base);
}

bool rmi_env_forwards_call(struct kvm *kvm, u64 function)
{
	return false;
}

/* A REC does not run here, so that none waits. */
void rmi_env_wait(struct kvm_vcpu *vcpu)
{
}
