/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The steps of a sequence: every ioctl, with arguments of which most make sense
 * for something, if not here and now.
 */
#include <string.h>

#include "fuzz/ioctl/dice.h"
#include "fuzz/ioctl/vmm.h"

/* ---- Arguments --------------------------------------------------------- */

/* The right kind of descriptor, mostly; else any other, or none at all. */
static int any_fd(enum vmm_kind kind)
{
	struct vmm_fd *fd = vmm_pick(dice_once_in(12) ?
				     1 + dice_below(VMM_KINDS - 1) : kind);

	if (!fd || dice_once_in(60))
		return (int)dice_below(40) - 2;
	return fd->fd;
}

static u64 address(void)
{
	static const u64 bases[] = {
		VMM_BASE, VMM_BASE, VMM_BASE, VMM_BASE + 0x200000, 0x80000000,
		VMM_UART, 0, 1ull << 38, (1ull << 39) - VMM_PAGE, 1ull << 39,
		~0ull - 0xfff, 1ull << 63,
	};

	return bases[dice_below(12)] + dice_below(8) * VMM_PAGE +
	       (dice_once_in(16) ? dice_below(0x1000) : 0);
}

static u64 size(void)
{
	static const u64 sizes[] = {
		VMM_PAGE, VMM_PAGE, 2 * VMM_PAGE, 16 * VMM_PAGE, 0x200000,
		VMM_SIZE, VMM_SIZE, 0, 1, 1ull << 40, ~0xfffull, 3 * VMM_PAGE,
	};

	return sizes[dice_below(12)];
}

/* Memory of the VMM's, or where it has none. */
static u64 user_address(void)
{
	struct vmm_map *map = vmm_pick_map();

	if (!map || dice_once_in(16))
		return dice_below(4) * VMM_PAGE;
	return (uintptr_t)map->at + dice_below(4) * VMM_PAGE +
	       (dice_once_in(16) ? 8 : 0);
}

static u64 seldom(u64 value)
{
	return dice_once_in(16) ? value : 0;
}

/* ---- The system and its VMs -------------------------------------------- */

static void open_system(void)
{
	vmm_keep(VMM_SYSTEM, vmm.kvm->open(), -1);
}

static void create_vm(void)
{
	static const u64 types[] = {
		KVM_VM_TYPE_ARM_REALM, KVM_VM_TYPE_ARM_REALM | 40,
		KVM_VM_TYPE_ARM_REALM | 32, KVM_VM_TYPE_ARM_REALM | 44,
		KVM_VM_TYPE_ARM_REALM | 45, KVM_VM_TYPE_ARM_REALM | 1, 0, 40,
		KVM_VM_TYPE_ARM_PROTECTED, ~0ull,
	};

	vmm_keep(VMM_VM, vmm_ioctl(any_fd(VMM_SYSTEM), KVM_CREATE_VM,
				   VMM_ARG(types[dice_below(10)])), -1);
}

static void ask(void)
{
	vmm_ioctl(any_fd(dice_once_in(2) ? VMM_SYSTEM : VMM_VM),
		  KVM_CHECK_EXTENSION, VMM_ARG(dice_below(300)));
	vmm_ioctl(any_fd(VMM_SYSTEM), KVM_GET_API_VERSION, NULL);
}

static void enable_cap(void)
{
	u8 rpv[64] = { 0x77 };
	struct kvm_enable_cap cap = {
		.cap = KVM_CAP_ARM_RMI,
		.flags = (u32)seldom(1),
		.args = { dice_below(3), dice_below(3), seldom(1), 0 },
	};

	/* An address is what a kernel may read. */
	if (cap.args[0] == KVM_ARM_RMI_CONFIG_RPV)
		cap.args[1] = dice_once_in(8) ? 0 : (uintptr_t)rpv;
	vmm_ioctl(any_fd(VMM_VM), KVM_ENABLE_CAP, &cap);
}

static void filter(void)
{
	static const u32 bases[] = {
		0xc5000000u, 0xc5000040u, 0xc5000040u, 0x84000000u, 0xfffffff0u,
	};
	struct kvm_smccc_filter filter = {
		.base = bases[dice_below(5)],
		.nr_functions = dice_below(40),
		.action = (u8)dice_below(4),
	};
	struct kvm_device_attr attr = {
		.flags = (u32)seldom(1),
		.group = KVM_ARM_VM_SMCCC_CTRL,
		.attr = seldom(1),
		.addr = dice_once_in(16) ? 0 : (uintptr_t)&filter,
	};

	vmm_ioctl(any_fd(VMM_VM), KVM_SET_DEVICE_ATTR, &attr);
}

/* ---- Memory ------------------------------------------------------------ */

static void create_gmem(void)
{
	struct kvm_create_guest_memfd create = {
		.size = size(),
		.flags = dice_once_in(3) ? KVM_GUEST_MEMFD_BLOCKS : seldom(1),
	};
	int vm = any_fd(VMM_VM);
	struct vmm_fd *gmem = vmm_keep(VMM_GMEM,
			vmm_ioctl(vm, KVM_CREATE_GUEST_MEMFD, &create), vm);

	if (gmem)
		gmem->size = create.size;
}

static void map_memory(void)
{
	struct vmm_map *map = vmm_map_new(dice_once_in(2) ? VMM_SIZE :
			(1 + dice_below(20)) * VMM_PAGE);

	if (map && dice_once_in(3))
		vmm_map_own(map);
}

static void unmap_memory(void)
{
	struct vmm_map *map = vmm_pick_map();

	if (map)
		vmm_map_end(map);
}

static void set_region(void)
{
	struct kvm_userspace_memory_region2 region = {
		.slot = dice_once_in(16) ? (u32)dice() : dice_below(4),
		.flags = dice_once_in(2) ? (u32)KVM_MEM_GUEST_MEMFD :
					   (u32)seldom(dice_below(8)),
		.guest_phys_addr = address(),
		.memory_size = size(),
		.userspace_addr = user_address(),
		.guest_memfd_offset = dice_below(4) * VMM_PAGE,
	};

	region.guest_memfd = (u32)any_fd(VMM_GMEM);
	vmm_ioctl(any_fd(VMM_VM), KVM_SET_USER_MEMORY_REGION2, &region);
}

static void set_attributes(void)
{
	const struct kvm_memory_attributes set = {
		.address = address(),
		.size = size(),
		.attributes = dice_once_in(2) ? KVM_MEMORY_ATTRIBUTE_PRIVATE :
						seldom(1),
		.flags = seldom(1),
	};

	vmm_ioctl(any_fd(VMM_VM), KVM_SET_MEMORY_ATTRIBUTES, &set);
}

static void populate(void)
{
	struct kvm_arm_rmi_populate populate = {
		.base = address(),
		.size = size(),
		.source_uaddr = user_address(),
		.flags = dice_below(2) | (u32)seldom(2),
		.reserved = (u32)seldom(1),
	};
	int vm = any_fd(VMM_VM);

	for (unsigned int i = dice_below(3); i < 3 && populate.size; i++)
		vmm_ioctl(vm, KVM_ARM_RMI_POPULATE, &populate);
}

static void pre_fault(void)
{
	struct kvm_pre_fault_memory range = {
		.gpa = address(),
		.size = size(),
		.flags = seldom(1),
	};

	vmm_ioctl(any_fd(VMM_VCPU), KVM_PRE_FAULT_MEMORY, &range);
}

/* What it shares with its guests, which must not see more than a change. */
static void write_memory(void)
{
	struct vmm_map *map = vmm_pick_map();

	if (map)
		memset(map->at + dice_below(map->size / VMM_PAGE) * VMM_PAGE,
		       (int)dice(), VMM_PAGE);
}

/* ---- vCPUs ------------------------------------------------------------- */

static void create_vcpu(void)
{
	unsigned int id = dice_once_in(8) ? dice_below(600) : dice_below(4);
	int vm = any_fd(VMM_VM);
	struct vmm_fd *vcpu = vmm_keep(VMM_VCPU,
			vmm_ioctl(vm, KVM_CREATE_VCPU, VMM_ARG(id)), vm);

	if (vcpu && !dice_once_in(8))
		vcpu->run = vmm.kvm->mmap(vcpu->fd, VMM_PAGE);
}

static void init_vcpu(void)
{
	struct kvm_vcpu_init init = { .target = KVM_ARM_TARGET_GENERIC_V8 };

	vmm_ioctl(any_fd(VMM_VM), KVM_ARM_PREFERRED_TARGET, &init);
	init.features[0] = 1u << KVM_ARM_VCPU_PSCI_0_2 | dice_below(2);
	init.features[dice_below(7)] ^= (u32)seldom(1u << dice_below(32));
	vmm_ioctl(any_fd(VMM_VCPU), KVM_ARM_VCPU_INIT, &init);
}

static void one_reg(void)
{
	u64 value = dice_once_in(2) ? VMM_BASE : dice();
	struct kvm_one_reg reg = {
		.id = KVM_REG_ARM64_CORE_X(0) + dice_below(68),
		.addr = dice_once_in(16) ? 0 : (uintptr_t)&value,
	};

	if (dice_once_in(3)) {
		reg.id = KVM_REG_ARM64_ID_AA64DFR0_EL1;
		value = 6 | (u64)dice_below(16) << 12 |
			(u64)dice_below(16) << 20 | seldom(1);
	}
	vmm_ioctl(any_fd(VMM_VCPU), dice_once_in(3) ? KVM_GET_ONE_REG :
						      KVM_SET_ONE_REG, &reg);
}

/* Alone, unless it has a thread, which is then ended first. */
static void run(void)
{
	struct vmm_fd *vcpu = vmm_pick(VMM_VCPU);

	if (!vcpu)
		return;
	if (vcpu->threaded)
		vmm_stop_thread(vcpu);
	if (vmm.threads && !dice_once_in(4))
		vmm_run_thread(vcpu);
	else
		vmm_run(vcpu);
}

static void kick(void)
{
	struct vmm_fd *vcpu = vmm_pick(VMM_VCPU);

	/* Alone it would only be seen by the next KVM_RUN; that, too. */
	if (vcpu)
		vmm.kvm->kick(vcpu->fd);
}

/* ---- Devices, and nonsense --------------------------------------------- */

static void create_device(void)
{
	struct kvm_create_device create = {
		.type = dice_once_in(16) ? dice_below(12) :
					   KVM_DEV_TYPE_ARM_VGIC_V3,
		.flags = (u32)seldom(1),
	};
	int vm = any_fd(VMM_VM);

	if (!vmm_ioctl(vm, KVM_CREATE_DEVICE, &create))
		vmm_keep(VMM_DEVICE, create.fd, vm);
}

static void device_attr(void)
{
	u64 value = dice_once_in(3) ? 32 * dice_below(40) :
				      dice_below(2000) * 0x10000ull;
	struct kvm_device_attr attr = {
		.group = dice_below(6),
		.attr = dice_below(5),
		.addr = dice_once_in(16) ? 0 : (uintptr_t)&value,
	};

	vmm_ioctl(any_fd(VMM_DEVICE), KVM_SET_DEVICE_ATTR, &attr);
}

static void irq_line(void)
{
	const struct kvm_irq_level line = {
		.irq = dice_below(4) << KVM_ARM_IRQ_TYPE_SHIFT |
		       dice_below(4) << KVM_ARM_IRQ_VCPU_SHIFT |
		       (dice_once_in(8) ? dice_below(0x10000) : dice_below(64)),
		.level = dice_below(2),
	};

	vmm_ioctl(any_fd(VMM_VM), KVM_IRQ_LINE, &line);
}

static void close_any(void)
{
	struct vmm_fd *fd = vmm_pick(1 + dice_below(VMM_KINDS - 1));

	if (fd)
		vmm_close(fd);
	if (dice_once_in(16))
		vmm.kvm->close((int)dice_below(2000) - 4 + 1100);
}

static void nonsense(void)
{
	u64 zeros[32] = { 0 };

	vmm_ioctl(any_fd(1 + dice_below(VMM_KINDS - 1)),
		  KVM_IO(dice_below(256)),
		  dice_once_in(2) ? NULL : (const void *)zeros);
}

/* ---- One of them ------------------------------------------------------- */

static const struct op {
	unsigned int weight;
	void (*run)(void);
} ops[] = {
	{ 1, open_system }, { 4, create_vm }, { 2, ask }, { 4, enable_cap },
	{ 2, filter }, { 4, create_gmem }, { 4, map_memory },
	{ 2, unmap_memory }, { 12, set_region }, { 14, set_attributes },
	{ 12, populate }, { 8, pre_fault }, { 4, write_memory },
	{ 8, create_vcpu }, { 8, init_vcpu }, { 8, one_reg }, { 40, run },
	{ 3, kick }, { 3, create_device }, { 4, device_attr },
	{ 6, irq_line }, { 5, close_any }, { 2, nonsense }, { 10, vmm_realm },
};
#define OPS (sizeof(ops) / sizeof(ops[0]))

void vmm_step(void)
{
	unsigned int all = 0, at;

	for (unsigned int i = 0; i < OPS; i++)
		all += ops[i].weight;
	at = dice_below(all);
	for (unsigned int i = 0; i < OPS; i++) {
		if (at < ops[i].weight) {
			ops[i].run();
			return;
		}
		at -= ops[i].weight;
	}
}
