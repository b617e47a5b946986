// SPDX-License-Identifier: BSD-3-Clause
/*
 * One line that says what went wrong, where, and what the bound is.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "vmm/err.h"

bool err_set(struct err *err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	return false;
}

void err_add(struct err *err, const char *format, ...)
{
	size_t used = strlen(err->text);
	va_list args;

	va_start(args, format);
	vsnprintf(err->text + used, sizeof(err->text) - used, format, args);
	va_end(args);
}

void err_print(const struct err *err)
{
	/* What was printed before comes before, also through one pipe. */
	fflush(stdout);
	fprintf(stderr, "cca: %s\n", err->text);
}
