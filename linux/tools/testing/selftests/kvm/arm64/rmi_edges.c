// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ways of KVM that realms seldom go: memory that is there before it is asked
 * for, memory that goes while it is in use, a vCPU that may not be turned on.
 */
#include <pthread.h>

#include "rmi_realm.h"

#define DEVICE 0x9000000ULL
#define SHARED_PAGE (RAM_BASE + 0x1f0000)
#define PRIVATE (RAM_BASE + 0x100000)
#define CPU_ON_64 0xc4000003
#define DENIED -3

/* Each guest has the device in x20, and ends with PSCI's SYSTEM_OFF. */
#define GUEST(name, text)						\
	asm(".pushsection .rodata\n"					\
	    ".balign 8\n"						\
	    ".global " #name ", " #name "_end\n"			\
	    #name ":\n"							\
	    "	mov	x20, #0x9000000\n"				\
	    "	movk	x20, #0x80, lsl #32\n"				\
	    text							\
	    "	mov	x0, #0x84000000\n"				\
	    "	movk	x0, #8\n"					\
	    "	smc	#0\n"						\
	    "	b	.\n"						\
	    #name "_end:\n"						\
	    ".popsection\n");						\
	extern const char name[], name##_end[]

/* Shares a page, and counts there until the word behind is not 0. */
GUEST(counts,
	"	mov	x0, #0xc4000000\n"
	"	movk	x0, #0x197\n"
	"	mov	x1, #0x401f0000\n"
	"	add	x2, x1, #1, lsl #12\n"
	"	mov	x3, #0\n"
	"	mov	x4, #1\n"
	"	smc	#0\n"
	"	mov	x21, #0x401f0000\n"
	"	movk	x21, #0x80, lsl #32\n"
	"	str	x0, [x20]\n"
	"1:	ldr	x2, [x21]\n"
	"	add	x2, x2, #1\n"
	"	str	x2, [x21]\n"
	"	ldr	x3, [x21, #8]\n"
	"	cbz	x3, 1b\n"
	"	str	x3, [x20]\n");

/* Tells what is at two pages of private memory, and changes it. */
GUEST(reads,
	"	mov	x1, #0x40100000\n"
	"	ldr	x2, [x1]\n"
	"	str	x20, [x1]\n"
	"	add	x1, x1, #1, lsl #12\n"
	"	ldr	x3, [x1]\n"
	"	orr	x2, x2, x3\n"
	"	str	x2, [x20]\n");

/* CPU_ON of vCPU 1, and what came of it. */
GUEST(wakes,
	"	mov	x0, #0xc4000000\n"
	"	movk	x0, #3\n"
	"	mov	x1, #1\n"
	"	mov	x2, #0x40000000\n"
	"	mov	x3, #0\n"
	"	smc	#0\n"
	"	str	x0, [x20]\n");

#define start_guest(realm, name)					\
	realm_start_guest(realm, name, name##_end - name)

static bool realm_start_guest(struct realm *realm, const char *code,
			      size_t size)
{
	realm_start(realm);
	memcpy(realm->source, code, size);
	return realm_add_ram(realm) &&
	       is("populate", 0, populate_pages(realm, RAM_BASE, PAGE));
}

/* What the realm stores to its device next, in 32 bits, or -errno. */
static int told(struct realm *realm)
{
	const struct kvm_run *run = realm->run;
	int ret = call_nr(realm->vcpu, KVM_RUN, 0);

	if (ret)
		return ret;
	if (run->exit_reason != KVM_EXIT_MMIO || run->mmio.phys_addr != DEVICE)
		return -EPROTO;
	memcpy(&ret, run->mmio.data, sizeof(ret));
	return ret;
}

static bool turned_off(struct realm *realm)
{
	return is("run", 0, call_nr(realm->vcpu, KVM_RUN, 0)) &&
	       is("exit", KVM_EXIT_SYSTEM_EVENT, realm->run->exit_reason);
}

/* ---- Before it is asked for ---------------------------------------------- */

/* Returns what is left of @size, or -errno. */
static int pre_fault(struct realm *realm, uint64_t gpa, uint64_t size)
{
	struct kvm_pre_fault_memory range = { .gpa = gpa, .size = size };
	int ret = call(realm->vcpu, KVM_PRE_FAULT_MEMORY, &range);

	return ret ? ret : (int)range.size;
}

static bool memory_is_there_before_it_is_asked_for(void)
{
	struct realm realm;
	bool good = start_guest(&realm, reads) && start_vcpu(&realm);
	long before = granules_delegated();

	/* A table of the last level is there: of the page with the guest. */
	good = good && is("new", 0, pre_fault(&realm, PRIVATE, PAGE)) &&
	       is("page", 1, granules_delegated() - before) &&
	       is("again", 0, pre_fault(&realm, PRIVATE, 4 * PAGE)) &&
	       is("pages", 4, granules_delegated() - before) &&
	       is("zeros", 0, told(&realm)) &&
	       is("active", 0, pre_fault(&realm, PRIVATE, 8 * PAGE)) &&
	       turned_off(&realm);
	return end_guest(&realm, good);
}

static bool memory_that_is_not_private_is_not_pre_faulted(void)
{
	struct realm realm, ordinary = { .vm = create_vm(0) };
	bool good;

	realm_start(&realm);
	good = realm_add_ram(&realm) && realm_add_vcpu(&realm) &&
	       realm_init_vcpu(&realm) &&
	       is("no realm yet", -ENXIO, pre_fault(&realm, PRIVATE, PAGE)) &&
	       is("populate", 0, populate_pages(&realm, RAM_BASE, PAGE)) &&
	       is("share", 0, set_private(&realm, PRIVATE, PAGE, false)) &&
	       is("shared", -EFAULT, pre_fault(&realm, PRIVATE, PAGE)) &&
	       is("behind it", PAGE, pre_fault(&realm, PRIVATE - PAGE,
					       2 * PAGE)) &&
	       is("no slot", -EFAULT, pre_fault(&realm, RAM_BASE + RAM_SIZE,
						PAGE)) &&
	       is("other half", -EINVAL, pre_fault(&realm, PRIVATE | SHARED_BIT,
						   PAGE)) &&
	       is("nothing", -EINVAL, pre_fault(&realm, PRIVATE, 0)) &&
	       is("size", -EINVAL, pre_fault(&realm, PRIVATE, 8)) &&
	       realm_add_vcpu(&ordinary) &&
	       is("ordinary", 0, init_vcpu(&ordinary, 0)) &&
	       is("ordinary VM", -EOPNOTSUPP,
		  pre_fault(&ordinary, RAM_BASE, PAGE));
	if (ordinary.run)
		munmap(ordinary.run, ordinary.run_size);
	close(ordinary.vcpu);
	close(ordinary.vm);
	return end_guest(&realm, good);
}

/* ---- While it is in use -------------------------------------------------- */

#define ROUNDS 200
#define OTHERS 8

static void *run_realm(void *realm)
{
	return (void *)(long)told(realm);
}

static bool wait_for_count(const volatile uint64_t *count)
{
	unsigned int i;

	for (i = 0; i < 1000 && !*count; i++)
		usleep(1000);
	return is("it counts", 1, *count > 0);
}

/* Pages that may be what the realm had are nobody's but ours. */
static bool others_are_untouched(void)
{
	uint64_t *words = pages(OTHERS * PAGE);
	unsigned int i, changed = 0;

	for (i = 0; i < OTHERS * PAGE / sizeof(*words); i++)
		words[i] = ~0ULL;
	usleep(100);
	for (i = 0; i < OTHERS * PAGE / sizeof(*words); i++)
		changed += words[i] != ~0ULL;
	munmap(words, OTHERS * PAGE);
	return is("changed", 0, changed);
}

static bool share_page(struct realm *realm)
{
	return is("asks", -EFAULT, told(realm)) &&
	       is("share", 0, set_private(realm, SHARED_PAGE, PAGE, false)) &&
	       is("shared", 0, told(realm));
}

static bool shared_memory_goes_while_the_realm_uses_it(void)
{
	pthread_t thread;
	struct realm realm;
	bool good = start_guest(&realm, counts) && start_vcpu(&realm) &&
		    share_page(&realm);
	volatile uint64_t *count = realm.shared + (SHARED_PAGE - RAM_BASE);
	void *ret = NULL;
	unsigned int i;

	if (!good || pthread_create(&thread, NULL, run_realm, &realm))
		return end_guest(&realm, false);
	for (i = 0; good && i < ROUNDS; i++) {
		good = wait_for_count(count) &&
		       is("discard", 0, madvise((void *)count, PAGE,
						MADV_DONTNEED)) &&
		       others_are_untouched();
	}
	count[1] = 1;
	pthread_join(thread, &ret);
	return end_guest(&realm, good && is("told", 1, (long)ret) &&
			 turned_off(&realm));
}

/* ---- vCPUs --------------------------------------------------------------- */

static int deny(struct realm *realm, uint32_t function)
{
	struct kvm_smccc_filter filter = {
		.base = function,
		.nr_functions = 1,
		.action = KVM_SMCCC_FILTER_DENY,
	};
	struct kvm_device_attr attr = {
		.group = KVM_ARM_VM_SMCCC_CTRL,
		.attr = KVM_ARM_VM_SMCCC_FILTER,
		.addr = (uintptr_t)&filter,
	};

	return call(realm->vm, KVM_SET_DEVICE_ATTR, &attr);
}

static int add_vcpu_off(struct realm *realm)
{
	struct kvm_vcpu_init init = { 0 };
	int vcpu = call_nr(realm->vm, KVM_CREATE_VCPU, 1);

	call(realm->vm, KVM_ARM_PREFERRED_TARGET, &init);
	init.features[0] = 1 << KVM_ARM_VCPU_PSCI_0_2 |
			   1 << KVM_ARM_VCPU_POWER_OFF;
	if (!is("second vCPU", 0, call(vcpu, KVM_ARM_VCPU_INIT, &init)))
		ksft_print_msg("vCPU %d\n", vcpu);
	return vcpu;
}

static bool vcpu_is_not_turned_on_if_that_is_denied(void)
{
	struct realm realm;
	bool good = start_guest(&realm, wakes) && start_vcpu(&realm);
	int second = add_vcpu_off(&realm);

	good = good && is("deny", 0, deny(&realm, CPU_ON_64)) &&
	       is("denied", DENIED, told(&realm)) && turned_off(&realm);
	close(second);
	return end_guest(&realm, good);
}

static const struct realm_test tests[] = {
	TEST(memory_is_there_before_it_is_asked_for),
	TEST(memory_that_is_not_private_is_not_pre_faulted),
	TEST(shared_memory_goes_while_the_realm_uses_it),
	TEST(vcpu_is_not_turned_on_if_that_is_denied),
};

int main(void)
{
	return run_tests(tests, ARRAY_SIZE(tests));
}
