// SPDX-License-Identifier: BSD-3-Clause
/*
 * RMI calls in words: names from the tables of abi/.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "abi/rmi_layout.h"
#include "abi/rmi_table.h"
#include "abi/smccc.h"
#include "vmm/trace.h"
#include "vmm/trace_moves.h"

#define COMMAND_ROW(NAME, name, arguments, results) \
	{ SMC_RMI_##NAME, arguments, results },

static const struct trace_command command_table[] = {
	RMI_CALL_TABLE(COMMAND_ROW)
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

const struct trace_command *trace_command_find(u64 fid)
{
	u64 plain = fid & ~SMCCC_SVE_HINT;

	for (size_t i = 0; i < COUNT(command_table); i++)
		if (command_table[i].fid == plain)
			return &command_table[i];
	return NULL;
}

bool trace_next_name(const char **names, int *length)
{
	*names += strspn(*names, " ");
	*length = (int)strcspn(*names, " ");
	return *length > 0;
}

static void add_registers(struct line *line, const char *names, const u64 *x)
{
	int length;

	for (int i = 1; i < SMC_REGS && trace_next_name(&names, &length); i++) {
		line_add(line, " %.*s=0x%" PRIx64, length, names, x[i]);
		names += length;
	}
}

/* For commands that walk tables the index says where the walk ended. */
static void add_error(struct line *line, unsigned int status,
		      unsigned int index)
{
	line_add(line, "%s:%u", status_names[status], index);
	if (status == RMI_ERROR_RTT || status == RMI_ERROR_RTT_AUX)
		line_add(line, " (walk ended at level %u)", index);
}

void trace_add_result(struct line *line, u64 result)
{
	unsigned int status = RMI_RETURN_STATUS(result);
	unsigned int request = RMI_RETURN_MEMREQ(result);

	if (result == SMCCC_NOT_SUPPORTED)
		line_add(line, "NOT_SUPPORTED");
	else if (status >= COUNT(status_names))
		line_add(line, "0x%" PRIx64, result);
	else if (status == RMI_SUCCESS)
		line_add(line, "SUCCESS");
	else if (status != RMI_INCOMPLETE)
		add_error(line, status, (unsigned int)RMI_RETURN_INDEX(result));
	else if (request < COUNT(request_names))
		line_add(line, "INCOMPLETE:%s", request_names[request]);
	else
		line_add(line, "INCOMPLETE:%u", request);
}

void trace_add_exit(struct line *line, int exit_reason)
{
	if ((size_t)exit_reason < COUNT(exit_names))
		line_add(line, "%s", exit_names[exit_reason]);
	else
		line_add(line, "%d", exit_reason);
}

void trace_format(const struct conduit_call *call, int exit_reason, char *text,
		  size_t size)
{
	const struct trace_command *command = trace_command_find(call->in[0]);
	struct line line = { .text = text, .size = size };

	line_add(&line, "%" PRIu64 " cpu%u ", call->number, call->cpu);
	if (call->name)
		line_add(&line, "%s", call->name);
	else
		line_add(&line, "0x%" PRIx64, call->in[0]);
	if (command)
		add_registers(&line, command->arguments, call->in);
	line_add(&line, " -> ");
	trace_add_result(&line, call->out[0]);
	if (command && call->out[0] != SMCCC_NOT_SUPPORTED)
		add_registers(&line, command->results, call->out);
	if (exit_reason != TRACE_NO_EXIT) {
		line_add(&line, " exit=");
		trace_add_exit(&line, exit_reason);
	}
	trace_add_moves(&line, call);
	if (call->canned)
		line_add(&line, " (canned)");
}
