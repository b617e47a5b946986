/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A realm with all that it needs to run, so that sequences get deep: memory, a
 * program, vCPUs, maybe an interrupt controller. Each part fails for itself,
 * and is left as it is then.
 */
#include "fuzz/ioctl/dice.h"
#include "fuzz/ioctl/vmm.h"

static struct vmm_fd *make_vm(void)
{
	struct vmm_fd *sys = vmm_pick(VMM_SYSTEM);
	long fd;

	if (!sys)
		return NULL;
	fd = vmm_ioctl(sys->fd, KVM_CREATE_VM, VMM_ARG(KVM_VM_TYPE_ARM_REALM));
	return vmm_keep(VMM_VM, fd, -1);
}

static void make_memory(int vm, const struct vmm_map *map)
{
	struct kvm_create_guest_memfd create = {
		.size = VMM_SIZE,
		.flags = dice_once_in(4) ? KVM_GUEST_MEMFD_BLOCKS : 0,
	};
	struct kvm_userspace_memory_region2 region = {
		.flags = KVM_MEM_GUEST_MEMFD,
		.guest_phys_addr = VMM_BASE,
		.memory_size = VMM_SIZE,
		.userspace_addr = (uintptr_t)map->at,
	};
	const struct kvm_memory_attributes set = {
		.address = VMM_BASE,
		.size = VMM_SIZE,
		.attributes = KVM_MEMORY_ATTRIBUTE_PRIVATE,
	};
	struct vmm_fd *gmem = vmm_keep(VMM_GMEM,
			vmm_ioctl(vm, KVM_CREATE_GUEST_MEMFD, &create), vm);

	if (!gmem)
		return;
	gmem->size = VMM_SIZE;
	region.guest_memfd = (u32)gmem->fd;
	vmm_ioctl(vm, KVM_SET_USER_MEMORY_REGION2, &region);
	vmm_ioctl(vm, KVM_SET_MEMORY_ATTRIBUTES, &set);
}

static void make_choices(int vm)
{
	const struct kvm_enable_cap cap = {
		.cap = KVM_CAP_ARM_RMI,
		.args = { KVM_ARM_RMI_CONFIG_HASH, KVM_ARM_RMI_HASH_SHA512 },
	};

	if (dice_once_in(2))
		vmm_ioctl(vm, KVM_ENABLE_CAP, &cap);
}

static void make_gic(int vm)
{
	struct kvm_create_device create = { .type = KVM_DEV_TYPE_ARM_VGIC_V3 };
	u64 dist = VMM_GICD, redist = VMM_GICR;
	const struct kvm_device_attr attrs[] = {
		{ .group = KVM_DEV_ARM_VGIC_GRP_ADDR,
		  .attr = KVM_VGIC_V3_ADDR_TYPE_DIST,
		  .addr = (uintptr_t)&dist },
		{ .group = KVM_DEV_ARM_VGIC_GRP_ADDR,
		  .attr = KVM_VGIC_V3_ADDR_TYPE_REDIST,
		  .addr = (uintptr_t)&redist },
		{ .group = KVM_DEV_ARM_VGIC_GRP_CTRL,
		  .attr = KVM_DEV_ARM_VGIC_CTRL_INIT },
	};

	if (vmm_ioctl(vm, KVM_CREATE_DEVICE, &create))
		return;
	vmm_keep(VMM_DEVICE, create.fd, vm);
	for (unsigned int i = 0; i < 3; i++)
		vmm_ioctl((int)create.fd, KVM_SET_DEVICE_ATTR, &attrs[i]);
}

static void make_vcpu(int vm, unsigned int id)
{
	struct kvm_vcpu_init init = {
		.target = KVM_ARM_TARGET_GENERIC_V8,
		.features = { 1u << KVM_ARM_VCPU_PSCI_0_2 },
	};
	u64 start = VMM_BASE;
	const struct kvm_one_reg pc = {
		KVM_REG_ARM64_CORE_PC, (uintptr_t)&start,
	};
	struct vmm_fd *vcpu = vmm_keep(VMM_VCPU,
			vmm_ioctl(vm, KVM_CREATE_VCPU, VMM_ARG(id)), vm);

	if (!vcpu)
		return;
	vcpu->run = vmm.kvm->mmap(vcpu->fd, VMM_PAGE);
	if (id && dice_once_in(2))
		init.features[0] |= 1u << KVM_ARM_VCPU_POWER_OFF;
	vmm_ioctl(vcpu->fd, KVM_ARM_VCPU_INIT, &init);
	vmm_ioctl(vcpu->fd, KVM_SET_ONE_REG, &pc);
}

static void populate(int vm, const struct vmm_map *map)
{
	struct kvm_arm_rmi_populate populate = {
		.base = VMM_BASE,
		.size = 2 * VMM_PAGE,
		.source_uaddr = (uintptr_t)map->at,
		.flags = KVM_ARM_RMI_POPULATE_FLAGS_MEASURE,
	};
	unsigned int tries = 4;

	hostile_program(map->at, 2 * VMM_PAGE);
	while (populate.size && tries-- &&
	       !vmm_ioctl(vm, KVM_ARM_RMI_POPULATE, &populate))
		;
}

void vmm_realm(void)
{
	unsigned int vcpus = 1 + dice_below(3);
	struct vmm_map *map = vmm_map_new(VMM_SIZE);
	struct vmm_fd *vm = map ? make_vm() : NULL;

	if (!vm)
		return;
	make_choices(vm->fd);
	make_memory(vm->fd, map);
	if (dice_once_in(4))
		make_gic(vm->fd);
	for (unsigned int id = 0; id < vcpus; id++)
		make_vcpu(vm->fd, id);
	populate(vm->fd, map);
}
