/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A trace in the trace event format, which trace viewers open: calls on a track
 * for each CPU, runs on one for each REC, the realm's states, and what the host
 * says of them.
 */
#ifndef VMM_TRACE_JSON_H
#define VMM_TRACE_JSON_H

#include "sim/machine/conduit.h"
#include "vmm/err.h"

/*
 * Begins the file, which is valid JSON after each of the following calls, so
 * also if the run comes to a sudden end. One at a time; calls need their times
 * (conduit_time()).
 */
bool trace_json_open(const char *file, struct err *err);
void trace_json_call(const struct conduit_call *call, int exit_reason);
void trace_json_state(const char *change);
void trace_json_event(const char *kind, const char *what);
void trace_json_close(void);

#endif
