/* SPDX-License-Identifier: BSD-3-Clause */
/* RMI_REC_CREATE and RMI_REC_DESTROY: from a granule to a REC and back. */
#include <string.h>

#include "realm_kit.h"

#define NONE RET(INCOMPLETE)
#define DONATE \
	(RET(INCOMPLETE) | RMI_OP_MEM_REQ_DONATE << 8 | RMI_RETURN_CAN_CANCEL)
#define RECLAIM (RET(INCOMPLETE) | RMI_OP_MEM_REQ_RECLAIM << 8)
#define RUNNABLE RMI_REC_PARAM_FLAG_RUNNABLE

static uint64_t rec, aux, page, list, handle;

static struct rec_params *params(void)
{
	return fake_view(page);
}

static int setup(void **state)
{
	(void)state;
	kit_start_new();
	rec = fake_delegate(1);
	aux = fake_delegate(1);
	page = kit_rec_params(0, RUNNABLE);
	list = fake_ns_page();
	return 0;
}

/* Up to the point where parameters and realm are looked at. */
static void open_and_donate(uint64_t rd)
{
	assert_int_equal(rmi(REC_CREATE, rd, rec, page), DONATE);
	handle = fake_out[1];
	assert_int_equal(fake_out[2], (uint64_t)REC_AUX_GRANULES << 2);
	*(uint64_t *)fake_view(list) = aux | 1 << 2;
	assert_int_equal(rmi(OP_MEM_DONATE, handle, list, 1), NONE);
}

static void create_makes_a_rec(void **state)
{
	const struct rec *made = fake_view(rec);

	(void)state;
	memset(fake_view(rec), 0xee, GRANULE_SIZE);
	memset(fake_view(aux), 0xee, GRANULE_SIZE);
	open_and_donate(kit.rd);
	assert_int_equal(rmi(OP_CONTINUE, handle), RET(SUCCESS));
	assert_int_equal(kit_state(rec), GRANULE_REC);
	assert_int_equal(kit_state(aux), GRANULE_INTERNAL);
	assert_int_equal(made->owner, kit.rd);
	assert_int_equal(made->index, 0);
	assert_int_equal(made->aux[0], aux);
	assert_true(made->runnable);
	assert_false(made->running);
	assert_int_equal(made->pending, REC_PENDING_NONE);
	assert_int_equal(made->abort, REC_ABORT_NONE);
	assert_int_equal(kit_rd()->rec_count, 1);
	assert_int_equal(kit_rd()->rec_live, 1);
	assert_true(rmm_ledger_ok());
}

static void create_resets_the_registers(void **state)
{
	static const struct pe_simd no_simd;
	const struct pe *pe = &((const struct rec *)fake_view(rec))->pe;

	(void)state;
	memset(fake_view(rec), 0xee, GRANULE_SIZE);
	memset(fake_view(aux), 0xee, GRANULE_SIZE);
	assert_int_equal(rmi(REC_CREATE, kit.rd, rec, page), DONATE);
	*(uint64_t *)fake_view(list) = aux | 1 << 2;
	rmi(OP_MEM_DONATE, fake_out[1], list, 1);
	assert_int_equal(rmi(OP_CONTINUE, 0), RET(SUCCESS));
	for (unsigned int i = 0; i < 31; i++)
		assert_int_equal(pe->x[i], i < 8 ? 0x1000 + i : 0);
	assert_int_equal(pe->pc, KIT_CODE);
	assert_int_equal(pe->pstate, 0x3c5);
	for (unsigned int i = 0; i < PE_SYSREGS; i++) {
		uint64_t want = 0;

		if (i == PE_SCTLR_EL1)
			want = 0x00c50878;
		if (i == PE_MDSCR_EL1)
			want = 1 << 12;
		assert_int_equal(pe->sysreg[i], want);
	}
	assert_memory_equal(fake_view(aux), &no_simd, sizeof(no_simd));
}

static void create_wants_rec_delegated(void **state)
{
	struct kit_world world;
	uint64_t bad[] = {
		rec + 1, KIT_NO_RAM, list, kit.rd, kit.root, kit.data,
	};

	(void)state;
	kit_remember(&world);
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(rmi(REC_CREATE, kit.rd, bad[i], page),
				 RET(ERROR_INPUT));
	kit_assert_same(&world);
	open_and_donate(kit.rd);
	assert_int_equal(handle, 0);
}

static void rec_is_neither_free_nor_a_rec_meanwhile(void **state)
{
	(void)state;
	assert_int_equal(rmi(REC_CREATE, kit.rd, rec, page), DONATE);
	assert_int_equal(kit_state(rec), GRANULE_PENDING);
	assert_int_equal(rmi(REC_CREATE, kit.rd, rec, page), RET(BLOCKED));
	assert_int_equal(rmi(REC_DESTROY, rec), RET(BLOCKED));
	assert_int_equal(rmi(REC_ENTER, rec, list), RET(BLOCKED));
	assert_int_equal(rmi(GRANULE_RANGE_UNDELEGATE, rec, rec + GRANULE_SIZE),
			 RET(ERROR_INPUT));
	*(uint64_t *)fake_view(list) = rec | 1 << 2;
	assert_int_equal(rmi(OP_MEM_DONATE, 0, list, 1), RECLAIM);
}

/*
 * What OP_CONTINUE finds wrong: the memory comes back, then the status, then
 * all is as before.
 */
static void assert_create_fails(uint64_t rd, uint64_t status)
{
	struct kit_world world;

	kit_remember(&world);
	open_and_donate(rd);
	assert_int_equal(rmi(OP_CONTINUE, handle), RECLAIM);
	assert_int_equal(kit_state(rec), GRANULE_PENDING);
	assert_int_equal(rmi(OP_MEM_RECLAIM, handle, list, 8), NONE);
	assert_int_equal(fake_out[1], 1);
	assert_int_equal(*(uint64_t *)fake_view(list), aux | 1 << 2);
	assert_int_equal(kit_state(rec), GRANULE_PENDING);
	assert_int_equal(rmi(OP_CONTINUE, handle), status);
	assert_int_equal(kit_state(rec), GRANULE_DELEGATED);
	assert_int_equal(kit_state(aux), GRANULE_DELEGATED);
	kit_assert_same(&world);
}

static void assert_create_works(void)
{
	open_and_donate(kit.rd);
	assert_int_equal(rmi(OP_CONTINUE, handle), RET(SUCCESS));
}

static void create_wants_params_in_ns_ram(void **state)
{
	uint64_t good = page;

	(void)state;
	page = good + 8;
	assert_create_fails(kit.rd, RET(ERROR_INPUT));
	page = KIT_NO_RAM;
	assert_create_fails(kit.rd, RET(ERROR_INPUT));
	page = kit.data;
	assert_create_fails(kit.rd, RET(ERROR_INPUT));
	page = good;
	fake.ns_fault_pa = page;
	assert_create_fails(kit.rd, RET(ERROR_INPUT));
	fake.ns_fault_pa = 0;
	assert_create_works();
}

static void create_wants_an_rd(void **state)
{
	(void)state;
	assert_create_fails(kit.root, RET(ERROR_INPUT));
	assert_create_fails(kit.rd + 1, RET(ERROR_INPUT));
	assert_create_fails(rec, RET(ERROR_INPUT));
	assert_create_works();
}

static void create_wants_a_new_realm(void **state)
{
	(void)state;
	for (enum realm_state s = REALM_ACTIVE; s <= REALM_ZOMBIE; s++) {
		kit_rd()->state = s;
		assert_create_fails(kit.rd, RET(ERROR_REALM));
	}
	kit_rd()->state = REALM_NEW;
	assert_create_works();
}

static void create_wants_room_for_one_more(void **state)
{
	(void)state;
	kit_rd()->rec_count = REC_MAX;
	assert_create_fails(kit.rd, RET(ERROR_REALM));
	kit_rd()->rec_count = REC_MAX - 1;
	/* 1022 = 0x3fe: Aff0 14, Aff1 63. */
	params()->mpidr = 0x3f0e;
	assert_create_works();
}

static void create_wants_indexes_in_order(void **state)
{
	(void)state;
	params()->mpidr = 1;
	assert_create_fails(kit.rd, RET(ERROR_INPUT));
	params()->mpidr = 0;
	assert_create_works();
	rec = fake_delegate(1);
	aux = fake_delegate(1);
	assert_create_fails(kit.rd, RET(ERROR_INPUT));
	params()->mpidr = 2;
	assert_create_fails(kit.rd, RET(ERROR_INPUT));
	params()->mpidr = 1;
	assert_create_works();
}

static void create_wants_reserved_mpidr_bits_zero(void **state)
{
	(void)state;
	for (unsigned int bit = 4; bit < 64; bit++) {
		if (bit >= 8 && bit < 32)
			continue;
		params()->mpidr = BIT_ULL(bit);
		assert_create_fails(kit.rd, RET(ERROR_INPUT));
	}
}

/* Order of 5.3: parameters page, RD, count and state, MPIDR. */
static void create_asks_in_the_documented_order(void **state)
{
	(void)state;
	params()->mpidr = 7;
	kit_rd()->state = REALM_ACTIVE;
	assert_create_fails(kit.rd, RET(ERROR_REALM));
	fake.ns_fault_pa = page;
	assert_create_fails(kit.rd, RET(ERROR_INPUT));
}

static void mpidrs_are_sixteen_to_a_cluster(void **state)
{
	static const struct {
		uint64_t mpidr;
		unsigned int index;
		uint64_t vmpidr;
	} rows[] = {
		{ 0x0, 0, 0x80000000 },
		{ 0xf, 15, 0x8000000f },
		{ 0x100, 16, 0x80000100 },
		{ 0x103, 19, 0x80000103 },
		{ 0xff0f, 4095, 0x8000ff0f },
		{ 0x10000, 4096, 0x80010000 },
		{ 0x1000000, 1048576, 0x0180000000 },
		{ 0xff000000, 0xff00000, 0xff80000000 },
	};
	unsigned int index;

	(void)state;
	for (unsigned int i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(rec_mpidr_to_index(rows[i].mpidr),
				 rows[i].index);
		assert_int_equal(rec_mpidr_to_vmpidr(rows[i].mpidr),
				 rows[i].vmpidr);
		assert_true(rec_vmpidr_to_index(rows[i].vmpidr & ~MPIDR_RES1,
						&index));
		assert_int_equal(index, rows[i].index);
	}
}

static void affinities_have_no_other_bits(void **state)
{
	uint64_t fields = 0xff00ffff0f;
	unsigned int index;

	(void)state;
	for (unsigned int bit = 0; bit < 64; bit++)
		assert_int_equal(rec_vmpidr_to_index(BIT_ULL(bit), &index),
				 fields >> bit & 1);
}

static void a_realm_can_go_while_a_rec_is_being_made(void **state)
{
	(void)state;
	open_and_donate(kit.rd);
	kit_end();
	assert_int_equal(rmi(OP_CONTINUE, handle), RECLAIM);
	assert_int_equal(rmi(OP_MEM_RECLAIM, handle, list, 1), NONE);
	assert_int_equal(rmi(OP_CONTINUE, handle), RET(ERROR_INPUT));
	assert_true(rmm_ledger_ok());
}

/* ---- REC_DESTROY ------------------------------------------------------- */

static int destroy_setup(void **state)
{
	setup(state);
	assert_create_works();
	return 0;
}

static void destroy_gives_everything_back(void **state)
{
	static const uint8_t zero[GRANULE_SIZE];

	(void)state;
	assert_int_equal(rmi(REC_DESTROY, rec), RECLAIM);
	handle = fake_out[1];
	assert_int_equal(kit_rd()->rec_live, 0);
	assert_int_equal(kit_rd()->rec_count, 1);
	assert_int_equal(kit_state(rec), GRANULE_PENDING);
	assert_int_equal(rmi(OP_MEM_RECLAIM, handle, list, 1), NONE);
	assert_int_equal(fake_out[1], 1);
	assert_int_equal(*(uint64_t *)fake_view(list), aux | 1 << 2);
	assert_int_equal(rmi(OP_CONTINUE, handle), RET(SUCCESS));
	assert_int_equal(kit_state(rec), GRANULE_DELEGATED);
	assert_int_equal(kit_state(aux), GRANULE_DELEGATED);
	assert_memory_equal(fake_view(rec), zero, GRANULE_SIZE);
	assert_memory_equal(fake_view(aux), zero, GRANULE_SIZE);
	assert_true(rmm_ledger_ok());
}

static void destroy_wants_a_rec(void **state)
{
	uint64_t bad[] = { rec + 8, KIT_NO_RAM, list, kit.rd, kit.data, aux };
	struct kit_world world;

	(void)state;
	kit_remember(&world);
	for (unsigned int i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(rmi(REC_DESTROY, bad[i]), RET(ERROR_INPUT));
	kit_assert_same(&world);
	assert_int_equal(rmi(REC_DESTROY, rec), RECLAIM);
	assert_int_equal(fake_out[1], 0);
}

static void destroy_wants_a_rec_that_is_not_running(void **state)
{
	struct kit_world world;

	(void)state;
	((struct rec *)fake_view(rec))->running = true;
	kit_remember(&world);
	assert_int_equal(rmi(REC_DESTROY, rec), RET(ERROR_REC));
	kit_assert_same(&world);
	((struct rec *)fake_view(rec))->running = false;
	assert_int_equal(rmi(REC_DESTROY, rec), RECLAIM);
}

static void destroy_works_in_every_realm_state(void **state)
{
	(void)state;
	for (enum realm_state s = REALM_NEW; s <= REALM_ZOMBIE; s++) {
		setup(state);
		assert_create_works();
		kit_rd()->state = s;
		assert_int_equal(kit_rec_destroy(rec), RET(SUCCESS));
	}
}

static void a_destroyed_rec_leaves_its_realm_at_once(void **state)
{
	(void)state;
	assert_int_equal(rmi(REC_DESTROY, rec), RECLAIM);
	assert_int_equal(rmi(REC_DESTROY, rec), RET(BLOCKED));
	kit_end();
	assert_int_equal(kit_state(kit.rd), GRANULE_DELEGATED);
	assert_int_equal(rmi(OP_MEM_RECLAIM, 0, list, 1), NONE);
	assert_int_equal(rmi(OP_CONTINUE, 0), RET(SUCCESS));
	assert_true(rmm_ledger_ok());
}

static void an_index_is_not_given_out_twice(void **state)
{
	(void)state;
	assert_int_equal(kit_rec_destroy(rec), RET(SUCCESS));
	assert_create_fails(kit.rd, RET(ERROR_INPUT));
	params()->mpidr = 1;
	assert_create_works();
}

#define CASE(test) cmocka_unit_test_setup(test, setup)
#define DESTROY(test) cmocka_unit_test_setup(test, destroy_setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(create_makes_a_rec),
		CASE(create_resets_the_registers),
		CASE(create_wants_rec_delegated),
		CASE(rec_is_neither_free_nor_a_rec_meanwhile),
		CASE(create_wants_params_in_ns_ram),
		CASE(create_wants_an_rd),
		CASE(create_wants_a_new_realm),
		CASE(create_wants_room_for_one_more),
		CASE(create_wants_indexes_in_order),
		CASE(create_wants_reserved_mpidr_bits_zero),
		CASE(create_asks_in_the_documented_order),
		CASE(mpidrs_are_sixteen_to_a_cluster),
		CASE(affinities_have_no_other_bits),
		CASE(a_realm_can_go_while_a_rec_is_being_made),
		DESTROY(destroy_gives_everything_back),
		DESTROY(destroy_wants_a_rec),
		DESTROY(destroy_wants_a_rec_that_is_not_running),
		DESTROY(destroy_works_in_every_realm_state),
		DESTROY(a_destroyed_rec_leaves_its_realm_at_once),
		DESTROY(an_index_is_not_given_out_twice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
