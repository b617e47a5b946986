/* SPDX-License-Identifier: BSD-3-Clause */
/* RMI_REALM_CREATE, _ACTIVATE, _TERMINATE and _DESTROY. */
#include <string.h>

#include "create_kit.h"
#include "rmm/rtt.h"
#include "rmm/vmid.h"

/* ---- REALM_CREATE ------------------------------------------------------ */

static void create_makes_a_new_realm(void **state)
{
	struct rd *rd = fake_view(make.rd);

	(void)state;
	memset(fake_view(make.rd), 0xee, GRANULE_SIZE);
	memset(fake_view(make.root), 0xee, GRANULE_SIZE);
	assert_int_equal(create(), RET(SUCCESS));

	assert_int_equal(kit_state(make.rd), GRANULE_RD);
	assert_int_equal(kit_state(make.root), GRANULE_RTT);
	assert_int_equal(rd->state, REALM_NEW);
	assert_int_equal(rd->pa, make.rd);
	assert_int_not_equal(rd->vmid, VMID_NONE);
	assert_int_equal(rd->ipa_bits, KIT_IPA_BITS);
	assert_int_equal(rd->num_bps, 5);
	assert_int_equal(rd->num_wps, 3);
	assert_int_equal(rd->rec_count, 0);
	assert_memory_equal(rd->rpv, params()->rpv, REALM_RPV_SIZE);
	assert_false(rtt_roots_live(rd));
	assert_true(rmm_ledger_ok());
}

static void create_answers_zero_results(void **state)
{
	(void)state;
	assert_int_equal(create(), RET(SUCCESS));
	for (unsigned int i = 1; i <= 3; i++)
		assert_int_equal(fake_out[i], 0);
}

static void create_takes_joined_roots(void **state)
{
	(void)state;
	params()->rtt_level_start = 2;
	params()->rtt_num_start = 8;
	assert_int_equal(create(), RET(SUCCESS));
	for (unsigned int i = 0; i < 16; i++)
		assert_int_equal(kit_state(make.root + i * GRANULE_SIZE),
				 i < 8 ? GRANULE_RTT : GRANULE_DELEGATED);
}

static void create_wants_an_aligned_params_page(void **state)
{
	(void)state;
	create_refused(make.rd, make.params + 8, RET(ERROR_INPUT));
	assert_int_equal(create(), RET(SUCCESS));
}

static void create_wants_params_in_ns_ram(void **state)
{
	(void)state;
	create_refused(make.rd, KIT_NO_RAM, RET(ERROR_INPUT));
	create_refused(make.rd, make.root + 8 * GRANULE_SIZE,
		       RET(ERROR_INPUT));
	fake.ns_read_fails = true;
	create_refused(make.rd, make.params, RET(ERROR_INPUT));
}

static void create_wants_joined_roots_aligned_as_a_whole(void **state)
{
	(void)state;
	params()->rtt_level_start = 2;
	params()->rtt_num_start = 8;
	params()->rtt_base = make.root + GRANULE_SIZE;
	create_refused(make.rd, make.params, RET(ERROR_INPUT));
}

static void create_wants_every_root_delegated(void **state)
{
	(void)state;
	params()->rtt_level_start = 2;
	params()->rtt_num_start = 8;
	for (unsigned int i = 0; i < 8; i++) {
		uint64_t root = make.root + i * GRANULE_SIZE;

		rmi(GRANULE_RANGE_UNDELEGATE, root, root + GRANULE_SIZE);
		create_refused(make.rd, make.params, RET(ERROR_INPUT));
		rmi(GRANULE_RANGE_DELEGATE, root, root + GRANULE_SIZE);
	}
	assert_int_equal(create(), RET(SUCCESS));
}

static void create_wants_roots_in_ram(void **state)
{
	(void)state;
	params()->rtt_base = KIT_NO_RAM;
	create_refused(make.rd, make.params, RET(ERROR_INPUT));
}

static void create_wants_rd_delegated(void **state)
{
	(void)state;
	create_refused(make.rd + 1, make.params, RET(ERROR_INPUT));
	create_refused(KIT_NO_RAM, make.params, RET(ERROR_INPUT));
	create_refused(fake_ns_page(), make.params, RET(ERROR_INPUT));
	assert_int_equal(create(), RET(SUCCESS));
	/* And once it is an RD, it is not free either. */
	params()->rtt_base = make.root + GRANULE_SIZE;
	create_refused(make.rd, make.params, RET(ERROR_INPUT));
}

static void create_wants_rd_apart_from_the_roots(void **state)
{
	(void)state;
	create_refused(make.root, make.params, RET(ERROR_INPUT));
	assert_int_equal(create(), RET(SUCCESS));
}

static void create_gives_its_vmid_back_when_it_fails(void **state)
{
	(void)state;
	for (unsigned int i = 0; i < 2 * VMID_LAST; i++)
		assert_int_equal(rmi(REALM_CREATE, KIT_NO_RAM, make.params),
				 RET(ERROR_INPUT));
	assert_int_equal(create(), RET(SUCCESS));
}

static void create_gives_its_vmid_back_when_a_root_is_bad(void **state)
{
	(void)state;
	params()->rtt_base = KIT_NO_RAM;
	for (unsigned int i = 0; i < 2 * VMID_LAST; i++)
		assert_int_equal(create(), RET(ERROR_INPUT));
	params()->rtt_base = make.root;
	assert_int_equal(create(), RET(SUCCESS));
}

static void create_fails_when_no_vmid_is_left(void **state)
{
	(void)state;
	for (unsigned int i = 1; i <= VMID_LAST; i++)
		assert_int_not_equal(vmid_alloc(), VMID_NONE);
	create_refused(make.rd, make.params, RET(ERROR_GLOBAL));
	/* Parameters come before, granules after. */
	params()->s2sz = 0;
	create_refused(make.rd, make.params, RET(ERROR_INPUT));
	params()->s2sz = KIT_IPA_BITS;
	create_refused(KIT_NO_RAM, make.params, RET(ERROR_GLOBAL));
	vmid_free(77);
	assert_int_equal(create(), RET(SUCCESS));
	assert_int_equal(((struct rd *)fake_view(make.rd))->vmid, 77);
}

static void vmids_are_distinct_and_never_zero(void **state)
{
	bool seen[VMID_LAST + 1] = { false };

	(void)state;
	vmid_init();
	for (unsigned int i = 1; i <= VMID_LAST; i++) {
		uint16_t vmid = vmid_alloc();

		assert_in_range(vmid, 1, VMID_LAST);
		assert_false(seen[vmid]);
		seen[vmid] = true;
	}
	assert_int_equal(vmid_alloc(), VMID_NONE);
}

static void freeing_a_free_vmid_is_a_bug(void **state)
{
	(void)state;
	assert_true(FAKE_PANICS(vmid_free(9)));
}

/* ---- The rest of a realm's life ---------------------------------------- */

static int life_setup(void **state)
{
	(void)state;
	kit_start_new();
	return 0;
}

static uint64_t activate(uint64_t rd)
{
	return rmi(REALM_ACTIVATE, rd);
}

static uint64_t terminate(uint64_t rd)
{
	return rmi(REALM_TERMINATE, rd);
}

static uint64_t destroy(uint64_t rd)
{
	return rmi(REALM_DESTROY, rd);
}

static uint64_t (*const commands[])(uint64_t rd) = {
	activate, terminate, destroy,
};

static void each_command_wants_an_rd(void **state)
{
	struct kit_world world;

	(void)state;
	kit_remember(&world);
	for (unsigned int i = 0; i < 3; i++) {
		assert_int_equal(commands[i](kit.rd + 8), RET(ERROR_INPUT));
		assert_int_equal(commands[i](kit.root), RET(ERROR_INPUT));
		assert_int_equal(commands[i](kit.data), RET(ERROR_INPUT));
		assert_int_equal(commands[i](KIT_NO_RAM), RET(ERROR_INPUT));
		assert_int_equal(commands[i](kit.run), RET(ERROR_INPUT));
	}
	kit_assert_same(&world);
}

static void activate_works_once_and_only_when_new(void **state)
{
	static const enum realm_state bad[] = {
		REALM_ACTIVE, REALM_SYSTEM_OFF, REALM_ZOMBIE,
	};

	(void)state;
	assert_int_equal(activate(kit.rd), RET(SUCCESS));
	assert_int_equal(kit_rd()->state, REALM_ACTIVE);
	for (unsigned int i = 0; i < 3; i++) {
		kit_rd()->state = bad[i];
		assert_int_equal(activate(kit.rd), RET(ERROR_REALM));
		assert_int_equal(kit_rd()->state, bad[i]);
	}
}

static void terminate_works_from_every_state(void **state)
{
	(void)state;
	for (enum realm_state s = REALM_NEW; s <= REALM_ZOMBIE; s++) {
		kit_rd()->state = s;
		assert_int_equal(terminate(kit.rd), RET(SUCCESS));
		assert_int_equal(kit_rd()->state, REALM_ZOMBIE);
	}
}

static void terminate_wants_no_rec_running(void **state)
{
	(void)state;
	kit_rd()->rec_count = kit_rd()->rec_live = 1;
	kit_rd()->rec_running = 1;
	assert_int_equal(terminate(kit.rd), RET(ERROR_REALM));
	assert_int_equal(kit_rd()->state, REALM_NEW);
	kit_rd()->rec_running = 0;
	kit_rd()->rec_count = kit_rd()->rec_live = 0;
	assert_int_equal(terminate(kit.rd), RET(SUCCESS));
}

static void destroy_wants_a_terminated_realm(void **state)
{
	struct kit_world world;

	(void)state;
	rmi(RTT_DATA_UNMAP, kit.rd, KIT_CODE, KIT_EMPTY, 0, 0);
	rmi(RTT_DESTROY, kit.rd, KIT_CODE, 3);
	rmi(RTT_DESTROY, kit.rd, KIT_CODE, 2);
	for (enum realm_state s = REALM_NEW; s < REALM_ZOMBIE; s++) {
		kit_rd()->state = s;
		kit_remember(&world);
		assert_int_equal(destroy(kit.rd), RET(ERROR_REALM));
		kit_assert_same(&world);
	}
	assert_int_equal(terminate(kit.rd), RET(SUCCESS));
	assert_int_equal(destroy(kit.rd), RET(SUCCESS));
}

static void destroy_wants_no_live_root(void **state)
{
	struct kit_world world;

	(void)state;
	assert_int_equal(terminate(kit.rd), RET(SUCCESS));
	kit_remember(&world);
	assert_int_equal(destroy(kit.rd), RET(ERROR_REALM));
	kit_assert_same(&world);
	/* Empty tables below the root are still tables. */
	rmi(RTT_DATA_UNMAP, kit.rd, KIT_CODE, KIT_EMPTY, 0, 0);
	assert_int_equal(destroy(kit.rd), RET(ERROR_REALM));
}

static void destroy_wants_no_rec(void **state)
{
	uint64_t rec = fake_delegate(1);

	(void)state;
	assert_int_equal(kit_rec_create(kit.rd, rec, kit_rec_params(0, 0)),
			 RET(SUCCESS));
	rmi(RTT_DATA_UNMAP, kit.rd, KIT_CODE, KIT_EMPTY, 0, 0);
	rmi(RTT_DESTROY, kit.rd, KIT_CODE, 3);
	rmi(RTT_DESTROY, kit.rd, KIT_CODE, 2);
	assert_int_equal(terminate(kit.rd), RET(SUCCESS));
	assert_int_equal(destroy(kit.rd), RET(ERROR_REALM));
	assert_int_equal(kit_rec_destroy(rec), RET(SUCCESS));
	assert_int_equal(destroy(kit.rd), RET(SUCCESS));
}

static void destroy_leaves_wiped_delegated_granules(void **state)
{
	static const uint8_t zero[GRANULE_SIZE];
	unsigned int tlbis;
	uint16_t vmid = kit_rd()->vmid;

	(void)state;
	tlbis = fake.tlbi_vmids;
	kit_end();
	assert_int_equal(kit_state(kit.rd), GRANULE_DELEGATED);
	assert_int_equal(kit_state(kit.root), GRANULE_DELEGATED);
	assert_memory_equal(fake_view(kit.rd), zero, GRANULE_SIZE);
	assert_memory_equal(fake_view(kit.root), zero, GRANULE_SIZE);
	assert_int_equal(fake.tlbi_vmids, tlbis + 1);
	assert_int_equal(fake.tlbi_vmid, vmid);
	assert_true(rmm_ledger_ok());
}

static void destroy_gives_the_vmid_back(void **state)
{
	(void)state;
	kit_end();
	for (unsigned int i = 0; i < 2 * VMID_LAST; i++) {
		uint64_t page = kit_realm_params(kit.root);

		assert_int_equal(rmi(REALM_CREATE, kit.rd, page),
				 RET(SUCCESS));
		assert_int_equal(terminate(kit.rd), RET(SUCCESS));
		assert_int_equal(destroy(kit.rd), RET(SUCCESS));
	}
}

#define MAKE(test) cmocka_unit_test_setup(test, make_setup)
#define LIFE(test) cmocka_unit_test_setup(test, life_setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		MAKE(create_makes_a_new_realm),
		MAKE(create_answers_zero_results),
		MAKE(create_takes_joined_roots),
		MAKE(create_wants_an_aligned_params_page),
		MAKE(create_wants_params_in_ns_ram),
		MAKE(create_wants_joined_roots_aligned_as_a_whole),
		MAKE(create_wants_every_root_delegated),
		MAKE(create_wants_roots_in_ram),
		MAKE(create_wants_rd_delegated),
		MAKE(create_wants_rd_apart_from_the_roots),
		MAKE(create_gives_its_vmid_back_when_it_fails),
		MAKE(create_gives_its_vmid_back_when_a_root_is_bad),
		MAKE(create_fails_when_no_vmid_is_left),
		MAKE(vmids_are_distinct_and_never_zero),
		MAKE(freeing_a_free_vmid_is_a_bug),
		LIFE(each_command_wants_an_rd),
		LIFE(activate_works_once_and_only_when_new),
		LIFE(terminate_works_from_every_state),
		LIFE(terminate_wants_no_rec_running),
		LIFE(destroy_wants_a_terminated_realm),
		LIFE(destroy_wants_no_live_root),
		LIFE(destroy_wants_no_rec),
		LIFE(destroy_leaves_wiped_delegated_granules),
		LIFE(destroy_gives_the_vmid_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
