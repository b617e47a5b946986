/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two CPUs at once. Their granules are neighbours in one word of the granule
 * protection table, or the same granule.
 */
#include "abi/psci.h"
#include "abi/rmi_smc.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/ns.h"
#include "tests/qemu/rmm/probe.h"

#define PAGE 0x1000ull
#define G 0x48400000ull
#define SHARED (G + 0x200000)
#define ROUNDS 300
#define SWITCHES 30
#define FLIPS 20000

struct tally {
	volatile uint64_t good;
	volatile uint64_t bad;
};

static struct tally tally[2];
static volatile uint64_t turn[2];

static uint64_t move(uint32_t fid, uint64_t pa)
{
	return call2(fid, pa, pa + PAGE).x[0];
}

/* A round with a granule of this CPU's own: there, refused, back, wiped. */
static bool round_trip(uint64_t pa)
{
	uint64_t value = 1;

	can_write(pa, value);
	return move(SMC_RMI_GRANULE_RANGE_DELEGATE, pa) == RMI_SUCCESS &&
	       !can_read(pa, NULL) && was_gpf(pa) &&
	       move(SMC_RMI_GRANULE_RANGE_UNDELEGATE, pa) == RMI_SUCCESS &&
	       can_read(pa, &value) && value == 0;
}

static void neighbours_job(void)
{
	unsigned int me = this_cpu();

	for (unsigned int i = 0; i < ROUNDS; i++) {
		/* Even granules for one CPU, odd ones for the other. */
		uint64_t pa = G + (2 * (i % 8) + me) * PAGE;

		if (round_trip(pa))
			tally[me].good++;
		else
			tally[me].bad++;
	}
}

static void meet(unsigned int me, uint64_t round)
{
	dsb();
	turn[me] = round;
	dsb();
	while (turn[!me] < round)
		relax();
}

static void same_job(void)
{
	unsigned int me = this_cpu();

	for (uint64_t i = 1; i <= ROUNDS; i++) {
		meet(me, 2 * i - 1);
		if (move(SMC_RMI_GRANULE_RANGE_DELEGATE, SHARED) ==
		    RMI_SUCCESS)
			tally[me].good++;
		else
			tally[me].bad++;
		meet(me, 2 * i);
		if (me == 0)
			move(SMC_RMI_GRANULE_RANGE_UNDELEGATE, SHARED);
	}
}

static void switch_on_job(void)
{
	unsigned int me = this_cpu();

	for (uint64_t i = 1; i <= SWITCHES; i++) {
		meet(me, 2 * i - 1);
		if (cpu_on(2) == PSCI_SUCCESS)
			tally[me].good++;
		else
			tally[me].bad++;
		meet(me, 2 * i);
		if (me == 0 && !(cpu_arrives(2) && cpu_stop(2)))
			tally[0].bad += SWITCHES;
	}
}

/* Lost updates of a word would show as a granule that is not where it was. */
static void flip_job(void)
{
	unsigned int me = this_cpu();

	meet(me, 1);
	tally[me].bad = call(PROBE_FLIP, G + me * PAGE, FLIPS, 0, 0, 0).x[1];
}

static void both(void (*job)(void))
{
	for (unsigned int i = 0; i < 2; i++) {
		tally[i] = (struct tally){ 0 };
		turn[i] = 0;
	}
	cpu_run(1, job);
	job();
	cpu_wait(1);
}

static volatile bool other_could;

static void read_job(void)
{
	other_could = can_read(G, NULL);
}

static bool other_reads(void)
{
	cpu_run(1, read_job);
	cpu_wait(1);
	return other_could;
}

static void test_other_tlb(void)
{
	expect("another CPU can read a granule", other_reads());
	move(SMC_RMI_GRANULE_RANGE_DELEGATE, G);
	expect("and no more when this one has delegated it", !other_reads());
	move(SMC_RMI_GRANULE_RANGE_UNDELEGATE, G);
	expect("and again when it is back", other_reads());
}

void test_races(void)
{
	test_other_tlb();
	both(neighbours_job);
	expect("two CPUs delegate neighbours at once",
	       tally[0].good == ROUNDS && tally[1].good == ROUNDS);
	both(same_job);
	print("     %x of %x rounds won by the first CPU\n", tally[0].good,
	      (uint64_t)ROUNDS);
	expect("of two CPUs that delegate one granule, one succeeds",
	       tally[0].good + tally[1].good == ROUNDS);
	if (cpus_count() < 3)
		return;
	expect("a third CPU is off", cpu_stop(2));
	both(switch_on_job);
	expect("of two CPUs that switch it on at once, one succeeds",
	       tally[0].good + tally[1].good == SWITCHES &&
		       tally[0].bad + tally[1].bad == SWITCHES);
	expect("it starts once more", cpu_start(2));
}

void test_flips(void)
{
	expect("a second CPU starts", cpu_start(1));
	both(flip_job);
	expect("two CPUs change one word of the table, and lose nothing",
	       tally[0].bad == 0 && tally[1].bad == 0);
	expect("the second CPU stops", cpu_stop(1));
}
