/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_RTT_SET_RIPAS: the host's half of a RIPAS change, check by check and
 * entry by entry. The realm has a table of level 3 for the 2 MiB at KIT_CODE: a
 * page of DATA, then nothing; all of it RAM.
 */
#include "ripas_kit.h"
#include "rmm/rtt.h"

#define BASE (KIT_CODE + 16 * PAGE) /* entries that each test sets up */

static int setup(void **state)
{
	(void)state;
	kit_start();
	return 0;
}

/* Refused with @status, and nothing changed. */
#define assert_refused(call, status) \
	do { \
		struct kit_world world; \
		kit_remember(&world); \
		assert_int_equal(call, status); \
		assert_int_equal(fake_out[1], 0); \
		kit_assert_same(&world); \
	} while (0)

/* ---- Checks, in order -------------------------------------------------- */

static void wants_a_range(void **state)
{
	(void)state;
	ask(BASE, BASE + 4 * PAGE, RMI_EMPTY, 0);
	assert_refused(set_ripas(BASE, BASE), RET(ERROR_INPUT));
	assert_refused(set_ripas(BASE, BASE - PAGE), RET(ERROR_INPUT));
	assert_refused(set_ripas(BASE, BASE + PAGE + 8), RET(ERROR_INPUT));
	/* Before anything else. */
	assert_refused(rmi(RTT_SET_RIPAS, 0, 0, BASE, BASE), RET(ERROR_INPUT));
}

static void wants_a_realm_and_a_rec(void **state)
{
	uint64_t bad[] = { kit.rd + 8, kit.data, kit.root, KIT_NO_RAM, 0 };

	(void)state;
	ask(BASE, BASE + PAGE, RMI_EMPTY, 0);
	kit_rec()->running = true; /* not the first question */
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_refused(rmi(RTT_SET_RIPAS, bad[i], kit.rec, BASE,
				   BASE + PAGE), RET(ERROR_INPUT));
		assert_refused(rmi(RTT_SET_RIPAS, kit.rd, bad[i], BASE,
				   BASE + PAGE), RET(ERROR_INPUT));
	}
	assert_refused(rmi(RTT_SET_RIPAS, kit.rd, kit.rd, BASE, BASE + PAGE),
		       RET(ERROR_INPUT));
	kit_rec()->running = false;
}

static void wants_a_rec_that_is_not_running(void **state)
{
	(void)state;
	ask(BASE, BASE + PAGE, RMI_EMPTY, 0);
	kit_rec()->running = true;
	assert_refused(set_ripas(BASE, BASE + PAGE), RET(ERROR_REC));
	/* Before its request is looked at. */
	assert_refused(set_ripas(BASE + 8, BASE + PAGE), RET(ERROR_REC));
	kit_rec()->running = false;
	assert_set(BASE, BASE + PAGE, BASE + PAGE);
}

static void wants_a_rec_of_the_realm(void **state)
{
	uint64_t other = fake_delegate(1), root = fake_delegate(1);

	(void)state;
	ask(BASE, BASE + PAGE, RMI_EMPTY, 0);
	assert_int_equal(rmi(REALM_CREATE, other, kit_realm_params(root)),
			 RET(SUCCESS));
	assert_refused(rmi(RTT_SET_RIPAS, other, kit.rec, BASE, BASE + PAGE),
		       RET(ERROR_REC));
	assert_refused(rmi(RTT_SET_RIPAS, other, kit.rec, BASE + 8,
			   BASE + PAGE), RET(ERROR_REC));
}

static void wants_a_pending_request(void **state)
{
	(void)state;
	assert_refused(set_ripas(0, PAGE), RET(ERROR_INPUT));
	assert_refused(set_ripas(BASE, BASE + PAGE), RET(ERROR_INPUT));
	/* Another kind of request is none. */
	kit_rd()->rec_count = 2;
	SMC(PSCI_64(PSCI_AFFINITY_INFO), 1, 0);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_refused(set_ripas(BASE, BASE + PAGE), RET(ERROR_INPUT));
}

static void wants_the_next_address_of_the_request(void **state)
{
	static const uint64_t bad[] = {
		BASE - PAGE, BASE + PAGE, BASE + 8, BASE - 8, 0,
	};

	(void)state;
	ask(BASE, BASE + 4 * PAGE, RMI_EMPTY, 0);
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_refused(set_ripas(bad[i], BASE + 3 * PAGE),
			       RET(ERROR_INPUT));
	assert_set(BASE, BASE + 2 * PAGE, BASE + 2 * PAGE);
	assert_refused(set_ripas(BASE, BASE + 3 * PAGE), RET(ERROR_INPUT));
	assert_set(BASE + 2 * PAGE, BASE + 4 * PAGE, BASE + 4 * PAGE);
	/* Nothing is left. */
	assert_refused(set_ripas(BASE + 4 * PAGE, BASE + 5 * PAGE),
		       RET(ERROR_INPUT));
}

static void wants_the_end_of_the_request_at_most(void **state)
{
	(void)state;
	ask(BASE, BASE + 4 * PAGE, RMI_EMPTY, 0);
	assert_refused(set_ripas(BASE, BASE + 5 * PAGE), RET(ERROR_INPUT));
	assert_refused(set_ripas(BASE, ~0xfffull), RET(ERROR_INPUT));
}

static void wants_the_base_at_an_entry(void **state)
{
	uint64_t base = KIT_EMPTY + PAGE;

	(void)state;
	ask(base, base + PAGE, RMI_RAM, 0);
	assert_refused(set_ripas(base, base + PAGE), RET_RTT(2));
	assert_int_equal(rmi(RTT_CREATE, kit.rd, fake_delegate(1), KIT_EMPTY,
			     3), RET(SUCCESS));
	assert_set(base, base + PAGE, base + PAGE);
}

static void wants_the_first_entry_inside_the_range(void **state)
{
	(void)state;
	ask(KIT_EMPTY, KIT_EMPTY + PAGE, RMI_RAM, 0);
	assert_refused(set_ripas(KIT_EMPTY, KIT_EMPTY + PAGE), RET_RTT(2));
}

/* No table helps: the host must reject. */
static void destroyed_memory_needs_the_realms_leave(void **state)
{
	(void)state;
	kit_set_ripas(BASE, RMI_DESTROYED);
	ask(BASE, BASE + PAGE, RMI_RAM, 0);
	assert_refused(set_ripas(BASE, BASE + PAGE), RET_RTT(3));
	assert_ripas(BASE, RMI_VOID, RMI_DESTROYED);
}

/* ---- Effects ----------------------------------------------------------- */

/* From each state, what becomes of it, and if it stops the range. */
static const struct {
	bool mapped;
	enum rmi_ripas from;
	enum rmi_ripas to;
	uint64_t flags;
	bool stops;
	bool flushed;
} moves[] = {
	{ false, RMI_EMPTY, RMI_RAM, 0, false, false },
	{ false, RMI_RAM, RMI_RAM, 0, false, false },
	{ false, RMI_DESTROYED, RMI_RAM, 0, true, false },
	{ false, RMI_DESTROYED, RMI_RAM, RSI_CHANGE_DESTROYED, false, false },
	{ false, RMI_EMPTY, RMI_EMPTY, 0, false, false },
	{ false, RMI_RAM, RMI_EMPTY, 0, false, false },
	{ false, RMI_DESTROYED, RMI_EMPTY, 0, false, false },
	{ true, RMI_EMPTY, RMI_RAM, 0, false, false },
	{ true, RMI_RAM, RMI_RAM, 0, false, false },
	{ true, RMI_DESTROYED, RMI_RAM, 0, true, false },
	{ true, RMI_DESTROYED, RMI_RAM, RSI_CHANGE_DESTROYED, false, false },
	{ true, RMI_EMPTY, RMI_EMPTY, 0, false, false },
	{ true, RMI_RAM, RMI_EMPTY, 0, false, true },
	{ true, RMI_DESTROYED, RMI_EMPTY, 0, false, false },
};

/* The entry in the middle of three; the others are RAM, nothing mapped. */
static void move(unsigned int i)
{
	uint64_t middle = BASE + PAGE, top = BASE + 3 * PAGE;
	enum rmi_rtte_state state = moves[i].mapped ? RMI_DATA : RMI_VOID;

	kit_start();
	if (moves[i].mapped)
		kit_map(middle);
	kit_set_ripas(middle, moves[i].from);
	ask(BASE, top, moves[i].to, moves[i].flags);
	fake.tlbi_ranges = 0;
	assert_set(BASE, top, moves[i].stops ? middle : top);
	assert_ripas(BASE, RMI_VOID, moves[i].to);
	assert_ripas(middle, state, moves[i].stops ? moves[i].from :
						     moves[i].to);
	assert_ripas(BASE + 2 * PAGE, RMI_VOID,
		     moves[i].stops ? RMI_RAM : moves[i].to);
	assert_int_equal(fake.tlbi_ranges, moves[i].flushed);
	assert_true(rmm_ledger_ok());
}

static void each_state_becomes_what_the_realm_asked_for(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		move(i);
}

/* True if a PE can use the entry. */
static bool accessible(uint64_t ipa)
{
	struct rtt_walk walk;

	rtt_walk_deep(kit_rd(), ipa, &walk);
	return walk.table[walk.index] & 1;
}

static void data_is_accessible_exactly_as_ram(void **state)
{
	(void)state;
	kit_map(BASE);
	assert_true(accessible(BASE));
	ask(BASE, BASE + PAGE, RMI_EMPTY, 0);
	assert_set(BASE, BASE + PAGE, BASE + PAGE);
	assert_false(accessible(BASE));
	assert_response(0, BASE + PAGE, RSI_ACCEPT);
	ask(BASE, BASE + PAGE, RMI_RAM, 0);
	assert_set(BASE, BASE + PAGE, BASE + PAGE);
	assert_true(accessible(BASE));
}

static void entries_not_flushed(void)
{
	/* By now no PE may find what is taken from it. */
	assert_false(accessible(BASE));
	assert_false(accessible(BASE + PAGE));
}

static void the_tlbs_forget_the_range_once(void **state)
{
	(void)state;
	kit_map(BASE);
	kit_map(BASE + PAGE);
	ask(BASE, BASE + 4 * PAGE, RMI_EMPTY, 0);
	fake.tlbi_ranges = 0;
	fake.on_tlbi = entries_not_flushed;
	assert_set(BASE, BASE + 4 * PAGE, BASE + 4 * PAGE);
	assert_int_equal(fake.tlbi_ranges, 1);
	assert_int_equal(fake.tlbi_vmid, kit_rd()->vmid);
	assert_int_equal(fake.tlbi_ipa, BASE);
	assert_int_equal(fake.tlbi_size, 4 * PAGE);
}

static void a_range_ends_with_the_table(void **state)
{
	uint64_t base = KIT_EMPTY - 2 * PAGE, top = KIT_EMPTY + BLOCK2;

	(void)state;
	ask(base, top, RMI_RAM, 0);
	assert_set(base, top, KIT_EMPTY);
	/* The next is an entry of 2 MiB, one level up. */
	assert_set(KIT_EMPTY, top, top);
	assert_ripas(KIT_EMPTY, RMI_VOID, RMI_RAM);
	assert_ripas(KIT_EMPTY + BLOCK2, RMI_VOID, RMI_EMPTY);
	assert_response(RMI_ENTRY_RIPAS_REJECT, top, RSI_ACCEPT);
}

static void blocks_are_done_whole(void **state)
{
	uint64_t top = KIT_EMPTY + 3 * BLOCK2 + PAGE;

	(void)state;
	ask(KIT_EMPTY, top, RMI_RAM, 0);
	assert_set(KIT_EMPTY, top, top - PAGE);
	assert_ripas(top, RMI_VOID, RMI_EMPTY);
	assert_refused(set_ripas(top - PAGE, top), RET_RTT(2));
}

static void a_range_ends_before_a_table(void **state)
{
	uint64_t table = KIT_EMPTY + 2 * BLOCK2;

	(void)state;
	assert_int_equal(rmi(RTT_CREATE, kit.rd, fake_delegate(1), table, 3),
			 RET(SUCCESS));
	ask(KIT_EMPTY, table + BLOCK2, RMI_RAM, 0);
	assert_set(KIT_EMPTY, table + BLOCK2, table);
	/* Its entries are the next step. */
	assert_set(table, table + BLOCK2, table + BLOCK2);
	assert_ripas(table + 511 * PAGE, RMI_VOID, RMI_RAM);
}

static void all_protected_memory_can_be_asked_for(void **state)
{
	uint64_t at = 0;

	(void)state;
	ask(0, KIT_UNPROTECTED, RMI_EMPTY, 0);
	while (at < KIT_UNPROTECTED) {
		assert_int_equal(set_ripas(at, KIT_UNPROTECTED), RET(SUCCESS));
		assert_true(fake_out[1] > at);
		at = fake_out[1];
	}
	assert_int_equal(at, KIT_UNPROTECTED);
	assert_ripas(KIT_CODE, RMI_DATA, RMI_EMPTY);
}

static void it_works_in_a_realm_that_is_off(void **state)
{
	(void)state;
	ask(BASE, BASE + PAGE, RMI_EMPTY, 0);
	kit_rd()->state = REALM_ZOMBIE;
	assert_set(BASE, BASE + PAGE, BASE + PAGE);
}

/* A debug build looks at each granule, and each place is a good end. */
static void an_interrupt_ends_the_range(void **state)
{
	for (unsigned int n = 1; n <= 4; n++) {
		uint64_t end = BASE + (FAKE_STRIDE == 1 ? n : 4) * PAGE;

		setup(state);
		kit_map(BASE);
		ask(BASE, BASE + 4 * PAGE, RMI_EMPTY, 0);
		fake.irq_countdown = n;
		fake.tlbi_ranges = 0;
		assert_set(BASE, BASE + 4 * PAGE, end);
		assert_int_equal(fake.tlbi_size, end - BASE);
		assert_response(0, end, RSI_ACCEPT);
	}
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

#ifdef RMM_DEBUG
/* A block that is being mapped belongs to its operation meanwhile. */
static void an_entry_with_an_operation_stops_it(void **state)
{
	uint64_t block = fake_delegate(512);

	(void)state;
	fake.irq_countdown = 50;
	assert_int_equal(RMI_RETURN_STATUS(
			 rmi(RTT_DATA_MAP, kit.rd, KIT_EMPTY,
			     KIT_EMPTY + BLOCK2, RMI_OADDR_SINGLE,
			     block | 1 << 2 | 1)), RMI_INCOMPLETE);
	fake.irq_pending = false;
	ask(KIT_EMPTY, KIT_EMPTY + BLOCK2, RMI_RAM, 0);
	assert_int_equal(set_ripas(KIT_EMPTY, KIT_EMPTY + BLOCK2), RET_RTT(2));
	assert_int_equal(rmi(OP_CONTINUE, 0, 0), RET(SUCCESS));
	assert_set(KIT_EMPTY, KIT_EMPTY + BLOCK2, KIT_EMPTY + BLOCK2);
	assert_ripas(KIT_EMPTY, RMI_DATA, RMI_RAM);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(wants_a_range),
		CASE(wants_a_realm_and_a_rec),
		CASE(wants_a_rec_that_is_not_running),
		CASE(wants_a_rec_of_the_realm),
		CASE(wants_a_pending_request),
		CASE(wants_the_next_address_of_the_request),
		CASE(wants_the_end_of_the_request_at_most),
		CASE(wants_the_base_at_an_entry),
		CASE(wants_the_first_entry_inside_the_range),
		CASE(destroyed_memory_needs_the_realms_leave),
		CASE(each_state_becomes_what_the_realm_asked_for),
		CASE(data_is_accessible_exactly_as_ram),
		CASE(the_tlbs_forget_the_range_once),
		CASE(a_range_ends_with_the_table),
		CASE(blocks_are_done_whole),
		CASE(a_range_ends_before_a_table),
		CASE(all_protected_memory_can_be_asked_for),
		CASE(it_works_in_a_realm_that_is_off),
		CASE(an_interrupt_ends_the_range),
#ifdef RMM_DEBUG
		CASE(an_entry_with_an_operation_stops_it),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
