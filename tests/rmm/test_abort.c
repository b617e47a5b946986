/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Stage 2 aborts: who deals with each, and what the host sees of it.
 */
#include "abort_kit.h"

#define SET(set) ((uint64_t)(set) << 11)

/* Every bit of the ISS that a report must hide, whatever else it shows. */
#define HIDDEN (ESR_ABORT_CM | ESR_ABORT_S1PTW | ESR_ABORT_SSE | BIT_ULL(14) | \
		BIT_ULL(13))

static int setup(void **state)
{
	(void)state;
	kit_start();
	return 0;
}

static uint64_t ec_bits(uint64_t ec)
{
	return ec << 26;
}

static void map_ns(uint64_t s2ap)
{
	uint64_t ipa = KIT_UNPROTECTED, flags;

	assert_int_equal(rmi(RTT_CREATE, kit.rd, fake_delegate(1), ipa, 2),
			 RET(SUCCESS));
	assert_int_equal(rmi(RTT_CREATE, kit.rd, fake_delegate(1), ipa, 3),
			 RET(SUCCESS));
	flags = RMI_OADDR_SINGLE | s2ap << 19 | RMI_MEMATTR_NORMAL_WB << 16;
	assert_int_equal(rmi(RTT_UNPROT_MAP, kit.rd, ipa, ipa + GRANULE_SIZE,
			     flags, fake_ns_page() | 1 << 2 |
			     RMI_ADDR_RANGE_UNDELEGATED), RET(SUCCESS));
}

/* ---- The decision table, a row a test; data first, then fetch ---------- */

static void empty_void_is_an_sea(void **state)
{
	(void)state;
	take(DABT, FSC_TRANSLATION | 2, KIT_EMPTY);
	assert_injected(DABT);
	kit_start();
	take(IABT, FSC_TRANSLATION | 2, KIT_EMPTY);
	assert_injected(IABT);
}

static void empty_data_is_an_sea(void **state)
{
	(void)state;
	kit_set_ripas(KIT_CODE, RMI_EMPTY);
	take(DABT, FSC_TRANSLATION | 3, KIT_CODE);
	assert_injected(DABT);
	kit_start();
	kit_set_ripas(KIT_CODE, RMI_EMPTY);
	take(IABT, FSC_TRANSLATION | 3, KIT_CODE);
	assert_injected(IABT);
}

/* Mapped by now: another CPU was quicker, and the realm may try again. */
static void ram_data_exits(void **state)
{
	(void)state;
	take(DABT, FSC_TRANSLATION | 3, KIT_CODE);
	assert_reported(ec_bits(DABT) | 7, 0, KIT_CODE, 0);
	take(IABT, FSC_TRANSLATION | 3, KIT_CODE);
	assert_reported(ec_bits(IABT) | 7, 0, KIT_CODE, 0);
	assert_int_equal(kit_rec()->pe.pc, KIT_CODE);
}

static void ram_void_exits(void **state)
{
	(void)state;
	take(DABT, FSC_TRANSLATION | 3, KIT_VOID_RAM);
	assert_reported(ec_bits(DABT) | 7, 0, KIT_VOID_RAM, 0);
	take(IABT, FSC_TRANSLATION | 3, KIT_VOID_RAM);
	assert_reported(ec_bits(IABT) | 7, 0, KIT_VOID_RAM, 0);
}

static void destroyed_void_exits(void **state)
{
	(void)state;
	rmi(RTT_DATA_UNMAP, kit.rd, KIT_CODE, KIT_CODE + GRANULE_SIZE, 0, 0);
	take(DABT, FSC_TRANSLATION | 3, KIT_CODE);
	assert_reported(ec_bits(DABT) | 7, 0, KIT_CODE, 0);
	take(IABT, FSC_TRANSLATION | 3, KIT_CODE);
	assert_reported(ec_bits(IABT) | 7, 0, KIT_CODE, 0);
}

static void destroyed_data_exits(void **state)
{
	(void)state;
	kit_set_ripas(KIT_CODE, RMI_DESTROYED);
	take(DABT, FSC_TRANSLATION | 3, KIT_CODE);
	assert_reported(ec_bits(DABT) | 7, 0, KIT_CODE, 0);
	take(IABT, FSC_TRANSLATION | 3, KIT_CODE);
	assert_reported(ec_bits(IABT) | 7, 0, KIT_CODE, 0);
}

static void a_walk_that_ends_early_counts_where_it_ends(void **state)
{
	(void)state;
	/* The level 1 entry of 3 GiB is EMPTY; destroyed, it exits. */
	take(DABT, FSC_TRANSLATION | 1, 0xc0000000);
	assert_injected(DABT);
	kit_start();
	kit_set_ripas(0xc0000000, RMI_DESTROYED);
	take(DABT, FSC_TRANSLATION | 1, 0xc0123000);
	assert_reported(ec_bits(DABT) | 5, 0, 0xc0123000, 0);
}

static void unmapped_ns_data_exits(void **state)
{
	(void)state;
	take(DABT, FSC_TRANSLATION | 1, KIT_UNPROTECTED);
	assert_reported(ec_bits(DABT) | ESR_IL | 5, 0, KIT_UNPROTECTED, 0);
}

static void unmapped_ns_fetch_is_an_sea(void **state)
{
	(void)state;
	take(IABT, FSC_TRANSLATION | 1, KIT_UNPROTECTED);
	assert_injected(IABT);
}

static void mapped_ns_permission_fault_exits(void **state)
{
	uint64_t iss = ESR_ABORT_ISV | ESR_ABORT_WNR | SAS(2) | SRT(3) |
		       FSC_PERMISSION | 3;

	(void)state;
	map_ns(RMI_S2AP_READ);
	take(DABT, iss, KIT_UNPROTECTED);
	assert_reported(ec_bits(DABT) | (iss & ~SRT(31)), ABORT_VA & 0xfff,
			KIT_UNPROTECTED, 0x1003);
}

static void mapped_ns_fetch_is_an_sea(void **state)
{
	(void)state;
	map_ns(RMI_S2AP_RW);
	take(IABT, FSC_PERMISSION | 3, KIT_UNPROTECTED);
	assert_injected(IABT);
}

/* The page is another world's now: granule protection fault. */
static void mapped_ns_lost_page_exits_for_data(void **state)
{
	(void)state;
	map_ns(RMI_S2AP_RW);
	take(DABT, 0x28, KIT_UNPROTECTED);
	assert_reported(ec_bits(DABT) | ESR_IL | 0x28, 0, KIT_UNPROTECTED, 0);
	take(IABT, 0x28, KIT_UNPROTECTED);
	assert_int_equal(kit_pe.runs, 2);
}

static void beyond_the_ipa_space_is_an_sea(void **state)
{
	static const uint64_t ipas[] = {
		1ull << KIT_IPA_BITS, 1ull << 47, (1ull << 52) - GRANULE_SIZE,
	};

	(void)state;
	for (unsigned int i = 0; i < 3; i++) {
		kit_start();
		take(DABT, FSC_TRANSLATION | ESR_ABORT_ISV, ipas[i]);
		assert_injected(DABT);
		kit_start();
		take(IABT, FSC_ADDRESS_SIZE, ipas[i]);
		assert_injected(IABT);
	}
}

static void the_last_pages_are_inside(void **state)
{
	(void)state;
	kit_set_ripas(KIT_UNPROTECTED - GRANULE_SIZE, RMI_RAM);
	take(DABT, FSC_TRANSLATION | 1, KIT_UNPROTECTED - GRANULE_SIZE);
	assert_int_equal(kit_exit()->exit_reason, RMI_EXIT_SYNC);
	assert_false(kit_exit()->esr & ESR_IL);
	take(DABT, FSC_TRANSLATION | 1, 2 * KIT_UNPROTECTED - GRANULE_SIZE);
	assert_int_equal(kit_exit()->exit_reason, RMI_EXIT_SYNC);
	assert_true(kit_exit()->esr & ESR_IL);
}

/* ---- External aborts: HPFAR_EL2 says nothing, and is not shown ---------- */

static void a_recoverable_external_abort_tells_both(void **state)
{
	const struct pe *pe = &kit_rec()->pe;
	uint64_t shown = ec_bits(DABT) | ESR_ABORT_EA | FSC_EXTERNAL;

	(void)state;
	take(DABT, ESR_ABORT_EA | FSC_EXTERNAL, KIT_CODE);
	assert_reported(shown, 0, 0, 0);
	assert_int_equal(pe->pc, KIT_VECTORS + 0x200);
	assert_int_equal(pe->sysreg[PE_FAR_EL1], ABORT_VA);
}

static void an_external_abort_of_a_walk_is_one_too(void **state)
{
	(void)state;
	take(IABT, ESR_ABORT_EA | 0x15, KIT_CODE);
	assert_reported(ec_bits(IABT) | ESR_ABORT_EA | 0x15, 0, 0, 0);
	assert_int_equal(kit_rec()->pe.pc, KIT_VECTORS + 0x200);
}

static void a_restartable_external_abort_tells_the_host(void **state)
{
	(void)state;
	take(IABT, SET(3) | ESR_ABORT_EA | 0x17, KIT_CODE);
	assert_reported(ec_bits(IABT) | SET(3) | ESR_ABORT_EA | 0x17, 0,
			0, 0);
	assert_int_equal(kit_rec()->pe.pc, KIT_CODE);
}

static void an_uncontainable_external_abort_stops_the_machine(void **state)
{
	(void)state;
	kit_pe_exit(PE_EXIT_SYNC, KIT_ESR(DABT, SET(2) | FSC_EXTERNAL), 0, 0);
	assert_true(FAKE_PANICS(kit_enter(0)));
}

/* ---- What is shown ----------------------------------------------------- */

static void protected_data_shows_the_kind_of_fault_only(void **state)
{
	uint64_t iss = HIDDEN | ESR_ABORT_ISV | SAS(3) | SRT(5) |
		       ESR_ABORT_SF | ESR_ABORT_WNR | ESR_ABORT_FNV | 7;

	(void)state;
	take(DABT, iss, KIT_VOID_RAM);
	assert_reported(ec_bits(DABT) | ESR_ABORT_FNV | 7, 0, KIT_VOID_RAM, 0);
}

/* NS, and bits that are RES0 today. */
static void only_the_ipa_of_hpfar_is_shown(void **state)
{
	struct kit_run *run;

	(void)state;
	run = kit_pe_exit(PE_EXIT_SYNC, KIT_ESR(DABT, 7), 0, KIT_VOID_RAM);
	run->exit.hpfar |= ~HPFAR_FIPA;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_reported(ec_bits(DABT) | 7, 0, KIT_VOID_RAM, 0);
}

static void a_fetch_shows_the_kind_of_fault_only(void **state)
{
	(void)state;
	take(IABT, HIDDEN | ESR_ABORT_FNV | 7, KIT_VOID_RAM);
	assert_reported(ec_bits(IABT) | 7, 0, KIT_VOID_RAM, 0);
}

static void a_load_shows_size_and_width_but_no_register(void **state)
{
	uint64_t iss = HIDDEN | ESR_ABORT_ISV | SAS(1) | SRT(9) |
		       ESR_ABORT_SF | 7;

	(void)state;
	take(DABT, iss, KIT_UNPROTECTED + GRANULE_SIZE);
	assert_reported(ec_bits(DABT) | ESR_ABORT_ISV | SAS(1) | ESR_ABORT_SF |
			7, 0x678, KIT_UNPROTECTED + GRANULE_SIZE, 0);
}

static void a_store_shows_its_value_cut_to_size(void **state)
{
	static const uint64_t want[] = {
		0x88, 0x7788, 0x55667788, 0x1122334455667788,
	};

	(void)state;
	for (unsigned int sas = 0; sas < 4; sas++) {
		uint64_t iss = ESR_ABORT_ISV | SAS(sas) | SRT(4) |
			       ESR_ABORT_WNR | 7;

		kit_rec()->pe.x[4] = 0x1122334455667788;
		take(DABT, iss, KIT_UNPROTECTED);
		assert_reported(ec_bits(DABT) | (iss & ~SRT(31)), 0x678,
				KIT_UNPROTECTED, want[sas]);
	}
}

static void a_store_of_xzr_shows_zero(void **state)
{
	uint64_t iss = ESR_ABORT_ISV | SAS(3) | SRT(31) | ESR_ABORT_WNR | 7;

	(void)state;
	take(DABT, iss, KIT_UNPROTECTED);
	assert_reported(ec_bits(DABT) | (iss & ~SRT(31)), 0x678,
			KIT_UNPROTECTED, 0);
}

static void aarch32_is_not_emulatable(void **state)
{
	(void)state;
	kit_rec()->pe.pstate = PSTATE_AARCH32;
	take(DABT, ESR_ABORT_ISV | ESR_ABORT_WNR | SAS(2) | SRT(1) | 7,
	     KIT_UNPROTECTED);
	assert_reported(ec_bits(DABT) | ESR_IL | 7, 0, KIT_UNPROTECTED, 0);
	assert_int_equal(kit_enter(RMI_ENTRY_EMUL_MMIO), RET(ERROR_REC));
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(empty_void_is_an_sea),
		CASE(empty_data_is_an_sea),
		CASE(ram_data_exits),
		CASE(ram_void_exits),
		CASE(destroyed_void_exits),
		CASE(destroyed_data_exits),
		CASE(a_walk_that_ends_early_counts_where_it_ends),
		CASE(unmapped_ns_data_exits),
		CASE(unmapped_ns_fetch_is_an_sea),
		CASE(mapped_ns_permission_fault_exits),
		CASE(mapped_ns_fetch_is_an_sea),
		CASE(mapped_ns_lost_page_exits_for_data),
		CASE(beyond_the_ipa_space_is_an_sea),
		CASE(the_last_pages_are_inside),
		CASE(a_recoverable_external_abort_tells_both),
		CASE(an_external_abort_of_a_walk_is_one_too),
		CASE(a_restartable_external_abort_tells_the_host),
		CASE(an_uncontainable_external_abort_stops_the_machine),
		CASE(protected_data_shows_the_kind_of_fault_only),
		CASE(only_the_ipa_of_hpfar_is_shown),
		CASE(a_fetch_shows_the_kind_of_fault_only),
		CASE(a_load_shows_size_and_width_but_no_register),
		CASE(a_store_shows_its_value_cut_to_size),
		CASE(a_store_of_xzr_shows_zero),
		CASE(aarch32_is_not_emulatable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
