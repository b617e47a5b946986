/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PEs that share a machine: turns on one executor, interrupts, translations
 * and code that change under a running PE.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "tests/sim/insn.h"
#include "tests/sim/realm.h"

#define MS 1000000ull
#define TRIES 20
#define DELAY (10 * MS) /* in which a PE has surely begun to run */

static struct realm realm, other;

/* The two PEs are RECs of one realm: they share tables, VMID and pages. */
static int setup(void **state)
{
	start_machine(state);
	realm_init(&realm, 0);
	other = realm;
	other.regime.vmpidr_el2 |= 1;
	/* A first run, so that later ones do not wait for an engine. */
	REALM_CODE(&realm, CODE_IPA, INSN_SMC(0));
	realm_run(&realm);
	return 0;
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void sleep_ns(uint64_t ns)
{
	struct timespec time = { .tv_nsec = (long)ns };

	nanosleep(&time, NULL);
}

/* KVM_RUN of another vCPU, which is CPU 1. */
static void *run_other(void *context)
{
	machine_set_cpu(1);
	realm_run(context);
	return NULL;
}

static void *raise_later(void *context)
{
	sleep_ns(DELAY);
	machine_irq_raise(*(unsigned int *)context);
	return NULL;
}

/* Interrupts a CPU when a thread has ended. */
struct wait {
	pthread_t thread;
	unsigned int cpu;
};

static void *raise_after(void *context)
{
	const struct wait *wait = context;

	pthread_join(wait->thread, NULL);
	machine_irq_raise(wait->cpu);
	return NULL;
}

static void run_both(void)
{
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, run_other, &other), 0);
	realm_run(&realm);
	pthread_join(thread, NULL);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_int_equal(realm_ec(&other), ESR_EC_SMC64);
}

static void two_pes_wait_for_each_other(void **state)
{
	(void)state;
	/* Waits until [x0] is x1, then stores x2 to [x3]. */
	REALM_CODE(&realm, CODE_IPA, 0xc8dffc04, /* ldar x4, [x0] */
		   0xeb01009f, /* cmp x4, x1 */
		   0x54ffffc1, /* b.ne CODE_IPA */
		   0xc89ffc62, /* stlr x2, [x3] */
		   INSN_SMC(0));
	REALM_CODE(&realm, CODE_IPA + 0x100, 0xc89ffc62, /* stlr x2, [x3] */
		   0x17ffffbf); /* b CODE_IPA */
	realm.pe.x[0] = DATA_IPA;
	realm.pe.x[1] = 1;
	realm.pe.x[2] = 2;
	realm.pe.x[3] = DATA2_IPA;
	other.pe.pc = CODE_IPA + 0x100;
	other.pe.x[0] = DATA2_IPA;
	other.pe.x[1] = 2;
	other.pe.x[2] = 1;
	other.pe.x[3] = DATA_IPA;
	run_both();
	assert_int_equal(realm.pe.x[4], 1);
	assert_int_equal(other.pe.x[4], 2);
}

static void exclusives_of_two_pes_lose_nothing(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, 0xc85f7c03, /* ldxr x3, [x0] */
		   0x91000463, /* add x3, x3, #1 */
		   0xc8047c03, /* stxr w4, x3, [x0] */
		   0x35ffffa4, /* cbnz w4, CODE_IPA */
		   0xf1000442, /* subs x2, x2, #1 */
		   0x54ffff61, /* b.ne CODE_IPA */
		   INSN_SMC(0));
	realm.pe.x[0] = other.pe.x[0] = DATA_IPA;
	realm.pe.x[2] = other.pe.x[2] = 100000;
	run_both();
	assert_int_equal(*(uint64_t *)realm_at(&realm, DATA_IPA), 200000);
}

static void two_realms_run_side_by_side(void **state)
{
	(void)state;
	realm_init(&other, 1);
	for (int i = 0; i < 2; i++) {
		struct realm *r = i ? &other : &realm;

		REALM_CODE(r, CODE_IPA, INSN_ADD_X5_1,
			   0xf1000442, /* subs x2, x2, #1 */
			   0x54ffffc1, /* b.ne CODE_IPA */
			   INSN_SMC(0));
		r->pe.x[2] = 1000000;
	}
	run_both();
	assert_int_equal(realm.pe.x[5], 1000000);
	assert_int_equal(other.pe.x[5], 1000000);
}

static void interrupt_ends_a_spin(void **state)
{
	unsigned int cpu = 0;
	pthread_t thread;
	uint64_t start;

	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_B_SELF);
	start = now_ns();
	pthread_create(&thread, NULL, raise_later, &cpu);
	realm_run(&realm);
	assert_int_equal(realm.exit.kind, PE_EXIT_IRQ);
	assert_int_equal(realm.exit.esr, 0);
	assert_int_equal(realm.pe.pc, CODE_IPA);
	assert_true(now_ns() - start >= DELAY);
	pthread_join(thread, NULL);
}

static void pending_interrupt_lets_nothing_run(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_MOVZ(1, 1), INSN_SMC(0));
	machine_irq_raise(0);
	realm_run(&realm);
	assert_int_equal(realm.exit.kind, PE_EXIT_IRQ);
	assert_int_equal(realm.pe.pc, CODE_IPA);
	assert_int_equal(realm.pe.x[1], 0);
	machine_irq_lower(0);
	realm_run(&realm);
	assert_int_equal(realm.exit.kind, PE_EXIT_SYNC);
	assert_int_equal(realm.pe.x[1], 1);
}

static void interrupt_of_another_cpu_is_not_ours(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_SMC(0));
	machine_irq_raise(1);
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
}

static void untrapped_wfi_sleeps_until_an_interrupt(void **state)
{
	unsigned int cpu = 0, tries = 0;
	struct timespec used;
	pthread_t thread;
	uint64_t start;

	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_WFI, INSN_SMC(0));
	realm.regime.hcr_el2 &= ~HCR_TWI;
	/* On a busy machine the interrupt may come before the WFI: again. */
	do {
		machine_irq_lower(0);
		start = now_ns();
		pthread_create(&thread, NULL, raise_later, &cpu);
		realm_run(&realm);
		assert_int_equal(realm.exit.kind, PE_EXIT_IRQ);
		assert_true(now_ns() - start >= DELAY);
		pthread_join(thread, NULL);
	} while (realm.pe.pc == CODE_IPA && ++tries < TRIES);
	assert_int_equal(realm.pe.pc, CODE_IPA + 4);

	/* It has slept: this thread has used almost no time. */
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
	machine_irq_lower(0);
	realm.pe.pc = CODE_IPA;
	pthread_create(&thread, NULL, raise_later, &cpu);
	start = (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
	realm_run(&realm);
	pthread_join(thread, NULL);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
	assert_true((uint64_t)used.tv_sec * 1000000000u +
		    (uint64_t)used.tv_nsec - start < DELAY / 2);
}

static void idle_pe_leaves_the_executor_to_others(void **state)
{
	pthread_t thread;

	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_WFI, INSN_SMC(0));
	REALM_CODE(&realm, CODE_IPA + 0x100, INSN_SMC(5));
	other.regime.hcr_el2 &= ~HCR_TWI;
	realm.pe.pc = CODE_IPA + 0x100;
	pthread_create(&thread, NULL, run_other, &other);
	realm_run(&realm);
	assert_int_equal(realm_iss(&realm), 5);
	machine_irq_raise(1);
	pthread_join(thread, NULL);
	assert_int_equal(other.exit.kind, PE_EXIT_IRQ);
}

/* @other sleeps until its timer is due; false if it came too late for that. */
static bool sleep_beside_a_loop(uint64_t due)
{
	pthread_t thread, raiser;
	struct wait wait;

	machine_irq_lower(0);
	realm.pe.pc = CODE_IPA;
	other.pe.pc = CODE_IPA + 0x100;
	other.pe.sysreg[PE_CNTV_CTL_EL0] = CNT_CTL_ENABLE;
	other.pe.sysreg[PE_CNTV_CVAL_EL0] = due;
	pthread_create(&thread, NULL, run_other, &other);
	/* It would run for ever; the end of the other's run ends it. */
	wait = (struct wait){ thread, 0 };
	pthread_create(&raiser, NULL, raise_after, &wait);
	realm_run(&realm);
	pthread_join(raiser, NULL);
	assert_int_equal(other.exit.kind, PE_EXIT_IRQ);
	assert_true(machine_counter() >= due);
	return other.pe.pc != CODE_IPA + 0x100;
}

/* Time is instructions, whoever executes them. */
static void sleeper_is_woken_by_the_instructions_of_others(void **state)
{
	unsigned int tries = 0;

	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_B_SELF);
	REALM_CODE(&realm, CODE_IPA + 0x100, INSN_WFI, INSN_SMC(0));
	other.regime.hcr_el2 &= ~HCR_TWI;
	while (!sleep_beside_a_loop(machine_counter() + 1000000))
		assert_true(++tries < TRIES);
	assert_int_equal(other.pe.pc, CODE_IPA + 0x104);
}

/* Both sleep: time jumps from one deadline to the next. */
static void time_jumps_while_all_sleep(void **state)
{
	uint64_t start = machine_counter(), hour = 3600 * machine_counter_hz();
	pthread_t thread;

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct realm *r = i ? &other : &realm;

		r->regime.hcr_el2 &= ~HCR_TWI;
		r->pe.pc = CODE_IPA;
		r->pe.sysreg[PE_CNTP_CTL_EL0] = CNT_CTL_ENABLE;
		r->pe.sysreg[PE_CNTP_CVAL_EL0] =
			start + (uint64_t)(i + 1) * hour;
	}
	REALM_CODE(&realm, CODE_IPA, INSN_WFI, INSN_SMC(0));
	pthread_create(&thread, NULL, run_other, &other);
	realm_run(&realm);
	assert_int_equal(realm.exit.kind, PE_EXIT_IRQ);
	pthread_join(thread, NULL);
	assert_int_equal(other.exit.kind, PE_EXIT_IRQ);
	assert_true(machine_counter() >= start + 2 * hour);
	assert_true(machine_counter() < start + 3 * hour);
}

static void new_code_is_run_after_invalidation(void **state)
{
	(void)state;
	for (unsigned int i = 1; i < 20; i++) {
		REALM_CODE(&realm, CODE_IPA, INSN_MOVZ(1, i), INSN_SMC(0));
		realm.pe.pc = CODE_IPA;
		realm_run(&realm);
		assert_int_equal(realm.pe.x[1], i);
	}
}

static void new_code_is_run_after_very_many_invalidations(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_MOVZ(1, 1), INSN_SMC(0));
	realm_run(&realm);
	/* Every other granule, so that no two can be told as one. */
	for (uint64_t i = 0; i < 1000; i++)
		plat_icache_invalidate(TEST_RAM + (16 << 20) + i * 8192, 4096);
	REALM_CODE(&realm, CODE_IPA, INSN_MOVZ(1, 2), INSN_SMC(0));
	realm.pe.pc = CODE_IPA;
	realm_run(&realm);
	assert_int_equal(realm.pe.x[1], 2);
}

static void program_may_rewrite_itself(void **state)
{
	(void)state;
	/* Stores w1, an instruction, over the one at x0, and goes there. */
	REALM_CODE(&realm, CODE_IPA, 0xb9000001, /* str w1, [x0] */
		   0xd5033b9f, /* dsb ish */
		   0xd50b7520, /* ic ivau, x0 */
		   0xd5033b9f, /* dsb ish */
		   0xd5033fdf, /* isb */
		   INSN_BR_X0);
	REALM_CODE(&realm, CODE_IPA + 0x100, INSN_MOVZ(2, 1), INSN_SMC(0));
	realm.pe.pc = CODE_IPA + 0x100;
	realm_run(&realm);
	assert_int_equal(realm.pe.x[2], 1);
	realm.pe.pc = CODE_IPA;
	realm.pe.x[0] = CODE_IPA + 0x100;
	realm.pe.x[1] = INSN_MOVZ(2, 9);
	realm_run(&realm);
	assert_int_equal(realm_ec(&realm), ESR_EC_SMC64);
	assert_int_equal(realm.pe.x[2], 9);
}

/* The RMM's side of an unmap, while the realm uses the page. */
static void *unmap_later(void *context)
{
	(void)context;
	sleep_ns(DELAY);
	realm_map(&realm, DATA_IPA, 0);
	plat_tlbi_range(1, DATA_IPA, 4096);
	*(atomic_bool *)context = true;
	return NULL;
}

static void tlbi_reaches_a_running_pe(void **state)
{
	static atomic_bool flushed;
	pthread_t thread;

	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_LDR_X5_X0,
		   0x17ffffff); /* b CODE_IPA */
	realm.pe.x[0] = DATA_IPA;
	pthread_create(&thread, NULL, unmap_later, &flushed);
	realm_run(&realm);
	pthread_join(thread, NULL);
	assert_true(atomic_load(&flushed));
	assert_int_equal(realm_ec(&realm), ESR_EC_DATA_ABORT_LOWER);
	assert_int_equal(realm.exit.hpfar, IPA_TO_HPFAR(DATA_IPA));
}

static void *flush_often(void *context)
{
	for (unsigned int i = 0; i < 200; i++)
		plat_tlbi_range(1, DATA_IPA, 4096);
	*(atomic_bool *)context = true;
	return NULL;
}

static void no_exception_is_lost_between_flushes(void **state)
{
	static atomic_bool flushed;
	pthread_t thread;

	(void)state;
	REALM_CODE(&realm, VECTORS_IPA + 0x400, INSN_ADD_X5_1, INSN_ERET);
	REALM_CODE(&realm, CODE_IPA, INSN_SVC(0),
		   0xf1000442, /* subs x2, x2, #1 */
		   0x54ffffc1, /* b.ne CODE_IPA */
		   INSN_LDR_X5_X0);
	realm.pe.pstate = PSTATE_EL0T;
	realm.pe.sysreg[PE_SP_EL0] = 0xe10;
	realm.pe.sysreg[PE_SP_EL1] = 0xe110;
	realm.pe.x[0] = HOLE_IPA;
	realm.pe.x[2] = 20000;
	pthread_create(&thread, NULL, flush_often, &flushed);
	realm_run(&realm);
	pthread_join(thread, NULL);
	assert_int_equal(realm_ec(&realm), ESR_EC_DATA_ABORT_LOWER);
	assert_int_equal(realm.pe.x[5], 20000);
	assert_int_equal(realm.pe.sysreg[PE_SP_EL0], 0xe10);
	assert_int_equal(realm.pe.sysreg[PE_SP_EL1], 0xe110);
}

static void remapped_page_is_seen_after_tlbi(void **state)
{
	(void)state;
	REALM_CODE(&realm, CODE_IPA, INSN_LDR_X5_X0, INSN_SMC(0));
	realm.pe.x[0] = DATA_IPA;
	*(uint64_t *)realm_at(&realm, DATA_IPA) = 1;
	realm_run(&realm);
	assert_int_equal(realm.pe.x[5], 1);
	*(uint64_t *)realm_at(&realm, DATA2_IPA) = 2;
	realm_map_to(&realm, DATA_IPA, realm_pa(&realm, DATA2_IPA), S2_READ);
	plat_tlbi_range(1, DATA_IPA, 4096);
	realm.pe.pc = CODE_IPA;
	realm_run(&realm);
	assert_int_equal(realm.pe.x[5], 2);
}

static void vmid_can_be_used_again(void **state)
{
	(void)state;
	for (unsigned int i = 1; i < 5; i++) {
		realm_init(&realm, i % 2);
		realm.regime.vttbr_el2 = realm.root |
					 FIELD_PREP(VTTBR_VMID, 9);
		REALM_CODE(&realm, CODE_IPA, INSN_MOVZ(1, i), INSN_SMC(0));
		realm_run(&realm);
		assert_int_equal(realm.pe.x[1], i);
		plat_tlbi_vmid(9);
	}
}

#define PE_TEST(test) cmocka_unit_test_setup_teardown(test, setup, stop_machine)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PE_TEST(two_pes_wait_for_each_other),
		PE_TEST(exclusives_of_two_pes_lose_nothing),
		PE_TEST(two_realms_run_side_by_side),
		PE_TEST(interrupt_ends_a_spin),
		PE_TEST(pending_interrupt_lets_nothing_run),
		PE_TEST(interrupt_of_another_cpu_is_not_ours),
		PE_TEST(untrapped_wfi_sleeps_until_an_interrupt),
		PE_TEST(idle_pe_leaves_the_executor_to_others),
		PE_TEST(sleeper_is_woken_by_the_instructions_of_others),
		PE_TEST(time_jumps_while_all_sleep),
		PE_TEST(new_code_is_run_after_invalidation),
		PE_TEST(new_code_is_run_after_very_many_invalidations),
		PE_TEST(program_may_rewrite_itself),
		PE_TEST(tlbi_reaches_a_running_pe),
		PE_TEST(no_exception_is_lost_between_flushes),
		PE_TEST(remapped_page_is_seen_after_tlbi),
		PE_TEST(vmid_can_be_used_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
