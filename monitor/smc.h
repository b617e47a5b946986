/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * SMCs from both worlds (SMCCC 1.2).
 */
#ifndef MONITOR_SMC_H
#define MONITOR_SMC_H

#include "monitor/cpu.h"

/* Answers the SMC in @cpu's frame, or passes it to the other world. */
void smc(struct cpu *cpu);

#endif
