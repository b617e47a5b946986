// SPDX-License-Identifier: BSD-3-Clause
/*
 * KVM_RUN: enters the REC until something is user space's business.
 */
#include <asm/kvm_realm.h>
#include <linux/errno.h>

#include "sim/kvm/vm.h"

static long first_run(struct vcpu *vcpu)
{
	struct vm *vm = to_vm(vcpu->vcpu.kvm);
	long ret;

	mutex_lock(&vm->kvm.lock);
	ret = device_check_run(vm);
	if (!ret)
		ret = kvm_activate_realm(&vm->kvm);
	if (!ret)
		vm->has_run = vcpu->has_run = true;
	mutex_unlock(&vm->kvm.lock);
	return ret;
}

static long exit_interrupted(struct vcpu *vcpu)
{
	vcpu->vcpu.run->exit_reason = KVM_EXIT_INTR;
	return -EINTR;
}

/* False if there was a kick, maybe while the vCPU was off. */
static bool enter(struct vcpu *vcpu, struct realm_exit *exit)
{
	while (READ_ONCE(vcpu->vcpu.arch.stopped)) {
		cpu_idle(&vcpu->kick);
		if (cpu_take_kick(&vcpu->kick))
			return false;
	}
	if (!cpu_realm_begin(&vcpu->kick))
		return false;
	vgic_flush(vcpu);
	kvm_rec_enter(&vcpu->vcpu, exit);
	vgic_sync(vcpu);
	cpu_realm_end(&vcpu->kick);
	return true;
}

long vcpu_run(struct vcpu *vcpu)
{
	struct realm_exit exit;
	long ret;

	if (!vcpu->vcpu.arch.initialized)
		return -ENOEXEC;
	if (!vcpu_is_rec(&vcpu->vcpu))
		return -ENOSYS; /* there is no hypervisor for ordinary VMs */
	if (!vcpu->has_run) {
		ret = first_run(vcpu);
		if (ret)
			return ret;
	}
	kvm_rec_complete(&vcpu->vcpu);
	if (READ_ONCE(vcpu->vcpu.run->immediate_exit))
		return exit_interrupted(vcpu);

	do {
		if (!enter(vcpu, &exit))
			return exit_interrupted(vcpu);
		ret = kvm_rec_handle_exit(&vcpu->vcpu, &exit);
	} while (ret > 0);
	return ret;
}
