/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a run on the simulated host prints on stdout: the kernel's log and the
 * realm's states as they come; the calls and the ledger at the end.
 */
#ifndef VMM_REPORT_SIM_H
#define VMM_REPORT_SIM_H

#include <stdbool.h>

#include "sim/kvm/sim_kvm.h"

/* Takes the kernel's lines. */
void report_watch(void);

/* RMI calls by command; with @details their errors and the time they took. */
void report_calls(bool details);

/*
 * Granules still delegated, granules leaked, touches of realm memory; and what
 * the kernel warned of, if it did. True if there is nothing of all that, as
 * there should be after a run.
 */
bool report_ledger(void);

#endif
