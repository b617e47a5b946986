/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What runs inside the realm of live.h: a loop that asks the host what to do,
 * by RSI_HOST_CALL, and exception vectors that note what happened. Nothing here
 * may print or count checks: that is the host's.
 */
#ifndef TESTS_QEMU_NS_INSIDE_H
#define TESTS_QEMU_NS_INSIDE_H

#include <stdint.h>

#include "abi/rsi_layout.h"

/* What a REC has of its own; TPIDR_EL1 points to it. */
struct inside {
	struct rsi_host_call host_call __attribute__((aligned(256)));
	volatile uint64_t exceptions; /* synchronous ones, skipped */
	volatile uint64_t esr; /* of the last one */
	volatile uint64_t far;
	volatile uint64_t interrupts;
	volatile uint64_t intid; /* of the last one, with its timer stopped */
};

/* Entry of each REC: x0 = its index (inside_start.S). */
void inside_start(void);

struct inside *inside_self(void);

/* Unmasks interrupts until one came; its INTID. */
uint64_t inside_wait_interrupt(void);

/* Lets interrupts of every priority through, group 1. */
void inside_gic_on(void);

/* Ends interrupt @intid. */
void inside_gic_end(uint64_t intid);

/*
 * Accesses to memory, as an inside_function. An exception skips them: then a
 * read is @b + @c, as a jump is in any case; a write is @c.
 */
uint64_t inside_read(uint64_t address, uint64_t b, uint64_t c);
uint64_t inside_write(uint64_t address, uint64_t value, uint64_t c);
uint64_t inside_jump(uint64_t address, uint64_t b, uint64_t c);

#endif
