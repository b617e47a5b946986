/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Conditions as lines: for people, for a harness that reads TAP, as JSON. No
 * text of the suite has a character that JSON would want escaped.
 */
#include "tests/suite/report.h"

#include <stdio.h>
#include <string.h>

bool report_wants(void *context, const struct suite_condition *condition)
{
	const struct report *report = context;
	char line[300];

	snprintf(line, sizeof(line), "%s: %s", condition->command,
		 condition->name.s);
	return !report->only || strstr(line, report->only);
}

static const char *word(const struct verdict *v)
{
	if (v->failed)
		return v->setup ? "not set up" : "failed";
	return v->skipped ? "skipped" : "passed";
}

static void print_line(const struct suite_condition *condition,
		       const struct verdict *v)
{
	printf("%s  %s: %s  [%s%s]\n", word(v), condition->command,
	       condition->name.s, condition->section,
	       condition->strict ? ", strict" : "");
	if (v->failed)
		printf("        expected %s\n        got %s\n",
		       v->expected.s, v->got.s);
	else if (v->skipped)
		printf("        %s\n", v->skipped);
}

static void print_tap(unsigned int number,
		      const struct suite_condition *condition,
		      const struct verdict *v)
{
	printf("%s %u - %s: %s%s%s\n", v->failed ? "not ok" : "ok", number,
	       condition->command, condition->name.s,
	       v->skipped ? " # SKIP " : "", v->skipped ? v->skipped : "");
	if (v->failed)
		printf("# section %s, expected %s, got %s\n",
		       condition->section, v->expected.s,
		       v->got.s);
}

static void print_json(const struct suite_condition *condition,
		       const struct verdict *v)
{
	printf("{\"command\":\"%s\",\"condition\":\"%s\",\"section\":\"%s\","
	       "\"strict\":%s,\"verdict\":\"%s\"",
	       condition->command, condition->name.s, condition->section,
	       condition->strict ? "true" : "false", word(v));
	if (v->failed)
		printf(",\"expected\":\"%s\",\"got\":\"%s\"",
		       v->expected.s, v->got.s);
	else if (v->skipped)
		printf(",\"why\":\"%s\"", v->skipped);
	puts("}");
}

static void count(struct report *report, const char *command,
		  const struct verdict *v)
{
	struct report_command *c = NULL;

	for (unsigned int i = 0; i < report->commands && !c; i++) {
		if (!strcmp(report->command[i].name, command))
			c = &report->command[i];
	}
	if (!c) {
		if (report->commands == REPORT_COMMANDS)
			return;
		c = &report->command[report->commands++];
		c->name = command;
	}
	if (v->failed)
		c->totals.failed++;
	else if (v->skipped)
		c->totals.skipped++;
	else
		c->totals.passed++;
}

void report_condition(void *context, const struct suite_condition *condition,
		      const struct verdict *v)
{
	struct report *report = context;

	report->number++;
	count(report, condition->command, v);
	switch (report->style) {
	case REPORT_LIST:
		printf("%s: %s  [%s%s]\n", condition->command,
		       condition->name.s, condition->section,
		       condition->strict ? ", strict" : "");
		break;
	case REPORT_TAP:
		print_tap(report->number, condition, v);
		break;
	case REPORT_JSON:
		print_json(condition, v);
		break;
	case REPORT_ALL:
		print_line(condition, v);
		break;
	case REPORT_FAILURES:
		if (v->failed)
			print_line(condition, v);
	}
}

static void print_totals(const char *name, const struct suite_totals *totals)
{
	printf("%-28s %4u passed, %u failed", name, totals->passed,
	       totals->failed);
	if (totals->skipped)
		printf(", %u skipped", totals->skipped);
	putchar('\n');
}

void report_end(const struct report *report, const char *rmm,
		const struct suite_totals *totals)
{
	if (report->style == REPORT_TAP)
		printf("1..%u\n", report->number);
	if (report->style > REPORT_LIST)
		return;
	for (unsigned int i = 0; i < report->commands; i++)
		print_totals(report->command[i].name,
			     &report->command[i].totals);
	print_totals(rmm, totals);
}
