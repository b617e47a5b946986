// SPDX-License-Identifier: BSD-3-Clause
/*
 * A line that grows.
 */
#include <stdarg.h>
#include <stdio.h>

#include "vmm/line.h"

void line_add(struct line *line, const char *format, ...)
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
