// SPDX-License-Identifier: BSD-3-Clause
/*
 * Whose memory is whose: what may become the realm's, what it sees of the
 * host's, and what exactly is taken from it when its owner wants it back.
 */
#include <string.h>

#include <asm/kvm_rmi.h>
#include <linux/errno.h>

#include "abi/rsi_smc.h"
#include "sim/kernel/file.h"
#include "sim/kernel/pages.h"
#include "sim/kvm/vm.h"
#include "tests/host/rig.h"
#include "tests/host/wire.h"

#define PAGE(n) (REALM_BASE + (n) * 0x1000ull)
#define SHARED(gpa) ((gpa) | REALM_SHARED_BIT)
#define UART SHARED(REALM_UART)
#define MORE_BASE 0x80000000ull /* a second slot */
#define MORE_SIZE 0x200000ull
#define REPORT(reg) A64_SET(9, UART), A64_STR_X(reg, 9)

static u64 next_report(struct guest *guest)
{
	u64 value;

	assert_int_equal(guest_run(guest), 0);
	assert_int_equal(guest->run->exit_reason, KVM_EXIT_MMIO);
	memcpy(&value, guest->run->mmio.data, sizeof(value));
	return value;
}

static void assert_fault(struct guest *guest, u64 gpa, u64 flags)
{
	assert_int_equal(guest_run(guest), -EFAULT);
	assert_int_equal(guest->run->exit_reason, KVM_EXIT_MEMORY_FAULT);
	assert_int_equal(guest->run->memory_fault.gpa, gpa);
	assert_int_equal(guest->run->memory_fault.flags, flags);
}

static void finish(struct guest *guest)
{
	guest_close(guest);
	rig_assert_clean();
}

/* A realm that comes back for the same access leaves KVM_RUN: it is kicked. */
static struct guest *patient;

static bool few_entries(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] == SMC_RMI_REC_ENTER && nth > 20)
		sim_kvm_kick(patient->vcpu);
	return false;
}

static void watch_entries(struct guest *guest, wire_tap *tap)
{
	patient = guest;
	wire_start(tap);
}

/* ---- What may become the realm's ----------------------------------------- */

static long set_more(struct guest *guest, u64 size, u32 flags, int gmem,
		     u64 uaddr)
{
	struct kvm_userspace_memory_region2 region = {
		.slot = 1,
		.flags = flags,
		.guest_phys_addr = MORE_BASE,
		.memory_size = size,
		.userspace_addr = uaddr,
		.guest_memfd = gmem,
	};

	return SIM_IOCTL(guest->vm, KVM_SET_USER_MEMORY_REGION2, &region);
}

static int create_gmem(struct guest *guest, u64 size)
{
	struct kvm_create_guest_memfd create = { .size = size };

	return SIM_IOCTL(guest->vm, KVM_CREATE_GUEST_MEMFD, &create);
}

/* RAM of guest_memfd, and then the slot is one of the VMM's memory. */
static void priv_fault_non_gmem_slot(void **state)
{
	static const u32 program[] = {
		A64_SET(1, MORE_BASE), REPORT(1), A64_STR_X(1, 1), REPORT(1),
		PROGRAM_OFF,
	};
	u8 *ram = sim_kvm_mmap(-1, MORE_SIZE);
	struct guest guest;
	u64 delegated;
	int gmem;

	guest_open(&guest);
	gmem = create_gmem(&guest, MORE_SIZE);
	assert_int_equal(set_more(&guest, MORE_SIZE, KVM_MEM_GUEST_MEMFD, gmem,
				  (uintptr_t)ram), 0);
	assert_int_equal(guest_attributes(&guest, MORE_BASE, MORE_SIZE,
					  KVM_MEMORY_ATTRIBUTE_PRIVATE), 0);
	guest_program(&guest, program, sizeof(program));
	next_report(&guest);
	assert_int_equal(set_more(&guest, 0, 0, 0, 0), 0);
	assert_int_equal(set_more(&guest, MORE_SIZE, 0, 0, (uintptr_t)ram), 0);
	delegated = machine_delegated();
	assert_fault(&guest, MORE_BASE, KVM_MEMORY_EXIT_FLAG_PRIVATE);
	assert_int_equal(machine_delegated(), delegated);
	ram[0] = 1;
	assert_int_equal(sim_kvm_close(gmem), 0);
	sim_kvm_munmap(ram, MORE_SIZE);
	finish(&guest);
}

static bool refuse_delegate(uint64_t x[SMC_REGS], u64 nth)
{
	return x[0] == SMC_RMI_GRANULE_RANGE_DELEGATE ?
	       wire_answer(x, RMI_ERROR_INPUT) : few_entries(x, nth);
}

static const u32 touch[] = {
	A64_SET(1, PAGE(8)), REPORT(1), A64_STR_X(1, 1), REPORT(1), PROGRAM_OFF,
};

/* Nobody was first: the RMM does not want the page. */
static void delegate_refused_is_no_lost_race(void **state)
{
	struct guest guest;

	guest_load(&guest, touch, sizeof(touch));
	next_report(&guest);
	watch_entries(&guest, refuse_delegate);
	assert_int_equal(guest_run(&guest), -ENXIO);
	assert_int_equal(wire_calls(SMC_RMI_REC_ENTER), 1);
	wire_stop();
	assert_int_equal(rig_log_count("RMI_GRANULE_RANGE_DELEGATE"), 1);
	assert_int_equal(next_report(&guest), PAGE(8));
	finish(&guest);
}

static bool refuse_map(uint64_t x[SMC_REGS], u64 nth)
{
	return x[0] == SMC_RMI_RTT_DATA_MAP && nth == 1 ?
	       wire_answer(x, RMI_ERROR_INPUT) : few_entries(x, nth);
}

/* What was delegated for it is the host's again, and the realm may go on. */
static void map_error_in_fault(void **state)
{
	struct guest guest;
	u64 delegated;

	guest_load(&guest, touch, sizeof(touch));
	next_report(&guest);
	delegated = machine_delegated();
	watch_entries(&guest, refuse_map);
	assert_int_equal(guest_run(&guest), -ENXIO);
	assert_int_equal(machine_delegated(), delegated);
	assert_int_equal(next_report(&guest), PAGE(8));
	wire_stop();
	finish(&guest);
}

/* An RMM need not take what it has already, even if it is the same. */
static bool map_only_once(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] != SMC_RMI_RTT_UNPROT_MAP && x[0] != SMC_RMI_RTT_DATA_MAP)
		return false;
	/* A page that finds its table, from then on. */
	return nth > 2 ? wire_answer(x, RMI_RETURN(RMI_ERROR_RTT, 3)) : false;
}

/* Two vCPUs wanted the same page; the second comes when it is there. */
static void fault_on_what_is_there(void **state)
{
	static const u64 ipas[] = { PAGE(8), SHARED(PAGE(9)) };
	struct guest guest;
	struct file *file;
	struct kvm *kvm;
	u64 delegated;

	guest_load(&guest, touch, sizeof(touch));
	assert_int_equal(guest_attributes(&guest, PAGE(9), PAGE_SIZE, 0), 0);
	next_report(&guest);
	file = file_get(guest.gmem);
	kvm = &gmem_of_file(file)->vm->kvm;
	for (size_t i = 0; i < ARRAY_SIZE(ipas); i++) {
		const struct realm_exit fault = {
			.kind = REALM_EXIT_FAULT,
			.ipa = ipas[i] + 0x10,
			.shared = ipas[i] & REALM_SHARED_BIT,
		};

		wire_start(map_only_once);
		assert_int_equal(kvm_realm_fault(kvm, &fault), 0);
		delegated = machine_delegated();
		assert_int_equal(kvm_realm_fault(kvm, &fault), 0);
		assert_int_equal(kvm_realm_fault(kvm, &fault), 0);
		assert_int_equal(machine_delegated(), delegated);
		wire_stop();
	}
	assert_int_equal(kvm->arch.realm.data, 2 + 1); /* and its program */
	file_put(file);
	assert_int_equal(next_report(&guest), PAGE(8));
	finish(&guest);
}

/* ---- What it sees of the host's ------------------------------------------ */

/* A fault by a load maps what a store needs, too. */
static void shared_ro_then_write(void **state)
{
	static const u32 program[] = {
		A64_SET(1, SHARED(PAGE(8))), A64_LDR_X(2, 1, 0), REPORT(2),
		A64_STR_X(1, 1), REPORT(1), PROGRAM_OFF,
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_attributes(&guest, PAGE(8), PAGE_SIZE, 0), 0);
	memset(guest.ram + 8 * PAGE_SIZE, 0x5a, PAGE_SIZE);
	watch_entries(&guest, few_entries);
	assert_true(next_report(&guest) == 0x5a5a5a5a5a5a5a5aull);
	assert_int_equal(next_report(&guest), SHARED(PAGE(8)));
	assert_int_equal(wire_calls(SMC_RMI_RTT_UNPROT_MAP), 2);
	wire_stop();
	assert_memory_equal(guest.ram + 8 * PAGE_SIZE, "\0\x80\0\x40\x80", 5);
	finish(&guest);
}

/* The last page below the bit that selects the shared half. */
static void unmap_shared_to_the_top(void **state)
{
	const u64 top = REALM_SHARED_BIT;
	const u32 program[] = {
		A64_SET(1, SHARED(top - PAGE_SIZE)), A64_STR_X(1, 1),
		REPORT(1), A64_STR_X(1, 1), REPORT(1), PROGRAM_OFF,
	};
	u8 *ram = sim_kvm_mmap(-1, MORE_SIZE);
	struct kvm_userspace_memory_region2 region = {
		.slot = 1,
		.guest_phys_addr = top - MORE_SIZE,
		.memory_size = MORE_SIZE,
		.userspace_addr = (uintptr_t)ram,
	};
	struct guest guest;

	guest_open(&guest);
	assert_int_equal(SIM_IOCTL(guest.vm, KVM_SET_USER_MEMORY_REGION2,
				   &region), 0);
	guest_program(&guest, program, sizeof(program));
	next_report(&guest);
	sim_kvm_munmap(ram, MORE_SIZE);
	assert_fault(&guest, top - PAGE_SIZE, 0);
	finish(&guest);
}

/* ---- What is taken from it ----------------------------------------------- */

static struct {
	u64 private; /* pages that came back */
	bool shared; /* it was asked for at all */
} unmapped;

static bool count_unmaps(uint64_t x[SMC_REGS], u64 nth)
{
	unmapped.shared |= x[0] == SMC_RMI_RTT_UNPROT_UNMAP;
	if (x[0] != SMC_RMI_RTT_DATA_UNMAP)
		return false;
	wire_pass(x);
	if (x[0] == RMI_SUCCESS)
		unmapped.private += FIELD_GET(RMI_ADDR_RANGE_COUNT, x[2]);
	return true;
}

static void assert_unmaps(u64 private, bool shared)
{
	assert_int_equal(unmapped.private, private);
	assert_int_equal(unmapped.shared, shared);
	memset(&unmapped, 0, sizeof(unmapped));
}

/* Pages 8 and 9 are private, 10 and 11 shared, and the realm has all four. */
static void load_both_kinds(struct guest *guest)
{
	static const u32 program[] = {
		A64_SET(1, PAGE(8)), A64_STR_X(1, 1),
		A64_SET(1, PAGE(9)), A64_STR_X(1, 1),
		A64_SET(1, SHARED(PAGE(10))), A64_STR_X(1, 1),
		A64_SET(1, SHARED(PAGE(11))), A64_STR_X(1, 1),
		REPORT(1), REPORT(1), PROGRAM_OFF,
	};

	guest_load(guest, program, sizeof(program));
	assert_int_equal(guest_attributes(guest, PAGE(10), 2 * PAGE_SIZE, 0),
			 0);
	next_report(guest);
	memset(&unmapped, 0, sizeof(unmapped));
	wire_start(count_unmaps);
}

/* Each owner takes what is of its kind: private only, shared only, both. */
static void unmap_3_filters(void **state)
{
	struct kvm_userspace_memory_region2 none = {};
	struct guest guest;

	load_both_kinds(&guest);
	assert_int_equal(guest_attributes(&guest, PAGE(8), 4 * PAGE_SIZE,
					  KVM_MEMORY_ATTRIBUTE_PRIVATE), 0);
	assert_unmaps(0, true);
	assert_int_equal(guest_attributes(&guest, PAGE(8), 4 * PAGE_SIZE, 0),
			 0);
	assert_unmaps(2, false);
	wire_stop();
	finish(&guest);

	load_both_kinds(&guest);
	assert_int_equal(SIM_IOCTL(guest.vm, KVM_SET_USER_MEMORY_REGION2,
				   &none), 0);
	assert_unmaps(2 + 2, true); /* and its program */
	wire_stop();
	finish(&guest);

	load_both_kinds(&guest);
	sim_kvm_munmap(guest.ram, REALM_SIZE);
	assert_unmaps(0, true);
	next_report(&guest);
	wire_stop();
	finish(&guest);
}

/* A page that changes its kind is never seen in both halves. */
static void priv_alias_only(void **state)
{
	static const u32 program[] = {
		A64_SET(1, PAGE(8)), A64_STR_X(1, 1), REPORT(1),
		A64_SET(2, SHARED(PAGE(8))), A64_STR_X(2, 2), REPORT(2),
		A64_STR_X(1, 1), REPORT(1), PROGRAM_OFF,
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	next_report(&guest);
	assert_fault(&guest, PAGE(8), 0);
	assert_int_equal(guest_attributes(&guest, PAGE(8), PAGE_SIZE, 0), 0);
	assert_int_equal(next_report(&guest), SHARED(PAGE(8)));
	assert_fault(&guest, PAGE(8), KVM_MEMORY_EXIT_FLAG_PRIVATE);
	finish(&guest);
}

static phys_addr_t kept; /* a page that the RMM does not give back */

static bool keep_second(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] != SMC_RMI_GRANULE_RANGE_UNDELEGATE)
		return false;
	/* By pages, so that the second is one. */
	x[2] = x[1] + PAGE_SIZE;
	if (nth == 2)
		kept = x[1];
	return x[1] == kept ? wire_answer(x, RMI_ERROR_INPUT) : false;
}

/* It is nobody's for ever; the rest of the range comes back all the same. */
static void undelegate_failure_in_unmap(void **state)
{
	static const u32 program[] = {
		A64_SET(1, PAGE(8)), A64_STR_X(1, 1),
		A64_SET(1, PAGE(9)), A64_STR_X(1, 1),
		A64_SET(1, PAGE(10)), A64_STR_X(1, 1), REPORT(1),
		A64_SET(1, SHARED(PAGE(10))), A64_STR_X(1, 1), REPORT(1),
		PROGRAM_OFF,
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	next_report(&guest);
	kept = RMI_ADDR_RANGE_ADDR;
	wire_start(keep_second);
	assert_int_equal(guest_attributes(&guest, PAGE(8), 3 * PAGE_SIZE, 0),
			 0);
	assert_int_equal(wire_calls(SMC_RMI_GRANULE_RANGE_UNDELEGATE), 3);
	wire_stop();
	assert_int_equal(rig_ledger().leaked, 1);
	next_report(&guest);
	guest_close(&guest);
	assert_int_equal(pages_users(kept), 1);
	rig_assert_accounted();
	assert_int_equal(rig_ledger().leaked, 1);
}

/* ---- What it is told that it has ----------------------------------------- */

#define IPA_STATE_GET(base, top) \
	A64_SET(0, SMC_RSI_IPA_STATE_GET), A64_SET(1, base), A64_SET(2, top), \
	A64_SMC, REPORT(1), REPORT(2)

/* RAM is what is in slots of guest_memfd, and nothing else. */
static void ripas_init_policy(void **state)
{
	static const u32 program[] = {
		IPA_STATE_GET(REALM_BASE - 0x1000, REALM_BASE + 0x1000),
		IPA_STATE_GET(REALM_BASE, REALM_BASE + MORE_SIZE),
		IPA_STATE_GET(REALM_BASE + REALM_SIZE,
			      REALM_BASE + REALM_SIZE + 0x1000),
		IPA_STATE_GET(MORE_BASE, MORE_BASE + 0x1000), PROGRAM_OFF,
	};
	static const u64 answers[][2] = {
		{ REALM_BASE, RMI_EMPTY },
		{ REALM_BASE + MORE_SIZE, RMI_RAM },
		{ REALM_BASE + REALM_SIZE + 0x1000, RMI_EMPTY },
		{ MORE_BASE + 0x1000, RMI_EMPTY },
	};
	u8 *ram = sim_kvm_mmap(-1, MORE_SIZE);
	struct guest guest;

	guest_open(&guest);
	assert_int_equal(set_more(&guest, MORE_SIZE, 0, 0, (uintptr_t)ram), 0);
	guest_program(&guest, program, sizeof(program));
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
		assert_int_equal(next_report(&guest), answers[i][0]);
		assert_int_equal(next_report(&guest), answers[i][1]);
	}
	sim_kvm_munmap(ram, MORE_SIZE);
	finish(&guest);
}

static int teardown(void **state)
{
	wire_stop();
	rig_stop();
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rig_setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(priv_fault_non_gmem_slot),
		TEST(delegate_refused_is_no_lost_race),
		TEST(map_error_in_fault),
		TEST(fault_on_what_is_there),
		TEST(shared_ro_then_write),
		TEST(unmap_shared_to_the_top),
		TEST(unmap_3_filters),
		TEST(priv_alias_only),
		TEST(undelegate_failure_in_unmap),
		TEST(ripas_init_policy),
	};

	return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
