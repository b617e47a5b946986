/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which mutant is live: MUTANT=number of the environment. MUTANT_SEEN=file is a
 * file of MUTANTS_MAX bytes for what was seen, which outlives a crash.
 * MUTANT_CASE=name is the only case of a cmocka program that is run.
 * MUTANT_SECONDS=n is all the CPU that it gets.
 */
#include "tests/mutants/rmm/mutant.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define SECONDS_ASLEEP 60 /* that nobody wakes */

static unsigned char unseen[MUTANTS_MAX];

/* The RMM is also linked with what has no cmocka. */
extern void cmocka_set_test_filter(const char *pattern) __attribute__((weak));

unsigned int mutant_live;
unsigned char *mutant_seen = unseen;

static void map_seen(const char *name)
{
	int fd = open(name, O_RDWR);
	void *map = fd < 0 ? MAP_FAILED :
			     mmap(NULL, MUTANTS_MAX, PROT_READ | PROT_WRITE,
				  MAP_SHARED, fd, 0);

	if (map == MAP_FAILED)
		abort();
	close(fd);
	mutant_seen = map;
}

static void limit(const char *seconds)
{
	rlim_t limit = (rlim_t)atoi(seconds);
	const struct rlimit cpu = { limit, limit };
	const struct rlimit core = { 0, 0 };

	setrlimit(RLIMIT_CPU, &cpu);
	setrlimit(RLIMIT_CORE, &core);
	alarm((unsigned int)limit + SECONDS_ASLEEP);
}

__attribute__((constructor)) static void mutant_start(void)
{
	const char *live = getenv("MUTANT");
	const char *seen = getenv("MUTANT_SEEN");
	const char *seconds = getenv("MUTANT_SECONDS");
	const char *only = getenv("MUTANT_CASE");

	if (seconds)
		limit(seconds);
	if (live)
		mutant_live = (unsigned int)atoi(live);
	if (seen)
		map_seen(seen);
	if (only && cmocka_set_test_filter)
		cmocka_set_test_filter(only);
}
