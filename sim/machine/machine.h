/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The simulated machine: RAM in three views, the GPT that guards it, CPUs, and
 * the conduit over which the host reaches the RMM. One machine a process.
 */
#ifndef SIM_MACHINE_MACHINE_H
#define SIM_MACHINE_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "sim/machine/conf.h"

/*
 * Builds the machine and boots its RMM, if it has one. False, with one line in
 * @err, if that is impossible. machine_stop() ends the executors and gives all
 * memory back.
 */
bool machine_start(const struct machine_conf *conf, char *err, size_t size);
void machine_stop(void);
const struct machine_conf *machine_conf(void);

/*
 * Which CPU the calling thread is. Threads start as CPU 0; a vCPU thread takes
 * another before it enters the kernel.
 */
void machine_set_cpu(unsigned int cpu);
unsigned int machine_cpu(void);

/* The host's view of RAM. A delegated granule faults there. */
void *machine_host_view(uint64_t pa);
bool machine_host_pa(const void *va, uint64_t *pa);
bool machine_in_ram(uint64_t pa, uint64_t size);

/* A CPU's physical interrupt line: ends what a realm runs there. */
void machine_irq_raise(unsigned int cpu);
void machine_irq_lower(unsigned int cpu);
bool machine_irq_pending(unsigned int cpu);

/*
 * The counter that all CPUs share (CNTPCT, CNTVCT), in ticks of
 * machine_counter_hz(), from 0. What it counts is conf.sched's choice (conf.h).
 */
uint64_t machine_counter(void);
uint64_t machine_counter_hz(void);

/*
 * MACHINE_SCHED_FIXED, where time passes only by instructions: nobody has
 * anything to do before @to, so it is @to now, unless it is later already.
 */
void machine_counter_skip(uint64_t to);

/*
 * MACHINE_SCHED_FREE: when (CLOCK_MONOTONIC) the counter reaches @counter.
 * False if that is never.
 */
bool machine_counter_when(uint64_t counter, struct timespec *when);

/*
 * The host's timer of a CPU: its interrupt line is high while the counter is at
 * @deadline or above. UINT64_MAX, which is also the start, is off.
 */
void machine_timer_set(unsigned int cpu, uint64_t deadline);

/* Touches one byte as the host would; false if the GPT caught it. */
bool machine_probe_read(uint64_t pa, uint8_t *value);
bool machine_probe_write(uint64_t pa, uint8_t value);

/* For the ledger at the end of a run. */
uint64_t machine_delegated(void); /* granules now in the Realm PAS */
uint64_t machine_gpf_count(void); /* host touches that were caught */

/*
 * How the GPT is enforced on the host's view: "guard" or "mprotect", or
 * "none" where the host's page size does not allow it.
 */
const char *machine_guard_mode(void);

/*
 * Granules that were delegated and could not be guarded, since the host's
 * kernel has no room for more mappings: touches of these are not caught.
 */
uint64_t machine_unguarded(void);

#endif
