// SPDX-License-Identifier: BSD-3-Clause
/*
 * Four CPUs: three are turned on by PSCI, each adds up its part of a sum; then
 * one goes off and on again. Needs `--cpus 4`.
 *
 * Memory is Device memory here, where nothing is atomic: each CPU writes words
 * of its own, and the first one waits for them.
 */
#include "guests/guest.h"

#define CPUS 4
#define PART 100000ull
#define STACK_SIZE 0x1000

struct worker {
	struct guest_cpu cpu;
	u64 stack[STACK_SIZE / sizeof(u64)];
	u64 id;
	u64 sum;
	volatile u64 rounds; /* that it has finished */
};

static struct worker workers[CPUS];

static void work(struct guest_cpu *cpu)
{
	struct worker *worker = (struct worker *)cpu;
	u64 first = worker->id * PART + 1;

	worker->sum = 0;
	for (u64 n = first; n < first + PART; n++)
		worker->sum += n;
	__asm__ volatile("dmb sy" : : : "memory");
	worker->rounds++;
}

static u64 affinity_info(u64 id)
{
	struct smc call = { .x = { PSCI_64(PSCI_AFFINITY_INFO), id } };

	smc(&call);
	return call.x[0];
}

static u64 turn_on(struct worker *worker)
{
	struct smc call = {
		.x = { PSCI_64(PSCI_CPU_ON), worker->id,
		       (u64)guest_secondary, (u64)&worker->cpu },
	};

	smc(&call);
	return call.x[0];
}

static int start(unsigned int id)
{
	struct worker *worker = &workers[id];
	u64 status;

	worker->id = id;
	worker->cpu.stack = (u64)(worker->stack + STACK_SIZE / sizeof(u64));
	worker->cpu.entry = (u64)work;
	status = turn_on(worker);
	if (status) {
		put("CPU_ON of CPU ");
		put_number(id);
		put(": -");
		put_number(-status);
		put(", are there four?\n");
		return 1;
	}
	return 0;
}

static void wait_for(const struct worker *worker, u64 rounds)
{
	while (worker->rounds < rounds)
		__asm__ volatile("yield");
}

/* A CPU that has said that it is off may take a while to be so. */
static void wait_until_off(u64 id)
{
	while (affinity_info(id) != PSCI_AFFINITY_OFF)
		__asm__ volatile("yield");
}

static int check_sum(void)
{
	u64 all = CPUS * PART, sum = 0;

	for (unsigned int id = 0; id < CPUS; id++)
		sum += workers[id].sum;
	put("sum of 1 to ");
	put_number(all);
	put(": ");
	put_number(sum);
	put("\n");
	return sum == all * (all + 1) / 2 ? 0 : 2;
}

/* The one that is on cannot be turned on, and there is no fifth. */
static int check_refusals(void)
{
	static struct worker fifth = { .id = CPUS };

	if (turn_on(&workers[0]) == (u64)PSCI_ALREADY_ON &&
	    turn_on(&fifth) == (u64)PSCI_INVALID_PARAMETERS)
		return 0;
	put("CPU_ON of what cannot be turned on\n");
	return 4;
}

static int off_and_on(void)
{
	struct worker *worker = &workers[1];

	wait_until_off(1);
	if (start(1))
		return 8;
	wait_for(worker, 2);
	wait_until_off(1);
	put("CPU 1 was off and on again\n");
	return 0;
}

int main(u64 dtb)
{
	int failed = 0;

	(void)dtb;
	for (unsigned int id = 1; id < CPUS; id++)
		failed |= start(id);
	if (failed)
		return failed;
	work(&workers[0].cpu);
	for (unsigned int id = 1; id < CPUS; id++)
		wait_for(&workers[id], 1);
	failed |= check_sum();
	failed |= check_refusals();
	failed |= off_and_on();
	return failed;
}
