/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A debugger's target that notes what it is asked: threads 1 and 0x12, some
 * memory, and room for one breakpoint.
 */
#ifndef TESTS_VMM_FAKE_TARGET_H
#define TESTS_VMM_FAKE_TARGET_H

#include "vmm/gdb.h"

#define FAKE_MEMORY 0x1000 /* bytes at */
#define FAKE_BASE 0x40000000ull

struct fake_target {
	/* What the test wants. */
	struct gdb_regs regs[2];
	u8 memory[FAKE_MEMORY];
	struct gdb_event event;
	bool stopped;
	bool refuse; /* registers, and to step */

	/* What was asked. */
	u64 breakpoint;
	bool set;
	unsigned int resumed, stepped, stops, detached, killed;
	unsigned int thread; /* stepped, or read of */
};

extern struct fake_target fake_target;
extern const struct gdb_target fake_gdb_target;

#endif
