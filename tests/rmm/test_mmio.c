/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the host may answer to an abort at an unprotected IPA: nothing, the
 * access done in its place, or an SEA.
 */
#include <string.h>

#include "abort_kit.h"

static int setup(void **state)
{
	(void)state;
	kit_start();
	return 0;
}

#define LOAD(sas, extra) \
	(ESR_ABORT_ISV | SAS(sas) | SRT(7) | FSC_TRANSLATION | 3 | (extra))

static void loads_get_size_sign_and_width_right(void **state)
{
	static const struct {
		uint64_t iss;
		uint64_t want;
	} rows[] = {
		{ LOAD(0, 0), 0x88 },
		{ LOAD(1, 0), 0xff88 },
		{ LOAD(2, 0), 0xffffff88 },
		{ LOAD(3, 0), 0xffffff88 }, /* SF 0: a 32-bit register */
		{ LOAD(0, ESR_ABORT_SF), 0x88 },
		{ LOAD(1, ESR_ABORT_SF), 0xff88 },
		{ LOAD(2, ESR_ABORT_SF), 0xffffff88 },
		{ LOAD(3, ESR_ABORT_SF), 0xffffffffffffff88 },
		{ LOAD(0, ESR_ABORT_SSE), 0xffffff88 },
		{ LOAD(1, ESR_ABORT_SSE), 0xffffff88 },
		{ LOAD(2, ESR_ABORT_SSE), 0xffffff88 },
		{ LOAD(0, ESR_ABORT_SSE | ESR_ABORT_SF), 0xffffffffffffff88 },
		{ LOAD(1, ESR_ABORT_SSE | ESR_ABORT_SF), 0xffffffffffffff88 },
		{ LOAD(2, ESR_ABORT_SSE | ESR_ABORT_SF), 0xffffffffffffff88 },
		{ LOAD(3, ESR_ABORT_SSE | ESR_ABORT_SF), 0xffffffffffffff88 },
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		kit_start();
		take(DABT, rows[i].iss, KIT_UNPROTECTED);
		kit_said()->gprs[0] = 0xffffffffffffff88;
		assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(SUCCESS));
		assert_int_equal(kit_pe.found[1].x[7], rows[i].want);
		assert_int_equal(kit_pe.found[1].pc, KIT_CODE + 4);
	}
}

static void a_positive_load_is_not_sign_extended(void **state)
{
	(void)state;
	take(DABT, LOAD(0, ESR_ABORT_SSE | ESR_ABORT_SF), KIT_UNPROTECTED);
	kit_said()->gprs[0] = 0xabcdef7f;
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(SUCCESS));
	assert_int_equal(kit_pe.found[1].x[7], 0x7f);
}

static void a_load_to_xzr_is_dropped(void **state)
{
	struct pe before;

	(void)state;
	take(DABT, LOAD(3, ESR_ABORT_SF | SRT(31)), KIT_UNPROTECTED);
	before = kit_rec()->pe;
	kit_said()->gprs[0] = 0x1234;
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(SUCCESS));
	before.pc += 4;
	assert_memory_equal(&kit_pe.found[1], &before, sizeof(before));
}

static void an_emulated_store_only_moves_on(void **state)
{
	struct pe before;

	(void)state;
	take(DABT, LOAD(3, ESR_ABORT_SF | ESR_ABORT_WNR), KIT_UNPROTECTED);
	before = kit_rec()->pe;
	kit_said()->gprs[0] = 0x1234;
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(SUCCESS));
	before.pc += 4;
	assert_memory_equal(&kit_pe.found[1], &before, sizeof(before));
}

static void no_answer_tries_again(void **state)
{
	struct pe before;

	(void)state;
	take(DABT, LOAD(3, 0), KIT_UNPROTECTED);
	before = kit_rec()->pe;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_memory_equal(&kit_pe.found[1], &before, sizeof(before));
}

static void the_host_can_answer_with_an_sea(void **state)
{
	(void)state;
	take(DABT, LOAD(3, 0), KIT_UNPROTECTED);
	assert_int_equal(kit_enter(RMI_ENTRY_INJECT_SEA), RET(SUCCESS));
	assert_injected(DABT);
}

static void an_sea_wins_over_emulation(void **state)
{
	(void)state;
	take(DABT, LOAD(3, 0), KIT_UNPROTECTED);
	kit_said()->gprs[0] = 0x1234;
	assert_int_equal(kit_enter(RMI_ENTRY_INJECT_SEA | RMI_ENTRY_EMUL_MMIO),
			 RET(SUCCESS));
	assert_injected(DABT);
	assert_int_equal(kit_pe.found[1].x[7], 0x1007);
}

static void an_abort_without_syndrome_takes_only_an_sea(void **state)
{
	(void)state;
	take(DABT, FSC_TRANSLATION | 3, KIT_UNPROTECTED);
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(ERROR_REC));
	/* Which of the two wins is asked before what each of them wants. */
	assert_int_equal(kit_enter(RMI_ENTRY_INJECT_SEA | RMI_ENTRY_EMUL_MMIO),
			 RET(SUCCESS));
	assert_injected(DABT);
}

static void an_answer_does_not_make_a_rec_runnable(void **state)
{
	(void)state;
	take(DABT, LOAD(3, 0), KIT_UNPROTECTED);
	kit_rec()->runnable = false;
	assert_int_equal(kit_enter(RMI_ENTRY_INJECT_SEA), RET(ERROR_REC));
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(ERROR_REC));
	kit_rec()->runnable = true;
	assert_int_equal(kit_enter(RMI_ENTRY_INJECT_SEA), RET(SUCCESS));
	assert_injected(DABT);
}

static void a_protected_abort_takes_no_answer(void **state)
{
	(void)state;
	take(DABT, LOAD(3, 0), KIT_VOID_RAM);
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(ERROR_REC));
	assert_int_equal(kit_enter(RMI_ENTRY_INJECT_SEA), RET(ERROR_REC));
	assert_int_equal(kit_enter(0), RET(SUCCESS));
}

static void a_failed_entry_keeps_the_question(void **state)
{
	(void)state;
	take(DABT, LOAD(3, ESR_ABORT_SF), KIT_UNPROTECTED);
	fake.ns_read_fails = true;
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(ERROR_INPUT));
	fake.ns_read_fails = false;
	kit_rec()->runnable = false;
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(ERROR_REC));
	kit_rec()->runnable = true;
	kit_said()->gprs[0] = 0x4321;
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(SUCCESS));
	assert_int_equal(kit_pe.found[1].x[7], 0x4321);
}

static void a_good_entry_ends_the_question(void **state)
{
	(void)state;
	take(DABT, LOAD(3, 0), KIT_UNPROTECTED);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(ERROR_REC));
	assert_int_equal(kit_enter(RMI_ENTRY_INJECT_SEA), RET(ERROR_REC));
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(loads_get_size_sign_and_width_right),
		CASE(a_positive_load_is_not_sign_extended),
		CASE(a_load_to_xzr_is_dropped),
		CASE(an_emulated_store_only_moves_on),
		CASE(no_answer_tries_again),
		CASE(the_host_can_answer_with_an_sea),
		CASE(an_sea_wins_over_emulation),
		CASE(an_abort_without_syndrome_takes_only_an_sea),
		CASE(an_answer_does_not_make_a_rec_runnable),
		CASE(a_protected_abort_takes_no_answer),
		CASE(a_failed_entry_keeps_the_question),
		CASE(a_good_entry_ends_the_question),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
