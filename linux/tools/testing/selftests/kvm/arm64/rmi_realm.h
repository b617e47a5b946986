/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A realm's VM, as far as a test wants it. Realms are not made by the library
 * of these tests, which wants to see what its guests have in their memory.
 */
#ifndef SELFTEST_KVM_ARM64_RMI_REALM_H
#define SELFTEST_KVM_ARM64_RMI_REALM_H

#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kselftest.h"

#define PAGE 0x1000ULL
#define IPA_BITS 40
#define SHARED_BIT (1ULL << (IPA_BITS - 1))
#define RAM_BASE 0x40000000ULL
#define RAM_SIZE 0x200000ULL

#define CORE_REG(name) \
	(KVM_REG_ARM64 | KVM_REG_SIZE_U64 | KVM_REG_ARM_CORE | \
	 KVM_REG_ARM_CORE_REG(name))
#define DFR0 ARM64_SYS_REG(3, 0, 0, 5, 0)

/* /dev/kvm */
static int kvm_fd;

struct realm {
	int vm;
	int vcpu;
	int gmem;
	void *shared;
	void *source;
	struct kvm_run *run;
	size_t run_size;
};

/* The result of an ioctl: what it returns, or -errno. */
static inline int call(int fd, unsigned long request, const void *arg)
{
	int ret = ioctl(fd, request, arg);

	return ret < 0 ? -errno : ret;
}

static inline int call_nr(int fd, unsigned long request, unsigned long arg)
{
	return call(fd, request, (const void *)arg);
}

static inline bool is(const char *what, int want, int got)
{
	if (want == got)
		return true;
	ksft_print_msg("%s: %d (%s), want %d (%s)\n", what, got,
		       strerror(got < 0 ? -got : 0), want,
		       strerror(want < 0 ? -want : 0));
	return false;
}

static inline void *pages(size_t size)
{
	void *va = mmap(NULL, size, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (va == MAP_FAILED)
		ksft_exit_fail_msg("mmap: %s\n", strerror(errno));
	return va;
}

/* ---- A realm, as far as a test wants it ---------------------------------- */

static inline int create_vm(unsigned long type)
{
	return call_nr(kvm_fd, KVM_CREATE_VM, type);
}

static inline int create_gmem(int vm, uint64_t size, uint64_t flags)
{
	struct kvm_create_guest_memfd create = { .size = size, .flags = flags };

	return call(vm, KVM_CREATE_GUEST_MEMFD, &create);
}

static inline int set_slot(struct realm *realm, unsigned int flags,
			   uint64_t gpa, uint64_t size, int gmem)
{
	struct kvm_userspace_memory_region2 region = {
		.flags = flags,
		.guest_phys_addr = gpa,
		.memory_size = size,
		.userspace_addr = (uintptr_t)realm->shared,
		.guest_memfd = gmem,
	};

	return call(realm->vm, KVM_SET_USER_MEMORY_REGION2, &region);
}

static inline int set_private(struct realm *realm, uint64_t gpa, uint64_t size,
			      bool private)
{
	struct kvm_memory_attributes set = {
		.address = gpa,
		.size = size,
		.attributes = private ? KVM_MEMORY_ATTRIBUTE_PRIVATE : 0,
	};

	return call(realm->vm, KVM_SET_MEMORY_ATTRIBUTES, &set);
}

static inline int init_vcpu(struct realm *realm, unsigned int features)
{
	struct kvm_vcpu_init init = { 0 };
	int ret = call(realm->vm, KVM_ARM_PREFERRED_TARGET, &init);

	init.features[0] = features;
	return ret ? ret : call(realm->vcpu, KVM_ARM_VCPU_INIT, &init);
}

static inline int set_reg(struct realm *realm, uint64_t id, uint64_t value)
{
	struct kvm_one_reg reg = { id, (uintptr_t)&value };

	return call(realm->vcpu, KVM_SET_ONE_REG, &reg);
}

static inline int get_reg(struct realm *realm, uint64_t id, uint64_t *value)
{
	struct kvm_one_reg reg = { id, (uintptr_t)value };

	return call(realm->vcpu, KVM_GET_ONE_REG, &reg);
}

static inline int populate(struct realm *realm,
			   struct kvm_arm_rmi_populate *args)
{
	return call(realm->vm, KVM_ARM_RMI_POPULATE, args);
}

static inline int populate_pages(struct realm *realm, uint64_t gpa,
				 uint64_t size)
{
	struct kvm_arm_rmi_populate args = {
		.base = gpa,
		.size = size,
		.source_uaddr = (uintptr_t)realm->source,
		.flags = KVM_ARM_RMI_POPULATE_FLAGS_MEASURE,
	};
	int ret = 0;

	while (!ret && args.size)
		ret = populate(realm, &args);
	return ret;
}

static inline void realm_start(struct realm *realm)
{
	realm->vm = create_vm(KVM_VM_TYPE_ARM_REALM | IPA_BITS);
	realm->gmem = create_gmem(realm->vm, RAM_SIZE, 0);
	realm->shared = pages(RAM_SIZE);
	realm->source = pages(RAM_SIZE);
	realm->vcpu = -1;
	realm->run = NULL;
	if (realm->vm < 0 || realm->gmem < 0)
		ksft_exit_fail_msg("no realm: %d, %d\n", realm->vm,
				   realm->gmem);
}

static inline bool realm_add_ram(struct realm *realm)
{
	return is("slot", 0, set_slot(realm, KVM_MEM_GUEST_MEMFD, RAM_BASE,
				      RAM_SIZE, realm->gmem)) &&
	       is("private", 0, set_private(realm, RAM_BASE, RAM_SIZE, true));
}

static inline bool realm_add_vcpu(struct realm *realm)
{
	realm->vcpu = call_nr(realm->vm, KVM_CREATE_VCPU, 0);
	realm->run_size = call_nr(kvm_fd, KVM_GET_VCPU_MMAP_SIZE, 0);
	if (realm->vcpu < 0)
		return is("vCPU", 0, realm->vcpu);
	realm->run = mmap(NULL, realm->run_size, PROT_READ | PROT_WRITE,
			  MAP_SHARED, realm->vcpu, 0);
	return realm->run != MAP_FAILED;
}

static inline bool realm_init_vcpu(struct realm *realm)
{
	return is("init", 0, init_vcpu(realm, 1 << KVM_ARM_VCPU_PSCI_0_2)) &&
	       is("pc", 0, set_reg(realm, CORE_REG(regs.pc), RAM_BASE));
}

/* The order of closing: a permutation of 0 to 2. */
static inline void realm_close(struct realm *realm, const int order[3])
{
	int fd[3] = { realm->vm, realm->gmem, realm->vcpu };
	int i;

	if (realm->run)
		munmap(realm->run, realm->run_size);
	for (i = 0; i < 3; i++) {
		if (fd[order[i]] >= 0)
			close(fd[order[i]]);
	}
	munmap(realm->shared, RAM_SIZE);
	munmap(realm->source, RAM_SIZE);
}

static inline bool realm_end(struct realm *realm, bool good)
{
	static const int order[3] = { 2, 1, 0 };

	realm_close(realm, order);
	return good;
}

/* A number of the kernel's ledger, or -1. */
static inline long ledger(const char *name)
{
	char path[64];
	long value = -1;
	FILE *file;

	snprintf(path, sizeof(path), "/sys/kernel/debug/rmi/%s", name);
	file = fopen(path, "r");
	if (file) {
		if (fscanf(file, "%ld", &value) != 1)
			value = -1;
		fclose(file);
	}
	return value;
}

/* What the RMM has kept since boot. Without debugfs nobody knows: none. */
static inline long granules_kept(void)
{
	return access("/sys/kernel/debug/rmi", F_OK) ? 0 : ledger("leaked");
}

/* What the kernel says that the RMM has by now. */
static inline long granules_delegated(void)
{
	return ledger("delegated");
}

static inline bool start_vcpu(struct realm *realm)
{
	return realm_add_vcpu(realm) && realm_init_vcpu(realm);
}

static inline bool end_guest(struct realm *realm, bool good)
{
	return realm_end(realm, good) && is("kept", 0, granules_kept());
}

struct realm_test {
	const char *name;
	bool (*run)(void);
};

#define TEST(name) { #name, name }

static inline int run_tests(const struct realm_test *test, unsigned int count)
{
	unsigned int i;

	ksft_print_header();
	kvm_fd = open("/dev/kvm", O_RDWR);
	if (kvm_fd < 0)
		ksft_exit_skip("no /dev/kvm\n");
	if (call_nr(kvm_fd, KVM_CHECK_EXTENSION, KVM_CAP_ARM_RMI) <= 0)
		ksft_exit_skip("no realms\n");

	ksft_set_plan(count);
	for (i = 0; i < count; i++)
		ksft_test_result(test[i].run(), "%s\n", test[i].name);
	ksft_finished();
}

#endif
