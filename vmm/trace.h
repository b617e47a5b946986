/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI calls in words: one line each, made from the tables of abi/.
 */
#ifndef VMM_TRACE_H
#define VMM_TRACE_H

#include "sim/machine/conduit.h"
#include "vmm/err.h"

#define TRACE_LINE_MAX 512
#define TRACE_NO_EXIT (-1)

/*
 * "12 cpu1 RTT_CREATE rd=0x.. rtt=0x.. ipa=0x.. level=0x2 -> ERROR_RTT:1".
 * A status that is an error comes with its index. @exit_reason is that of a
 * REC_ENTER, or TRACE_NO_EXIT.
 */
void trace_format(const struct conduit_call *call, int exit_reason, char *line,
		  size_t size);

/* Has every SMC shown in @file, or with NULL on stderr. */
bool trace_open(const char *file, struct err *err);
void trace_close(void);

#endif
