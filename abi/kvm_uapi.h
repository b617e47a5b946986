/* SPDX-License-Identifier: GPL-2.0-only OR BSD-3-Clause */
/*
 * KVM's user space interface on arm64, as far as a VMM for realms speaks it:
 * the numbers and layouts of Linux 7.3, and the additions for realms.
 * sim/kvm answers them in one process, /dev/kvm with our overlay on a machine.
 *
 * Written out here, since the build machine's own kernel headers are older and
 * of another architecture.
 */
#ifndef ABI_KVM_UAPI_H
#define ABI_KVM_UAPI_H

#include "abi_types.h"

/* ioctl numbers: direction, size of the argument, 0xae, number. */
#define KVM_IO(nr) (0xae00u | (nr))
#define KVM_IOW(nr, type) (0x40000000u | ((u32)sizeof(type) << 16) | KVM_IO(nr))
#define KVM_IOR(nr, type) (0x80000000u | ((u32)sizeof(type) << 16) | KVM_IO(nr))
#define KVM_IOWR(nr, type) \
	(0xc0000000u | ((u32)sizeof(type) << 16) | KVM_IO(nr))

#define KVM_GET_API_VERSION KVM_IO(0x00)
#define KVM_CREATE_VM KVM_IO(0x01)
#define KVM_CHECK_EXTENSION KVM_IO(0x03)
#define KVM_GET_VCPU_MMAP_SIZE KVM_IO(0x04)
#define KVM_CREATE_VCPU KVM_IO(0x41)
#define KVM_SET_USER_MEMORY_REGION2 \
	KVM_IOW(0x49, struct kvm_userspace_memory_region2)
#define KVM_IRQ_LINE KVM_IOW(0x61, struct kvm_irq_level)
#define KVM_RUN KVM_IO(0x80)
#define KVM_ENABLE_CAP KVM_IOW(0xa3, struct kvm_enable_cap)
#define KVM_GET_ONE_REG KVM_IOW(0xab, struct kvm_one_reg)
#define KVM_SET_ONE_REG KVM_IOW(0xac, struct kvm_one_reg)
#define KVM_ARM_VCPU_INIT KVM_IOW(0xae, struct kvm_vcpu_init)
#define KVM_ARM_PREFERRED_TARGET KVM_IOR(0xaf, struct kvm_vcpu_init)
#define KVM_SET_MEMORY_ATTRIBUTES KVM_IOW(0xd2, struct kvm_memory_attributes)
#define KVM_CREATE_GUEST_MEMFD KVM_IOWR(0xd4, struct kvm_create_guest_memfd)
#define KVM_PRE_FAULT_MEMORY KVM_IOWR(0xd5, struct kvm_pre_fault_memory)
#define KVM_ARM_RMI_POPULATE KVM_IOWR(0xd7, struct kvm_arm_rmi_populate)
#define KVM_CREATE_DEVICE KVM_IOWR(0xe0, struct kvm_create_device)
#define KVM_SET_DEVICE_ATTR KVM_IOW(0xe1, struct kvm_device_attr)

#define KVM_API_VERSION 12

#define KVM_CAP_IRQCHIP 0
#define KVM_CAP_NR_VCPUS 9
#define KVM_CAP_MAX_VCPUS 66
#define KVM_CAP_DEVICE_CTRL 89
#define KVM_CAP_ARM_PSCI_0_2 102
#define KVM_CAP_ARM_VM_IPA_SIZE 165
#define KVM_CAP_ARM_SMCCC_FILTER 225
#define KVM_CAP_USER_MEMORY2 231
#define KVM_CAP_MEMORY_FAULT_INFO 232
#define KVM_CAP_MEMORY_ATTRIBUTES 233
#define KVM_CAP_GUEST_MEMFD 234
#define KVM_CAP_PRE_FAULT_MEMORY 236

/* Ours: far above the numbers that upstream hands out ("CA"). */
#define KVM_CAP_ARM_RMI 0x4341

/* Argument of KVM_CREATE_VM */
#define KVM_VM_TYPE_ARM_IPA_SIZE_MASK 0xffu
#define KVM_VM_TYPE_ARM_REALM BIT_ULL(30)
#define KVM_VM_TYPE_ARM_PROTECTED BIT_ULL(31)

/*
 * KVM_ENABLE_CAP(KVM_CAP_ARM_RMI) on a realm's VM: args[0] says what, args[1]
 * is the value, or the user address of one. -EBUSY once the realm exists.
 */
#define KVM_ARM_RMI_CONFIG_HASH 0 /* args[1]: KVM_ARM_RMI_HASH_* */
#define KVM_ARM_RMI_CONFIG_RPV 1 /* args[1]: address of 64 bytes */

#define KVM_ARM_RMI_HASH_SHA256 0
#define KVM_ARM_RMI_HASH_SHA512 1

#define KVM_MEM_LOG_DIRTY_PAGES BIT_ULL(0)
#define KVM_MEM_READONLY BIT_ULL(1)
#define KVM_MEM_GUEST_MEMFD BIT_ULL(2)

#define KVM_MEMORY_ATTRIBUTE_PRIVATE BIT_ULL(3)
#define KVM_MEMORY_EXIT_FLAG_PRIVATE BIT_ULL(3)

/*
 * kvm_create_guest_memfd.flags, ours: in blocks of 2 MiB where that is
 * possible. Linux 7.3 has no such memory, and refuses the flag.
 */
#define KVM_GUEST_MEMFD_BLOCKS BIT_ULL(63)

#define KVM_ARM_RMI_POPULATE_FLAGS_MEASURE BIT_ULL(0)

#define KVM_ARM_TARGET_GENERIC_V8 5

#define KVM_ARM_VCPU_POWER_OFF 0
#define KVM_ARM_VCPU_PSCI_0_2 2

/* KVM_SET_DEVICE_ATTR on a VM: which SMCCC functions go to user space. */
#define KVM_ARM_VM_SMCCC_CTRL 0
#define KVM_ARM_VM_SMCCC_FILTER 0
#define KVM_SMCCC_FILTER_HANDLE 0
#define KVM_SMCCC_FILTER_DENY 1
#define KVM_SMCCC_FILTER_FWD_TO_USER 2

/*
 * KVM_CREATE_DEVICE: an interrupt controller, before there are vCPUs. Its
 * attributes are set on its own descriptor; addresses lack the bit that selects
 * a realm's shared half. GRP_CTRL, INIT comes after all vCPUs are there.
 */
#define KVM_DEV_TYPE_ARM_VGIC_V3 7
#define KVM_DEV_ARM_VGIC_GRP_ADDR 0 /* addr: address of a u64 */
#define KVM_VGIC_V3_ADDR_TYPE_DIST 2 /* 64 KiB */
#define KVM_VGIC_V3_ADDR_TYPE_REDIST 3 /* 128 KiB for each vCPU */
#define KVM_DEV_ARM_VGIC_GRP_NR_IRQS 3 /* addr: address of a u32 */
#define KVM_DEV_ARM_VGIC_GRP_CTRL 4
#define KVM_DEV_ARM_VGIC_CTRL_INIT 0

/* kvm_irq_level.irq: an INTID, whose it is, and what it is. */
#define KVM_ARM_IRQ_TYPE_SHIFT 24
#define KVM_ARM_IRQ_TYPE_SPI 1
#define KVM_ARM_IRQ_TYPE_PPI 2
#define KVM_ARM_IRQ_VCPU_SHIFT 16

/* Registers by number: KVM_{GET,SET}_ONE_REG. */
#define KVM_REG_ARM64_U64 0x6030000000000000ull
#define KVM_REG_ARM64_CORE_X(n) (KVM_REG_ARM64_U64 | 0x100000u | (2u * (n)))
#define KVM_REG_ARM64_CORE_PC (KVM_REG_ARM64_U64 | 0x100000u | 64u)
#define KVM_REG_ARM64_SYSREG(op0, op1, crn, crm, op2) \
	(KVM_REG_ARM64_U64 | 0x130000u | ((op0) << 14) | ((op1) << 11) | \
	 ((crn) << 7) | ((crm) << 3) | (op2))
#define KVM_REG_ARM64_ID_AA64DFR0_EL1 KVM_REG_ARM64_SYSREG(3, 0, 0, 5, 0)

/* kvm_run.exit_reason */
#define KVM_EXIT_UNKNOWN 0
#define KVM_EXIT_HYPERCALL 3
#define KVM_EXIT_MMIO 6
#define KVM_EXIT_SHUTDOWN 8
#define KVM_EXIT_INTR 10
#define KVM_EXIT_INTERNAL_ERROR 17
#define KVM_EXIT_SYSTEM_EVENT 24
#define KVM_EXIT_MEMORY_FAULT 39

#define KVM_SYSTEM_EVENT_SHUTDOWN 1
#define KVM_SYSTEM_EVENT_RESET 2

struct kvm_userspace_memory_region2 {
	u32 slot;
	u32 flags;
	u64 guest_phys_addr;
	u64 memory_size;
	u64 userspace_addr;
	u64 guest_memfd_offset;
	u32 guest_memfd;
	u32 pad1;
	u64 pad2[14];
};

struct kvm_memory_attributes {
	u64 address;
	u64 size;
	u64 attributes;
	u64 flags;
};

struct kvm_create_guest_memfd {
	u64 size;
	u64 flags;
	u64 reserved[6];
};

/* In and out: what is done is taken from it. */
struct kvm_pre_fault_memory {
	u64 gpa;
	u64 size;
	u64 flags;
	u64 padding[5];
};

struct kvm_irq_level {
	u32 irq;
	u32 level;
};

struct kvm_enable_cap {
	u32 cap;
	u32 flags;
	u64 args[4];
	u8 pad[64];
};

struct kvm_one_reg {
	u64 id;
	u64 addr;
};

struct kvm_vcpu_init {
	u32 target;
	u32 features[7];
};

struct kvm_create_device {
	u32 type;
	u32 fd; /* out */
	u32 flags;
};

struct kvm_device_attr {
	u32 flags;
	u32 group;
	u64 attr;
	u64 addr;
};

struct kvm_smccc_filter {
	u32 base;
	u32 nr_functions;
	u8 action;
	u8 pad[15];
};

/*
 * In and out: the kernel moves base and source_uaddr on and takes from size
 * what it did; the caller repeats until size is 0.
 */
struct kvm_arm_rmi_populate {
	u64 base;
	u64 size;
	u64 source_uaddr;
	u32 flags;
	u32 reserved;
};

struct kvm_run {
	u8 request_interrupt_window;
	u8 immediate_exit;
	u8 padding1[6];
	u32 exit_reason;
	u8 ready_for_interrupt_injection;
	u8 if_flag;
	u16 flags;
	u64 cr8;
	u64 apic_base;
	union {
		struct {
			u64 nr; /* function identifier; the rest in x1 to x30 */
			u64 args[6];
			u64 ret;
			u64 flags;
		} hypercall;
		struct {
			u64 phys_addr;
			u8 data[8];
			u32 len;
			u8 is_write;
		} mmio;
		struct {
			u32 suberror;
			u32 ndata;
			u64 data[16];
		} internal;
		struct {
			u32 type;
			u32 ndata;
			u64 data[16];
		} system_event;
		struct {
			u64 flags;
			u64 gpa;
			u64 size;
		} memory_fault;
		u8 padding[256];
	};
	u64 kvm_valid_regs;
	u64 kvm_dirty_regs;
	u8 sync_regs[2048];
};

static_assert(sizeof(struct kvm_userspace_memory_region2) == 160, "region2");
static_assert(sizeof(struct kvm_memory_attributes) == 32, "attributes");
static_assert(sizeof(struct kvm_create_guest_memfd) == 64, "guest_memfd");
static_assert(sizeof(struct kvm_pre_fault_memory) == 64, "pre_fault");
static_assert(sizeof(struct kvm_irq_level) == 8, "irq_level");
static_assert(sizeof(struct kvm_enable_cap) == 104, "enable_cap");
static_assert(sizeof(struct kvm_vcpu_init) == 32, "vcpu_init");
static_assert(sizeof(struct kvm_create_device) == 12, "create_device");
static_assert(sizeof(struct kvm_device_attr) == 24, "device_attr");
static_assert(sizeof(struct kvm_smccc_filter) == 24, "smccc_filter");
static_assert(sizeof(struct kvm_arm_rmi_populate) == 32, "populate");
static_assert(offsetof(struct kvm_run, exit_reason) == 8, "exit_reason");
static_assert(offsetof(struct kvm_run, mmio) == 32, "mmio");
static_assert(offsetof(struct kvm_run, kvm_valid_regs) == 288, "valid_regs");

#endif
