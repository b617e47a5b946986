/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The conformance suite (tests/suite) over the firmware: its port for this
 * machine, and its conditions as checks.
 */
#include "tests/suite/run.h"

#include "abi/gic.h"
#include "monitor/layout.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/host_gic.h"
#include "tests/qemu/ns/ns.h"

#define RAM_BASE 0x50000000ull
#define RAM_SIZE 0x0a000000ull
#define NO_RAM 0x30000000ull
#define ICH_LR1 S3_4_C12_C12_1
#define WRITE(reg, value) write_sysreg(reg, value)

/* The machine has been started once, and that was it. */
static bool suite_open(void)
{
	static bool opened;
	bool was = opened;

	opened = true;
	host_gic_enable(INTID_PPI_CNTHP);
	/* A realm's timer ends its run if the host lets it through. */
	host_gic_enable(INTID_PPI_CNTV);
	host_gic_enable(INTID_PPI_CNTP);
	return !was;
}

static bool suite_ram(unsigned int index, uint64_t *base, uint64_t *size)
{
	*base = RAM_BASE;
	*size = RAM_SIZE;
	return index == 0;
}

static void *suite_memory(uint64_t pa)
{
	return (void *)pa;
}

static bool suite_accessible(uint64_t pa)
{
	return can_read(pa, NULL);
}

static void suite_smc(uint64_t x[SUITE_SMC_REGS])
{
	uint64_t in[31] = { 0 }, out[31];

	for (unsigned int i = 0; i < SUITE_SMC_REGS; i++)
		in[i] = x[i];
	dsb();
	smc_registers(in, out);
	for (unsigned int i = 0; i < SUITE_SMC_REGS; i++)
		x[i] = out[i];
}

/* The timer of EL2: its output is high for as long as it is due. */
static void suite_irq(bool high)
{
	if (high)
		host_timer_start(0);
	else
		host_timer_stop();
	wait_us(1);
}

static void suite_list_register(unsigned int index, uint64_t value)
{
	if (index == 0)
		host_lr_write(value);
	else
		WRITE(ICH_LR1, value);
	isb();
}

static const struct suite_port port = {
	.version = SUITE_PORT_VERSION,
	.properties = SUITE_STRICT,
	.name = "ccakit, at R-EL2",
	.open = suite_open,
	.ram = suite_ram,
	.memory = suite_memory,
	.accessible = suite_accessible,
	.no_ram = NO_RAM,
	.not_ours = SRAM_BASE,
	.smc = suite_smc,
	.irq = suite_irq,
	.list_register = suite_list_register,
};

static void told(void *context, const struct suite_condition *condition,
		 const struct verdict *verdict)
{
	(void)context;
	if (verdict->skipped && !verdict->failed) {
		print("skip %s: %s: %s\n", condition->command,
		      condition->name.s, verdict->skipped);
		return;
	}
	if (verdict->failed)
		print("     %s: expected %s, got %s\n", condition->command,
		      verdict->expected.s, verdict->got.s);
	expect(condition->name.s, !verdict->failed);
}

void test_suite(suite_run_function *run)
{
	const struct suite_options options = { .strict = true, .told = told };
	struct suite_totals totals;

	expect("the suite has a machine", !run(&port, &options, &totals));
}
