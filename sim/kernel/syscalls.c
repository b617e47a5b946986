// SPDX-License-Identifier: BSD-3-Clause
/*
 * The system calls, and all else that a VMM reaches of the simulated kernel.
 */
#include <asm/kvm_rmi.h>
#include <asm/page.h>
#include <linux/errno.h>
#include <linux/string.h>

#include "sim/kernel/kernel.h"
#include "sim/kernel/pages.h"
#include "sim/kernel/file.h"
#include "sim/kvm/sim_kvm.h"
#include "sim/kernel/user.h"
#include "sim/kvm/vm.h"
#include "sim/machine/machine.h"

static long system_ioctl(void *object, unsigned long request, unsigned long arg)
{
	switch (request) {
	case KVM_GET_API_VERSION:
		return KVM_API_VERSION;
	case KVM_CREATE_VM:
		return vm_create(arg);
	case KVM_CHECK_EXTENSION:
		return vm_check_extension(arg, false);
	case KVM_GET_VCPU_MMAP_SIZE:
		return PAGE_SIZE;
	default:
		return -ENOTTY;
	}
}

static const struct file_ops system_ops = {
	.ioctl = system_ioctl,
};

bool sim_kvm_boot(void)
{
	if (!pages_init())
		return false;
	log_boot();
	cpus_init(machine_conf()->cpus,
		  machine_conf()->sched == MACHINE_SCHED_FIXED);
	user_notify(vms_unmap_user);
	cpu_get();
	kvm_init_rmi();
	cpu_put();
	return true;
}

void sim_kvm_shutdown(void)
{
	static_branch_disable(&kvm_rmi_is_available);
	pages_exit();
}

int sim_kvm_open(void)
{
	return file_install(&system_ops, NULL);
}

/* Exits that the VMM handles and comes back from. */
static bool comes_back(long ret)
{
	return ret >= 0 || ret == -EFAULT || ret == -EAGAIN;
}

/* Descriptors number vCPUs in the order in which they were made. */
static long run(struct file *file, struct vcpu *vcpu, int fd)
{
	long ret;

	cpu_get_run(&vcpu->kick, (u64)fd,
		    READ_ONCE(vcpu->vcpu.arch.stopped));
	ret = file->ops->ioctl(file->object, KVM_RUN, 0);
	cpu_put_run(&vcpu->kick, comes_back(ret));
	return ret;
}

long sim_kvm_ioctl(int fd, unsigned long request, unsigned long arg)
{
	struct file *file = file_get(fd);
	struct vcpu *vcpu;
	long ret = -ENOTTY;

	if (!file)
		return -EBADF;
	vcpu = vcpu_of_file(file);
	if (vcpu && request == KVM_RUN)
		ret = run(file, vcpu, fd);
	cpu_get();
	if (!(vcpu && request == KVM_RUN) && file->ops->ioctl)
		ret = file->ops->ioctl(file->object, request, arg);
	file_put(file);
	cpu_put();
	return ret;
}

int sim_kvm_close(int fd)
{
	struct file *file = file_get(fd);
	struct vcpu *vcpu = vcpu_of_file(file);
	int ret;

	if (vcpu)
		cpu_gone(&vcpu->kick);
	cpu_get();
	if (file)
		file_put(file);
	ret = file_close(fd);
	cpu_put();
	return ret;
}

void *sim_kvm_mmap(int fd, size_t size)
{
	struct file *file;
	struct vcpu *vcpu;
	void *addr = NULL;

	if (fd == -1)
		return user_map(size);
	file = file_get(fd);
	vcpu = vcpu_of_file(file);
	if (vcpu && size <= sizeof(vcpu->page))
		addr = vcpu->page;
	if (file)
		file_put(file);
	return addr;
}

/* A struct kvm_run lives as long as its VM, mapped or not. */
void sim_kvm_munmap(void *addr, size_t size)
{
	cpu_get();
	user_unmap(addr);
	cpu_put();
}

void sim_kvm_kick(int vcpu_fd)
{
	struct file *file = file_get(vcpu_fd);
	struct vcpu *vcpu = vcpu_of_file(file);

	if (vcpu)
		cpu_kick(&vcpu->kick);
	if (file)
		file_put(file);
}

void sim_kvm_watch(sim_kvm_watcher *watcher, void *context)
{
	log_watch(watcher, context);
}

const char *sim_kvm_rmi_reason(void)
{
	return rmi_reason_name(kvm_rmi_reason());
}

bool sim_kvm_rmi_available(void)
{
	return static_branch_unlikely(&kvm_rmi_is_available);
}

void sim_kvm_text(const char *name, char *text, size_t size)
{
	const struct rmi_text *row;

	*text = '\0';
	for (row = rmi_texts; row->name; row++) {
		if (!strcmp(row->name, name))
			row->print(text, size);
	}
}

void sim_kvm_ledger(struct sim_kvm_ledger *ledger)
{
	ledger->pages_in_use = pages_in_use();
	ledger->pages_leaked = kvm_rmi_leaked();
	ledger->warnings = log_warnings();
	ledger->bad_edges = kvm_rmi_bad_edges();
}
