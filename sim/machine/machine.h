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
