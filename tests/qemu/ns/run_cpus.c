/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two RECs of one realm on two CPUs.
 */
#include "abi/arm_arch.h"
#include "abi/psci.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/host_gic.h"
#include "tests/qemu/ns/inside.h"
#include "tests/qemu/ns/live.h"
#include "tests/qemu/ns/ns.h"
#include "tests/qemu/ns/simd_regs.h"

#define ROUNDS 200
#define WHILE 20000 /* us */
#define KEY(rec) (0x1000 + (rec))

/* ---- Inside ---- */

static volatile uint64_t turn[LIVE_RECS];

/* CPU_ON of the second REC, which starts as the first one did. */
static uint64_t in_cpu_on(uint64_t target, uint64_t b, uint64_t c)
{
	return call(PSCI_64(PSCI_CPU_ON), target, (uint64_t)inside_start,
		    target, b, c)
		.x[0];
}

static bool kept(uint64_t me)
{
	struct v_regs regs;

	v_read(&regs);
	return regs.v[0][0] == me && regs.v[31][1] == me &&
	       read_sysreg(apiakeylo_el1) == KEY(me) &&
	       read_sysreg(tpidr_el0) == me;
}

static void mark(uint64_t me)
{
	struct v_regs regs;

	for (unsigned int i = 0; i < 64; i++)
		regs.v[i / 2][i % 2] = me;
	regs.fpcr = 0;
	regs.fpsr = 0;
	v_write(&regs);
	write_sysreg(apiakeylo_el1, KEY(me));
	write_sysreg(tpidr_el0, me);
}

/*
 * Rounds that neither can finish without the other, with the registers marked.
 * An exit to the host in each, by a store that it emulates.
 */
static uint64_t in_meet(uint64_t me, uint64_t rounds, uint64_t device)
{
	uint64_t good = 0;

	mark(me);
	for (uint64_t i = 1; i <= rounds; i++) {
		turn[me] = i;
		dsb();
		while (turn[!me] < i)
			relax();
		write32(device, (uint32_t)i);
		good += kept(me);
	}
	return good;
}

/* Reads a word of the page again and again, as long as it can. */
static uint64_t in_read_on(uint64_t address, uint64_t b, uint64_t c)
{
	for (;;)
		b += *(volatile uint64_t *)address + c;
	return b;
}

static uint64_t in_mpidr(uint64_t a, uint64_t b, uint64_t c)
{
	return read_sysreg(mpidr_el1) + a + b + c;
}

static uint64_t in_turn(uint64_t rec, uint64_t b, uint64_t c)
{
	return turn[rec] + b + c;
}

/* ---- The host ---- */

static volatile uint64_t good[LIVE_RECS];
static volatile uint64_t exits[LIVE_RECS];

static bool stored(unsigned int rec)
{
	return live_exit_class(rec, ESR_EC_DATA_ABORT_LOWER) &&
	       live_exit_ipa(rec) == LIVE_DEVICE_IPA + 8 * rec &&
	       live_run[rec].exit.gprs[0] == exits[rec] + 1;
}

static void meet_job(void)
{
	unsigned int me = this_cpu();
	uint64_t status = live_begin(me, in_meet, me, ROUNDS,
				     LIVE_DEVICE_IPA + 8 * me);

	exits[me] = 0;
	while (status == RMI_SUCCESS && stored(me)) {
		exits[me]++;
		status = live_enter(me, RMI_ENTRY_EMUL_MMIO);
	}
	good[me] = status == RMI_SUCCESS &&
			   live_exit_is(me, RMI_EXIT_HOST_CALL) ?
			   live_run[me].exit.gprs[0] :
			   0;
}

static volatile uint64_t status_there;

static void enter_job(void)
{
	status_there = live_enter(1, 0);
}

static uint64_t enter_there(void)
{
	cpu_run(1, enter_job);
	cpu_wait(1);
	return status_there;
}

static void test_cpu_on(void)
{
	expect("a REC that is off is not entered",
	       enter_there() == RMI_ERROR_REC);
	expect("CPU_ON goes to the host",
	       live_begin(0, in_cpu_on, 1, 0, 0) == RMI_SUCCESS &&
		       live_exit_is(0, RMI_EXIT_PSCI) &&
		       live_run[0].exit.gprs[0] == PSCI_64(PSCI_CPU_ON) &&
		       live_run[0].exit.gprs[1] == 1);
	expect("which has to complete it first",
	       live_enter(0, 0) == RMI_ERROR_REC);
	expect("and does", live_psci_complete(PSCI_SUCCESS) == RMI_SUCCESS);
	expect("the caller hears of it",
	       live_enter(0, 0) == RMI_SUCCESS && live_done(0, PSCI_SUCCESS));
	expect("the second REC runs on the second CPU, up to a host call",
	       enter_there() == RMI_SUCCESS &&
		       live_exit_is(1, RMI_EXIT_HOST_CALL));
	expect("its MPIDR_EL1 is its own on whatever CPU it runs",
	       live_eval(1, in_mpidr, 0, 0, 0) == (MPIDR_RES1 | 1));
}

static volatile bool reading, ended;

static void read_job(void)
{
	live_ask(1, in_read_on, LIVE_HOLE_IPA, 0, 0);
	do {
		reading = true;
		status_there = live_enter(1, 0);
	} while (status_there == RMI_SUCCESS && live_exit_is(1, RMI_EXIT_IRQ));
	ended = true;
}

/* Leaves the second REC there: what was DESTROYED does not come back. */
static void test_unmap(void)
{
	bool early;

	cpu_run(1, read_job);
	while (!reading)
		relax();
	wait_us(WHILE);
	early = ended;
	expect("a page is taken from a REC that reads it on another CPU",
	       !early && live_empty(LIVE_HOLE_IPA) == RMI_SUCCESS);
	cpu_wait(1);
	expect("and its very next read ends the run",
	       status_there == RMI_SUCCESS &&
		       live_exit_class(1, ESR_EC_DATA_ABORT_LOWER) &&
		       live_exit_ipa(1) == LIVE_HOLE_IPA);
}

void test_run_cpus(void)
{
	test_cpu_on();
	cpu_run(1, meet_job);
	meet_job();
	cpu_wait(1);
	expect("two RECs run at once and meet in every round",
	       live_eval(0, in_turn, 0, 0, 0) == ROUNDS &&
		       live_eval(0, in_turn, 1, 0, 0) == ROUNDS);
	expect("each store of theirs reached the host",
	       exits[0] == ROUNDS && exits[1] == ROUNDS);
	expect("and the registers stayed each one's own",
	       good[0] == ROUNDS && good[1] == ROUNDS);
	test_unmap();
}
