// SPDX-License-Identifier: BSD-3-Clause
/*
 * Realms that run: small programs, what they ask of the host, and what they
 * get.
 */
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include <linux/errno.h>

#include "tests/host/rig.h"

#define SHARED(gpa) ((gpa) | REALM_SHARED_BIT)
#define UART SHARED(REALM_UART)
#define RSI_HOST_CALL 0xc4000199u

static void realm_switches_off(void **state)
{
	static const u32 program[] = { PROGRAM_OFF };
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	guest_run_to_off(&guest);
	assert_string_equal(rig_states(), "NONE -> NEW, NEW -> ACTIVE");
	/* It cannot run again. */
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_SHUTDOWN);
	guest_close(&guest);
	assert_string_equal(rig_states(), "NONE -> NEW, NEW -> ACTIVE, "
			    "ACTIVE -> DYING, DYING -> DEAD");
	rig_assert_clean();
}

static void store_without_slot_is_mmio(void **state)
{
	static const u32 program[] = {
		A64_SET(1, UART + 4), A64_SET(2, 0x12345678u), A64_STR_W(2, 1),
		PROGRAM_OFF,
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_MMIO);
	assert_int_equal(guest.run->mmio.phys_addr, REALM_UART + 4);
	assert_int_equal(guest.run->mmio.len, 4);
	assert_int_equal(guest.run->mmio.is_write, 1);
	assert_memory_equal(guest.run->mmio.data, "\x78\x56\x34\x12\0\0\0\0",
			    8);
	guest_run_to_off(&guest);
	guest_close(&guest);
	rig_assert_clean();
}

static void load_without_slot_gets_the_answer(void **state)
{
	static const u32 program[] = {
		A64_SET(1, UART), A64_LDRB(2, 1), A64_STRB(2, 1), PROGRAM_OFF,
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_MMIO);
	assert_int_equal(guest.run->mmio.is_write, 0);
	assert_int_equal(guest.run->mmio.len, 1);
	memset(guest.run->mmio.data, 0xa5, 8);
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest.run->mmio.is_write, 1);
	assert_int_equal(guest.run->mmio.data[0], 0xa5);
	guest_run_to_off(&guest);
	guest_close(&guest);
	rig_assert_clean();
}

/* A host call whose function is gprs[0], then the answer to the UART. */
static const u32 call_program[] = {
	A64_SET(0, RSI_HOST_CALL), A64_SET(1, REALM_CALL_PAGE), A64_SMC,
	A64_SET(1, REALM_CALL_PAGE), A64_SET(2, UART),
	A64_LDR_X(3, 1, 8), A64_STR_X(3, 2),
	A64_LDR_X(3, 1, 248), A64_STR_X(3, 2),
	PROGRAM_OFF,
};

static void load_call_program(struct guest *guest, u16 imm, u64 function)
{
	u64 call[32] = { imm, function };

	guest_open(guest);
	memcpy(guest->ram, call_program, sizeof(call_program));
	call[31] = 30;
	memcpy(guest->ram + PAGE_SIZE, call, sizeof(call));
	assert_int_equal(guest_populate(guest), 0);
	assert_int_equal(guest_set_reg(guest, KVM_REG_ARM64_CORE_PC,
				       REALM_BASE), 0);
}

static u64 mmio_value(const struct guest *guest)
{
	u64 value;

	memcpy(&value, guest->run->mmio.data, sizeof(value));
	return value;
}

static void host_call_roundtrip(void **state)
{
	struct guest guest;

	load_call_program(&guest, 0, 0xc5000050u);
	assert_int_equal(guest_forward(&guest, 0xc5000040u, 0x20), 0);
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_HYPERCALL);
	assert_int_equal(guest.run->hypercall.nr, 0xc5000050u);
	assert_int_equal(guest_get_reg(&guest, KVM_REG_ARM64_CORE_X(30)), 30);

	assert_int_equal(guest_set_reg(&guest, KVM_REG_ARM64_CORE_X(0), 77), 0);
	assert_int_equal(guest_set_reg(&guest, KVM_REG_ARM64_CORE_X(30), 31),
			 0);
	assert_int_equal(guest_set_reg(&guest, KVM_REG_ARM64_CORE_PC, 0),
			 -EBUSY);
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(mmio_value(&guest), 77);
	assert_int_equal(guest_set_reg(&guest, KVM_REG_ARM64_CORE_X(0), 1),
			 -EBUSY);
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(mmio_value(&guest), 31);
	guest_run_to_off(&guest);
	guest_close(&guest);
	rig_assert_clean();
}

static void check_call_is_unknown(u16 imm, u64 function, bool forward)
{
	struct guest guest;

	load_call_program(&guest, imm, function);
	if (forward)
		assert_int_equal(guest_forward(&guest, 0xc5000040u, 0x20), 0);
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_MMIO);
	assert_true(mmio_value(&guest) == ~0ull);
	guest_close(&guest);
	rig_assert_clean();
}

static void host_call_without_filter_is_unknown(void **state)
{
	check_call_is_unknown(0, 0xc5000050u, false);
}

static void host_call_outside_the_filter_is_unknown(void **state)
{
	check_call_is_unknown(0, 0xc5000060u, true);
}

static void host_call_with_other_immediate_is_unknown(void **state)
{
	check_call_is_unknown(1, 0xc5000050u, true);
}

static void host_call_of_64_bits_is_unknown(void **state)
{
	check_call_is_unknown(0, 0x1c5000050ull, true);
}

static void unpopulated_ram_comes_on_demand(void **state)
{
	static const u32 program[] = {
		A64_SET(1, REALM_BASE + 0x201000), A64_LDR_X(4, 1, 0),
		A64_SET(2, 0xabcdu), A64_STR_X(2, 1), A64_LDR_X(3, 1, 0),
		A64_SET(5, UART), A64_STR_X(3, 5), A64_STR_X(4, 5),
		PROGRAM_OFF,
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(mmio_value(&guest), 0xabcd);
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(mmio_value(&guest), 0);
	guest_run_to_off(&guest);
	assert_int_equal(rig_calls("RTT_DATA_MAP"), 2); /* and a table */
	guest_close(&guest);
	rig_assert_clean();
}

/* Writes 0x51 to @gpa through the shared half. */
static void load_shared_store(struct guest *guest, u64 gpa)
{
	const u32 program[] = {
		A64_SET(1, SHARED(gpa)), A64_SET(2, 0x51u), A64_LDRB(3, 1),
		A64_STRB(2, 1), PROGRAM_OFF,
	};

	guest_load(guest, program, sizeof(program));
}

static void shared_memory_is_the_hosts(void **state)
{
	u64 gpa = REALM_BASE + REALM_SIZE - PAGE_SIZE;
	struct guest guest;

	load_shared_store(&guest, gpa);
	assert_int_equal(guest_attributes(&guest, gpa, PAGE_SIZE, 0), 0);
	guest_run_to_off(&guest);
	assert_int_equal(guest.ram[REALM_SIZE - PAGE_SIZE], 0x51);
	guest_close(&guest);
	rig_assert_clean();
}

static void shared_access_to_private_asks_user_space(void **state)
{
	u64 gpa = REALM_BASE + 0x3000;
	struct guest guest;

	load_shared_store(&guest, gpa);
	assert_int_equal(guest_run(&guest), -EFAULT);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_MEMORY_FAULT);
	assert_int_equal(guest.run->memory_fault.flags, 0);
	assert_int_equal(guest.run->memory_fault.gpa, gpa);
	assert_int_equal(guest.run->memory_fault.size, PAGE_SIZE);
	assert_int_equal(guest_attributes(&guest, gpa, PAGE_SIZE, 0), 0);
	guest_run_to_off(&guest);
	assert_int_equal(guest.ram[0x3000], 0x51);
	guest_close(&guest);
	rig_assert_clean();
}

static const u32 private_store[] = {
	A64_SET(1, REALM_BASE + 0x3000), A64_SET(2, 0x51u), A64_STRB(2, 1),
	PROGRAM_OFF,
};

static void private_access_to_shared_asks_user_space(void **state)
{
	u64 gpa = REALM_BASE + 0x3000;
	struct guest guest;

	guest_load(&guest, private_store, sizeof(private_store));
	assert_int_equal(guest_attributes(&guest, gpa, PAGE_SIZE, 0), 0);
	assert_int_equal(guest_run(&guest), -EFAULT);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_MEMORY_FAULT);
	assert_int_equal(guest.run->memory_fault.flags,
			 KVM_MEMORY_EXIT_FLAG_PRIVATE);
	assert_int_equal(guest.run->memory_fault.gpa, gpa);
	assert_int_equal(guest_attributes(&guest, gpa, PAGE_SIZE,
					  KVM_MEMORY_ATTRIBUTE_PRIVATE), 0);
	guest_run_to_off(&guest);
	guest_close(&guest);
	rig_assert_clean();
}

static void memory_that_was_taken_is_not_given_back_silently(void **state)
{
	u64 gpa = REALM_BASE + 0x3000;
	static const u32 program[] = {
		A64_SET(1, REALM_BASE + 0x3000), A64_SET(5, UART),
		A64_STRB(2, 1), A64_STRB(2, 5), A64_STRB(2, 1), PROGRAM_OFF,
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest_attributes(&guest, gpa, PAGE_SIZE, 0), 0);
	assert_int_equal(guest_attributes(&guest, gpa, PAGE_SIZE,
					  KVM_MEMORY_ATTRIBUTE_PRIVATE), 0);
	/* RIPAS is DESTROYED: mapped or not, the realm cannot access it. */
	assert_int_equal(guest_run(&guest), -EFAULT);
	assert_int_equal(guest.run->memory_fault.gpa, gpa);
	guest_close(&guest);
	rig_assert_clean();
}

static void unmapped_user_memory_leaves_the_realm(void **state)
{
	u64 gpa = REALM_BASE + REALM_SIZE - PAGE_SIZE;
	const u32 program[] = {
		A64_SET(1, SHARED(gpa)), A64_SET(5, UART), A64_STRB(2, 1),
		A64_STRB(2, 5), A64_STRB(2, 1), PROGRAM_OFF,
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_attributes(&guest, gpa, PAGE_SIZE, 0), 0);
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_MMIO);
	sim_kvm_munmap(guest.ram, REALM_SIZE);
	assert_int_equal(guest_run(&guest), -EFAULT);
	assert_int_equal(guest.run->memory_fault.gpa, gpa);
	guest_close(&guest);
	rig_assert_clean();
}

static void deleted_slot_leaves_the_realm(void **state)
{
	struct kvm_userspace_memory_region2 region = {};
	static const u32 program[] = {
		A64_SET(5, UART), A64_STRB(2, 5), A64_STRB(2, 5),
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(SIM_IOCTL(guest.vm, KVM_SET_USER_MEMORY_REGION2,
				   &region), 0);
	/* The program itself is gone. */
	assert_int_equal(guest_run(&guest), -EFAULT);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_MEMORY_FAULT);
	guest_close(&guest);
	rig_assert_clean();
}

static void immediate_exit_returns_at_once(void **state)
{
	static const u32 program[] = { PROGRAM_OFF };
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	guest.run->immediate_exit = 1;
	assert_int_equal(guest_run(&guest), -EINTR);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_INTR);
	assert_int_equal(rig_calls("REC_ENTER"), 0);
	guest.run->immediate_exit = 0;
	guest_run_to_off(&guest);
	guest_close(&guest);
	rig_assert_clean();
}

static void mmio_is_completed_before_immediate_exit(void **state)
{
	static const u32 program[] = {
		A64_SET(1, UART), A64_LDR_X(2, 1, 0), A64_STR_X(2, 1),
		PROGRAM_OFF,
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_run(&guest), 0);
	memset(guest.run->mmio.data, 0x11, 8);
	guest.run->immediate_exit = 1;
	assert_int_equal(guest_run(&guest), -EINTR);
	memset(guest.run->mmio.data, 0x22, 8);
	guest.run->immediate_exit = 0;
	assert_int_equal(guest_run(&guest), 0);
	assert_true(mmio_value(&guest) == 0x1111111111111111ull);
	guest_run_to_off(&guest);
	guest_close(&guest);
	rig_assert_clean();
}

static void kick_before_the_run_counts(void **state)
{
	static const u32 program[] = { PROGRAM_OFF };
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	sim_kvm_kick(guest.vcpu);
	assert_int_equal(guest_run(&guest), -EINTR);
	guest_run_to_off(&guest);
	guest_close(&guest);
	rig_assert_clean();
}

static void *kicker(void *fd)
{
	usleep(50000);
	sim_kvm_kick(*(int *)fd);
	return NULL;
}

static void check_kick_ends(const u32 *program, size_t size)
{
	struct guest guest;
	pthread_t thread;

	guest_load(&guest, program, size);
	assert_int_equal(pthread_create(&thread, NULL, kicker, &guest.vcpu),
			 0);
	assert_int_equal(guest_run(&guest), -EINTR);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_INTR);
	pthread_join(thread, NULL);
	guest_close(&guest);
	rig_assert_clean();
}

static void kick_ends_a_loop(void **state)
{
	static const u32 program[] = { A64_B_SELF };

	check_kick_ends(program, sizeof(program));
}

static void kick_ends_a_wait(void **state)
{
	static const u32 program[] = { A64_WFI, A64_B_SELF };

	check_kick_ends(program, sizeof(program));
}

static void two_realms_live_side_by_side(void **state)
{
	static const u32 program[] = { PROGRAM_OFF };
	struct guest one, two;

	guest_load(&one, program, sizeof(program));
	guest_load(&two, program, sizeof(program));
	guest_run_to_off(&two);
	guest_close(&one);
	assert_int_equal(guest_run(&two), 0);
	guest_close(&two);
	rig_assert_clean();
}

/* ---- Registers, and a realm that another vCPU starts -------------------- */

static void *run_once(void *context)
{
	static long ret;

	ret = guest_run(context);
	return &ret;
}

static void accepted_registers_are_in_the_rec(void **state)
{
	static const u32 program[] = {
		A64_SET(1, UART), A64_STR_X(5, 1), PROGRAM_OFF,
	};
	struct guest guest, first;
	struct kvm_run *run;
	pthread_t thread;
	void *first_ret;
	u64 tries = 0;
	long ret;

	guest_load(&guest, program, sizeof(program));
	guest_add_vcpu(&guest, true);
	run = sim_kvm_mmap(guest.vcpus[1], PAGE_SIZE);
	assert_non_null(run);

	/* The first makes the REC of the second, while that still changes. */
	first = guest;
	guest.vcpu = guest.vcpus[1];
	assert_int_equal(guest_set_reg(&guest, KVM_REG_ARM64_CORE_PC,
				       REALM_BASE), 0);
	assert_int_equal(pthread_create(&thread, NULL, run_once, &first), 0);
	do {
		ret = guest_set_reg(&guest, KVM_REG_ARM64_CORE_X(5), tries + 1);
		tries += !ret;
	} while (!ret);
	assert_int_equal(ret, -EBUSY);
	assert_int_equal(pthread_join(thread, &first_ret), 0);
	assert_int_equal(*(long *)first_ret, 0);

	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(run->exit_reason, KVM_EXIT_MMIO);
	assert_int_equal(*(u64 *)run->mmio.data, tries);
	guest_close(&guest);
	rig_assert_clean();
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(realm_switches_off),
		TEST(store_without_slot_is_mmio),
		TEST(load_without_slot_gets_the_answer),
		TEST(host_call_roundtrip),
		TEST(host_call_without_filter_is_unknown),
		TEST(host_call_outside_the_filter_is_unknown),
		TEST(host_call_with_other_immediate_is_unknown),
		TEST(host_call_of_64_bits_is_unknown),
		TEST(unpopulated_ram_comes_on_demand),
		TEST(shared_memory_is_the_hosts),
		TEST(shared_access_to_private_asks_user_space),
		TEST(private_access_to_shared_asks_user_space),
		TEST(memory_that_was_taken_is_not_given_back_silently),
		TEST(unmapped_user_memory_leaves_the_realm),
		TEST(deleted_slot_leaves_the_realm),
		TEST(immediate_exit_returns_at_once),
		TEST(mmio_is_completed_before_immediate_exit),
		TEST(kick_before_the_run_counts),
		TEST(kick_ends_a_loop),
		TEST(kick_ends_a_wait),
		TEST(two_realms_live_side_by_side),
		TEST(accepted_registers_are_in_the_rec),
	};

	return cmocka_run_group_tests_name("life", tests, NULL, NULL);
}
