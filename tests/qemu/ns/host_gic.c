/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * GICv3 and timer of the host.
 */
#include "tests/qemu/ns/host_gic.h"

#include "monitor/layout.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/ns.h"

#define ICC_PMR S3_0_C4_C6_0
#define ICC_IAR1 S3_0_C12_C12_0
#define ICC_EOIR1 S3_0_C12_C12_1
#define ICC_IGRPEN1 S3_0_C12_C12_7
#define ICH_HCR S3_4_C12_C11_0
#define ICH_AP1R0 S3_4_C12_C9_0
#define ICH_LR0 S3_4_C12_C12_0

#define READ(reg) read_sysreg(reg)
#define WRITE(reg, value) write_sysreg(reg, value)

#define GICR_ISENABLER0 0x10100
#define GICR_ICENABLER0 0x10180
#define CTL_ENABLE 1
#define SECOND 1000000

static uint64_t frame(void)
{
	return GICR_BASE + this_cpu() * GICR_STRIDE;
}

void host_gic_enable(unsigned int intid)
{
	WRITE(ICC_PMR, 0xff);
	WRITE(ICC_IGRPEN1, 1);
	isb();
	write32(frame() + GICR_ISENABLER0, 1u << intid);
	dsb();
}

void host_gic_disable(unsigned int intid)
{
	write32(frame() + GICR_ICENABLER0, 1u << intid);
	dsb();
}

uint64_t host_gic_take(void)
{
	uint64_t intid;

	isb();
	intid = READ(ICC_IAR1);
	if (intid != INTID_NONE)
		WRITE(ICC_EOIR1, intid);
	isb();
	return intid;
}

uint64_t ticks_of(uint64_t us)
{
	return read_sysreg(cntfrq_el0) * us / SECOND;
}

void wait_us(uint64_t us)
{
	uint64_t end = read_sysreg(cntpct_el0) + ticks_of(us);

	while (read_sysreg(cntpct_el0) < end)
		relax();
}

void host_timer_start(uint64_t us)
{
	isb();
	write_sysreg(cnthp_cval_el2, read_sysreg(cntpct_el0) + ticks_of(us));
	write_sysreg(cnthp_ctl_el2, CTL_ENABLE);
	isb();
}

void host_timer_stop(void)
{
	write_sysreg(cnthp_ctl_el2, 0);
	isb();
}

void host_lr_write(uint64_t lr)
{
	WRITE(ICH_LR0, lr);
	isb();
}

uint64_t host_lr_read(void)
{
	return READ(ICH_LR0);
}

uint64_t host_ich_hcr(void)
{
	return READ(ICH_HCR);
}

void host_active_write(uint64_t priorities)
{
	WRITE(ICH_AP1R0, priorities);
	isb();
}

void host_pmr_write(uint64_t priority)
{
	WRITE(ICC_PMR, priority);
	isb();
}

uint64_t host_pmr_read(void)
{
	return READ(ICC_PMR);
}
