// SPDX-License-Identifier: BSD-3-Clause
/*
 * A realm's VM over struct kvm_backend.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "abi/kvm_uapi.h"
#include "vmm/gic.h"
#include "vmm/rhi.h"
#include "vmm/vm.h"

#define BOUNCE_SIZE (64 * GRANULE_SIZE)
#define RAM_SLOT 0
#define SHARES_SLOT 1 /* and the following */

static u64 address_of(const void *pointer)
{
	return (u64)(uintptr_t)pointer;
}

/* One ioctl on the VM whose result is no more than success. */
static bool vm_ioctl(const struct vm *vm, const char *name,
		     unsigned long request, const void *argument,
		     struct err *err)
{
	long ret = vm->kvm->ioctl(vm->fd, request, address_of(argument));

	if (ret < 0)
		return err_set(err, "%s: %s", name, strerror((int)-ret));
	return true;
}

static bool check_kvm(const struct vm *vm, struct err *err)
{
	long version = vm->kvm->ioctl(vm->kvm_fd, KVM_GET_API_VERSION, 0);

	if (version != KVM_API_VERSION)
		return err_set(err, "KVM's API version is %ld, not %d",
			       version, KVM_API_VERSION);
	if (vm->kvm->ioctl(vm->kvm_fd, KVM_CHECK_EXTENSION,
			   KVM_CAP_ARM_RMI) <= 0)
		return err_set(err, "this KVM has no realms (cca probe says "
				    "why)");
	return true;
}

static bool create(struct vm *vm, struct err *err)
{
	unsigned int bits = vm->layout.ipa_bits;
	long limit = vm->kvm->ioctl(vm->kvm_fd, KVM_CHECK_EXTENSION,
				    KVM_CAP_ARM_VM_IPA_SIZE);
	long ret;

	if (bits > limit)
		return err_set(err, "--ipa-bits %u: at most %ld on this "
				    "machine",
			       bits, limit);
	ret = vm->kvm->ioctl(vm->kvm_fd, KVM_CREATE_VM,
			     KVM_VM_TYPE_ARM_REALM | bits);
	if (ret < 0)
		return err_set(err, "KVM_CREATE_VM: a realm of %u IPA bits: %s",
			       bits, strerror((int)-ret));
	vm->fd = (int)ret;
	return true;
}

static bool set_parameter(const struct vm *vm, u64 what, u64 value,
			  struct err *err)
{
	struct kvm_enable_cap cap = {
		.cap = KVM_CAP_ARM_RMI,
		.args = { what, value },
	};

	return vm_ioctl(vm, "KVM_ENABLE_CAP(ARM_RMI)", KVM_ENABLE_CAP, &cap,
			err);
}

/* Without this KVM would answer the realm's host calls itself, with -1. */
static bool forward_rhi(const struct vm *vm, struct err *err)
{
	struct kvm_smccc_filter filter = {
		.base = RHI_FID_BASE,
		.nr_functions = RHI_FID_COUNT,
		.action = KVM_SMCCC_FILTER_FWD_TO_USER,
	};
	struct kvm_device_attr attr = {
		.group = KVM_ARM_VM_SMCCC_CTRL,
		.attr = KVM_ARM_VM_SMCCC_FILTER,
		.addr = address_of(&filter),
	};

	return vm_ioctl(vm, "KVM_SET_DEVICE_ATTR(SMCCC_FILTER)",
			KVM_SET_DEVICE_ATTR, &attr, err);
}

/*
 * RAM's two halves: a guest_memfd, which fills as the realm touches it, and
 * memory of ours for what the realm shares. Few realms ever do, so that one
 * which is as large as the machine may go without.
 */
static bool get_memory(struct vm *vm, bool blocks, struct err *err)
{
	struct kvm_create_guest_memfd memfd = {
		.size = vm->layout.ram_size,
		.flags = blocks ? KVM_GUEST_MEMFD_BLOCKS : 0,
	};
	long ret = vm->kvm->ioctl(vm->fd, KVM_CREATE_GUEST_MEMFD,
				  address_of(&memfd));

	if (ret < 0)
		return err_set(err,
			       "KVM_CREATE_GUEST_MEMFD of 0x%" PRIx64
			       " bytes%s: %s",
			       memfd.size, blocks ? " in blocks" : "",
			       strerror((int)-ret));
	vm->memfd = (int)ret;
	vm->bounce = vm->kvm->mmap(-1, BOUNCE_SIZE);
	if (!vm->bounce)
		return err_set(err, "no memory for 0x%llx bytes to copy from",
			       BOUNCE_SIZE);
	vm->shared = vm->kvm->mmap(-1, vm->layout.ram_size);
	return true;
}

static bool set_region(const struct vm *vm,
		       const struct kvm_userspace_memory_region2 *region,
		       struct err *err)
{
	return vm_ioctl(vm, "KVM_SET_USER_MEMORY_REGION2",
			KVM_SET_USER_MEMORY_REGION2, region, err);
}

static bool set_memory(const struct vm *vm, struct err *err)
{
	struct kvm_userspace_memory_region2 region = {
		.slot = RAM_SLOT,
		.flags = KVM_MEM_GUEST_MEMFD,
		.guest_phys_addr = RAM_BASE,
		.memory_size = vm->layout.ram_size,
		.userspace_addr = address_of(vm->shared),
		.guest_memfd = (u32)vm->memfd,
	};
	struct kvm_memory_attributes attributes = {
		.address = RAM_BASE,
		.size = vm->layout.ram_size,
		.attributes = KVM_MEMORY_ATTRIBUTE_PRIVATE,
	};

	return set_region(vm, &region, err) &&
	       vm_ioctl(vm, "KVM_SET_MEMORY_ATTRIBUTES",
			KVM_SET_MEMORY_ATTRIBUTES, &attributes, err);
}

bool vm_create(struct vm *vm, const struct kvm_backend *kvm,
	       const struct vm_config *config, struct err *err)
{
	*vm = (struct vm){
		.kvm = kvm,
		.layout = config->layout,
		.fd = -1,
		.memfd = -1,
		.gic_fd = -1,
		.exits = PTHREAD_MUTEX_INITIALIZER,
		.ended = -1,
	};
	vm->kvm_fd = kvm->open();
	if (vm->kvm_fd < 0)
		return err_set(err, "/dev/kvm: %s", strerror(-vm->kvm_fd));
	if (check_kvm(vm, err) && create(vm, err) &&
	    set_parameter(vm, KVM_ARM_RMI_CONFIG_HASH, config->hash, err) &&
	    set_parameter(vm, KVM_ARM_RMI_CONFIG_RPV, address_of(config->rpv),
			  err) &&
	    forward_rhi(vm, err) && get_memory(vm, config->blocks, err) &&
	    set_memory(vm, err) &&
	    (!vm->layout.gic || gic_create(vm, err)))
		return true;
	vm_destroy(vm);
	return false;
}

/* KVM may do a part, which it then takes off the argument. */
static bool populate(const struct vm *vm, u64 ipa, u64 size, struct err *err)
{
	struct kvm_arm_rmi_populate argument = {
		.base = ipa,
		.size = size,
		.source_uaddr = address_of(vm->bounce),
		.flags = KVM_ARM_RMI_POPULATE_FLAGS_MEASURE,
	};

	while (argument.size) {
		u64 left = argument.size;
		long ret = vm->kvm->ioctl(vm->fd, KVM_ARM_RMI_POPULATE,
					  address_of(&argument));

		if (ret == -EINTR)
			continue;
		if (ret < 0)
			return err_set(err,
				       "KVM_ARM_RMI_POPULATE: ipa 0x%" PRIx64
				       ", 0x%" PRIx64 " bytes: %s",
				       argument.base, argument.size,
				       strerror((int)-ret));
		if (argument.size >= left)
			return err_set(err,
				       "KVM_ARM_RMI_POPULATE: ipa 0x%" PRIx64
				       ": no progress",
				       argument.base);
	}
	return true;
}

bool vm_populate(struct vm *vm, u64 ipa, const void *data, u64 size,
		 struct err *err)
{
	for (u64 done = 0; done < size;) {
		u64 step = size - done;

		if (step > BOUNCE_SIZE)
			step = BOUNCE_SIZE;
		memcpy(vm->bounce, (const char *)data + done, step);
		if (!populate(vm, ipa + done, step, err))
			return false;
		done += step;
	}
	return true;
}

bool vm_share(struct vm *vm, unsigned int index, const void *data,
	      struct err *err)
{
	const struct layout_share *share = &vm->layout.shares[index];
	struct kvm_userspace_memory_region2 region = {
		.slot = SHARES_SLOT + index,
		.guest_phys_addr = share->ipa,
		.memory_size = granule_up(share->size),
	};
	void *copy = vm->kvm->mmap(-1, region.memory_size);

	if (!copy)
		return err_set(err,
			       "no memory for a copy of a file of 0x%" PRIx64
			       " bytes",
			       share->size);
	vm->files[index] = copy;
	memcpy(copy, data, share->size);
	region.userspace_addr = address_of(copy);
	return set_region(vm, &region, err);
}

static void close_fd(const struct vm *vm, int *fd)
{
	if (*fd >= 0)
		vm->kvm->close(*fd);
	*fd = -1;
}

void vm_destroy(struct vm *vm)
{
	close_fd(vm, &vm->gic_fd);
	close_fd(vm, &vm->fd);
	close_fd(vm, &vm->memfd);
	close_fd(vm, &vm->kvm_fd);
	/* Mappings go last: until then the VM may still look at them. */
	if (vm->bounce)
		vm->kvm->munmap(vm->bounce, BOUNCE_SIZE);
	if (vm->shared)
		vm->kvm->munmap(vm->shared, vm->layout.ram_size);
	for (unsigned int i = 0; i < SHARES_MAX; i++) {
		if (vm->files[i])
			vm->kvm->munmap(vm->files[i],
					granule_up(vm->layout.shares[i].size));
		vm->files[i] = NULL;
	}
	free(vm->is_shared);
	vm->is_shared = NULL;
	vm->bounce = NULL;
	vm->shared = NULL;
}
