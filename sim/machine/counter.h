/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The counter of the machine, for the machine itself; machine.h has it for
 * others. With sched fixed an instruction takes one tick, on whatever PE, and
 * else time stands still; with sched free it is the host's.
 */
#ifndef SIM_MACHINE_COUNTER_H
#define SIM_MACHINE_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

#define COUNTER_HZ 62500000u
#define COUNTER_NEVER UINT64_MAX

/* From 0; @fixed: by instructions. */
void counter_start(bool fixed);
bool counter_is_fixed(void);

/* Fixed: @ticks have gone by; no effect if free. */
void counter_add(uint64_t ticks);

#endif
