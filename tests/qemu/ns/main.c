/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Runs the tests that the scenario asks for.
 */
#include "abi/arm_arch.h"
#include "abi/rmi_smc.h"
#include "monitor/layout.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/ns.h"
#include "tests/qemu/rmm/probe.h"

#define CURRENTEL_EL2 (2u << 2)

static void test_entry(uint64_t x0)
{
	expect("the host starts at EL2",
	       read_sysreg(currentel) == CURRENTEL_EL2);
	expect("x0 is where the host's device tree goes", x0 == NS_BASE);
	expect("the host sees FEAT_RME",
	       FIELD_GET(ID_AA64PFR0_RME, read_sysreg(id_aa64pfr0_el1)) != 0);
}

static void test_all(void)
{
	test_smccc();
	test_psci();
	test_start_rmm();
	test_forwarding();
	test_registers();
	test_banks(SMC_RMI_FEATURES);
	test_granules();
	test_races();
	test_realm();
	test_run_rsi();
	test_run_mmio();
	test_run_aborts();
	test_run_mmu();
	test_run_interrupts();
	test_run_simd();
	test_run_registers();
	test_run_cpus();
	test_run_speed();
	test_run_end();
}

void ns_main(uint64_t x0);
void ns_main(uint64_t x0)
{
	uint64_t scenario = *(const volatile uint64_t *)SCENARIO_WORD;

	test_entry(x0);
	switch (scenario) {
	case SCENARIO_RMM:
		test_all();
		break;
	case SCENARIO_ABSENT:
		test_absent();
		break;
	case SCENARIO_PROBE:
		test_start_rmm();
		test_banks(PROBE_SCRIBBLE);
		test_translate();
		test_flips();
		test_measure();
		break;
	case SCENARIO_RESET:
		test_reset();
		break;
	case SCENARIO_NO_RESET:
		test_no_reset();
		break;
	case SCENARIO_SWEEP:
		test_sweep();
		break;
	case SCENARIO_SUITE_4K:
		test_suite(suite_run_4k);
		break;
	case SCENARIO_SUITE_16K:
		test_suite(suite_run_16k);
		break;
	case SCENARIO_SUITE_64K:
		test_suite(suite_run_64k);
		break;
	case SCENARIO_OFF:
		test_off();
		break;
	case SCENARIO_TRAP:
		test_trap();
		break;
	case SCENARIO_FIRST_CPU:
		test_first_cpu();
		break;
	case SCENARIO_GRANULES:
		test_start_rmm();
		test_granules();
		break;
	case SCENARIO_ARMED:
		test_start_rmm();
		test_armed();
		break;
	default:
		test_canned((unsigned int)scenario);
	}
	finish();
}
