// SPDX-License-Identifier: BSD-3-Clause
/*
 * RMI calls in words.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "abi/rmi_layout.h"
#include "abi/rmi_table.h"
#include "abi/smccc.h"
#include "sim/machine/machine.h"
#include "vmm/trace.h"

struct command {
	u32 fid;
	const char *arguments; /* names of x1, x2, ... */
	const char *results;
};

#define COMMAND_ROW(NAME, name, arguments, results) \
	{ SMC_RMI_##NAME, arguments, results },

static const struct command command_table[] = {
	RMI_CALL_TABLE(COMMAND_ROW) RMI_UNANSWERED_TABLE(COMMAND_ROW)
};

#define STATUS_NAME(value, name) [value] = #name,

static const char *const status_names[] = { RMI_STATUS_TABLE(STATUS_NAME) };

static const char *const exit_names[] = {
	[RMI_EXIT_SYNC] = "SYNC",
	[RMI_EXIT_IRQ] = "IRQ",
	[RMI_EXIT_FIQ] = "FIQ",
	[RMI_EXIT_PSCI] = "PSCI",
	[RMI_EXIT_RIPAS_CHANGE] = "RIPAS_CHANGE",
	[RMI_EXIT_HOST_CALL] = "HOST_CALL",
	[RMI_EXIT_SERROR] = "SERROR",
};

static const char *const request_names[] = {
	[RMI_OP_MEM_REQ_NONE] = "none",
	[RMI_OP_MEM_REQ_DONATE] = "donate",
	[RMI_OP_MEM_REQ_RECLAIM] = "reclaim",
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A line that grows; what does not fit is cut off. */
struct line {
	char *text;
	size_t size;
	size_t used;
};

static void __attribute__((format(printf, 2, 3)))
append(struct line *line, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(line->text + line->used, line->size - line->used,
		      format, args);
	va_end(args);
	if (n > 0)
		line->used += (size_t)n;
	if (line->used >= line->size)
		line->used = line->size - 1;
}

static const struct command *command_find(u64 fid)
{
	u64 plain = fid & ~SMCCC_SVE_HINT;

	for (size_t i = 0; i < COUNT(command_table); i++)
		if (command_table[i].fid == plain)
			return &command_table[i];
	return NULL;
}

/* The words of @names, each with its register: x1, x2, ... */
static void append_registers(struct line *line, const char *names,
			     const u64 *x)
{
	for (unsigned int i = 1; *names && i < SMC_REGS; i++) {
		size_t length = strcspn(names, " ");

		append(line, " %.*s=0x%" PRIx64, (int)length, names, x[i]);
		names += length + strspn(names + length, " ");
	}
}

static void append_status(struct line *line, u64 result)
{
	unsigned int status = RMI_RETURN_STATUS(result);
	unsigned int request = RMI_RETURN_MEMREQ(result);

	if (result == SMCCC_NOT_SUPPORTED)
		append(line, " -> NOT_SUPPORTED");
	else if (status >= COUNT(status_names))
		append(line, " -> 0x%" PRIx64, result);
	else if (status == RMI_SUCCESS)
		append(line, " -> SUCCESS");
	else if (status != RMI_INCOMPLETE)
		append(line, " -> %s:%u", status_names[status],
		       (unsigned int)RMI_RETURN_INDEX(result));
	else if (request < COUNT(request_names))
		append(line, " -> INCOMPLETE:%s", request_names[request]);
	else
		append(line, " -> INCOMPLETE:%u", request);
}

static void append_exit(struct line *line, int exit_reason)
{
	if (exit_reason == TRACE_NO_EXIT)
		return;
	if ((size_t)exit_reason < COUNT(exit_names))
		append(line, " exit=%s", exit_names[exit_reason]);
	else
		append(line, " exit=%d", exit_reason);
}

void trace_format(const struct conduit_call *call, int exit_reason, char *text,
		  size_t size)
{
	const struct command *command = command_find(call->in[0]);
	struct line line = { .text = text, .size = size };

	append(&line, "%" PRIu64 " cpu%u ", call->number, call->cpu);
	if (call->name)
		append(&line, "%s", call->name);
	else
		append(&line, "0x%" PRIx64, call->in[0]);
	if (command)
		append_registers(&line, command->arguments, call->in);
	append_status(&line, call->out[0]);
	if (command && call->out[0] != SMCCC_NOT_SUPPORTED)
		append_registers(&line, command->results, call->out);
	append_exit(&line, exit_reason);
	if (call->canned)
		append(&line, " (canned)");
}

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

static void observe(void *context, const struct conduit_call *call)
{
	char line[TRACE_LINE_MAX];

	trace_format(call, exit_reason_of(call), line, sizeof(line));
	fprintf(context, "%s\n", line);
}

/* The conduit has room for one observer, so there is one trace a process. */
static FILE *output;

bool trace_open(const char *file, struct err *err)
{
	output = file ? fopen(file, "we") : stderr;
	if (!output)
		return err_set(err, "--trace=%s: %s", file, strerror(errno));
	conduit_observe(observe, output);
	return true;
}

void trace_close(void)
{
	conduit_observe(NULL, NULL);
	if (output && output != stderr)
		fclose(output);
	output = NULL;
}
