// SPDX-License-Identifier: BSD-3-Clause
/*
 * What a realm has to say. A line is one call of stdio, so that lines of
 * different threads do not mix.
 */
#include <stdio.h>

#include "vmm/report.h"

void report_console(void *context, const char *line)
{
	(void)context;
	printf("%s\n", line);
}

void report_message(void *context, const char *line)
{
	(void)context;
	printf("message: %s\n", line);
}
