// SPDX-License-Identifier: BSD-3-Clause
/*
 * Realms of several vCPUs, which turn each other on and themselves off.
 */
#include <string.h>

#include <linux/errno.h>

#include "abi/psci.h"
#include "tests/host/crew.h"
#include "tests/host/wire.h"

#define UART (REALM_UART | REALM_SHARED_BIT)
#define SECOND (REALM_BASE + 0x400) /* where the second vCPU starts */

/* x0 of a call goes to the UART, with a mark that says which call. */
#define REPORT(mark) A64_ADD(0, 0, mark), A64_SET(9, UART), A64_STR_X(0, 9)

#define CPU_ON(mpidr, entry) \
	A64_SET(0, PSCI_64(PSCI_CPU_ON)), A64_SET(1, mpidr), \
	A64_SET(2, entry), A64_SET(3, 0x77), A64_SMC
#define AFFINITY_INFO(mpidr) \
	A64_SET(0, PSCI_64(PSCI_AFFINITY_INFO)), A64_SET(1, mpidr), \
	A64_MOVZ(2, 0, 0), A64_SMC
#define CPU_OFF A64_SET(0, PSCI_CPU_OFF), A64_SMC

static void load(struct guest *guest, const u32 *first, size_t first_size,
		 const u32 *second, size_t second_size)
{
	guest_open(guest);
	guest_add_vcpu_off(guest);
	memcpy(guest->ram, first, first_size);
	memcpy(guest->ram + (SECOND - REALM_BASE), second, second_size);
	assert_int_equal(guest_populate(guest), 0);
	assert_int_equal(guest_set_reg(guest, KVM_REG_ARM64_CORE_PC,
				       REALM_BASE), 0);
}

#define LOAD(guest, first, second) \
	load(guest, first, sizeof(first), second, sizeof(second))

static const u32 say_and_off[] = { REPORT(0), CPU_OFF };

/* Waits until the second is off again, then turns the realm off. */
#define WAIT_UNTIL_OFF(mpidr) \
	AFFINITY_INFO(mpidr), A64_SUB(0, 0, PSCI_AFFINITY_OFF), \
	A64_CBNZ(0, -11)

static void a_vcpu_is_turned_on_with_its_argument(void **state)
{
	static const u32 first[] = {
		CPU_ON(1, SECOND), REPORT(0x100), WAIT_UNTIL_OFF(1),
		PROGRAM_OFF,
	};
	struct guest guest;
	struct crew crew;

	LOAD(&guest, first, say_and_off);
	crew_run(&crew, &guest);
	assert_true(crew_saw(&crew, 0x100 + PSCI_SUCCESS));
	assert_true(crew_saw(&crew, 0x77));
	guest_close(&guest);
	rig_assert_clean();
}

static void a_vcpu_goes_off_and_on_again(void **state)
{
	static const u32 first[] = {
		CPU_ON(1, SECOND), REPORT(0x100), WAIT_UNTIL_OFF(1),
		CPU_ON(1, SECOND), REPORT(0x200), WAIT_UNTIL_OFF(1),
		CPU_ON(1, SECOND), REPORT(0x300), WAIT_UNTIL_OFF(1),
		PROGRAM_OFF,
	};
	struct guest guest;
	struct crew crew;

	LOAD(&guest, first, say_and_off);
	crew_run(&crew, &guest);
	assert_true(crew_saw(&crew, 0x100));
	assert_true(crew_saw(&crew, 0x200));
	assert_true(crew_saw(&crew, 0x300));
	assert_int_equal(crew.values, 6);
	guest_close(&guest);
	rig_assert_clean();
}

static void what_is_on_already_is_said_so(void **state)
{
	static const u32 first[] = {
		CPU_ON(1, SECOND), REPORT(0x100),
		CPU_ON(1, SECOND), REPORT(0x200), PROGRAM_OFF,
	};
	static const u32 second[] = { A64_WFI, A64_B(-1) };
	struct guest guest;
	struct crew crew;

	LOAD(&guest, first, second);
	crew_run(&crew, &guest);
	assert_true(crew_saw(&crew, 0x100));
	assert_true(crew_saw(&crew, 0x200 + PSCI_ALREADY_ON));
	guest_close(&guest);
	rig_assert_clean();
}

static void the_vmm_may_deny(void **state)
{
	static const u32 first[] = {
		CPU_ON(1, SECOND), REPORT(0x100), PROGRAM_OFF,
	};
	struct kvm_smccc_filter filter = {
		.base = PSCI_64(PSCI_CPU_ON),
		.nr_functions = 1,
		.action = KVM_SMCCC_FILTER_DENY,
	};
	struct kvm_device_attr attr = {
		.group = KVM_ARM_VM_SMCCC_CTRL,
		.attr = KVM_ARM_VM_SMCCC_FILTER,
		.addr = (uintptr_t)&filter,
	};
	struct guest guest;
	struct crew crew;

	LOAD(&guest, first, say_and_off);
	assert_int_equal(SIM_IOCTL(guest.vm, KVM_SET_DEVICE_ATTR, &attr), 0);
	crew_run(&crew, &guest);
	assert_true(crew_saw(&crew, 0x100 + PSCI_DENIED));
	guest_close(&guest);
	rig_assert_clean();
}

static void nobody_is_not_asked_for(void **state)
{
	static const u32 first[] = {
		CPU_ON(7, SECOND), REPORT(0x100), PROGRAM_OFF,
	};
	struct guest guest;
	struct crew crew;

	LOAD(&guest, first, say_and_off);
	crew_run(&crew, &guest);
	assert_true(crew_saw(&crew, 0x100 + PSCI_INVALID_PARAMETERS));
	guest_close(&guest);
	rig_assert_clean();
}

static void a_vcpu_that_is_off_leaves_by_kick(void **state)
{
	static const u32 first[] = { A64_B_SELF };
	struct guest guest;
	struct crew crew;

	LOAD(&guest, first, say_and_off);
	crew_start(&crew, &guest);
	crew_stop(&crew);
	assert_int_equal(crew.failed, 0);
	guest_close(&guest);
	rig_assert_clean();
}

static u64 in_vain; /* entries of a REC that cannot run */

static bool count_in_vain(uint64_t x[SMC_REGS], u64 nth)
{
	if (x[0] != SMC_RMI_REC_ENTER)
		return false;
	wire_pass(x);
	if (RMI_RETURN_STATUS(x[0]) == RMI_ERROR_REC)
		__atomic_add_fetch(&in_vain, 1, __ATOMIC_RELAXED);
	return true;
}

/* It waits, but for the moment in which it may have been turned on again. */
static void a_vcpu_that_is_off_does_not_spin(void **state)
{
	static const u32 first[] = {
		CPU_ON(1, SECOND), WAIT_UNTIL_OFF(1),
		/* Another 256 exits, in which the second has nothing to do. */
		A64_MOVZ(20, 256, 0), REPORT(0), A64_SUB(20, 20, 1),
		A64_CBNZ(20, -7), PROGRAM_OFF,
	};
	static const u32 second[] = { CPU_OFF };
	struct guest guest;
	struct crew crew;

	in_vain = 0;
	LOAD(&guest, first, second);
	wire_start(count_in_vain);
	crew_run(&crew, &guest);
	wire_stop();
	assert_in_range(in_vain, 0, 2);
	guest_close(&guest);
	rig_assert_clean();
}

static void system_off_ends_all(void **state)
{
	static const u32 first[] = { CPU_ON(1, SECOND), A64_B_SELF };
	static const u32 second[] = { PROGRAM_OFF };
	struct guest guest;
	struct crew crew;

	LOAD(&guest, first, second);
	crew_run(&crew, &guest);
	guest_close(&guest);
	rig_assert_clean();
}

static void a_reset_is_told(void **state)
{
	static const u32 program[] = { A64_SET(0, PSCI_SYSTEM_RESET), A64_SMC };
	struct guest guest;

	guest_load(&guest, program, sizeof(program));
	assert_int_equal(guest_run(&guest), 0);
	assert_int_equal(guest.run->exit_reason, KVM_EXIT_SYSTEM_EVENT);
	assert_int_equal(guest.run->system_event.type, KVM_SYSTEM_EVENT_RESET);
	guest_close(&guest);
	rig_assert_clean();
}

/* Faults call by call, where two RECs meet. */
static void a_failing_completion_is_reported(void **state)
{
	static const u32 first[] = {
		CPU_ON(1, SECOND), REPORT(0x100), PROGRAM_OFF,
	};
	struct guest guest;

	LOAD(&guest, first, say_and_off);
	rig_fault("PSCI_COMPLETE#1=ERROR_INPUT");
	assert_int_equal(guest_run(&guest), -ENXIO);
	assert_int_equal(rig_log_count("RMI_PSCI_COMPLETE"), 1);
	guest_close(&guest);
	rig_assert_clean();
}

static void free_order(struct machine_conf *conf)
{
	conf->sched = MACHINE_SCHED_FREE;
}

static int setup_free(void **state)
{
	rig_start("rme", free_order);
	return 0;
}

/* Turning on and off, as fast as it goes: nobody is lost. */
static void psci_cpu_on_race(void **state)
{
	static const u32 first[] = {
		A64_MOVZ(20, 50, 0),
		CPU_ON(1, SECOND), WAIT_UNTIL_OFF(1),
		A64_SUB(20, 20, 1), A64_CBNZ(20, -30),
		PROGRAM_OFF,
	};
	static const u32 second[] = { CPU_OFF };
	struct guest guest;
	struct crew crew;

	LOAD(&guest, first, second);
	crew_run(&crew, &guest);
	guest_close(&guest);
	rig_assert_clean();
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_vcpu_is_turned_on_with_its_argument),
		TEST(a_vcpu_goes_off_and_on_again),
		TEST(what_is_on_already_is_said_so),
		TEST(the_vmm_may_deny),
		TEST(nobody_is_not_asked_for),
		TEST(a_vcpu_that_is_off_leaves_by_kick),
		TEST(a_vcpu_that_is_off_does_not_spin),
		TEST(system_off_ends_all),
		TEST(a_reset_is_told),
		TEST(a_failing_completion_is_reported),
		cmocka_unit_test_setup_teardown(
			psci_cpu_on_race, setup_free,
			rig_teardown),
	};

	return cmocka_run_group_tests_name("psci", tests, NULL, NULL);
}
