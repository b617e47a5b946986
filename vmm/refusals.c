// SPDX-License-Identifier: BSD-3-Clause
/*
 * What the RMM refused, and what it kept. The kernel counts since its boot, so
 * that a run looks at what has changed.
 */
#include <stdio.h>
#include <string.h>

#include "vmm/refusals.h"

#define TEXT_MAX 4096

static char refused_before[TEXT_MAX], kept_before[TEXT_MAX];

void refusals_start(const struct host *host)
{
	host->says("refusals", refused_before, TEXT_MAX);
	host->says("leaks", kept_before, TEXT_MAX);
}

static bool has_line(const char *text, const char *line)
{
	size_t length = strlen(line);

	for (const char *at = text; at && *at; at = strchr(at, '\n')) {
		at += *at == '\n';
		if (!strncmp(at, line, length) &&
		    (!at[length] || at[length] == '\n'))
			return true;
	}
	return false;
}

/* Each line that is new, or has another number. */
static void print_new(const char *what, char *now, const char *before)
{
	char *rest = now;

	for (char *line = strtok_r(rest, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest))
		if (!has_line(before, line))
			printf("%s: %s\n", what, line);
}

void refusals_report(const struct host *host)
{
	char now[TEXT_MAX];

	host->says("refusals", now, sizeof(now));
	print_new("refused", now, refused_before);
	host->says("leaks", now, sizeof(now));
	print_new("kept", now, kept_before);
}

void refusals_explain(const struct host *host, struct err *err)
{
	char now[TEXT_MAX];

	host->says("refusals", now, sizeof(now));
	if (!strcmp(now, refused_before))
		return;
	host->says("last_refusal", now, sizeof(now));
	err_add(err, "; the RMM refused %s", now);
}

void refusals_probe(const struct host *host)
{
	char last[TEXT_MAX];

	host->says("last_refusal", last, sizeof(last));
	if (*last && strcmp(last, "none"))
		printf("refused: %s\n", last);
}
