/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Exits by exception: memory that is not there, waiting, conduits.
 */
#include "abi/arm_arch.h"
#include "abi/rsi_smc.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/inside.h"
#include "tests/qemu/ns/live.h"
#include "tests/qemu/ns/ns.h"

#define PAGE 0x1000ull
#define SECRET 0xc0ffee0ddba11ull
#define FSC_GPF 0x28 /* not on a table walk */

/* ESR_EL1 and FAR_EL1 of the last exception, forgotten after that. */
static uint64_t in_esr(uint64_t a, uint64_t b, uint64_t c)
{
	uint64_t esr = inside_self()->esr;

	inside_self()->esr = a + b + c;
	return esr;
}

static uint64_t in_far(uint64_t a, uint64_t b, uint64_t c)
{
	return inside_self()->far + a + b + c;
}

/* RSI_IPA_STATE_SET of the page at LIVE_HOLE_IPA; how far it went. */
static uint64_t in_set_ripas(uint64_t ripas, uint64_t b, uint64_t c)
{
	return call(SMC_RSI_IPA_STATE_SET, LIVE_HOLE_IPA, LIVE_HOLE_IPA + PAGE,
		    ripas, RSI_CHANGE_DESTROYED, b)
		       .x[1] +
	       c;
}

static uint64_t in_hvc(uint64_t a, uint64_t b, uint64_t c)
{
	asm volatile("hvc #0" ::: "memory");
	return a + b + c;
}

static uint64_t in_wfi(uint64_t a, uint64_t b, uint64_t c)
{
	wfi();
	return a + b + c;
}

static bool began(inside_function *function, uint64_t a)
{
	return live_begin(0, function, a, 0, 0) == RMI_SUCCESS;
}

/* The realm took an external abort of @class at @address, and went on. */
static bool took_sea(uint64_t class, uint64_t address)
{
	uint64_t esr = live_eval(0, in_esr, 0, 0, 0);

	return FIELD_GET(ESR_EC, esr) == class &&
	       FIELD_GET(ESR_ABORT_FSC, esr) == FSC_EXTERNAL &&
	       (esr & ESR_ABORT_EA) &&
	       live_eval(0, in_far, 0, 0, 0) == address;
}

static bool aborted_at(uint64_t ipa, uint64_t fsc)
{
	const struct rec_exit *exit = &live_run[0].exit;

	return live_exit_class(0, ESR_EC_DATA_ABORT_LOWER) &&
	       HPFAR_TO_IPA(exit->hpfar) == ipa &&
	       FIELD_GET(ESR_ABORT_FSC, exit->esr) == fsc;
}

static void test_hole(void)
{
	expect("RAM without a page ends the run, with its IPA and level",
	       began(inside_read, LIVE_HOLE_IPA + 0x18) &&
		       aborted_at(LIVE_HOLE_IPA, FSC_TRANSLATION | 3));
	expect("and nothing more",
	       !(live_run[0].exit.esr & ESR_ABORT_ISV) &&
		       live_run[0].exit.far == 0);
	expect("no external abort may be injected there",
	       live_enter(0, RMI_ENTRY_INJECT_SEA) == RMI_ERROR_REC);
	expect("a page is put there", live_fill(LIVE_HOLE_IPA) == 0);
	expect("and the realm reads zero",
	       live_enter(0, 0) == RMI_SUCCESS && live_done(0, 0));
	expect("what it writes there",
	       live_eval(0, inside_write, LIVE_HOLE_IPA, SECRET, 1) == 1);
	expect("is there later",
	       live_eval(0, inside_read, LIVE_HOLE_IPA, 0, 0) == SECRET);
}

static bool asked_for(enum rmi_ripas ripas)
{
	const struct rec_exit *exit = &live_run[0].exit;

	return live_exit_is(0, RMI_EXIT_RIPAS_CHANGE) &&
	       exit->ripas_base == LIVE_HOLE_IPA &&
	       exit->ripas_top == LIVE_HOLE_IPA + PAGE &&
	       exit->ripas_value == ripas;
}

/* The realm gives the page away, and takes it back. */
static void test_ripas(void)
{
	expect("the realm asks for RIPAS EMPTY",
	       began(in_set_ripas, RMI_EMPTY) && asked_for(RMI_EMPTY));
	expect("the host agrees", live_set_ripas() == RMI_SUCCESS &&
					  live_enter(0, 0) == RMI_SUCCESS &&
					  live_done(0, LIVE_HOLE_IPA + PAGE));
	expect("and the realm cannot read its page any more",
	       live_eval(0, inside_read, LIVE_HOLE_IPA, 5, 0) == 5 &&
		       took_sea(ESR_EC_DATA_ABORT, LIVE_HOLE_IPA));
	expect("the realm asks for RAM",
	       began(in_set_ripas, RMI_RAM) && asked_for(RMI_RAM));
	expect("the host agrees again",
	       live_set_ripas() == RMI_SUCCESS &&
		       live_enter(0, 0) == RMI_SUCCESS &&
		       live_done(0, LIVE_HOLE_IPA + PAGE));
	expect("and the realm can use the page",
	       live_eval(0, inside_write, LIVE_HOLE_IPA, 77, 1) == 1 &&
		       live_eval(0, inside_read, LIVE_HOLE_IPA, 0, 0) == 77);
}

static void test_nowhere(void)
{
	expect("a read of RIPAS EMPTY does not reach the host",
	       live_eval(0, inside_read, LIVE_EMPTY_IPA + 8, 5, 0) == 5);
	expect("but is an external abort of the realm",
	       took_sea(ESR_EC_DATA_ABORT, LIVE_EMPTY_IPA + 8));
	expect("as is a read beyond the IPA space",
	       live_eval(0, inside_read, 1ull << LIVE_IPA_BITS, 5, 0) == 5 &&
		       took_sea(ESR_EC_DATA_ABORT, 1ull << LIVE_IPA_BITS));
	expect("and an instruction fetch from the host's half",
	       live_eval(0, inside_jump, LIVE_DEVICE_IPA, 5, 0) == 5 &&
		       took_sea(ESR_EC_INST_ABORT, LIVE_DEVICE_IPA));
}

static void test_injected(void)
{
	expect("an access that the host cannot answer ends the run",
	       began(inside_read, LIVE_DEVICE_IPA + 0x20));
	expect("and it injects an external abort",
	       live_enter(0, RMI_ENTRY_INJECT_SEA) == RMI_SUCCESS &&
		       live_done(0, 0) &&
		       took_sea(ESR_EC_DATA_ABORT, LIVE_DEVICE_IPA + 0x20));
}

static uint64_t move(uint32_t fid)
{
	return call2(fid, LIVE_SHARED_PA, LIVE_SHARED_PA + PAGE).x[0];
}

static void test_shared(void)
{
	uint64_t value = 0;

	can_write(LIVE_SHARED_PA, SECRET);
	expect("a page of the host is mapped", live_share(LIVE_SHARED_PA) == 0);
	expect("the realm reads what the host wrote",
	       live_eval(0, inside_read, LIVE_SHARED_IPA, 0, 0) == SECRET);
	expect("the host reads what the realm wrote",
	       live_eval(0, inside_write, LIVE_SHARED_IPA + 8, 42, 1) == 1 &&
		       can_read(LIVE_SHARED_PA + 8, &value) && value == 42);
	expect("the realm cannot execute it",
	       live_eval(0, inside_jump, LIVE_SHARED_IPA, 5, 0) == 5 &&
		       took_sea(ESR_EC_INST_ABORT, LIVE_SHARED_IPA));
	expect("delegated, it is not reached any more: the host is told",
	       move(SMC_RMI_GRANULE_RANGE_DELEGATE) == RMI_SUCCESS &&
		       began(inside_read, LIVE_SHARED_IPA) &&
		       aborted_at(LIVE_SHARED_IPA, FSC_GPF));
	expect("undelegated, it is reached again, wiped",
	       move(SMC_RMI_GRANULE_RANGE_UNDELEGATE) == RMI_SUCCESS &&
		       live_enter(0, 0) == RMI_SUCCESS && live_done(0, 0));
	expect("unmapped, an access ends the run",
	       live_unshare() == RMI_SUCCESS &&
		       began(inside_read, LIVE_SHARED_IPA) &&
		       aborted_at(LIVE_SHARED_IPA, FSC_TRANSLATION | 3));
	expect("and goes on when another page is mapped",
	       live_share(LIVE_SHARED_PA + PAGE) == RMI_SUCCESS &&
		       live_enter(0, 0) == RMI_SUCCESS &&
		       live_exit_is(0, RMI_EXIT_HOST_CALL));
	expect("that page is unmapped", live_unshare() == RMI_SUCCESS);
}

/* WFE is left out: QEMU never traps it. */
static void test_waiting(void)
{
	live_ask(0, in_wfi, 3, 0, 0);
	expect("WFI ends the run, if the host wants that",
	       live_enter(0, RMI_ENTRY_TRAP_WFI) == RMI_SUCCESS &&
		       live_exit_class(0, ESR_EC_WFX) &&
		       FIELD_GET(ESR_WFX_TI, live_run[0].exit.esr) ==
			       ESR_WFX_TI_WFI);
	expect("and is over when the realm runs again",
	       live_enter(0, RMI_ENTRY_TRAP_WFI) == RMI_SUCCESS &&
		       live_done(0, 3));
}

void test_run_aborts(void)
{
	test_hole();
	test_ripas();
	test_nowhere();
	test_injected();
	test_shared();
	test_waiting();
	expect("HVC is Undefined", live_eval(0, in_hvc, 6, 0, 0) == 6 &&
					   live_eval(0, in_esr, 0, 0, 0) ==
						   ESR_IL);
}
