// SPDX-License-Identifier: BSD-3-Clause
/*
 * What calls, granules, entries and lives cost in `sim`, in CPU time, with the
 * RMI calls of each; beside it, where there is one, a figure of the reference
 * RMM's build for a host, measured on another machine of the same kind. Ends
 * with ratios that hold on any machine, and fails if one does not.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bench/bench.h"
#include "sim/machine/conduit.h"
#include "tests/host/rig.h"

#define REPEATS 5
#define RATIO_REPEATS 15

struct row {
	const char *name;
	void (*run)(struct sample *sample);
	double peer_ns; /* for a unit; 0 if there is none */
};

/* The peer's unmap is without the undelegation, so that both are added. */
static const struct row rows[] = {
	{ "an empty call (VERSION)", bench_version, 36 },
	{ "delegate a granule, in a range", bench_delegate, 58 },
	{ "undelegate a granule, wiped", bench_undelegate, 12300 },
	{ "REC_ENTER, interrupted at once", bench_enter_irq, 199e3 },
	{ "REC_ENTER, host call to the VMM", bench_enter_host_call, 260e3 },
	{ "a fault, from access to access", bench_faults, 0 },
	{ "life of a realm, 1 MiB measured", bench_life_1, 47e6 },
	{ "life of a realm, 16 MiB measured", bench_life_16, 702e6 },
	{ "512 MiB by pages: map, a page", bench_map_pages, 11400 },
	{ "512 MiB by pages: unmap, a page", bench_unmap_pages, 12500 },
	{ "512 MiB by blocks: map, a page", bench_map_blocks, 11000 },
	{ "512 MiB by blocks: unmap, a page", bench_unmap_blocks, 12300 },
};

struct ratio {
	const char *name;
	void (*what)(struct sample *sample);
	void (*of)(struct sample *sample);
	double limit;
};

static const struct ratio ratios[] = {
	{ "undelegate and wipe / memset", bench_undelegate, bench_memset, 2.0 },
	{ "a measured page / its SHA-256", bench_populate, bench_sha256, 1.5 },
};

static u64 cpu_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (u64)now.tv_sec * 1000000000u + (u64)now.tv_nsec;
}

void bench_start(struct sample *sample)
{
	sample->calls = conduit_total();
	sample->ns = cpu_ns();
}

void bench_stop(struct sample *sample, u64 units)
{
	sample->ns = cpu_ns() - sample->ns;
	sample->calls = conduit_total() - sample->calls;
	sample->units = units;
}

static double unit_ns(const struct sample *sample)
{
	return (double)sample->ns / (double)sample->units;
}

static int by_time(const void *a, const void *b)
{
	double x = unit_ns(a), y = unit_ns(b);

	return (x > y) - (x < y);
}

/* The median: one repetition that was disturbed does not count. */
static struct sample median(void (*run)(struct sample *sample))
{
	struct sample samples[REPEATS];
	unsigned int i;

	for (i = 0; i < REPEATS; i++)
		run(&samples[i]);
	qsort(samples, REPEATS, sizeof(samples[0]), by_time);
	return samples[REPEATS / 2];
}

static void show_time(double ns)
{
	if (ns < 10e3)
		printf(" %8.0f ns", ns);
	else if (ns < 10e6)
		printf(" %8.1f us", ns / 1e3);
	else
		printf(" %8.1f ms", ns / 1e6);
}

static void show(const struct row *row)
{
	struct sample sample = median(row->run);
	double ns = unit_ns(&sample);

	printf("%-34s", row->name);
	show_time(ns);
	printf(" %10.4g", (double)sample.calls / (double)sample.units);
	if (row->peer_ns) {
		show_time(row->peer_ns);
		printf(" %7.1f", row->peer_ns / ns);
	}
	printf("\n");
	fflush(stdout);
}

/*
 * What is compared takes turns, so that both see the same machine; the best of
 * each is what it costs, the rest is what else the machine did.
 */
static bool check(const struct ratio *ratio)
{
	struct sample what[RATIO_REPEATS], of[RATIO_REPEATS];
	double value;
	unsigned int i;

	for (i = 0; i < RATIO_REPEATS; i++) {
		ratio->of(&of[i]);
		ratio->what(&what[i]);
	}
	qsort(what, RATIO_REPEATS, sizeof(what[0]), by_time);
	qsort(of, RATIO_REPEATS, sizeof(of[0]), by_time);
	value = unit_ns(&what[0]) / unit_ns(&of[0]);
	printf("%-34s %8.2f of at most %.1f%s\n", ratio->name, value,
	       ratio->limit, value <= ratio->limit ? "" : "  over the limit");
	return value <= ratio->limit;
}

int main(void)
{
	bool good = true;
	unsigned int i;

	rig_start("rme", NULL);
	bench_warm_up();
	printf("%-34s %11s %10s %11s %7s\n", "", "CPU time", "RMI calls",
	       "reference", "times");
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		show(&rows[i]);
	for (i = 0; i < ARRAY_SIZE(ratios); i++)
		good &= check(&ratios[i]);
	rig_assert_clean();
	rig_stop();
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
