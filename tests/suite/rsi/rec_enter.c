/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI_REC_ENTER: when it is refused, how a REC begins, and how interrupts,
 * timers and waiting end a run.
 */
#include <string.h>

#include "abi/gic.h"
#include "abi/psci.h"
#include "tests/suite/rsi/tables.h"

/* The page at PARAMS is the run page here. */
#define FLAGS 0x0

static void fill(void)
{
	memset(port->memory(value_of(PARAMS)), 0, GRANULE);
}

static bool psci_pending(void)
{
	return guest_begin() &&
	       guest_leaves_by(RMI_EXIT_PSCI, PSCI_64(PSCI_CPU_ON), 1, P_CODE,
			       0, 0);
}

static bool put_lrs(uint64_t first, uint64_t second)
{
	if (!port->list_register) {
		verdict_skip("no list registers");
		return false;
	}
	port->list_register(0, first);
	port->list_register(1, second);
	return true;
}

#define LR(intid) (ICH_LR_PENDING | ICH_LR_GROUP1 | (intid))

static bool hardware_interrupt(void)
{
	return put_lrs(LR(40) | ICH_LR_HW | FIELD_PREP(ICH_LR_PINTID, 40), 0);
}

static bool interrupt_twice(void)
{
	return put_lrs(LR(40), LR(40));
}

static const struct deviation deviations[] = {
	{ 1, CHECK_OBJECT, "the run page is not aligned",
	  { X(2, PARAMS + HALF) }, .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "the run page is where no memory is",
	  { X(2, NO_RAM) }, .want = ERR(INPUT) },
	{ 1, CHECK_OBJECT, "the run page is delegated", { X(2, FRESH) },
	  .want = ERR(INPUT) },
	{ 2, CHECK_OBJECT, "rec is not aligned", { X(1, REC + HALF) },
	  .want = ERR(INPUT), .alone = true },
	{ 2, CHECK_OBJECT, "rec is Non-secure", { X(1, NS) },
	  .want = ERR(INPUT), .alone = true },
	{ 2, CHECK_OBJECT, "rec is DELEGATED", { X(1, FRESH) },
	  .want = ERR(INPUT), .alone = true },
	{ 2, CHECK_OBJECT, "rec is a realm descriptor", { X(1, RD) },
	  .want = ERR(INPUT), .alone = true },
	{ 2, CHECK_OBJECT, "rec is a table", { X(1, TABLE) },
	  .want = ERR(INPUT), .alone = true },
	{ 2, CHECK_OBJECT, "rec is DATA", { X(1, DATA_RAM) },
	  .want = ERR(INPUT), .alone = true },
	{ 5, CHECK_ATTRIBUTE, "the realm is a ZOMBIE",
	  .twist = scene_terminate, .want = ERR(REALM) },
	{ 6, CHECK_ATTRIBUTE, "the REC is not runnable", { X(1, REC2) },
	  .want = ERR(REC) },
	{ 7, CHECK_ATTRIBUTE, "a PSCI request is pending",
	  .twist = psci_pending, .want = ERR(REC) },
	{ 8, CHECK_OTHER, "a list register has HW",
	  .twist = hardware_interrupt, .want = ERR(REC) },
	{ 8, CHECK_OTHER, "two list registers have one interrupt",
	  .twist = interrupt_twice, .want = ERR(REC) },
	{ 9, CHECK_OTHER, "inject_sea without an abort",
	  { F64(FLAGS, RMI_ENTRY_INJECT_SEA) }, .want = ERR(REC) },
	{ 10, CHECK_OTHER, "emul_mmio without an abort",
	  { F64(FLAGS, RMI_ENTRY_EMUL_MMIO) }, .want = ERR(REC) },
};

static bool idle_hardware_interrupt(void)
{
	return put_lrs(ICH_LR_HW | ICH_LR_GROUP1 | 40, 0);
}

static bool idle_interrupt_twice(void)
{
	return put_lrs(LR(40), ICH_LR_GROUP1 | 40);
}

static bool two_interrupts(void)
{
	return put_lrs(LR(40), LR(41));
}

static const struct effect effects[] = {
	{ "list registers with two interrupts", "4.3",
	  .twist = two_interrupts, .x = { REC, PARAMS }, .want = OK },
	{ "HW in a list register without an interrupt", "4.3",
	  .twist = idle_hardware_interrupt, .x = { REC, PARAMS },
	  .want = OK },
	{ "an interrupt twice, once in no state", "4.3",
	  .twist = idle_interrupt_twice, .x = { REC, PARAMS }, .want = OK },
	{ "refused in NEW", "6.2", .scene = SCENE_RECS, .x = { REC, PARAMS },
	  .want = ERR(REALM) },
	{ "refused in SYSTEM_OFF", "6.2", .scene = SCENE_OFF,
	  .x = { REC, PARAMS }, .want = ERR(REALM) },
};

/* ---- The beginning ------------------------------------------------------- */

static void registers(void)
{
	const struct agent_box *box = guest_box();

	expect_value("x0", U_BOX, box->boot_x[0]);
	expect_value("x1", value_of(BOX), box->boot_x[1]);
	for (unsigned int i = 2; i < REC_CREATE_NR_GPRS; i++)
		expect_value("x2 to x7, as the host gave them",
			     0x1111111111111111ull * i, box->boot_x[i]);
	for (unsigned int i = REC_CREATE_NR_GPRS; i < 31; i++)
		expect_value("x8 to x30", 0, box->boot_x[i]);
}

static void state(void)
{
	const struct agent_box *box = guest_box();

	expect_value("CurrentEL", 1 << 2, box->boot_el);
	expect_value("DAIF", PSTATE_DAIF, box->boot_daif);
	expect_value("SPSel", 1, box->boot_spsel);
	expect_value("MPIDR_EL1", MPIDR_RES1, box->boot_mpidr);
	expect_value("M, C and I of SCTLR_EL1", 0,
		     box->boot_sctlr & (BIT_ULL(0) | BIT_ULL(2) | BIT_ULL(12)));
}

static void begin_registers(void)
{
	call_subject();
	if (guest_begin())
		registers();
}

static void begin_state(void)
{
	call_subject();
	if (guest_begin())
		state();
}

static void begin_sctlr(void)
{
	call_subject();
	if (guest_begin())
		expect_value("SCTLR_EL1", SCTLR_EL1_RESET,
			     guest_box()->boot_sctlr);
}

/* ---- The exit record ----------------------------------------------------- */

#define PATTERN 0x5a

/* The half that the RMM writes. */
static uint8_t *exit_bytes(void)
{
	return (uint8_t *)port->memory(value_of(RUN)) + 0x800;
}

static void exit_is_clear(void)
{
	struct rec_exit *exit = (struct rec_exit *)exit_bytes();

	memset(exit, PATTERN, sizeof(*exit));
	call_subject();
	if (!guest_begin())
		return;
	/* Of CPU_SUSPEND nothing is shown but the function, and timers. */
	exit->exit_reason = 0;
	exit->gprs[0] = 0;
	exit->cntp_ctl = 0;
	exit->cntp_cval = 0;
	exit->cntv_ctl = 0;
	exit->cntv_cval = 0;
	for (unsigned int i = 0; i < sizeof(*exit); i++)
		expect_value("all else of the REC exit", 0, exit_bytes()[i]);
}

static void exit_is_kept(void)
{
	memset(exit_bytes(), PATTERN, 0x800);
	call_subject();
	expect_result("x0", RMI_ERROR_REC,
		      RMI_RETURN_STATUS(guest_enter(value_of(REC2), 0)));
	for (unsigned int i = 0; i < 0x800; i++)
		expect_value("the REC exit", PATTERN, exit_bytes()[i]);
}

static void enter_is_kept(void)
{
	memset(guest_said()->gprs, PATTERN, sizeof(guest_said()->gprs));
	call_subject();
	if (guest_begin())
		expect_value("gprs[30] of the REC entry",
			     0x5a5a5a5a5a5a5a5aull, guest_said()->gprs[30]);
}

/* ---- Interrupts ---------------------------------------------------------- */

static bool running(void)
{
	bool begun;

	verdict_setup(true);
	begun = guest_begin();
	verdict_setup(false);
	return begun;
}

static bool line(bool high)
{
	if (!port->irq) {
		verdict_skip("no interrupt line");
		return false;
	}
	port->irq(high);
	return true;
}

/* It ends when the host says so, and not before. */
static void expect_spin_ends(void)
{
	guest_box()->go = 1;
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(0));
	expect("the realm goes on", guest_done());
}

static void interrupt(void)
{
	if (!running() || !line(true))
		return;
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS, guest_start(AGENT_SPIN, 0));
	left(RMI_EXIT_IRQ, EXIT(esr, 0), EXIT(far, 0), EXIT(hpfar, 0),
	     EXIT(gprs[0], 0));
	line(false);
	expect_spin_ends();
}

static void wfi_and_interrupt(void)
{
	if (!running() || !line(true))
		return;
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS, guest_start(AGENT_WFI, 0));
	left(RMI_EXIT_IRQ, EXIT(esr, 0));
}

/* ---- Timers -------------------------------------------------------------- */

static void timer(enum agent_op cval, enum agent_op ctl, bool virtual)
{
	const struct rec_exit *exit = guest_exit();
	uint64_t due = CNT_CTL_ENABLE | CNT_CTL_ISTATUS;

	if (!running())
		return;
	verdict_setup(true);
	guest_does(cval, 0, 1);
	verdict_setup(false);
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_start_with(ctl, 0, CNT_CTL_ENABLE));
	expect_value("exit reason", RMI_EXIT_IRQ, exit->exit_reason);
	expect_value("control of the timer", due,
		     virtual ? exit->cntv_ctl : exit->cntp_ctl);
	expect_value("compare value of the timer", 1,
		     virtual ? exit->cntv_cval : exit->cntp_cval);
	/* It was said: the realm goes on, the timer as it is. */
	expect_result("REC_ENTER", RMI_SUCCESS, guest_goes_on(0));
	expect("the realm goes on", guest_done());
	expect_value("control of the timer", due,
		     virtual ? exit->cntv_ctl : exit->cntp_ctl);
}

static void virtual_timer(void)
{
	timer(AGENT_WRITE_CNTV_CVAL, AGENT_WRITE_CNTV_CTL, true);
}

static void physical_timer(void)
{
	timer(AGENT_WRITE_CNTP_CVAL, AGENT_WRITE_CNTP_CTL, false);
}

/* Masked or off, a timer ends nothing. */
static void masked_timer(void)
{
	if (!running())
		return;
	verdict_setup(true);
	guest_does(AGENT_WRITE_CNTV_CVAL, 0, 1);
	verdict_setup(false);
	call_subject();
	guest_does(AGENT_WRITE_CNTV_CTL, 0, CNT_CTL_ENABLE | CNT_CTL_IMASK);
	expect_value("control of the timer",
		     CNT_CTL_ENABLE | CNT_CTL_IMASK | CNT_CTL_ISTATUS,
		     guest_exit()->cntv_ctl);
}

static void counters_agree(void)
{
	uint64_t before;

	if (!running())
		return;
	verdict_setup(true);
	guest_does(AGENT_READ_CNTPCT, 0, 0);
	before = guest_box()->x[0];
	verdict_setup(false);
	call_subject();
	guest_does(AGENT_READ_CNTVCT, 0, 0);
	expect("the virtual counter is the physical one, a little later",
	       guest_box()->x[0] >= before &&
		       guest_box()->x[0] - before < 1ull << 40);
}

/* ---- Waiting ------------------------------------------------------------- */

static void wfi_trapped(void)
{
	if (!running())
		return;
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_start(AGENT_WFI, RMI_ENTRY_TRAP_WFI));
	left(RMI_EXIT_SYNC,
	     EXIT_MASKED(esr, ESR_EC, FIELD_PREP(ESR_EC, ESR_EC_WFX)),
	     EXIT_MASKED(esr, ESR_WFX_TI, ESR_WFX_TI_WFI), EXIT(far, 0),
	     EXIT(hpfar, 0));
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_goes_on(RMI_ENTRY_TRAP_WFI));
	expect("the realm goes on behind it", guest_done());
}

static void wfe_trapped(void)
{
	if (!running())
		return;
	call_subject();
	expect_result("REC_ENTER", RMI_SUCCESS,
		      guest_start(AGENT_WFE, RMI_ENTRY_TRAP_WFE));
	/* An event may be there already, and then nothing waits. */
	if (guest_done())
		verdict_skip("an event was there already");
	else
		left(RMI_EXIT_SYNC,
		     EXIT_MASKED(esr, ESR_EC, FIELD_PREP(ESR_EC, ESR_EC_WFX)),
		     EXIT_MASKED(esr, ESR_WFX_TI, ESR_WFX_TI_WFE));
}

static const struct story stories[] = {
	{ "a REC begins with the host's registers", "RSI 6.1",
	  .tell = begin_registers },
	{ "a REC begins at EL1, all masked, MMU off", "RSI 6.1",
	  .tell = begin_state },
	{ "SCTLR_EL1 is reset", "RSI 6.1", true, .tell = begin_sctlr },
	{ "what the exit does not name is zero", "4.3",
	  .tell = exit_is_clear },
	{ "a refusal does not write the exit", "RSI 5.1",
	  .tell = exit_is_kept },
	{ "the host's half is not written", "4.3", .tell = enter_is_kept },
	{ "an interrupt of the host ends a run", "8.1", .tell = interrupt },
	{ "WFI and an interrupt of the host", "8.1",
	  .tell = wfi_and_interrupt },
	{ "the virtual timer that is due ends a run", "RSI 5.5",
	  .tell = virtual_timer },
	{ "the physical timer that is due ends a run", "RSI 5.5",
	  .tell = physical_timer },
	{ "a masked timer ends none", "RSI 5.5", .tell = masked_timer },
	{ "both counters are one", "RSI 5.5", .tell = counters_agree },
	{ "trap_wfi", "8.2", .tell = wfi_trapped },
	{ "trap_wfe", "8.2", .tell = wfe_trapped },
};

const struct table rec_enter_table = {
	.name = "REC_ENTER", .section = "5.3", .scene = SCENE_ACTIVE,
	.fid = SMC_RMI_REC_ENTER, .x = { REC, PARAMS }, .fill = fill,
	DEVIATIONS(deviations), EFFECTS(effects), STORIES(stories),
};
