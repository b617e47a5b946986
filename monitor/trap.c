/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What comes to EL3: SMCs, and Group 0 interrupts, of which the only one is the
 * SGI that wakes CPUs. Everything else is a bug below or here.
 */
#include "monitor/trap.h"

#include "monitor/cpu.h"
#include "monitor/gic.h"
#include "monitor/panic.h"
#include "monitor/smc.h"
#include "monitor/sysregs.h"

struct frame panic_frame_own;

void trap(struct frame *frame, uint64_t vector)
{
	uint64_t class = FIELD_GET(ESR_EC, mrs(esr_el3));

	if (vector == VECTOR_LOWER_SYNC && class == ESR_EC_SMC64)
		smc(this_cpu());
	else if (vector == VECTOR_LOWER_FIQ)
		gic_acknowledge_wake();
	else if (this_cpu()->current == WORLD_REALM)
		panic_frame("unexpected exception from Realm", frame);
	else
		panic_frame("unexpected exception from Non-secure", frame);
}

_Noreturn void own_trap(uint64_t vector)
{
	static const char *const what[] = {
		"exception at EL3",
		"IRQ at EL3",
		"FIQ at EL3",
		"SError at EL3",
	};

	panic_frame(what[vector % 4], &panic_frame_own);
}
