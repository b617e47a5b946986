/* SPDX-License-Identifier: BSD-3-Clause */
/* RMI_REC_ENTER: what it asks, the controls it sets, what it leaves. */
#include <string.h>

#include "realm_kit.h"
#include "rmm/rtt.h"

static int setup(void **state)
{
	(void)state;
	kit_start();
	return 0;
}

/* Refused with @status: the PE did not run, and nothing changed. */
static void assert_refused(uint64_t rec, uint64_t run, uint64_t status)
{
	struct kit_world world;
	unsigned int runs = kit_pe.runs;
	uint8_t page[GRANULE_SIZE];

	kit_remember(&world);
	memcpy(page, fake_view(kit.run), GRANULE_SIZE);
	assert_int_equal(rmi(REC_ENTER, rec, run), status);
	assert_int_equal(kit_pe.runs, runs);
	assert_memory_equal(page, fake_view(kit.run), GRANULE_SIZE);
	kit_assert_same(&world);
}

static void enter_runs_the_rec(void **state)
{
	(void)state;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_pe.runs, 1);
	assert_int_equal(kit_pe.found[0].pc, KIT_CODE);
	assert_int_equal(kit_pe.found[0].x[3], 0x1003);
	assert_int_equal(kit_exit()->exit_reason, RMI_EXIT_IRQ);
	assert_false(kit_rec()->running);
	assert_int_equal(kit_rd()->rec_running, 0);
	assert_true(rmm_ledger_ok());
}

static void enter_keeps_the_registers_from_run_to_run(void **state)
{
	(void)state;
	kit_pe_smc(SMC_RSI_FEATURES, 0, 0x22, 0x33, 0x44);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_pe.runs, 3);
	assert_int_equal(kit_pe.found[2].x[4], 0x44);
	assert_int_equal(kit_pe.found[2].pc, KIT_CODE + 4);
}

static void count_in_simd(struct pe *pe, struct pe_simd *simd,
			  const struct pe_regime *regime, struct pe_exit *exit)
{
	(void)pe;
	(void)regime;
	simd->v[5][1]++;
	*exit = (struct pe_exit){ .kind = PE_EXIT_IRQ };
}

static void enter_keeps_the_simd_registers_from_run_to_run(void **state)
{
	(void)state;
	fake.pe_run = count_in_simd;
	for (unsigned int i = 1; i <= 3; i++) {
		assert_int_equal(kit_enter(0), RET(SUCCESS));
		assert_int_equal(rec_simd(kit_rec())->v[5][1], i);
	}
}

static void enter_wants_an_aligned_run_page(void **state)
{
	(void)state;
	assert_refused(kit.rec, kit.run + 8, RET(ERROR_INPUT));
	assert_refused(kit.rec, kit.run + 0x800, RET(ERROR_INPUT));
}

static void enter_wants_a_run_page_in_ns_ram(void **state)
{
	(void)state;
	assert_refused(kit.rec, KIT_NO_RAM, RET(ERROR_INPUT));
	assert_refused(kit.rec, kit.data, RET(ERROR_INPUT));
	assert_refused(kit.rec, kit.rec, RET(ERROR_INPUT));
	fake.ns_fault_pa = kit.run;
	assert_refused(kit.rec, kit.run, RET(ERROR_INPUT));
}

static void enter_wants_a_rec(void **state)
{
	(void)state;
	assert_refused(kit.rec + 8, kit.run, RET(ERROR_INPUT));
	assert_refused(kit.rd, kit.run, RET(ERROR_INPUT));
	assert_refused(kit.data, kit.run, RET(ERROR_INPUT));
	assert_refused(KIT_NO_RAM, kit.run, RET(ERROR_INPUT));
	assert_refused(fake_ns_page(), kit.run, RET(ERROR_INPUT));
	assert_refused(kit_rec()->aux[0], kit.run, RET(ERROR_INPUT));
}

static void enter_wants_a_rec_that_is_not_running(void **state)
{
	(void)state;
	kit_rec()->running = true;
	assert_refused(kit.rec, kit.run, RET(ERROR_REC));
	kit_rec()->running = false;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
}

static void enter_wants_an_active_realm(void **state)
{
	static const enum realm_state bad[] = {
		REALM_NEW, REALM_SYSTEM_OFF, REALM_ZOMBIE,
	};

	(void)state;
	for (unsigned int i = 0; i < 3; i++) {
		kit_rd()->state = bad[i];
		assert_refused(kit.rec, kit.run, RET(ERROR_REALM));
	}
}

static void enter_wants_a_runnable_rec(void **state)
{
	(void)state;
	kit_rec()->runnable = false;
	assert_refused(kit.rec, kit.run, RET(ERROR_REC));
}

static void enter_asks_in_the_documented_order(void **state)
{
	(void)state;
	/* Flags, then runnable, realm, running, REC, page: last wins. */
	kit_said()->flags = RMI_ENTRY_EMUL_MMIO;
	assert_refused(kit.rec, kit.run, RET(ERROR_REC));
	kit_rd()->state = REALM_ZOMBIE;
	assert_refused(kit.rec, kit.run, RET(ERROR_REALM));
	kit_rec()->running = true;
	assert_refused(kit.rec, kit.run, RET(ERROR_REC));
	assert_refused(kit.rec, KIT_NO_RAM, RET(ERROR_INPUT));
}

static void answers_want_their_question(void **state)
{
	(void)state;
	kit_said()->flags = RMI_ENTRY_EMUL_MMIO;
	assert_refused(kit.rec, kit.run, RET(ERROR_REC));
	kit_said()->flags = RMI_ENTRY_INJECT_SEA;
	assert_refused(kit.rec, kit.run, RET(ERROR_REC));
	kit_said()->flags = RMI_ENTRY_INJECT_SEA | RMI_ENTRY_EMUL_MMIO;
	assert_refused(kit.rec, kit.run, RET(ERROR_REC));
}

/* The REC is the CPU's own while it runs. */
static uint64_t seen[5];

static void look_around(struct pe *pe)
{
	(void)pe;
	fake_cpu = 1;
	seen[0] = rmi(REC_ENTER, kit.rec, kit.run);
	seen[1] = rmi(REC_DESTROY, kit.rec);
	seen[2] = rmi(REALM_TERMINATE, kit.rd);
	seen[3] = kit_rd()->rec_running;
	seen[4] = rmi(GRANULE_RANGE_UNDELEGATE, kit.rec,
		      kit.rec + GRANULE_SIZE);
	fake_cpu = 0;
}

static void a_running_rec_is_left_alone(void **state)
{
	(void)state;
	kit_pe_exit(PE_EXIT_IRQ, 0, 0, 0)->hook = look_around;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(seen[0], RET(ERROR_REC));
	assert_int_equal(seen[1], RET(ERROR_REC));
	assert_int_equal(seen[2], RET(ERROR_REALM));
	assert_int_equal(seen[3], 1);
	assert_int_equal(seen[4], RET(ERROR_INPUT));
	assert_int_equal(rmi(REALM_TERMINATE, kit.rd), RET(SUCCESS));
}

/* No lock is held while a realm runs: the RMM answers others about it. */
static void map_a_page(struct pe *pe)
{
	uint64_t page;

	(void)pe;
	fake_cpu = 1;
	page = fake_delegate(1);
	seen[0] = rmi(RTT_DATA_MAP, kit.rd, KIT_VOID_RAM,
		      KIT_VOID_RAM + GRANULE_SIZE, RMI_OADDR_SINGLE,
		      page | 1 << 2);
	fake_cpu = 0;
}

static void the_realm_can_be_changed_while_it_runs(void **state)
{
	(void)state;
	kit_pe_exit(PE_EXIT_IRQ, 0, 0, 0)->hook = map_a_page;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(seen[0], RET(SUCCESS));
	assert_true(rmm_ledger_ok());
}

static void change_the_flags(struct pe *pe)
{
	(void)pe;
	memset(kit_said(), 0xff, sizeof(*kit_said()));
}

/* What the host writes while the realm runs is neither read nor kept. */
static void the_run_page_is_read_once(void **state)
{
	struct rec_exit want;

	(void)state;
	memset(&want, 0, sizeof(want));
	want.exit_reason = RMI_EXIT_FIQ;
	memset(fake_view(kit.run + 0x800), 0xdd, 0x800);
	kit_pe_smc(SMC_RSI_VERSION, 0)->hook = change_the_flags;
	kit_pe_exit(PE_EXIT_FIQ, 0, 0, 0);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_pe.runs, 2);
	assert_false(kit_pe.regime.hcr_el2 & (HCR_TWI | HCR_TWE));
	kit_assert_exit(&want);
}

static void steal_the_page(struct pe *pe)
{
	(void)pe;
	fake_set_pas(kit.run, FAKE_SECURE);
}

static void a_run_page_that_goes_away_is_an_input_error(void **state)
{
	(void)state;
	kit_pe_exit(PE_EXIT_IRQ, 0, 0, 0)->hook = steal_the_page;
	assert_int_equal(kit_enter(0), RET(ERROR_INPUT));
	assert_false(kit_rec()->running);
	assert_int_equal(kit_rd()->rec_running, 0);
	fake_set_pas(kit.run, FAKE_NS);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
}

static void regime_is_that_of_a_realm(void **state)
{
	const struct pe_regime *regime = &kit_pe.regime;
	uint64_t must = HCR_VM | HCR_SWIO | HCR_PTW | HCR_FMO | HCR_IMO |
			HCR_AMO | HCR_FB | HCR_BSU_IS | HCR_TID3 | HCR_TSC |
			HCR_RW | HCR_TEA | HCR_APK | HCR_API | HCR_FWB;

	(void)state;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(regime->hcr_el2 & must, must);
	assert_false(regime->hcr_el2 & (HCR_TWI | HCR_TWE));
	assert_int_equal(regime->vtcr_el2, rtt_vtcr(kit_rd()));
	assert_int_equal(regime->vttbr_el2, rtt_vttbr(kit_rd()));
	assert_int_equal(regime->vttbr_el2 & VTTBR_BADDR, kit.root);
	assert_int_equal(FIELD_GET(VTTBR_VMID, regime->vttbr_el2),
			 kit_rd()->vmid);
	assert_int_equal(regime->vmpidr_el2, 0x80000000);
	must = MDCR_TDA | MDCR_TDOSA | MDCR_TPM | MDCR_TPMCR;
	assert_int_equal(regime->mdcr_el2 & must, must);
	assert_int_equal(regime->cnthctl_el2,
			 CNTHCTL_EL1PCTEN | CNTHCTL_EL1PTEN);
}

static void wfi_and_wfe_trap_when_the_host_says_so(void **state)
{
	(void)state;
	assert_int_equal(kit_enter(RMI_ENTRY_TRAP_WFI), RET(SUCCESS));
	assert_int_equal(kit_pe.regime.hcr_el2 & (HCR_TWI | HCR_TWE), HCR_TWI);
	assert_int_equal(kit_enter(RMI_ENTRY_TRAP_WFE), RET(SUCCESS));
	assert_int_equal(kit_pe.regime.hcr_el2 & (HCR_TWI | HCR_TWE), HCR_TWE);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_false(kit_pe.regime.hcr_el2 & (HCR_TWI | HCR_TWE));
}

/* Nothing is pending, so there is nothing that these could answer. */
static void answers_to_nothing_are_ignored(void **state)
{
	(void)state;
	assert_int_equal(kit_enter(RMI_ENTRY_RIPAS_REJECT | BIT_ULL(5) |
				   BIT_ULL(6) | BIT_ULL(7)), RET(SUCCESS));
	assert_int_equal(kit_pe.runs, 1);
}

static void a_second_rec_has_its_own_registers(void **state)
{
	uint64_t second;

	(void)state;
	kit_start_new();
	kit.run = fake_ns_page();
	kit.rec = fake_delegate(1);
	second = fake_delegate(1);
	assert_int_equal(kit_rec_create(kit.rd, kit.rec, kit_rec_params(0, 1)),
			 RET(SUCCESS));
	assert_int_equal(kit_rec_create(kit.rd, second, kit_rec_params(1, 1)),
			 RET(SUCCESS));
	assert_int_equal(rmi(REALM_ACTIVATE, kit.rd), RET(SUCCESS));
	kit_pe_smc(SMC_RSI_FEATURES, 0, 0, 0, 0x77);
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	kit.rec = second;
	assert_int_equal(kit_enter(0), RET(SUCCESS));
	assert_int_equal(kit_pe.found[1].x[4], 0x77);
	assert_int_equal(kit_pe.found[2].x[4], 0x1004);
	assert_int_equal(kit_pe.regime.vmpidr_el2, 0x80000001);
}

#define CASE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(enter_runs_the_rec),
		CASE(enter_keeps_the_registers_from_run_to_run),
		CASE(enter_keeps_the_simd_registers_from_run_to_run),
		CASE(enter_wants_an_aligned_run_page),
		CASE(enter_wants_a_run_page_in_ns_ram),
		CASE(enter_wants_a_rec),
		CASE(enter_wants_a_rec_that_is_not_running),
		CASE(enter_wants_an_active_realm),
		CASE(enter_wants_a_runnable_rec),
		CASE(enter_asks_in_the_documented_order),
		CASE(answers_want_their_question),
		CASE(a_running_rec_is_left_alone),
		CASE(the_realm_can_be_changed_while_it_runs),
		CASE(the_run_page_is_read_once),
		CASE(a_run_page_that_goes_away_is_an_input_error),
		CASE(regime_is_that_of_a_realm),
		CASE(wfi_and_wfe_trap_when_the_host_says_so),
		CASE(answers_to_nothing_are_ignored),
		CASE(a_second_rec_has_its_own_registers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
