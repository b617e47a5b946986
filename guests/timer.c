// SPDX-License-Identifier: BSD-3-Clause
/*
 * Interrupts of the virtual timer, through the GIC and the list registers: some
 * while it waits, some while it works, none when the timer is masked.
 */
#include "guests/guest.h"

#define GICD_BASE 0x08000000ull
#define GICD_CTLR 0x0000
#define GICD_CTLR_ON 0x13 /* affinity routing, both groups */

#define GICR_BASE 0x080a0000ull
#define GICR_WAKER 0x0014
#define WAKER_SLEEP 2u
#define WAKER_ASLEEP 4u
#define GICR_IGROUPR0 0x10080
#define GICR_ISENABLER0 0x10100
#define GICR_IPRIORITYR 0x10400

#define TIMER_INTID 27
#define SPURIOUS 1023
#define TICKS 10
#define CNT_ENABLE 1ull
#define CNT_IMASK 2ull

#define read_sysreg(name) ({ \
	u64 value; \
	__asm__ volatile("mrs %0, " name : "=r"(value)); \
	value; \
})
#define write_sysreg(name, value) \
	__asm__ volatile("msr " name ", %0\n\tisb" : : "r"((u64)(value)) \
			 : "memory")

#define ICC_PMR_EL1 "S3_0_C4_C6_0"
#define ICC_IAR1_EL1 "S3_0_C12_C12_0"
#define ICC_EOIR1_EL1 "S3_0_C12_C12_1"
#define ICC_IGRPEN1_EL1 "S3_0_C12_C12_7"
#define ICC_SRE_EL1 "S3_0_C12_C12_5"

static volatile u64 ticks, others, early;
static u64 interval, due;

static void arm_timer(void)
{
	due = read_sysreg("cntvct_el0") + interval;
	write_sysreg("cntv_cval_el0", due);
	write_sysreg("cntv_ctl_el0", CNT_ENABLE);
}

static bool handle(struct frame *frame)
{
	u64 intid;

	if (frame->vector != VECTOR_IRQ)
		return false;
	intid = read_sysreg(ICC_IAR1_EL1);
	if (intid == SPURIOUS)
		return true;
	if (intid == TIMER_INTID) {
		early += read_sysreg("cntvct_el0") < due;
		ticks++;
		arm_timer();
	} else {
		others++;
	}
	write_sysreg(ICC_EOIR1_EL1, intid);
	return true;
}

static void set_up_gic(void)
{
	u64 gicr = shared(GICR_BASE), gicd = shared(GICD_BASE);

	mmio_write32(gicd + GICD_CTLR, GICD_CTLR_ON);
	mmio_write32(gicr + GICR_WAKER,
		     mmio_read32(gicr + GICR_WAKER) & ~WAKER_SLEEP);
	while (mmio_read32(gicr + GICR_WAKER) & WAKER_ASLEEP)
		;
	mmio_write32(gicr + GICR_IGROUPR0, ~0u);
	/* A byte an interrupt; this word has 24 to 27. */
	mmio_write32(gicr + GICR_IPRIORITYR + 24, 0xa0a0a0a0);
	mmio_write32(gicr + GICR_ISENABLER0, 1u << TIMER_INTID);
	write_sysreg(ICC_SRE_EL1, 1);
	write_sysreg(ICC_PMR_EL1, 0xf0);
	write_sysreg(ICC_IGRPEN1_EL1, 1);
}

static int check(bool good, const char *what)
{
	put(good ? "ok - " : "not ok - ");
	put(what);
	put("\n");
	return !good;
}

static void tick_in_waits(u64 until)
{
	while (ticks < until)
		__asm__ volatile("wfi");
}

static void tick_in_loops(u64 until)
{
	while (ticks < until)
		__asm__ volatile("" : : : "memory");
}

/* True if none comes for three intervals. */
static bool is_silent(void)
{
	u64 before = ticks, end = read_sysreg("cntvct_el0") + 3 * interval;

	while (read_sysreg("cntvct_el0") < end)
		;
	return ticks == before;
}

int main(u64 dtb)
{
	u64 start;
	int failed = 0;

	(void)dtb;
	guest_handler = handle;
	interval = read_sysreg("cntfrq_el0") / 500; /* 2 ms */
	failed |= check(interval > 0, "the counter has a frequency");
	set_up_gic();
	start = read_sysreg("cntvct_el0");
	arm_timer();
	__asm__ volatile("msr daifclr, #2" : : : "memory");
	tick_in_waits(TICKS);
	failed |= check(ticks >= TICKS, "interrupts end waits");
	tick_in_loops(2 * TICKS);
	failed |= check(ticks >= 2 * TICKS, "interrupts end loops");
	failed |= check(read_sysreg("cntvct_el0") - start >=
				2 * TICKS * interval && !early,
			"none came early");
	write_sysreg("cntv_ctl_el0", CNT_ENABLE | CNT_IMASK);
	failed |= check(is_silent(), "a masked timer is silent");
	write_sysreg("cntv_ctl_el0", CNT_ENABLE);
	tick_in_waits(2 * TICKS + 1);
	failed |= check(!others, "no other interrupt came");
	return failed;
}
