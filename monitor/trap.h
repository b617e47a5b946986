/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Exceptions to EL3, between vectors.S and C.
 */
#ifndef MONITOR_TRAP_H
#define MONITOR_TRAP_H

#include <stdint.h>

#include "monitor/frame.h"

/* vectors.S: loads the current world's frame and leaves EL3. */
_Noreturn void trap_return(void);

/* From vectors.S: an exception from a lower level. */
void trap(struct frame *frame, uint64_t vector);

/* From vectors.S: an exception from EL3 itself; see panic_frame_own. */
_Noreturn void own_trap(uint64_t vector);

extern struct frame panic_frame_own;

#endif
