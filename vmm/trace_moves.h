/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Which granules a call made change hands: between the host and the RMM, and
 * between the uses that the RMM has for them.
 */
#ifndef VMM_TRACE_MOVES_H
#define VMM_TRACE_MOVES_H

#include "sim/machine/conduit.h"
#include "vmm/line.h"

/*
 * " [512 granules UNDELEGATED > DELEGATED]", or nothing. A REC counts where its
 * operation begins, the memory that it is donated where it is taken.
 */
void trace_add_moves(struct line *line, const struct conduit_call *call);

#endif
