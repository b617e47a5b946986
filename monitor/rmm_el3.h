/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The RMM as the monitor keeps it: loading, starting, and the interface of
 * abi/rmm_el3.h.
 */
#ifndef MONITOR_RMM_EL3_H
#define MONITOR_RMM_EL3_H

#include <stdbool.h>
#include <stdint.h>

#include "monitor/cpu.h"

/* Copies the RMM from flash into its carve-out, if there is one. */
void rmm_load(void);

/* True while an RMM is loaded and has not failed to start. */
bool rmm_present(void);

/* Makes @world start the RMM on this CPU: RMM_BOOT_COLD or _WARM. */
void rmm_prepare(struct world *world, uint64_t boot_kind);

/* Passes the RMI call in the current, Non-secure frame to the RMM. */
void rmm_forward(struct cpu *cpu);

/* Answers an SMC of the RMM. */
void rmm_call(struct cpu *cpu, uint32_t fid);

#endif
