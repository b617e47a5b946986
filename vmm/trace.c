// SPDX-License-Identifier: BSD-3-Clause
/*
 * Where traces go: lines of text, or a file that trace viewers open.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "abi/rmi_layout.h"
#include "abi/rmi_smc.h"
#include "abi/smccc.h"
#include "sim/machine/machine.h"
#include "vmm/trace.h"
#include "vmm/trace_json.h"

/* Only the reason: the rest of the exit depends on it, and it is one byte. */
static int exit_reason_of(const struct conduit_call *call)
{
	u64 run = call->in[2];
	u8 reason;

	if ((call->in[0] & ~SMCCC_SVE_HINT) != SMC_RMI_REC_ENTER ||
	    call->out[0] != RMI_SUCCESS || call->canned)
		return TRACE_NO_EXIT;
	if (!machine_probe_read(run + offsetof(struct rec_run, exit) +
					offsetof(struct rec_exit, exit_reason),
				&reason))
		return TRACE_NO_EXIT;
	return reason;
}

static void observe_text(void *context, const struct conduit_call *call)
{
	char line[TRACE_LINE_MAX];

	trace_format(call, exit_reason_of(call), line, sizeof(line));
	fprintf(context, "%s\n", line);
}

static void observe_json(void *context, const struct conduit_call *call)
{
	(void)context;
	trace_json_call(call, exit_reason_of(call));
}

/* The conduit has room for one observer, so there is one trace a process. */
static FILE *output;
static bool json;

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text), tail = strlen(end);

	return length >= tail && !strcmp(text + length - tail, end);
}

bool trace_open(const char *file, struct err *err)
{
	if (file && ends_with(file, ".json")) {
		json = trace_json_open(file, err);
		if (json)
			conduit_observe(observe_json, NULL);
		return json;
	}
	output = file ? fopen(file, "we") : stderr;
	if (!output)
		return err_set(err, "--trace=%s: %s", file, strerror(errno));
	conduit_observe(observe_text, output);
	return true;
}

void trace_state(const char *change)
{
	if (json)
		trace_json_state(change);
}

void trace_event(const char *kind, const char *what)
{
	if (json)
		trace_json_event(kind, what);
	else if (output)
		fprintf(output, "-- %s: %s\n", kind, what);
}

void trace_close(void)
{
	conduit_observe(NULL, NULL);
	if (json)
		trace_json_close();
	if (output && output != stderr)
		fclose(output);
	output = NULL;
	json = false;
}
