// SPDX-License-Identifier: BSD-3-Clause
/*
 * Answers that an RMM may give to a call. They are made from the tables of
 * statuses and of commands in abi/: where a command takes a range and says how
 * far it came, there are answers without progress, and beyond the end.
 *
 * Two kinds of lies are left out, since no host can survive them: that memory
 * is the host's again when it is not, for it is used at the next opportunity;
 * and that delegating memory failed, with a status that says that nothing was
 * done (Arm DEN 0137: a command that fails has changed nothing), when it was
 * done. Nor does one learn here what an RMM may write into memory.
 */
#include "tests/faults/answers.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <asm/rmi_smc.h>
#include <asm/rmi_table.h>
#include <linux/bitfield.h>
#include <linux/kernel.h>

static const struct {
	const char *name;
	const char *args;
	const char *results;
} commands[] = {
#define COMMAND_ROW(NAME, name, args, results) { #NAME, args, results },
	RMI_CALL_TABLE(COMMAND_ROW)
#undef COMMAND_ROW
};

static const char *const status_names[] = {
#define STATUS_ROW(value, name) [value] = #name,
	RMI_STATUS_TABLE(STATUS_ROW)
#undef STATUS_ROW
};

/* Requests for memory, with INCOMPLETE: possible ones, then odd ones. */
static const u32 requests[] = {
	FIELD_PREP(RMI_DONATE_COUNT, 1),
	FIELD_PREP(RMI_DONATE_COUNT, 16),
	FIELD_PREP(RMI_DONATE_COUNT, 16) | RMI_DONATE_CONTIG,
	FIELD_PREP(RMI_DONATE_COUNT, 1) | RMI_DONATE_UNDELEGATED,
	FIELD_PREP(RMI_DONATE_COUNT, 8) | RMI_DONATE_UNDELEGATED |
	RMI_DONATE_CONTIG,
	FIELD_PREP(RMI_DONATE_COUNT, 1) | FIELD_PREP(RMI_DONATE_SIZE, 1),
	0,
	FIELD_PREP(RMI_DONATE_COUNT, 3) | RMI_DONATE_CONTIG,
	FIELD_PREP(RMI_DONATE_COUNT, 0x3fff),
	FIELD_PREP(RMI_DONATE_COUNT, 0x2000) | RMI_DONATE_CONTIG,
	FIELD_PREP(RMI_DONATE_COUNT, 2) | FIELD_PREP(RMI_DONATE_SIZE, 2),
	FIELD_PREP(RMI_DONATE_COUNT, 1) | FIELD_PREP(RMI_DONATE_SIZE, 3),
	~0u,
};

struct list {
	struct answer *answers;
	unsigned int count;
};

__attribute__((format(printf, 4, 5)))
static void add(struct list *list, enum answer_kind kind,
		unsigned int column, const char *format, ...)
{
	struct answer *answer = &list->answers[list->count++];
	va_list args;

	answer->kind = kind;
	answer->column = column;
	va_start(args, format);
	vsnprintf(answer->text, sizeof(answer->text), format, args);
	va_end(args);
}

/* Position of @word in @words, which are separated by spaces; 0 for none. */
static unsigned int position(const char *words, const char *word)
{
	size_t length = strlen(word);
	unsigned int n;

	for (n = 1; *words; n++) {
		if (!strncmp(words, word, length) &&
		    (words[length] == ' ' || !words[length]))
			return n;
		words += strcspn(words, " ");
		words += *words == ' ';
	}
	return 0;
}

static bool has_index(u64 status)
{
	return status == RMI_ERROR_RTT || status == RMI_ERROR_RTT_AUX ||
	       status == RMI_ERROR_PSMMU_ST || status == RMI_ERROR_DPT;
}

static void add_status(struct list *list, u64 status)
{
	static const unsigned int levels[] = { 1, 2, 3, 4, 127, 128, 255 };
	unsigned int i;

	if (status == RMI_SUCCESS || status == RMI_INCOMPLETE)
		return;
	add(list, ANSWER_HONEST, status, "=%s", status_names[status]);
	for (i = 0; has_index(status) && i < ARRAY_SIZE(levels); i++)
		add(list, ANSWER_HONEST, status, "=%s:%u", status_names[status],
		    levels[i]);
	if (!has_index(status))
		add(list, ANSWER_HONEST, status, "=%s:255",
		    status_names[status]);
}

static void add_statuses(struct list *list)
{
	u64 status;

	for (status = 0; status < ARRAY_SIZE(status_names); status++)
		add_status(list, status);
	add(list, ANSWER_HONEST, COLUMN_UNKNOWN, "=NOT_SUPPORTED");
	add(list, ANSWER_HONEST, COLUMN_ODD, "=SUCCESS,x0=0x11");
	add(list, ANSWER_HONEST, COLUMN_ODD, "=SUCCESS,x0=0xff");
	add(list, ANSWER_HONEST, COLUMN_ODD, "=SUCCESS,x0=0x100000000");
}

/* Bits 9:8 say what memory, bit 10 that the operation may be cancelled. */
static void add_incomplete(struct list *list, enum answer_kind kind)
{
	unsigned int index, i;

	for (index = 0; index < 8; index++) {
		if (index % 4 != RMI_OP_MEM_REQ_DONATE) {
			add(list, kind, RMI_INCOMPLETE,
			    "=INCOMPLETE:%u,x1=77", index);
			continue;
		}
		for (i = 0; i < ARRAY_SIZE(requests); i++)
			add(list, kind, RMI_INCOMPLETE,
			    "=INCOMPLETE:%u,x1=77,x2=0x%x",
			    index, requests[i]);
	}
}

/* @base and @top: where the arguments are; @out: the result, how far it came */
static void add_stalls(struct list *list, unsigned int base, unsigned int top,
		       unsigned int out)
{
	add(list, ANSWER_HONEST, COLUMN_STALL, "=SUCCESS,x%u=x%u", out, base);
	add(list, ANSWER_HONEST, COLUMN_STALL, "=SUCCESS,x%u=x%u-4096", out,
	    base);
	add(list, ANSWER_HONEST, COLUMN_STALL, "=SUCCESS,x%u=x%u+1", out, base);
	add(list, ANSWER_HONEST, COLUMN_STALL, "=SUCCESS,x%u=x%u+4096", out,
	    top);
	add(list, ANSWER_HONEST, COLUMN_STALL,
	    "=SUCCESS,x%u=0xffffffffffffffff", out);
	add(list, ANSWER_LIE, COLUMN_LIE, "~SUCCESS,x%u=x%u", out, base);
	add(list, ANSWER_LIE, COLUMN_LIE, "~SUCCESS,x%u=x%u+4096", out, top);
}

static void add_range(struct list *list, const char *name, const char *args,
		      const char *results)
{
	unsigned int base = position(args, "base");
	unsigned int top = position(args, "top");
	unsigned int out = position(results, "out_top");
	unsigned int range = position(results, "range");

	if (!base || !out)
		return;
	add_stalls(list, base, top, out);
	if (strcmp(name, "GRANULE_RANGE_UNDELEGATE"))
		add(list, ANSWER_LIE, COLUMN_LIE, "=SUCCESS,x%u=x%u", out, top);
	if (range)
		add(list, ANSWER_LIE, COLUMN_LIE,
		    "=SUCCESS,x%u=x%u,x%u=0xffc", out, top, range);
}

static void add_lies(struct list *list, const char *name)
{
	add(list, ANSWER_LIE, COLUMN_LIE, "=SUCCESS");
	add(list, ANSWER_LIE, COLUMN_LIE, "~NOT_SUPPORTED");
	if (name && !strcmp(name, "GRANULE_RANGE_DELEGATE"))
		return;
	add(list, ANSWER_LIE, COLUMN_LIE, "~BUSY");
	add(list, ANSWER_LIE, COLUMN_LIE, "~ERROR_INPUT");
	add(list, ANSWER_LIE, COLUMN_LIE, "~ERROR_RTT:3");
}

static void add_for_ever(struct list *list)
{
	add(list, ANSWER_FOR_EVER, COLUMN_DEAD, "dead");
	add(list, ANSWER_FOR_EVER, COLUMN_BUSY, "busy");
	add(list, ANSWER_FOR_EVER, COLUMN_BUSY, "stuck");
	add(list, ANSWER_FOR_EVER, COLUMN_BUSY, "refuses");
}

static bool is_operation_step(const char *name)
{
	return name && !strncmp(name, "OP_", 3);
}

unsigned int answers_of(const char *name, struct answer *answers)
{
	struct list list = { .answers = answers };
	unsigned int i;

	add_statuses(&list);
	/* In a step of an operation, x1 says how much memory was moved. */
	add_incomplete(&list, is_operation_step(name) ? ANSWER_LIE :
						       ANSWER_HONEST);
	for (i = 0; name && i < ARRAY_SIZE(commands); i++) {
		if (!strcmp(commands[i].name, name))
			add_range(&list, name, commands[i].args,
				  commands[i].results);
	}
	add_lies(&list, name);
	add_for_ever(&list);
	return list.count;
}

const char *answer_column_name(enum answer_column column)
{
	static const char *const names[] = {
		"none", "inpu", "real", "rec", "rtt", "nsup", "dev", "aux",
		"smmu", "dpt", "busy", "glob", "trck", "inco", "blck", "gpt",
		"gran", "-1", "odd", "stal", "lie", "dead", "ever",
	};

	return names[column];
}
