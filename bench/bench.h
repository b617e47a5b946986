/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What is measured: CPU time of the whole process, and RMI calls.
 */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include <linux/types.h>

/* One repetition of a case. */
struct sample {
	u64 units; /* what it did that many times */
	u64 ns;
	u64 calls;
};

/* Around what counts. */
void bench_start(struct sample *sample);
void bench_stop(struct sample *sample, u64 units);

/* bench/calls.c: calls, granules and maps, without a realm that runs. */
void bench_warm_up(void);
void bench_version(struct sample *sample);
void bench_delegate(struct sample *sample);
void bench_undelegate(struct sample *sample);
void bench_map_pages(struct sample *sample);
void bench_unmap_pages(struct sample *sample);
void bench_map_blocks(struct sample *sample);
void bench_unmap_blocks(struct sample *sample);

/* bench/lives.c: realms that run. */
void bench_life_1(struct sample *sample);
void bench_life_16(struct sample *sample);
void bench_populate(struct sample *sample);
void bench_enter_irq(struct sample *sample);
void bench_enter_host_call(struct sample *sample);
void bench_faults(struct sample *sample);

/* What a page costs the library alone: bench/library.c. */
void bench_memset(struct sample *sample);
void bench_sha256(struct sample *sample);

#endif
