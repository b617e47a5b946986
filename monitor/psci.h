/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * PSCI 1.1 for the Non-secure world (Arm DEN 0022).
 */
#ifndef MONITOR_PSCI_H
#define MONITOR_PSCI_H

#include <stdbool.h>
#include <stdint.h>

#include "monitor/cpu.h"

/*
 * Answers the call in @cpu's frame; some calls do not return. What PSCI has not
 * gets -1, which is also what SMCCC says of a call that nobody answers.
 */
int64_t psci_call(struct cpu *cpu, uint32_t fid);

/* True if the parked @cpu was switched on. */
bool psci_woken(struct cpu *cpu);

/* @cpu is about to enter the Non-secure world. */
void psci_started(struct cpu *cpu);

#endif
