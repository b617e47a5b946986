/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * VMs as looking glasses: a page of /dev/mem that belongs to a realm is given
 * to another VM as its memory.
 */
#ifndef SELFTEST_KVM_ARM64_RMI_LOOK_VM_H
#define SELFTEST_KVM_ARM64_RMI_LOOK_VM_H

#include "rmi_look_mem.h"

#define GLASS_CODE 0x10000ULL
#define GLASS 0x60000000ULL

/* What the ordinary VM tells by its device. */
#define TELLS_WORD 0		/* what it loaded */
#define TELLS_FAULT 8		/* ESR_EL1 of its last exception */

/* ESR_EL1: data abort from EL1, granule protection fault, not of a walk. */
#define ESR_CLASS(esr) ((esr) >> 26 & 0x3f)
#define ESR_STATUS(esr) ((esr) & 0x3f)
#define CLASS_DATA_ABORT 0x25
#define STATUS_GPF 0x28

/*
 * Both guests load from the page and tell what they got, if they got there. The
 * first is an ordinary VM's; it goes on behind what faults, and stores as well.
 */
asm(".pushsection .rodata\n"
	".balign 8\n"
	".global glass_guest, glass_guest_end, share_guest, share_guest_end\n"
	"glass_guest:\n"
	"	adr	x0, glass_guest + 2048\n"
	"	msr	vbar_el1, x0\n"
	"	isb\n"
	"	mov	x20, #0x9000000\n"
	"	mov	x1, #0x60000000\n"
	"	mov	x2, #0\n"
	"	ldr	x2, [x1]\n"
	"	str	x2, [x20]\n"
	"	str	x0, [x1]\n"
	"	str	x2, [x20]\n"
	"	b	.\n"
	"	.org	glass_guest + 2048 + 0x200\n"
	"	mrs	x3, esr_el1\n"
	"	str	x3, [x20, #8]\n"
	"	mrs	x3, elr_el1\n"
	"	add	x3, x3, #4\n"
	"	msr	elr_el1, x3\n"
	"	eret\n"
	"glass_guest_end:\n"
	"share_guest:\n"
	"	mov	x20, #0x9000000\n"
	"	movk	x20, #0x80, lsl #32\n"
	"	mov	x1, #0x60000000\n"
	"	movk	x1, #0x80, lsl #32\n"
	"	ldr	x2, [x1]\n"
	"	str	x2, [x20]\n"
	"	b	.\n"
	"share_guest_end:\n"
	".popsection\n");

extern const char glass_guest[], glass_guest_end[];
extern const char share_guest[], share_guest_end[];

static inline int add_page(int vm, unsigned int slot, uint64_t gpa, void *page)
{
	struct kvm_userspace_memory_region2 region = {
		.slot = slot,
		.guest_phys_addr = gpa,
		.memory_size = PAGE,
		.userspace_addr = (uintptr_t)page,
	};

	return call(vm, KVM_SET_USER_MEMORY_REGION2, &region);
}

static inline bool tells(struct realm *vm, uint64_t offset, uint64_t *value)
{
	const struct kvm_run *run = vm->run;

	if (!is("run", 0, call_nr(vm->vcpu, KVM_RUN, 0)) ||
	    !is("exit", KVM_EXIT_MMIO, run->exit_reason) ||
	    !is("tells", offset, run->mmio.phys_addr - DEVICE))
		return false;
	memcpy(value, run->mmio.data, sizeof(*value));
	return true;
}

static inline bool tells_of_gpf(struct realm *vm)
{
	uint64_t esr;

	return tells(vm, TELLS_FAULT, &esr) &&
	       is("class", CLASS_DATA_ABORT, ESR_CLASS(esr)) &&
	       is("status", STATUS_GPF, ESR_STATUS(esr));
}

/* It takes the faults itself; the host has no part in them. */
static inline bool ordinary_vm_sees_nothing(void *window)
{
	struct realm vm = { .vm = create_vm(0), .shared = pages(PAGE) };
	uint64_t word = 1;
	bool good;

	memcpy(vm.shared, glass_guest, glass_guest_end - glass_guest);
	__builtin___clear_cache(vm.shared, vm.shared + PAGE);
	good = is("code", 0, add_page(vm.vm, 0, GLASS_CODE, vm.shared)) &&
	       is("glass", 0, add_page(vm.vm, 1, GLASS, window)) &&
	       realm_add_vcpu(&vm) && is("init", 0, init_vcpu(&vm, 0)) &&
	       is("pc", 0, set_reg(&vm, CORE_REG(regs.pc), GLASS_CODE)) &&
	       tells_of_gpf(&vm) && tells(&vm, TELLS_WORD, &word) &&
	       is("nothing", 0, word) && tells_of_gpf(&vm);
	if (vm.run)
		munmap(vm.run, vm.run_size);
	close(vm.vcpu);
	close(vm.vm);
	munmap(vm.shared, PAGE);
	return good;
}

/* Neither as what it is populated from nor as what it shares. */
static inline bool other_realm_sees_nothing(void *window)
{
	struct kvm_arm_rmi_populate args = {
		.base = SECRET,
		.size = PAGE,
		.source_uaddr = (uintptr_t)window,
	};
	struct realm realm;
	bool good;

	realm_start(&realm);
	memcpy(realm.source, share_guest, share_guest_end - share_guest);
	good = realm_add_ram(&realm) &&
	       is("code", 0, populate_pages(&realm, RAM_BASE, PAGE)) &&
	       is("source", -EFAULT, populate(&realm, &args)) &&
	       is("glass", 0, add_page(realm.vm, 1, GLASS, window)) &&
	       start_vcpu(&realm) &&
	       is("run", -EFAULT, call_nr(realm.vcpu, KVM_RUN, 0));
	return realm_end(&realm, good);
}

#endif
