/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * RMI calls in words, made from the tables of abi/, and where they are shown.
 */
#ifndef VMM_TRACE_H
#define VMM_TRACE_H

#include "abi/stdint/abi_types.h"
#include "sim/machine/conduit.h"
#include "vmm/err.h"
#include "vmm/line.h"

#define TRACE_LINE_MAX 512
#define TRACE_NO_EXIT (-1)

struct trace_command {
	u32 fid;
	const char *arguments; /* names of x1, x2, ... */
	const char *results;
};

/* The row of a function identifier, with or without the SVE hint, or NULL. */
const struct trace_command *trace_command_find(u64 fid);

/*
 * Moves @names on to its next word, of @length. False if there is none. The
 * caller moves on behind it.
 */
bool trace_next_name(const char **names, int *length);

/* "ERROR_RTT:1 (walk ended at level 1)" */
void trace_add_result(struct line *line, u64 result);

/* "HOST_CALL" */
void trace_add_exit(struct line *line, int exit_reason);

/*
 * "12 cpu1 RTT_CREATE rd=0x.. rtt=0x.. ipa=0x.. level=0x2 -> ERROR_INPUT:1".
 * A status that is an error comes with its index. @exit_reason is that of a
 * REC_ENTER, or TRACE_NO_EXIT. Granules that changed hands come last:
 * "[1 granule DELEGATED > RTT]".
 */
void trace_format(const struct conduit_call *call, int exit_reason, char *line,
		  size_t size);

/*
 * Has every SMC shown in @file, or with NULL on stderr: a line each, or if the
 * name ends in .json, events for trace viewers.
 */
bool trace_open(const char *file, struct err *err);

/* The realm's state changed, "NONE -> NEW"; nothing without a trace. */
void trace_state(const char *change);

/*
 * Something that the host says of the calls before: "refused",
 * "RTT_CREATE=ERROR_RTT:2". In text a line "-- refused: ...".
 */
void trace_event(const char *kind, const char *what);
void trace_close(void);

#endif
