/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The simulated kernel below KVM: its log, its conduit to the RMM, and what
 * tests may do to them.
 */
#ifndef SIM_KERNEL_KERNEL_H
#define SIM_KERNEL_KERNEL_H

#include <stdint.h>

#include "sim/kvm/sim_kvm.h"

/* Who gets the lines of the log and of the trace; NULL for nobody. */
void log_watch(sim_kvm_watcher *watcher, void *context);

/* A new boot: limits of the log start anew. */
void log_boot(void);

/* WARN_ON()s that fired since the process began. */
uint64_t log_warnings(void);

/*
 * Sends SMCs to @handler in place of the machine's conduit; NULL sends them
 * there again. x0 to x17, in and out.
 */
typedef void smc_handler(uint64_t x[18]);
void smc_redirect(smc_handler *handler);

#endif
