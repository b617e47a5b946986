/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What an exception to EL3 saves: the registers that a world had.
 */
#ifndef MONITOR_FRAME_H
#define MONITOR_FRAME_H

#define FRAME_ELR 248
#define FRAME_SPSR 256
#define FRAME_SIZE 272

#ifndef __ASSEMBLER__
#include <stdint.h>

struct frame {
	uint64_t x[31];
	uint64_t elr;
	uint64_t spsr;
	uint64_t sp_el0;
};

_Static_assert(__builtin_offsetof(struct frame, elr) == FRAME_ELR, "elr");
_Static_assert(__builtin_offsetof(struct frame, spsr) == FRAME_SPSR, "spsr");
_Static_assert(sizeof(struct frame) == FRAME_SIZE, "struct frame");
#endif

#endif
