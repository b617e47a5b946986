/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Interrupts of the host while a realm runs, virtual ones of the realm, and the
 * realm's own timers.
 */
#include "abi/arm_arch.h"
#include "abi/gic.h"
#include "abi/rsi_smc.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/host_gic.h"
#include "tests/qemu/ns/inside.h"
#include "tests/qemu/ns/live.h"
#include "tests/qemu/ns/ns.h"

#define INTID_TEST 40
#define SHORT 300 /* us */
#define ROUNDS 20
#define SPINS 2000000 /* take many times SHORT */
#define PMR_OF_HOST 0xa0

#define LR(intid) \
	(ICH_LR_PENDING | ICH_LR_GROUP1 | FIELD_PREP(ICH_LR_PRIORITY, 0xa0) | \
	 (intid))

/* With all exceptions masked that can be. */
static uint64_t in_spin(uint64_t rounds, uint64_t b, uint64_t c)
{
	asm volatile("msr daifset, #0xf" ::: "memory");
	for (volatile uint64_t i = 0; i < rounds; i++)
		;
	return b + c;
}

static uint64_t in_spin_until_interrupt(uint64_t a, uint64_t b, uint64_t c)
{
	return inside_wait_interrupt() + a + b + c;
}

static uint64_t in_wfi(uint64_t a, uint64_t b, uint64_t c)
{
	wfi();
	return a + b + c;
}

static uint64_t in_virtual_timer(uint64_t ticks, uint64_t b, uint64_t c)
{
	write_sysreg(cntv_cval_el0, read_sysreg(cntvct_el0) + ticks);
	write_sysreg(cntv_ctl_el0, CNT_CTL_ENABLE);
	isb();
	return inside_wait_interrupt() + b + c;
}

static uint64_t in_physical_timer(uint64_t ticks, uint64_t b, uint64_t c)
{
	write_sysreg(cntp_cval_el0, read_sysreg(cntpct_el0) + ticks);
	write_sysreg(cntp_ctl_el0, CNT_CTL_ENABLE);
	isb();
	return inside_wait_interrupt() + b + c;
}

/* Ends an interrupt that no list register has; and calls the RMM after that. */
static uint64_t in_end_unlisted(uint64_t intid, uint64_t b, uint64_t c)
{
	inside_gic_end(intid);
	return call1(SMC_RSI_VERSION, RSI_ABI_VERSION_1_0).x[0] + b + c;
}

static uint64_t in_counter(uint64_t a, uint64_t b, uint64_t c)
{
	isb();
	return read_sysreg(cntvct_el0) + a + b + c;
}

/* The host's timer ended the run, and its interrupt waits for the host. */
static bool host_was_interrupted(uint64_t status)
{
	return status == RMI_SUCCESS && live_exit_is(0, RMI_EXIT_IRQ) &&
	       live_run[0].exit.esr == 0 &&
	       host_gic_take() == INTID_PPI_CNTHP;
}

static bool spins_on(void)
{
	for (unsigned int i = 0; i < ROUNDS; i++) {
		host_timer_start(SHORT);
		if (!host_was_interrupted(live_enter(0, 0)))
			return false;
	}
	return true;
}

/* An interrupt may also come just before the WFI, which then waits again. */
static bool wfi_ends(void)
{
	for (unsigned int i = 0; i < ROUNDS; i++) {
		host_timer_start(SHORT << i);
		if (live_enter(0, 0) != RMI_SUCCESS || live_done(0, 1))
			break;
		host_gic_take();
	}
	host_timer_stop();
	return live_done(0, 1);
}

static bool spin_is_interrupted(void)
{
	unsigned int interrupts = 0;
	uint64_t status;

	host_timer_start(SHORT);
	status = live_begin(0, in_spin, SPINS, 1, 0);
	while (host_was_interrupted(status)) {
		interrupts++;
		host_timer_start(SHORT);
		status = live_enter(0, 0);
	}
	host_timer_stop();
	host_gic_take();
	return interrupts > 0 && status == RMI_SUCCESS && live_done(0, 1);
}

/* Leaves the realm in in_spin_until_interrupt(). */
static void test_host(void)
{
	host_gic_enable(INTID_PPI_CNTHP);
	host_timer_start(SHORT);
	expect("the host's timer interrupt ends a realm's WFI",
	       host_was_interrupted(live_begin(0, in_wfi, 1, 0, 0)));
	expect("which is over some time", wfi_ends());
	expect("a realm that masks interrupts does not keep the CPU",
	       spin_is_interrupted());
	host_timer_start(0);
	expect("an interrupt that waits already ends a run at once",
	       host_was_interrupted(
		       live_begin(0, in_spin_until_interrupt, 0, 0, 0)));
	host_timer_start(SHORT);
	expect("one that comes later ends a realm that spins",
	       host_was_interrupted(live_enter(0, 0)));
	expect("again and again", spins_on());
	host_timer_stop();
}

static void test_virtual(void)
{
	host_lr_write(LR(INTID_TEST) | ICH_LR_HW);
	expect("a list register of a physical interrupt is refused",
	       live_enter(0, 0) == RMI_ERROR_REC);
	host_lr_write(LR(INTID_TEST));
	expect("a virtual interrupt reaches the realm",
	       live_enter(0, 0) == RMI_SUCCESS && live_done(0, INTID_TEST));
	expect("its end empties the list register",
	       !(host_lr_read() & ICH_LR_STATE));
	expect("the virtual CPU interface is off for the host",
	       !(host_ich_hcr() & ICH_HCR_EN));
	host_lr_write(LR(INTID_TEST + 1));
	expect("a second one as well",
	       live_eval(0, in_spin_until_interrupt, 0, 0, 0) ==
		       INTID_TEST + 1);
}

static void test_host_state(void)
{
	host_active_write(1);
	live_eval(0, in_end_unlisted, INTID_TEST, 0, 0);
	expect("the count of ends without a list register is the host's to see",
	       FIELD_GET(ICH_HCR_EOICOUNT, host_ich_hcr()) == 1);
	host_active_write(0);
	host_pmr_write(PMR_OF_HOST);
	live_eval(0, in_end_unlisted, INTID_TEST, 0, 0);
	expect("the host's priority mask is as it left it",
	       host_pmr_read() == PMR_OF_HOST);
	host_pmr_write(0xff);
}

static bool is_due(uint64_t ctl)
{
	return ctl == (CNT_CTL_ENABLE | CNT_CTL_ISTATUS);
}

static bool timer_ended_run(uint64_t status, bool physical)
{
	const struct rec_exit *exit = &live_run[0].exit;

	return status == RMI_SUCCESS && live_exit_is(0, RMI_EXIT_IRQ) &&
	       is_due(exit->cntp_ctl) == physical &&
	       is_due(exit->cntv_ctl) == !physical;
}

/* The host's timer ends it: the realm's, masked, does not once more. */
static bool due_timer_is_masked(bool physical)
{
	host_timer_start(SHORT);
	return timer_ended_run(live_enter(0, 0), physical) &&
	       host_gic_take() == INTID_PPI_CNTHP;
}

static void test_timer(inside_function *function, unsigned int intid)
{
	bool physical = intid == INTID_PPI_CNTP;

	host_gic_enable(intid);
	expect("the timer ends the run when it is due, and says so",
	       timer_ended_run(live_begin(0, function, ticks_of(SHORT), 0, 0),
			       physical));
	expect("its interrupt is not left to the host",
	       host_gic_take() == INTID_NONE);
	expect("it does not end the next run",
	       due_timer_is_masked(physical));
	host_timer_stop();
	host_lr_write(LR(intid));
	expect("as a virtual interrupt it reaches the realm, which stops it",
	       live_enter(0, 0) == RMI_SUCCESS &&
		       (live_exit_is(0, RMI_EXIT_HOST_CALL) ||
			(live_exit_is(0, RMI_EXIT_IRQ) &&
			 live_enter(0, 0) == RMI_SUCCESS)) &&
		       live_done(0, intid) &&
		       live_run[0].exit.cntp_ctl == 0 &&
		       live_run[0].exit.cntv_ctl == 0);
	host_gic_disable(intid);
}

#define HOST_CVAL 0x7123456789abcdefull

static void test_host_timers_kept(void)
{
	uint64_t before = read_sysreg(cntpct_el0);

	write_sysreg(cntv_cval_el0, HOST_CVAL);
	write_sysreg(cntv_ctl_el0, CNT_CTL_ENABLE);
	write_sysreg(cntp_cval_el0, HOST_CVAL + 1);
	write_sysreg(cntp_ctl_el0, CNT_CTL_IMASK);
	write_sysreg(cntvoff_el2, before);
	isb();
	expect("the realm's counter has no offset",
	       live_eval(0, in_counter, 0, 0, 0) > before);
	isb();
	expect("the host's EL1 timers and its offset are as it left them",
	       read_sysreg(cntv_cval_el0) == HOST_CVAL &&
		       read_sysreg(cntv_ctl_el0) == CNT_CTL_ENABLE &&
		       read_sysreg(cntp_cval_el0) == HOST_CVAL + 1 &&
		       read_sysreg(cntp_ctl_el0) == CNT_CTL_IMASK &&
		       read_sysreg(cntvoff_el2) == before);
	write_sysreg(cntvoff_el2, 0);
	write_sysreg(cntv_ctl_el0, 0);
	write_sysreg(cntp_ctl_el0, 0);
	isb();
}

void test_run_interrupts(void)
{
	test_host();
	test_virtual();
	test_host_state();
	test_timer(in_virtual_timer, INTID_PPI_CNTV);
	test_timer(in_physical_timer, INTID_PPI_CNTP);
	test_host_timers_kept();
	host_gic_disable(INTID_PPI_CNTHP);
}
