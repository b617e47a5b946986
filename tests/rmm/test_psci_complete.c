/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_PSCI_COMPLETE: each check, and what becomes of both RECs. In the realm
 * kit.rec runs and asks, `target` is off, and `third` is on.
 */
#include <string.h>

#include "smc_kit.h"

#define CPU_ON PSCI_64(PSCI_CPU_ON)
#define AFFINITY_INFO PSCI_64(PSCI_AFFINITY_INFO)
#define ERROR(code) ((uint64_t)(int64_t)PSCI_##code)

#define ENTRY (KIT_CODE + 0x80)
#define CONTEXT 0xc0ffee0000000001ull

static uint64_t target, third;

/* A REC of kit.rd; RECs are made in the order of their index. */
static uint64_t make_rec(uint64_t mpidr, uint64_t flags)
{
	uint64_t rec = fake_delegate(1);

	assert_int_equal(kit_rec_create(kit.rd, rec,
					kit_rec_params(mpidr, flags)),
			 RET(SUCCESS));
	return rec;
}

static int setup(void **state)
{
	(void)state;
	kit_start_new();
	kit.run = fake_ns_page();
	kit.rec = make_rec(0, RMI_REC_PARAM_FLAG_RUNNABLE);
	target = make_rec(1, 0);
	third = make_rec(2, RMI_REC_PARAM_FLAG_RUNNABLE);
	assert_int_equal(rmi(REALM_ACTIVATE, kit.rd), RET(SUCCESS));
	return 0;
}

static struct rec *rec_at(uint64_t pa)
{
	return fake_view(pa);
}

/* The REC of another realm, with the index of `target`. */
static uint64_t make_stranger(void)
{
	uint64_t rd = kit.rd, stranger;

	kit.rd = fake_delegate(1);
	assert_int_equal(rmi(REALM_CREATE, kit.rd,
			     kit_realm_params(fake_delegate(1))),
			 RET(SUCCESS));
	make_rec(0, 0);
	stranger = make_rec(1, 0);
	kit.rd = rd;
	return stranger;
}

/* kit.rec makes the call and is out, waiting. */
static void request(uint64_t fid, uint64_t mpidr)
{
	SMC(fid, mpidr, fid == CPU_ON ? ENTRY : 0, CONTEXT);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_exit()->exit_reason, RMI_EXIT_PSCI);
	assert_int_equal(kit_rec()->pending, REC_PENDING_PSCI);
	kit_pe.runs = kit_pe.written = 0;
}

static uint64_t complete(uint64_t status)
{
	return rmi(PSCI_COMPLETE, kit.rec, target, status);
}

/* Refused with ERROR_INPUT, and both RECs as they were. */
static void assert_refused(uint64_t calling, uint64_t other, uint64_t status)
{
	struct kit_world world;
	uint8_t before[GRANULE_SIZE];

	kit_remember(&world);
	memcpy(before, fake_view(target), GRANULE_SIZE);
	assert_int_equal(rmi(PSCI_COMPLETE, calling, other, status),
			 RET(ERROR_INPUT));
	assert_memory_equal(fake_view(target), before, GRANULE_SIZE);
	kit_assert_same(&world);
}

/* The caller goes on behind its call with this result. */
static void assert_result(uint64_t result)
{
	struct pe before = kit_rec()->pe;

	assert_int_equal(before.x[0], result);
	for (unsigned int i = 1; i < 4; i++)
		assert_int_equal(before.x[i], 0);
	for (unsigned int i = 4; i < 8; i++)
		assert_int_equal(before.x[i], 0x1000 + i);
	assert_int_equal(before.pc, KIT_CODE + 4);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_pe.runs, 1);
	assert_memory_equal(&kit_pe.found[0], &before, sizeof(before));
}

/* ---- Checks ------------------------------------------------------------ */

static void wants_two_recs(void **state)
{
	uint64_t bad[] = { kit.rd, kit.data, KIT_NO_RAM, 0, fake_ns_page() };

	(void)state;
	request(CPU_ON, 1);
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_refused(bad[i], target, PSCI_SUCCESS);
		assert_refused(kit.rec, bad[i], PSCI_SUCCESS);
	}
	assert_refused(kit.rec + 8, target, PSCI_SUCCESS);
	assert_refused(kit.rec, target + 8, PSCI_SUCCESS);
	assert_refused(kit.rec, kit.rec, PSCI_SUCCESS);
	assert_refused(target, target, PSCI_SUCCESS);
	assert_int_equal(complete(PSCI_SUCCESS), RET(SUCCESS));
}

static void wants_a_caller_that_is_not_running(void **state)
{
	(void)state;
	request(CPU_ON, 1);
	kit_rec()->running = true;
	assert_refused(kit.rec, target, PSCI_SUCCESS);
	kit_rec()->running = false;
	assert_int_equal(complete(PSCI_SUCCESS), RET(SUCCESS));
}

static void wants_a_pending_request(void **state)
{
	(void)state;
	assert_refused(kit.rec, target, PSCI_SUCCESS);
	/* Nor does another question count. */
	SMC(SMC_RSI_IPA_STATE_SET, KIT_CODE, KIT_EMPTY, RMI_EMPTY);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_refused(kit.rec, target, PSCI_SUCCESS);
}

static void wants_one_answer_a_request(void **state)
{
	(void)state;
	request(AFFINITY_INFO, 1);
	assert_int_equal(complete(PSCI_SUCCESS), RET(SUCCESS));
	assert_refused(kit.rec, target, PSCI_SUCCESS);
}

static void wants_the_caller_first(void **state)
{
	(void)state;
	request(CPU_ON, 1);
	assert_refused(target, kit.rec, PSCI_SUCCESS);
}

static void wants_recs_of_one_realm(void **state)
{
	uint64_t stranger = make_stranger();

	(void)state;
	request(CPU_ON, 1);
	assert_int_equal(rec_at(stranger)->index, 1);
	assert_refused(kit.rec, stranger, PSCI_SUCCESS);
	assert_refused(kit.rec, stranger, ERROR(DENIED));
	assert_false(rec_at(stranger)->runnable);
}

static void wants_the_rec_that_the_realm_named(void **state)
{
	(void)state;
	request(AFFINITY_INFO, 1);
	assert_refused(kit.rec, third, PSCI_SUCCESS);
	assert_int_equal(complete(PSCI_SUCCESS), RET(SUCCESS));
	kit_rec()->pe.pc = KIT_CODE;
	request(CPU_ON, 1);
	assert_refused(kit.rec, third, ERROR(DENIED));
}

static void wants_a_status_that_the_host_may_give(void **state)
{
	static const uint64_t bad[] = {
		1, ERROR(NOT_SUPPORTED), ERROR(INVALID_PARAMETERS),
		ERROR(ALREADY_ON), ERROR(INVALID_ADDRESS),
		(uint32_t)PSCI_DENIED, 1ull << 32,
	};

	(void)state;
	request(CPU_ON, 1);
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_refused(kit.rec, target, bad[i]);
	assert_int_equal(complete(PSCI_SUCCESS), RET(SUCCESS));
	/* What a REC is, is not the host's to deny. */
	kit_rec()->pe.pc = KIT_CODE;
	request(AFFINITY_INFO, 1);
	assert_refused(kit.rec, target, ERROR(DENIED));
}

/* ---- CPU_ON ------------------------------------------------------------ */

static void cpu_on_starts_the_target(void **state)
{
	struct pe want;

	(void)state;
	rec_at(target)->pe.x[7] = 0x77; /* nothing of before is left */
	rec_at(target)->pe.sysreg[PE_VBAR_EL1] = KIT_VECTORS;
	rec_at(target)->timers_due = CNTHCTL_CNTVMASK;
	rec_simd(rec_at(target))->v[3][0] = 0x55;
	request(CPU_ON, 1);
	assert_int_equal(complete(PSCI_SUCCESS), RET(SUCCESS));
	assert_true(rec_at(target)->runnable);
	assert_result(PSCI_SUCCESS);

	kit.rec = target;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	pe_reset(&want, ENTRY);
	want.x[0] = CONTEXT;
	assert_memory_equal(&kit_pe.found[1], &want, sizeof(want));
	assert_int_equal(kit_pe.regime.vmpidr_el2, 0x80000001);
	assert_false(kit_pe.regime.cnthctl_el2 & CNTHCTL_CNTVMASK);
	assert_int_equal(rec_simd(rec_at(target))->v[3][0], 0);
}

static void the_target_has_the_callers_endianness(void **state)
{
	(void)state;
	kit_rec()->pe.sysreg[PE_SCTLR_EL1] = SCTLR_EE | 1;
	request(CPU_ON, 1);
	assert_int_equal(complete(PSCI_SUCCESS), RET(SUCCESS));
	assert_int_equal(rec_at(target)->pe.sysreg[PE_SCTLR_EL1],
			 SCTLR_EL1_RESET | SCTLR_EE);
}

static void cpu_on_may_be_denied(void **state)
{
	(void)state;
	request(CPU_ON, 1);
	assert_int_equal(complete(ERROR(DENIED)), RET(SUCCESS));
	assert_false(rec_at(target)->runnable);
	assert_result(ERROR(DENIED));
}

static void cpu_on_of_what_is_on_says_so(void **state)
{
	struct pe before;

	(void)state;
	rec_at(target)->runnable = true;
	before = rec_at(target)->pe;
	request(CPU_ON, 1);
	assert_int_equal(complete(PSCI_SUCCESS), RET(SUCCESS));
	assert_result(ERROR(ALREADY_ON));
	assert_memory_equal(&rec_at(target)->pe, &before, sizeof(before));
}

/* A target that runs is on, though it may be about to go off. */
static void cpu_on_of_what_runs_says_so(void **state)
{
	(void)state;
	rec_at(target)->running = true;
	request(CPU_ON, 1);
	assert_int_equal(complete(PSCI_SUCCESS), RET(SUCCESS));
	rec_at(target)->running = false;
	assert_result(ERROR(ALREADY_ON));
	assert_false(rec_at(target)->runnable);
}

/* The host is wrong and hears so; the realm has its answer nevertheless. */
static void denying_what_is_on_ends_the_request_all_the_same(void **state)
{
	(void)state;
	rec_at(target)->runnable = true;
	request(CPU_ON, 1);
	assert_int_equal(complete(ERROR(DENIED)), RET(ERROR_INPUT));
	assert_result(ERROR(ALREADY_ON));
}

static void off_and_on_again(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 3; i++) {
		uint64_t calling = kit.rec;

		kit_rec()->pe.pc = KIT_CODE;
		request(CPU_ON, 1);
		assert_int_equal(complete(PSCI_SUCCESS), RET(SUCCESS));
		kit.rec = target;
		SMC(PSCI_CPU_OFF);
		assert_int_equal(kit_enter(0), RET(SUCCESS));
		assert_int_equal(kit_pe.found[0].pc, ENTRY);
		assert_int_equal(kit_exit()->exit_reason, RMI_EXIT_PSCI);
		assert_int_equal(kit_enter(0), RET(ERROR_REC));
		kit.rec = calling;
	}
}

/* Lower and higher address, as they come: the order of locks is one. */
static void the_addresses_of_the_two_do_not_matter(void **state)
{
	uint64_t low = kit.rec;

	(void)state;
	assert_true(kit.rec < target && target < third);
	kit.rec = third;
	SMC(AFFINITY_INFO, 0, 0);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(rmi(PSCI_COMPLETE, third, low, 0), RET(SUCCESS));
	assert_int_equal(kit_rec()->pe.x[0], PSCI_AFFINITY_ON);
}

/* ---- AFFINITY_INFO ----------------------------------------------------- */

static void affinity_info_tells_what_is(void **state)
{
	static const struct {
		bool runnable, running;
		uint64_t want;
	} rows[] = {
		{ false, false, PSCI_AFFINITY_OFF },
		{ true, false, PSCI_AFFINITY_ON },
		{ false, true, PSCI_AFFINITY_ON },
		{ true, true, PSCI_AFFINITY_ON },
	};

	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct rec before;

		setup(state);
		rec_at(target)->runnable = rows[i].runnable;
		rec_at(target)->running = rows[i].running;
		before = *rec_at(target);
		request(AFFINITY_INFO, 1);
		assert_int_equal(complete(PSCI_SUCCESS), RET(SUCCESS));
		assert_memory_equal(rec_at(target), &before, sizeof(before));
		rec_at(target)->running = false;
		assert_result(rows[i].want);
	}
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(wants_two_recs),
		CASE(wants_a_caller_that_is_not_running),
		CASE(wants_a_pending_request),
		CASE(wants_one_answer_a_request),
		CASE(wants_the_caller_first),
		CASE(wants_recs_of_one_realm),
		CASE(wants_the_rec_that_the_realm_named),
		CASE(wants_a_status_that_the_host_may_give),
		CASE(cpu_on_starts_the_target),
		CASE(the_target_has_the_callers_endianness),
		CASE(cpu_on_may_be_denied),
		CASE(cpu_on_of_what_is_on_says_so),
		CASE(cpu_on_of_what_runs_says_so),
		CASE(denying_what_is_on_ends_the_request_all_the_same),
		CASE(off_and_on_again),
		CASE(the_addresses_of_the_two_do_not_matter),
		CASE(affinity_info_tells_what_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
