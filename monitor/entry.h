/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Between the assembler and C: how EL3 is entered and left, and what an
 * exception saves.
 */
#ifndef MONITOR_ENTRY_H
#define MONITOR_ENTRY_H

#define FRAME_ELR 248
#define FRAME_SPSR 256

#ifndef __ASSEMBLER__
#include <stdint.h>

/* The registers that a world had. */
struct frame {
	uint64_t x[31];
	uint64_t elr;
	uint64_t spsr;
	uint64_t sp_el0;
};

_Static_assert(__builtin_offsetof(struct frame, elr) == FRAME_ELR, "elr");
_Static_assert(__builtin_offsetof(struct frame, spsr) == FRAME_SPSR, "spsr");

/* From start.S: on a stack, with the MMU off. */
_Noreturn void cold_boot(uint64_t index);
_Noreturn void warm_boot(uint64_t index);

/* From vectors.S: an exception from a lower level. */
void trap(struct frame *frame, uint64_t vector);

/* From vectors.S: an exception from EL3 itself, its registers in own_frame. */
_Noreturn void own_trap(uint64_t vector);
extern struct frame own_frame;

/* To vectors.S: gives up this stack, loads the current frame, leaves EL3. */
_Noreturn void trap_return(uint64_t stack_top);
#endif

#endif
