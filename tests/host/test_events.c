// SPDX-License-Identifier: BSD-3-Clause
/*
 * Aborts that user space injects instead of an answer: possible while it owes
 * one, and at no other time.
 */
#include <string.h>

#include <asm/kvm_realm.h>
#include <linux/errno.h>

#include "abi/rmi_layout.h"
#include "sim/kernel/file.h"
#include "sim/kvm/vm.h"
#include "tests/host/rig.h"
#include "tests/host/wire.h"

#define UART (REALM_UART | REALM_SHARED_BIT)

#define VECTORS (REALM_BASE + 0x800)
#define ABORT_VECTOR 0xa00 /* of EL1 with its own stack: offset in RAM */

#define VBAR(t) A64_MSR(0, 12, 0, 0, t)
#define ESR(t) A64_MRS(0, 5, 2, 0, t)

static const u32 program[] = {
	A64_SET(1, VECTORS), VBAR(1), A64_SET(9, UART),
	A64_STR_X(9, 9), A64_LDR_X(1, 9, 0), A64_STR_X(9, 9), PROGRAM_OFF,
};

/* Tells the syndrome of the abort. */
static const u32 handler[] = { ESR(1), A64_STR_X(1, 9), PROGRAM_OFF };

static void load(struct guest *guest)
{
	guest_open(guest);
	memcpy(guest->ram + ABORT_VECTOR, handler, sizeof(handler));
	guest_program(guest, program, sizeof(program));
}

/* What KVM_SET_VCPU_EVENTS does in a kernel. */
static int inject(const struct guest *guest)
{
	struct file *file = file_get(guest->vcpu);
	int ret = kvm_rec_inject_sea(&vcpu_of_file(file)->vcpu);

	file_put(file);
	return ret;
}

static u64 flags; /* of the last entry */

static bool note_flags(uint64_t x[SMC_REGS], u64 nth)
{
	const struct rec_run *run;

	if (x[0] != SMC_RMI_REC_ENTER)
		return false;
	run = machine_host_view(x[2]);
	flags = run->enter.flags;
	return false;
}

static void assert_mmio(struct guest *guest)
{
	assert_int_equal(guest_run(guest), 0);
	assert_int_equal(guest->run->exit_reason, KVM_EXIT_MMIO);
}

static void events_before_run(void **state)
{
	struct guest guest;

	guest_open(&guest);
	assert_int_equal(inject(&guest), -EINVAL);
	guest_program(&guest, program, sizeof(program));
	assert_int_equal(inject(&guest), -EINVAL);
	guest.run->immediate_exit = 1;
	assert_int_equal(guest_run(&guest), -EINTR);
	assert_int_equal(inject(&guest), -EINVAL);
	guest_close(&guest);
	rig_assert_clean();
}

/* The abort is the answer: no other goes with it, and it cannot come twice. */
static void abort_instead_of_an_answer(void **state)
{
	unsigned int nth, i;
	struct guest guest;
	u64 esr;

	for (nth = 1; nth <= 3; nth++) {
		load(&guest);
		for (i = 0; i < nth; i++)
			assert_mmio(&guest);
		assert_int_equal(inject(&guest), 1);
		assert_int_equal(inject(&guest), -EINVAL);
		wire_start(note_flags);
		assert_mmio(&guest);
		wire_stop();
		assert_int_equal(flags & (RMI_ENTRY_INJECT_SEA |
					  RMI_ENTRY_EMUL_MMIO),
				 RMI_ENTRY_INJECT_SEA);
		memcpy(&esr, guest.run->mmio.data, sizeof(esr));
		assert_int_equal(esr >> 26, 0x25);
		assert_int_equal(esr & 0x3f, 0x10);
		guest_run_to_off(&guest);
		guest_close(&guest);
		rig_assert_clean();
	}
}

/* Once the answer is on its way it is too late. */
static void abort_after_the_answer_is_refused(void **state)
{
	struct guest guest;

	load(&guest);
	assert_mmio(&guest);
	guest.run->immediate_exit = 1;
	assert_int_equal(guest_run(&guest), -EINTR);
	assert_int_equal(inject(&guest), -EINVAL);
	guest.run->immediate_exit = 0;
	assert_mmio(&guest);
	guest_close(&guest);
	rig_assert_clean();
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
		TEST(events_before_run),
		TEST(abort_instead_of_an_answer),
		TEST(abort_after_the_answer_is_refused),
	};

	return cmocka_run_group_tests_name("events", tests, NULL, NULL);
}
