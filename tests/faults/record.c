// SPDX-License-Identifier: BSD-3-Clause
/*
 * What was said during a life.
 */
#include "tests/faults/record.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <asm/rmi_smc.h>
#include <linux/kernel.h>

#include "sim/kvm/sim_kvm.h"
#include "sim/machine/conduit.h"

/* Arguments that make a call the same. */
#define ARGS 7

static struct record *current;

static bool is_operation_step(const char *name)
{
	return name && !strncmp(name, "OP_", 3);
}

static bool is_move(const char *name)
{
	return name && !strncmp(name, "GRANULE_RANGE_", 14);
}

static void keep(struct record *record, const struct conduit_call *call)
{
	struct record_call *kept = &record->call[record->call_count];
	unsigned int i;

	if (record->call_count == RECORD_CALLS_MAX)
		return;
	*kept = (struct record_call) { call->name, 1, call->number };
	for (i = 0; i < record->call_count; i++)
		kept->nth += record->call[i].name == call->name;
	record->call_count++;
}

static void note_refused(struct record *record, const char *name)
{
	unsigned int i;

	for (i = 0; i < record->refused_count; i++) {
		if (record->refused[i] == name)
			return;
	}
	if (name && record->refused_count < ARRAY_SIZE(record->refused))
		record->refused[record->refused_count++] = name;
}

static void note_repeats(struct record *record, const struct conduit_call *call)
{
	if (memcmp(record->last, call->in, ARGS * sizeof(u64))) {
		memcpy(record->last, call->in, ARGS * sizeof(u64));
		record->row = 0;
		return;
	}
	record->repeats++;
	record->row++;
	record->row_max = max(record->row, record->row_max);
}

static void note_since_hit(struct record *record,
			   const struct conduit_call *call)
{
	u64 status = RMI_RETURN_STATUS(call->out[0]);

	note_repeats(record, call);
	if (!call->canned && status == RMI_SUCCESS) {
		record->moves += is_move(call->name);
		return;
	}
	/* The steps of an operation go by the name of what opened it. */
	note_refused(record, is_operation_step(call->name) ? record->opener :
							     call->name);
}

static void observe(void *context, const struct conduit_call *call)
{
	struct record *record = context;

	record->count = call->number;
	keep(record, call);
	if (RMI_RETURN_STATUS(call->out[0]) == RMI_INCOMPLETE &&
	    !is_operation_step(call->name))
		record->opener = call->name;
	if (call->canned && !record->hit)
		record->hit = call->number;
	if (record->hit)
		note_since_hit(record, call);
	if (record->limit && record->count > record->limit)
		_exit(RECORD_EXIT);
}

static void watch(void *context, enum sim_kvm_line kind, const char *line)
{
	struct record *record = context;
	size_t used = strlen(record->log);

	if (kind == SIM_KVM_LOG)
		snprintf(record->log + used, sizeof(record->log) - used,
			 "%s\n", line);
}

void record_start(struct record *record)
{
	u64 limit = record->limit;

	memset(record, 0, sizeof(*record));
	record->limit = limit;
	current = record;
	conduit_observe(observe, record);
	sim_kvm_watch(watch, record);
}

void record_stop(void)
{
	conduit_observe(NULL, NULL);
	sim_kvm_watch(NULL, NULL);
	current = NULL;
}

void record_request(void)
{
	if (current)
		memset(current->last, 0, sizeof(current->last));
}

bool record_names_refused(const struct record *record)
{
	char name[48];
	unsigned int i;

	for (i = 0; i < record->refused_count; i++) {
		snprintf(name, sizeof(name), "RMI_%s:", record->refused[i]);
		if (strstr(record->log, name))
			return true;
	}
	return false;
}
