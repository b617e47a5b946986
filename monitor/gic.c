/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * GICv3 with two security states (Arm IHI 0069).
 */
#include "monitor/gic.h"

#include "monitor/layout.h"
#include "monitor/sysregs.h"
#include "monitor/world.h"

#define GICD_CTLR (GICD_BASE + 0x0)
#define GICD_TYPER (GICD_BASE + 0x4)
#define GICD_IGROUPR(n) (GICD_BASE + 0x80 + 4 * (n))

#define GICD_CTLR_GROUPS 7u /* 0, Non-secure 1, secure 1 */
#define GICD_CTLR_ARE (3u << 4) /* secure and Non-secure */
#define GICD_TYPER_LINES 0x1fu /* shared interrupts / 32 */

/* Of one CPU's redistributor: its control frame, then its SGI frame. */
#define GICR_WAKER 0x14
#define GICR_IGROUPR0 0x10080
#define GICR_ISENABLER0 0x10100
#define GICR_IGRPMODR0 0x10d00

#define GICR_WAKER_SLEEP (1u << 1)
#define GICR_WAKER_ASLEEP (1u << 2)

#define WAKE_SGI 15
#define INTID_SPECIAL 1020
#define PRIORITY_ALL 0xffull
#define IGRPEN1_BOTH 3ull
#define SGI0R_INTID(n) ((uint64_t)(n) << 24)
#define SGI0R_AFF1(n) ((uint64_t)(n) << 16)

void gic_init(void)
{
	uint32_t lines = read32(GICD_TYPER) & GICD_TYPER_LINES;

	write32(GICD_CTLR, GICD_CTLR_ARE);
	for (uint32_t i = 1; i <= lines; i++)
		write32(GICD_IGROUPR(i), ~0u);
}

void gic_release_cpus(void)
{
	dsb();
	write32(GICD_CTLR, GICD_CTLR_ARE | GICD_CTLR_GROUPS);
	dsb();
}

bool gic_released(void)
{
	return (read32(GICD_CTLR) & GICD_CTLR_GROUPS) == GICD_CTLR_GROUPS;
}

static void wake_redistributor(uint64_t frame)
{
	write32(frame + GICR_WAKER,
		read32(frame + GICR_WAKER) & ~GICR_WAKER_SLEEP);
	while (read32(frame + GICR_WAKER) & GICR_WAKER_ASLEEP)
		relax();
}

/* Private interrupts: Group 1 Non-secure, but for the SGI that wakes. */
static void group_private(uint64_t frame)
{
	write32(frame + GICR_IGROUPR0, ~(1u << WAKE_SGI));
	write32(frame + GICR_IGRPMODR0, 0);
	write32(frame + GICR_ISENABLER0, 1u << WAKE_SGI);
}

/* The Non-secure copies need the Non-secure SCR_EL3. */
static void enable_interface(void)
{
	msr(ICC_SRE_EL3, ICC_SRE_ALL);
	isb();
	msr(scr_el3, world_scr(WORLD_NS));
	isb();
	msr(ICC_SRE_EL2, ICC_SRE_ALL);
	isb();
	msr(ICC_PMR_EL1, PRIORITY_ALL);
	msr(ICC_IGRPEN1_EL3, IGRPEN1_BOTH);
	msr(ICC_IGRPEN0_EL1, 1);
	isb();
}

void gic_init_cpu(uint64_t cpu)
{
	uint64_t frame = GICR_BASE + cpu * GICR_STRIDE;

	wake_redistributor(frame);
	group_private(frame);
	enable_interface();
}

void gic_wake(uint64_t cpu)
{
	dsb();
	msr(ICC_SGI0R_EL1, SGI0R_INTID(WAKE_SGI) |
				   SGI0R_AFF1(cpu / CLUSTER_CPUS) |
				   1ull << (cpu % CLUSTER_CPUS));
	isb();
}

void gic_acknowledge_wake(void)
{
	uint64_t intid = mrs(ICC_IAR0_EL1);

	if (intid < INTID_SPECIAL)
		msr(ICC_EOIR0_EL1, intid);
	isb();
}
