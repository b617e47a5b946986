// SPDX-License-Identifier: BSD-3-Clause
/*
 * Changes of RIPAS: the realm asks, the VMM's memory attributes answer.
 */
#include <string.h>

#include <linux/errno.h>

#include "abi/rmi_smc.h"
#include "abi/rsi_smc.h"
#include "tests/host/rig.h"

#define UART (REALM_UART | REALM_SHARED_BIT)
#define PAGE(n) (REALM_BASE + (n) * 0x1000ull)
#define SHARED(gpa) ((gpa) | REALM_SHARED_BIT)

#define REPORT(reg) A64_SET(9, UART), A64_STR_X(reg, 9)
#define IPA_STATE_SET(base, top, ripas, flags) \
	A64_SET(0, SMC_RSI_IPA_STATE_SET), A64_SET(1, base), A64_SET(2, top), \
	A64_SET(3, ripas), A64_SET(4, flags), A64_SMC
/* Asks, and tells the UART how far it came and what the answer is. */
#define ASK(base, top, ripas, flags) \
	IPA_STATE_SET(base, top, ripas, flags), REPORT(1), REPORT(2)

static u64 next_report(struct guest *guest)
{
	u64 value;

	assert_int_equal(guest_run(guest), 0);
	assert_int_equal(guest->run->exit_reason, KVM_EXIT_MMIO);
	memcpy(&value, guest->run->mmio.data, sizeof(value));
	return value;
}

static void assert_asked(struct guest *guest, u64 base, u64 top, u64 flags)
{
	assert_int_equal(guest_run(guest), -EFAULT);
	assert_int_equal(guest->run->exit_reason, KVM_EXIT_MEMORY_FAULT);
	assert_int_equal(guest->run->memory_fault.gpa, base);
	assert_int_equal(guest->run->memory_fault.size, top - base);
	assert_int_equal(guest->run->memory_fault.flags, flags);
}

static void assert_answered(struct guest *guest, u64 next, u64 answer)
{
	assert_int_equal(next_report(guest), next);
	assert_int_equal(next_report(guest), answer);
}

static void finish(struct guest *guest)
{
	guest_run_to_off(guest);
	guest_close(guest);
	rig_assert_clean();
}

static const u32 gives_up[] = {
	A64_SET(5, PAGE(8)), A64_STR_X(2, 5),
	ASK(PAGE(8), PAGE(10), RMI_EMPTY, 0),
	/* What it gave up, it sees as the host's. */
	A64_SET(5, SHARED(PAGE(8))), A64_LDR_X(6, 5, 0), REPORT(6), PROGRAM_OFF,
};

static void memory_is_given_up(void **state)
{
	struct guest guest;

	guest_load(&guest, gives_up, sizeof(gives_up));
	memset(guest.ram + 8 * PAGE_SIZE, 0x5a, PAGE_SIZE);
	assert_asked(&guest, PAGE(8), PAGE(10), 0);
	assert_int_equal(guest_attributes(&guest, PAGE(8), 2 * PAGE_SIZE, 0),
			 0);
	assert_answered(&guest, PAGE(10), RSI_ACCEPT);
	assert_true(next_report(&guest) == 0x5a5a5a5a5a5a5a5aull);
	finish(&guest);
}

static void memory_is_given_up_without_asking_twice(void **state)
{
	struct guest guest;

	guest_load(&guest, gives_up, sizeof(gives_up));
	assert_asked(&guest, PAGE(8), PAGE(10), 0);
	assert_int_equal(guest_attributes(&guest, PAGE(8), PAGE_SIZE, 0), 0);
	/* One page of two: the realm is told, and would ask for the rest. */
	assert_answered(&guest, PAGE(9), RSI_ACCEPT);
	next_report(&guest);
	finish(&guest);
}

/* Gives a page up, and wants it back. */
static const u32 wants_back[] = {
	A64_SET(5, PAGE(8)), A64_SET(6, 0x1234), A64_STR_X(6, 5),
	ASK(PAGE(8), PAGE(10), RMI_EMPTY, 0),
	ASK(PAGE(8), PAGE(10), RMI_RAM, 0),
	A64_SET(5, PAGE(8)), A64_LDR_X(6, 5, 0), REPORT(6), PROGRAM_OFF,
};

static void load_wants_back(struct guest *guest)
{
	guest_load(guest, wants_back, sizeof(wants_back));
	assert_asked(guest, PAGE(8), PAGE(10), 0);
	assert_int_equal(guest_attributes(guest, PAGE(8), 2 * PAGE_SIZE, 0), 0);
	assert_answered(guest, PAGE(10), RSI_ACCEPT);
	assert_asked(guest, PAGE(8), PAGE(10), KVM_MEMORY_EXIT_FLAG_PRIVATE);
}

static void memory_comes_back_wiped(void **state)
{
	struct guest guest;

	load_wants_back(&guest);
	assert_int_equal(guest_attributes(&guest, PAGE(8), 2 * PAGE_SIZE,
					  KVM_MEMORY_ATTRIBUTE_PRIVATE), 0);
	assert_answered(&guest, PAGE(10), RSI_ACCEPT);
	assert_int_equal(next_report(&guest), 0);
	finish(&guest);
}

static void a_refused_wish_stays_refused(void **state)
{
	struct guest guest;

	load_wants_back(&guest);
	assert_answered(&guest, PAGE(8), RSI_REJECT);
	/* RIPAS EMPTY: an abort of the realm, which has no vectors. */
	sim_kvm_kick(guest.vcpu);
	assert_int_equal(guest_run(&guest), -EINTR);
	guest_close(&guest);
	rig_assert_clean();
}

static void ripas_reject_partial(void **state)
{
	struct guest guest;

	load_wants_back(&guest);
	assert_int_equal(guest_attributes(&guest, PAGE(8), PAGE_SIZE,
					  KVM_MEMORY_ATTRIBUTE_PRIVATE), 0);
	assert_int_equal(next_report(&guest), PAGE(9));
	next_report(&guest);
	assert_int_equal(next_report(&guest), 0);
	finish(&guest);
}

static void ram_where_there_is_no_slot_is_refused(void **state)
{
	static const u32 program[] = {
		ASK(0x8000000, 0x8002000, RMI_RAM, 0), PROGRAM_OFF,
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_asked(&guest, 0x8000000, 0x8002000,
		     KVM_MEMORY_EXIT_FLAG_PRIVATE);
	assert_answered(&guest, 0x8000000, RSI_REJECT);
	finish(&guest);
}

static void what_is_agreed_already_needs_no_exit(void **state)
{
	static const u32 program[] = {
		ASK(PAGE(8), PAGE(0x300), RMI_RAM, 0), PROGRAM_OFF,
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_answered(&guest, PAGE(0x300), RSI_ACCEPT);
	finish(&guest);
}

/* The host took a page; only the realm can make it RAM again. */
static void destroyed_memory_comes_back_if_the_realm_allows(void **state)
{
	static const u32 program[] = {
		A64_SET(5, PAGE(8)), A64_SET(6, 0x1234), A64_STR_X(6, 5),
		REPORT(6),
		ASK(PAGE(8), PAGE(9), RMI_RAM, 0),
		ASK(PAGE(8), PAGE(9), RMI_RAM, RSI_CHANGE_DESTROYED),
		A64_SET(5, PAGE(8)), A64_LDR_X(6, 5, 0), REPORT(6), PROGRAM_OFF,
	};
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(next_report(&guest), 0x1234);
	assert_int_equal(guest_attributes(&guest, PAGE(8), PAGE_SIZE, 0), 0);
	assert_int_equal(guest_attributes(&guest, PAGE(8), PAGE_SIZE,
					  KVM_MEMORY_ATTRIBUTE_PRIVATE), 0);
	assert_int_equal(next_report(&guest), PAGE(8));
	next_report(&guest);
	assert_answered(&guest, PAGE(9), RSI_ACCEPT);
	assert_int_equal(next_report(&guest), 0);
	finish(&guest);
}

static void a_failing_set_ripas_leaves_the_realm_to_ask_again(void **state)
{
	struct guest guest;

	guest_load(&guest, gives_up, sizeof(gives_up));
	rig_fault("RTT_SET_RIPAS#1=ERROR_INPUT");
	assert_asked(&guest, PAGE(8), PAGE(10), 0);
	assert_int_equal(guest_attributes(&guest, PAGE(8), 2 * PAGE_SIZE, 0),
			 0);
	assert_int_equal(next_report(&guest), PAGE(8));
	assert_int_equal(rig_log_count("RMI_RTT_SET_RIPAS"), 1);
	guest_close(&guest);
	rig_assert_clean();
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(memory_is_given_up),
		TEST(memory_is_given_up_without_asking_twice),
		TEST(memory_comes_back_wiped),
		TEST(a_refused_wish_stays_refused),
		TEST(ripas_reject_partial),
		TEST(ram_where_there_is_no_slot_is_refused),
		TEST(what_is_agreed_already_needs_no_exit),
		TEST(destroyed_memory_comes_back_if_the_realm_allows),
		TEST(a_failing_set_ripas_leaves_the_realm_to_ask_again),
	};

	return cmocka_run_group_tests_name("ripas", tests, NULL, NULL);
}
