/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Two CPUs at once. Their granules are neighbours in one word of the granule
 * protection table, or the same granule.
 */
#include "abi/rmi_smc.h"
#include "platform/qemu/sysreg.h"
#include "tests/qemu/ns/ns.h"

#define PAGE 0x1000ull
#define G 0x48400000ull
#define SHARED (G + 0x200000)
#define ROUNDS 300

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
}
