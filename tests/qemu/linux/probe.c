// SPDX-License-Identifier: BSD-3-Clause
/*
 * What a VMM that knows of no realms can see of them: nothing, but for ordinary
 * VMs that run as ever. One line a question, in TAP.
 *
 *	probe		asks; exits 1 if an answer is wrong
 *	probe cost N	says what N exits of an ordinary VM cost
 *	probe exit N	ends the machine with exit code N (semihosting)
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "abi/arm_arch.h"
#include "abi/kvm_uapi.h"

#define ID_AA64PFR0_EL1 KVM_REG_ARM64_SYSREG(3, 0, 0, 4, 0)
#define GUEST_CODE 0x10000ull
#define GUEST_DEVICE 0x8000000ull /* nothing there: a store exits */

static int failed;

static void check(int good, const char *what)
{
	static int count;

	printf("%sok %d - %s\n", good ? "" : "not ", ++count, what);
	failed += !good;
}

/* SYS_EXIT_EXTENDED: reason "application exit" and the code. */
static void end_machine(unsigned long code)
{
	const unsigned long block[2] = { 0x20026, code };
	register unsigned long x0 asm("x0") = 0x20;
	register const unsigned long *x1 asm("x1") = block;

	asm volatile("hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
}

/* The kernel emulates this read: user space gets what it lets through. */
static u64 read_id_register(void)
{
	u64 value;

	asm volatile("mrs %0, id_aa64pfr0_el1" : "=r"(value));
	return value;
}

/* The guest: reads its ID register and stores it, always, where it exits. */
static const u32 guest[] = {
	0xd5380400, /* mrs x0, id_aa64pfr0_el1 */
	0xd2a10001, /* mov x1, #0x8000000 */
	0xf9000020, /* str x0, [x1] */
	0x17ffffff, /* b . - 4 */
};

struct vm {
	int kvm;
	int vm;
	int vcpu;
	struct kvm_run *run;
};

static int put_guest(int vm)
{
	struct kvm_userspace_memory_region2 slot = {
		.guest_phys_addr = GUEST_CODE,
		.memory_size = 0x1000,
	};
	void *page = mmap(NULL, 0x1000, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return -1;
	memcpy(page, guest, sizeof(guest));
	__builtin___clear_cache(page, (char *)page + 0x1000);
	slot.userspace_addr = (u64)page;
	return ioctl(vm, KVM_SET_USER_MEMORY_REGION2, &slot);
}

static int make_vcpu(struct vm *vm)
{
	struct kvm_vcpu_init init = { 0 };
	u64 pc = GUEST_CODE;
	struct kvm_one_reg reg = { KVM_REG_ARM64_CORE_PC, (u64)&pc };
	int size = ioctl(vm->kvm, KVM_GET_VCPU_MMAP_SIZE, 0);

	vm->vcpu = ioctl(vm->vm, KVM_CREATE_VCPU, 0);
	if (vm->vcpu < 0 || size < 0)
		return -1;
	vm->run = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED,
		       vm->vcpu, 0);
	if (vm->run == MAP_FAILED)
		return -1;
	if (ioctl(vm->vm, KVM_ARM_PREFERRED_TARGET, &init) ||
	    ioctl(vm->vcpu, KVM_ARM_VCPU_INIT, &init))
		return -1;
	return ioctl(vm->vcpu, KVM_SET_ONE_REG, &reg);
}

static int make_vm(struct vm *vm)
{
	vm->vm = ioctl(vm->kvm, KVM_CREATE_VM, 0);
	if (vm->vm < 0 || put_guest(vm->vm))
		return -1;
	return make_vcpu(vm);
}

/* What the guest stored: false if it ended in any other way. */
static int run_guest(struct vm *vm, u64 *value)
{
	if (ioctl(vm->vcpu, KVM_RUN, 0) ||
	    vm->run->exit_reason != KVM_EXIT_MMIO ||
	    vm->run->mmio.phys_addr != GUEST_DEVICE)
		return 0;
	memcpy(value, vm->run->mmio.data, sizeof(*value));
	return 1;
}

/* EINVAL also where the hardware has RME: nobody may promise it to a guest. */
static int rme_can_be_set(struct vm *vm, u64 id)
{
	struct kvm_one_reg reg = { ID_AA64PFR0_EL1, (u64)&id };

	id |= FIELD_PREP(ID_AA64PFR0_RME, 1);
	return ioctl(vm->vcpu, KVM_SET_ONE_REG, &reg) == 0;
}

static void check_vm(struct vm *vm)
{
	u64 id = 0;
	struct kvm_one_reg reg = { ID_AA64PFR0_EL1, (u64)&id };

	int made = make_vm(vm) == 0;

	check(made, "an ordinary VM is made");
	if (!made)
		return;
	check(ioctl(vm->vcpu, KVM_GET_ONE_REG, &reg) == 0 &&
		      !FIELD_GET(ID_AA64PFR0_RME, id),
	      "its VMM reads RME 0");
	check(!rme_can_be_set(vm, id), "its VMM cannot write RME 1");
	id = ~0ull;
	check(run_guest(vm, &id), "it runs");
	check(!FIELD_GET(ID_AA64PFR0_RME, id), "it reads RME 0");
}

static u64 counter(void)
{
	u64 value;

	asm volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(value));
	return value;
}

/* With -icount, which counts instructions, the same number in each boot. */
static int say_cost(unsigned long exits)
{
	struct vm vm = { .kvm = open("/dev/kvm", O_RDWR), .vcpu = -1 };
	u64 value, begin;
	unsigned long i;

	if (vm.kvm < 0 || make_vm(&vm) || !run_guest(&vm, &value))
		return 1;
	begin = counter();
	for (i = 0; i < exits; i++) {
		if (!run_guest(&vm, &value))
			return 1;
	}
	printf("cost: %lu ticks in %lu exits\n",
	       (unsigned long)(counter() - begin), exits);
	return 0;
}

int main(int argc, char **argv)
{
	struct vm vm = { .vcpu = -1 };

	if (argc == 3 && !strcmp(argv[1], "exit"))
		end_machine(strtoul(argv[2], NULL, 0));
	if (argc == 3 && !strcmp(argv[1], "cost"))
		return say_cost(strtoul(argv[2], NULL, 0));
	check(!FIELD_GET(ID_AA64PFR0_RME, read_id_register()),
	      "user space reads RME 0");
	vm.kvm = open("/dev/kvm", O_RDWR);
	check(vm.kvm >= 0 && ioctl(vm.kvm, KVM_GET_API_VERSION, 0) ==
				     KVM_API_VERSION,
	      "/dev/kvm works");
	if (vm.kvm >= 0)
		check_vm(&vm);
	return failed != 0;
}
