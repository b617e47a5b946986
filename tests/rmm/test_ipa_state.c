/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RSI_IPA_STATE_SET and RSI_IPA_STATE_GET: what the realm may ask, and what it
 * is told of the host's doings.
 */
#include "ripas_kit.h"

#define BASE (KIT_CODE + 16 * PAGE)

static int setup(void **state)
{
	(void)state;
	kit_start();
	return 0;
}

/* ---- IPA_STATE_SET: what may be asked ---------------------------------- */

static void refused(uint64_t fid, uint64_t base, uint64_t top, uint64_t ripas)
{
	kit_start();
	SMC(fid, base, top, ripas);
	assert_answer(RSI_ERROR_INPUT, 0, 0, 0);
	assert_int_equal(kit_rec()->pending, REC_PENDING_NONE);
}

/* Both calls want the same of a range. */
static void a_range_is_aligned_protected_and_not_empty(void **state)
{
	static const uint64_t fids[] = {
		SMC_RSI_IPA_STATE_SET, SMC_RSI_IPA_STATE_GET,
	};

	(void)state;
	for (unsigned int i = 0; i < 2; i++) {
		refused(fids[i], BASE + 8, BASE + PAGE, RMI_RAM);
		refused(fids[i], BASE, BASE + 8, RMI_RAM);
		refused(fids[i], BASE, BASE, RMI_RAM);
		refused(fids[i], BASE + PAGE, BASE, RMI_RAM);
		refused(fids[i], BASE, KIT_UNPROTECTED + PAGE, RMI_RAM);
		refused(fids[i], KIT_UNPROTECTED, KIT_UNPROTECTED + PAGE,
			RMI_RAM);
		refused(fids[i], BASE, ~0xfffull, RMI_RAM);
		refused(fids[i], ~0xfffull, 0, RMI_RAM);
	}
}

static void memory_can_only_become_ram_or_empty(void **state)
{
	static const uint64_t bad[] = {
		RMI_DESTROYED, RMI_DEV, 4, 0x100, 1ull << 32, ~0ull,
	};

	(void)state;
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(SMC_RSI_IPA_STATE_SET, BASE, BASE + PAGE, bad[i]);
}

static void the_host_sees_the_request_and_nothing_else(void **state)
{
	(void)state;
	/* ask() compares the whole of the exit. */
	ask(BASE, BASE + 3 * PAGE, RMI_RAM, RSI_CHANGE_DESTROYED);
	assert_int_equal(kit_rec()->pe.pc, KIT_CODE + 4);
	assert_response(0, BASE, RSI_ACCEPT);
	ask(0, KIT_UNPROTECTED, RMI_EMPTY, 0);
}

static void registers_beyond_x3_are_the_realms(void **state)
{
	struct pe before;

	(void)state;
	ask(BASE, BASE + PAGE, RMI_RAM, 0);
	before = kit_rec()->pe;
	assert_response(0, BASE, RSI_ACCEPT);
	assert_memory_equal(&kit_pe.found[0].x[4], &before.x[4],
			    sizeof(before) - 4 * sizeof(before.x[0]));
}

/* ---- IPA_STATE_SET: what comes back ------------------------------------ */

static const struct {
	enum rmi_ripas ripas;
	unsigned int done; /* of 4 pages */
	bool reject;
	uint64_t response;
} answers[] = {
	{ RMI_RAM, 0, false, RSI_ACCEPT }, /* ask again */
	{ RMI_RAM, 0, true, RSI_REJECT },
	{ RMI_RAM, 2, false, RSI_ACCEPT },
	{ RMI_RAM, 2, true, RSI_REJECT },
	{ RMI_RAM, 4, false, RSI_ACCEPT },
	{ RMI_RAM, 4, true, RSI_ACCEPT }, /* too late */
	{ RMI_EMPTY, 0, false, RSI_ACCEPT },
	{ RMI_EMPTY, 0, true, RSI_ACCEPT }, /* not for the host to refuse */
	{ RMI_EMPTY, 2, true, RSI_ACCEPT },
	{ RMI_EMPTY, 4, true, RSI_ACCEPT },
};

static void the_realm_learns_how_far_the_host_went(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < sizeof(answers) / sizeof(answers[0]);
	     i++) {
		uint64_t end = BASE + answers[i].done * PAGE;
		uint64_t at = BASE;

		kit_start();
		ask(BASE, BASE + 4 * PAGE, answers[i].ripas, 0);
		for (; at < end; at = fake_out[1])
			assert_int_equal(set_ripas(at, end), RET(SUCCESS));
		assert_response(answers[i].reject ? RMI_ENTRY_RIPAS_REJECT : 0,
				end, answers[i].response);
	}
}

static void an_answer_is_given_once(void **state)
{
	(void)state;
	ask(BASE, BASE + PAGE, RMI_RAM, 0);
	assert_response(RMI_ENTRY_RIPAS_REJECT, BASE, RSI_REJECT);
	kit_rec()->pe.x[2] = 0x22;
	assert_int_equal(kit_enter(RMI_ENTRY_RIPAS_REJECT), RET(SUCCESS));
	assert_int_equal(kit_pe.found[1].x[2], 0x22);
	assert_int_equal(set_ripas(BASE, BASE + PAGE), RET(ERROR_INPUT));
}

static void a_refused_entry_leaves_the_request(void **state)
{
	(void)state;
	ask(BASE, BASE + 2 * PAGE, RMI_EMPTY, 0);
	assert_set(BASE, BASE + PAGE, BASE + PAGE);
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(ERROR_REC));
	assert_set(BASE + PAGE, BASE + 2 * PAGE, BASE + 2 * PAGE);
	assert_response(0, BASE + 2 * PAGE, RSI_ACCEPT);
}

/* Memory that the host took, and the realm has back: as new. */
static void a_destroyed_page_comes_back_wiped(void **state)
{
	uint64_t page = kit_map(BASE);

	(void)state;
	*(uint64_t *)fake_view(page) = 0x5ec4e7;
	assert_int_equal(rmi(RTT_DATA_UNMAP, kit.rd, BASE, BASE + PAGE, 0, 0),
			 RET(SUCCESS));
	assert_ripas(BASE, RMI_VOID, RMI_DESTROYED);
	ask(BASE, BASE + PAGE, RMI_RAM, RSI_CHANGE_DESTROYED);
	assert_set(BASE, BASE + PAGE, BASE + PAGE);
	assert_response(0, BASE + PAGE, RSI_ACCEPT);
	assert_int_equal(rmi(RTT_DATA_MAP, kit.rd, BASE, BASE + PAGE,
			     RMI_OADDR_SINGLE, page | 1 << 2), RET(SUCCESS));
	assert_ripas(BASE, RMI_DATA, RMI_RAM);
	assert_int_equal(*(uint64_t *)fake_view(page), 0);
}

/* ---- IPA_STATE_GET ----------------------------------------------------- */

static void get(uint64_t base, uint64_t top, uint64_t out_top,
		enum rmi_ripas ripas)
{
	kit_rec()->pe.pc = KIT_CODE;
	SMC(SMC_RSI_IPA_STATE_GET, base, top);
	assert_answer(RSI_SUCCESS, out_top, ripas, 0);
}

static void get_tells_the_ripas_whatever_is_mapped(void **state)
{
	(void)state;
	get(KIT_CODE, KIT_CODE + 4 * PAGE, KIT_CODE + 4 * PAGE, RMI_RAM);
	kit_set_ripas(BASE, RMI_DESTROYED);
	get(BASE, BASE + 4 * PAGE, BASE + PAGE, RMI_DESTROYED);
	kit_map(BASE);
	get(BASE, BASE + 4 * PAGE, BASE + PAGE, RMI_DESTROYED);
	kit_set_ripas(BASE, RMI_EMPTY);
	get(BASE, BASE + PAGE, BASE + PAGE, RMI_EMPTY);
}

static void get_ends_where_the_ripas_changes(void **state)
{
	(void)state;
	kit_set_ripas(BASE + 3 * PAGE, RMI_EMPTY);
	get(BASE, BASE + 8 * PAGE, BASE + 3 * PAGE, RMI_RAM);
	get(BASE + 3 * PAGE, BASE + 8 * PAGE, BASE + 4 * PAGE, RMI_EMPTY);
	get(BASE + 4 * PAGE, KIT_EMPTY, KIT_EMPTY, RMI_RAM);
}

static void get_ends_with_its_table(void **state)
{
	(void)state;
	kit_set_ripas(KIT_EMPTY, RMI_RAM);
	get(BASE, KIT_EMPTY + BLOCK2, KIT_EMPTY, RMI_RAM);
}

static void get_reaches_into_a_larger_entry(void **state)
{
	uint64_t base = KIT_EMPTY + 5 * PAGE;

	(void)state;
	get(base, base + PAGE, base + PAGE, RMI_EMPTY);
	get(base, KIT_EMPTY + BLOCK2 + PAGE, KIT_EMPTY + BLOCK2 + PAGE,
	    RMI_EMPTY);
	get(0, PAGE, PAGE, RMI_EMPTY);
}

static void get_ends_before_a_table(void **state)
{
	uint64_t table = KIT_EMPTY + 2 * BLOCK2;

	(void)state;
	assert_int_equal(rmi(RTT_CREATE, kit.rd, fake_delegate(1), table, 3),
			 RET(SUCCESS));
	get(KIT_EMPTY, table + BLOCK2, table, RMI_EMPTY);
}

static void get_ends_with_the_protected_half(void **state)
{
	uint64_t last = KIT_UNPROTECTED - BLOCK2;

	(void)state;
	get(last, KIT_UNPROTECTED, KIT_UNPROTECTED, RMI_EMPTY);
	get(2 * KIT_CODE, KIT_UNPROTECTED, KIT_UNPROTECTED, RMI_EMPTY);
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_range_is_aligned_protected_and_not_empty),
		CASE(memory_can_only_become_ram_or_empty),
		CASE(the_host_sees_the_request_and_nothing_else),
		CASE(registers_beyond_x3_are_the_realms),
		CASE(the_realm_learns_how_far_the_host_went),
		CASE(an_answer_is_given_once),
		CASE(a_refused_entry_leaves_the_request),
		CASE(a_destroyed_page_comes_back_wiped),
		CASE(get_tells_the_ripas_whatever_is_mapped),
		CASE(get_ends_where_the_ripas_changes),
		CASE(get_ends_with_its_table),
		CASE(get_reaches_into_a_larger_entry),
		CASE(get_ends_before_a_table),
		CASE(get_ends_with_the_protected_half),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
