/* SPDX-License-Identifier: BSD-3-Clause */
/* RSI_HOST_CALL: the way to the host, the way back, and what may be lost. */
#include <string.h>

#include "abi/rsi_layout.h"
#include "smc_kit.h"

#define HOST_CALL_AT (KIT_CODE + 0x300)

static int setup(void **state)
{
	(void)state;
	kit_start();
	return 0;
}

static struct rsi_host_call *host_call(void)
{
	return fake_view(kit.data + 0x300);
}

static void call_host(uint64_t ipa)
{
	for (unsigned int i = 0; i < RSI_HOST_CALL_GPRS; i++)
		host_call()->gprs[i] = 0xc0de0000 + i;
	host_call()->imm = 0xbeef;
	memset(host_call()->pad0, 0xee, sizeof(host_call()->pad0));
	SMC(SMC_RSI_HOST_CALL, ipa);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
}

static void answer_host_call(void)
{
	for (unsigned int i = 0; i < RSI_HOST_CALL_GPRS; i++)
		kit_said()->gprs[i] = 0xa0000 + i;
}

static void host_call_shows_the_structure_and_nothing_else(void **state)
{
	struct rec_exit want;

	(void)state;
	call_host(HOST_CALL_AT);
	memset(&want, 0, sizeof(want));
	want.exit_reason = RMI_EXIT_HOST_CALL;
	want.imm = 0xbeef;
	for (unsigned int i = 0; i < RSI_HOST_CALL_GPRS; i++)
		want.gprs[i] = 0xc0de0000 + i;
	kit_assert_exit(&want);
}

static void host_call_brings_the_answer(void **state)
{
	struct pe before;

	(void)state;
	call_host(HOST_CALL_AT);
	before = kit_rec()->pe;
	answer_host_call();
	fake.icache_calls = 0;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_exit()->exit_reason, RMI_EXIT_IRQ);
	for (unsigned int i = 0; i < RSI_HOST_CALL_GPRS; i++)
		assert_int_equal(host_call()->gprs[i], 0xa0000 + i);
	assert_int_equal(host_call()->imm, 0xbeef);
	assert_int_equal(fake.icache_calls, 1);
	before.x[0] = RSI_SUCCESS;
	assert_int_equal(before.pc, KIT_CODE + 4);
	assert_memory_equal(&kit_pe.found[1], &before, sizeof(before));
}

static void host_call_is_answered_once(void **state)
{
	(void)state;
	call_host(HOST_CALL_AT);
	answer_host_call();
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	memset(kit_said()->gprs, 0x77, sizeof(kit_said()->gprs));
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(host_call()->gprs[0], 0xa0000);
}

static void host_call_wants_a_good_structure(void **state)
{
	static const uint64_t bad[] = {
		HOST_CALL_AT + 8, HOST_CALL_AT + 0x80, KIT_EMPTY,
		KIT_UNPROTECTED | HOST_CALL_AT, 1ull << 52,
	};

	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		setup(state);
		SMC(SMC_RSI_HOST_CALL, bad[i], 7, 7);
		assert_answer(RSI_ERROR_INPUT, 0, 0, 0);
		assert_int_equal(kit_rec()->pending, REC_PENDING_NONE);
	}
}

static void host_call_with_an_absent_structure_is_no_call(void **state)
{
	(void)state;
	SMC(SMC_RSI_HOST_CALL, KIT_VOID_RAM + 0xf00);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_absent(KIT_VOID_RAM, 3);
	assert_int_equal(kit_rec()->pending, REC_PENDING_NONE);
	assert_int_equal(kit_rec()->pe.pc, KIT_CODE);
}

/* 4a: the page goes while the host has the call. */
static void host_call_waits_for_its_page(void **state)
{
	uint64_t page;

	(void)state;
	call_host(HOST_CALL_AT);
	answer_host_call();
	rmi(RTT_DATA_UNMAP, kit.rd, KIT_CODE, KIT_CODE + GRANULE_SIZE, 0, 0);
	for (unsigned int i = 0; i < 2; i++) {
		assert_int_equal(kit_enter(0), RET(SUCCESS));
		assert_int_equal(kit_pe.runs, 1);
		assert_absent(KIT_CODE, 3);
		assert_int_equal(kit_rec()->pending, REC_PENDING_HOST_CALL);
		assert_int_equal(kit_rec()->pe.x[0], SMC_RSI_HOST_CALL);
	}
	page = kit_map(KIT_CODE);
	kit_set_ripas(KIT_CODE, RMI_RAM);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_pe.runs, 2);
	assert_int_equal(kit_pe.found[1].x[0], RSI_SUCCESS);
	assert_int_equal(*(uint64_t *)fake_view(page + 0x308), 0xa0000);
}

/* 4b: the realm itself gave the page up. */
static void host_call_to_an_empty_page_is_not_stored(void **state)
{
	(void)state;
	call_host(HOST_CALL_AT);
	answer_host_call();
	kit_set_ripas(KIT_CODE, RMI_EMPTY);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_pe.found[1].x[0], RSI_SUCCESS);
	assert_int_equal(host_call()->gprs[0], 0xc0de0000);
	assert_int_equal(kit_rec()->pending, REC_PENDING_NONE);
}

static void an_exit_shows_nothing_of_the_last_one(void **state)
{
	struct rec_exit want;

	(void)state;
	call_host(HOST_CALL_AT);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	memset(&want, 0, sizeof(want));
	want.exit_reason = RMI_EXIT_IRQ;
	kit_assert_exit(&want);
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(host_call_shows_the_structure_and_nothing_else),
		CASE(host_call_brings_the_answer),
		CASE(host_call_is_answered_once),
		CASE(host_call_wants_a_good_structure),
		CASE(host_call_with_an_absent_structure_is_no_call),
		CASE(host_call_waits_for_its_page),
		CASE(host_call_to_an_empty_page_is_not_stored),
		CASE(an_exit_shows_nothing_of_the_last_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
