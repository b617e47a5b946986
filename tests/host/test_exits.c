// SPDX-License-Identifier: BSD-3-Clause
/*
 * Exits of a REC that no realm could bring about, and entries that fail: what
 * KVM_RUN makes of them. The run page is written as an RMM would.
 */
#include <string.h>

#include <linux/errno.h>

#include "abi/psci.h"
#include "abi/rmi_layout.h"
#include "tests/host/rig.h"
#include "tests/host/wire.h"

#define UART (REALM_UART | REALM_SHARED_BIT)
#define EC(class) ((u64)(class) << 26)

static const u32 program[] = {
	A64_SET(9, UART), A64_STR_X(9, 9), A64_STR_X(9, 9), PROGRAM_OFF,
};

/* What the next entries answer, up to a reason that is none. */
#define REAL 0xffu /* the RMM's own answer */
#define EXITS_MAX 8

static struct answer {
	u64 ret;
	u8 reason;
	u64 esr;
	u64 base, top; /* a change of RIPAS */
	u64 fid;
} answers[EXITS_MAX];

static unsigned int answered;
static u64 flags[EXITS_MAX]; /* of the enter halves */

static void write_exit(struct rec_exit *exit, const struct answer *answer)
{
	memset(exit, 0, sizeof(*exit));
	exit->exit_reason = answer->reason;
	exit->esr = answer->esr;
	exit->ripas_base = answer->base;
	exit->ripas_top = answer->top;
	exit->ripas_value = RMI_RAM;
	exit->gprs[0] = answer->fid;
}

static bool play(uint64_t x[SMC_REGS], u64 nth)
{
	const struct answer *answer = &answers[answered];
	struct rec_run *run;

	if (x[0] != SMC_RMI_REC_ENTER || answered == EXITS_MAX)
		return false;
	run = machine_host_view(x[2]);
	flags[answered++] = run->enter.flags;
	if (answer->reason == REAL)
		return false;
	/* An entry that fails writes nothing. */
	if (!answer->ret)
		write_exit(&run->exit, answer);
	return wire_answer(x, answer->ret);
}

static void load(struct guest *guest, const struct answer *first,
		 const struct answer *second)
{
	static const struct answer real = { .reason = REAL };
	unsigned int i;

	for (i = 0; i < EXITS_MAX; i++)
		answers[i] = real;
	answered = 0;
	guest_load(guest, program, sizeof(program));
	if (first)
		answers[0] = *first;
	if (second)
		answers[1] = *second;
	wire_start(play);
}

static void finish(struct guest *guest)
{
	wire_stop();
	guest_close(guest);
	rig_assert_clean();
}

static void assert_mmio(struct guest *guest)
{
	assert_int_equal(guest_run(guest), 0);
	assert_int_equal(guest->run->exit_reason, KVM_EXIT_MMIO);
}

static void exit_serror(void **state)
{
	struct guest guest;

	load(&guest, &(struct answer) { .reason = RMI_EXIT_SERROR },
	     &(struct answer) { .reason = RMI_EXIT_SERROR, .esr = EC(0x2f) });
	assert_mmio(&guest);
	assert_int_equal(answered, 3);
	finish(&guest);
}

static void irq_exit_once(void **state)
{
	struct guest guest;

	load(&guest, &(struct answer) { .reason = RMI_EXIT_IRQ },
	     &(struct answer) { .reason = RMI_EXIT_FIQ });
	assert_mmio(&guest);
	assert_int_equal(answered, 3);
	finish(&guest);
}

/* The syndrome of another exit means nothing. */
static void stale_esr_unused(void **state)
{
	const u64 store = EC(0x24) | 1u << 24 | 1u << 6;
	struct guest guest;

	load(&guest, &(struct answer) {
		.reason = RMI_EXIT_IRQ, .esr = store }, NULL);
	assert_mmio(&guest);
	assert_int_equal(answered, 2);
	finish(&guest);
}

/* Of an entry that failed there is no exit: the last one is not done again. */
static void stale_exit_unused(void **state)
{
	static const u64 rets[] = {
		RMI_ERROR_REC, RMI_BUSY, RMI_BLOCKED, RMI_ERROR_INPUT, ~0ull,
	};
	struct guest guest;

	for (size_t i = 0; i < ARRAY_SIZE(rets); i++) {
		load(&guest, NULL, &(struct answer) { .ret = rets[i] });
		assert_mmio(&guest);
		guest.run->exit_reason = 0;
		if (guest_run(&guest) == 0)
			assert_int_equal(guest.run->exit_reason,
					 KVM_EXIT_INTERNAL_ERROR);
		assert_int_not_equal(guest.run->exit_reason, KVM_EXIT_MMIO);
		assert_int_equal(answered, 2);
		finish(&guest);
		rig_stop();
		rig_start("rme", NULL);
	}
}

/* What user space answered counts for the entry that comes off. */
static void answer_outlives_a_failed_entry(void **state)
{
	struct guest guest;

	load(&guest, NULL, &(struct answer) { .ret = RMI_BUSY });
	assert_mmio(&guest);
	assert_int_equal(guest_run(&guest), -EAGAIN);
	assert_mmio(&guest);
	assert_true(flags[1] & RMI_ENTRY_EMUL_MMIO);
	assert_true(flags[2] & RMI_ENTRY_EMUL_MMIO);
	finish(&guest);
}

/* ... and for one only. */
static void answer_counts_once(void **state)
{
	struct guest guest;

	load(&guest, NULL, &(struct answer) { .reason = RMI_EXIT_IRQ });
	assert_mmio(&guest);
	assert_mmio(&guest);
	assert_true(flags[1] & RMI_ENTRY_EMUL_MMIO);
	assert_false(flags[2] & RMI_ENTRY_EMUL_MMIO);
	finish(&guest);
}

/* A REC that cannot run is told to user space each time, not waited for. */
static void rec_error_does_not_spin(void **state)
{
	const struct answer error = { .ret = RMI_ERROR_REC };
	struct guest guest;

	load(&guest, &error, &error);
	assert_int_equal(guest_run(&guest), -EAGAIN);
	assert_int_equal(answered, 1);
	assert_int_equal(guest_run(&guest), -EAGAIN);
	assert_int_equal(answered, 2);
	finish(&guest);
}

/* An idle realm does not hold the CPU. */
static void wfi_is_trapped(void **state)
{
	struct guest guest;

	load(&guest, NULL, NULL);
	assert_mmio(&guest);
	assert_mmio(&guest);
	assert_true(flags[0] & RMI_ENTRY_TRAP_WFI);
	assert_true(flags[1] & RMI_ENTRY_TRAP_WFI);
	finish(&guest);
}

/* Ranges that no RMM would say: refused or asked for, and the realm goes on. */
static void ripas_bad_range(void **state)
{
	static const u64 ranges[][2] = {
		{ REALM_BASE, REALM_BASE }, { REALM_BASE + 4096, REALM_BASE },
		{ 0, ~0ull }, { ~0ull, 0 }, { REALM_BASE + 1, REALM_BASE + 2 },
		{ REALM_SHARED_BIT, REALM_SHARED_BIT + 4096 },
		{ REALM_SHARED_BIT - 4096, REALM_SHARED_BIT + 4096 },
	};
	struct guest guest;
	long ret;

	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++) {
		load(&guest, &(struct answer) {
			.reason = RMI_EXIT_RIPAS_CHANGE,
			.base = ranges[i][0], .top = ranges[i][1] }, NULL);
		ret = guest_run(&guest);
		if (ret == -EFAULT)
			ret = guest_run(&guest);
		assert_int_equal(ret, 0);
		assert_int_equal(guest.run->exit_reason, KVM_EXIT_MMIO);
		finish(&guest);
	}
}

static void exits_that_nobody_knows_are_told(void **state)
{
	static const struct answer unknown[] = {
		{ .reason = 0x7f }, { .reason = RMI_EXIT_SYNC },
		{ .reason = RMI_EXIT_SYNC, .esr = EC(0x3c) },
		{ .reason = RMI_EXIT_PSCI, .fid = 0x84000077 },
		{ .reason = RMI_EXIT_SYNC, .esr = EC(0x18) | 1 },
	};
	struct guest guest;

	for (size_t i = 0; i < ARRAY_SIZE(unknown); i++) {
		load(&guest, &unknown[i], NULL);
		assert_int_equal(guest_run(&guest), 0);
		assert_int_equal(guest.run->exit_reason,
				 KVM_EXIT_INTERNAL_ERROR);
		assert_int_equal(guest.run->internal.data[1],
				 unknown[i].reason);
		finish(&guest);
	}
}

/* PSCI functions whose answer the host may not bring. */
static void psci_complete_fault(void **state)
{
	struct guest guest;

	/* Of itself, or of nobody. */
	load(&guest, &(struct answer) {
		.reason = RMI_EXIT_PSCI, .fid = PSCI_64(PSCI_CPU_ON) }, NULL);
	assert_int_equal(guest_run(&guest), -ENXIO);
	assert_int_equal(wire_calls(SMC_RMI_PSCI_COMPLETE), 0);
	assert_mmio(&guest);
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
		TEST(exit_serror),
		TEST(irq_exit_once),
		TEST(stale_esr_unused),
		TEST(stale_exit_unused),
		TEST(answer_outlives_a_failed_entry),
		TEST(answer_counts_once),
		TEST(rec_error_does_not_spin),
		TEST(wfi_is_trapped),
		TEST(ripas_bad_range),
		TEST(exits_that_nobody_knows_are_told),
		TEST(psci_complete_fault),
	};

	return cmocka_run_group_tests_name("exits", tests, NULL, NULL);
}
