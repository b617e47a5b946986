/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The end of a machine that cannot go on. Other threads may be anywhere, also
 * inside the engine, so nothing is cleaned up.
 */
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "sim/machine/die.h"

void machine_die(const char *format, ...)
{
	char line[512];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	fprintf(stderr, "machine: %s\n", line);
	fflush(NULL);
	_exit(MACHINE_EXIT);
}
