/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The sequences on the simulated machine, each on one of its own. Afterwards
 * nothing is left: no descriptor, no page, no granule with the RMM but those
 * that are counted as lost, no warning.
 *
 *	ioctl				a sample, as a test
 *	ioctl [-v] SEED [COUNT [SECONDS]]	sequences from SEED on
 *
 * A seed decides the whole sequence, and by its lowest bits whether vCPUs have
 * threads (then the rest is a matter of time), whether the RMM refuses calls,
 * and whether the machine has little memory.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "abi/rmi_table.h"
#include "fuzz/ioctl/dice.h"
#include "fuzz/ioctl/vmm.h"
#include "tests/host/rig.h"
#include "vmm/backend_sim.h"

#define SAMPLE 32
#define STEPS_MIN 20
#define STEPS_MORE 120
#define HANG_S 60
#define LITTLE_RAM 0x2800000ull
#define FILES 1024 /* of the simulated kernel */

static u64 seed_now;
static bool in_sequence;

/* However the process ends: from a handler of signals, too. */
static void say_seed(void)
{
	char text[64];
	int size = snprintf(text, sizeof(text),
			    "fuzz: in the sequence of seed %llu\n",
			    (unsigned long long)seed_now);

	if (in_sequence)
		(void)!write(2, text, (size_t)size);
}

static void aborts(int number)
{
	say_seed();
	signal(number, SIG_DFL);
	raise(number);
}

static void hangs(int number)
{
	static const char text[] = "fuzz: a sequence hangs\n";

	(void)number;
	(void)!write(2, text, sizeof(text) - 1);
	abort();
}

/* A sanitizer's, if there is one: it ends the process in its own way. */
void __sanitizer_set_death_callback(void (*callback)(void))
	__attribute__((weak));

static void say_seed_at_the_end(void)
{
	signal(SIGALRM, hangs);
	signal(SIGABRT, aborts);
	atexit(say_seed);
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(say_seed);
}

static void add_fault(void)
{
	static const char *const commands[] = {
#define NAME_OF(NAME, name, args, results) #NAME,
		RMI_CALL_TABLE(NAME_OF)
#undef NAME_OF
	};
	static const char *const statuses[] = {
		"ERROR_INPUT", "ERROR_REALM", "ERROR_REC", "ERROR_RTT:1",
		"ERROR_RTT:2", "ERROR_RTT:3", "BUSY", "BLOCKED",
		"ERROR_GLOBAL", "ERROR_NOT_SUPPORTED", "NOT_SUPPORTED",
	};
	char spec[80];

	snprintf(spec, sizeof(spec), "%s#%u=%s",
		 commands[dice_below(ARRAY_SIZE(commands))],
		 1 + dice_below(dice_once_in(2) ? 4 : 60),
		 statuses[dice_below(ARRAY_SIZE(statuses))]);
	if (vmm.verbose)
		fprintf(stderr, "fault %s\n", spec);
	rig_fault(spec);
}

static void free_schedule(struct machine_conf *conf)
{
	conf->sched = MACHINE_SCHED_FREE;
}

/* Pages that are given back are soon somebody else's, and the rest is full. */
static void little_memory(struct machine_conf *conf)
{
	conf->ram[0].size = LITTLE_RAM;
}

static void both(struct machine_conf *conf)
{
	free_schedule(conf);
	little_memory(conf);
}

/* Every descriptor is closed: so they are all of this table. */
static void assert_no_files(void)
{
	for (int fd = 0; fd < FILES; fd++)
		assert_int_equal(sim_kvm_close(fd), -EBADF);
}

static void sequence(u64 seed)
{
	void (*const changes[])(struct machine_conf *conf) = {
		NULL, free_schedule, little_memory, both,
	};
	bool threads = seed & 1, faults = seed & 2, little = seed & 4;

	seed_now = seed;
	in_sequence = true;
	alarm(HANG_S);
	rig_start("rme", changes[threads + 2 * little]);
	dice_seed(~seed);
	for (unsigned int i = faults ? 1 + dice_below(6) : 0; i > 0; i--)
		add_fault();
	vmm_sequence(&backend_sim, seed, STEPS_MIN + dice_below(STEPS_MORE),
		     threads);
	assert_no_files();
	if (faults)
		rig_assert_accounted();
	else
		rig_assert_clean();
	rig_stop();
	alarm(0);
	in_sequence = false;
}

/* ---- As a test --------------------------------------------------------- */

static void sample(void **state)
{
	u64 part = *(const u64 *)*state;

	for (u64 seed = part; seed < SAMPLE; seed += 4)
		sequence(seed);
}

static int as_test(void)
{
	static u64 parts[] = { 0, 1, 2, 3 };
	const struct CMUnitTest tests[] = {
		{ "sequences leave nothing behind", sample, NULL, NULL,
		  &parts[0] },
		{ "nor beside vCPUs in threads", sample, NULL, NULL,
		  &parts[1] },
		{ "nor if the RMM refuses calls", sample, NULL, NULL,
		  &parts[2] },
		{ "nor if both is so", sample, NULL, NULL, &parts[3] },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* ---- By hand, and for long --------------------------------------------- */

static int many(u64 seed, u64 count, long seconds)
{
	time_t end = time(NULL) + seconds;
	u64 done = 0;

	while (done < count && (!seconds || time(NULL) < end)) {
		sequence(seed++);
		done++;
		if (vmm.verbose)
			fprintf(stderr, "seed %llu: %u steps, %u kicks\n",
				(unsigned long long)seed_now, vmm.steps,
				vmm.kicks);
	}
	printf("fuzz: %llu sequences leave nothing behind, to seed %llu\n",
	       (unsigned long long)done, (unsigned long long)seed_now);
	fflush(stdout);
	return 0;
}

int main(int argc, char **argv)
{
	int first = 1;

	say_seed_at_the_end();
	if (argc > 1 && !strcmp(argv[1], "-v")) {
		vmm.verbose = true;
		first = 2;
	}
	if (argc <= first)
		return as_test();
	return many(strtoull(argv[first], NULL, 0),
		    argc > first + 1 ? strtoull(argv[first + 1], NULL, 0) : 1,
		    argc > first + 2 ? atol(argv[first + 2]) : 0);
}
