/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Text files that tools/embed builds into a program.
 */
#ifndef SIM_MACHINE_EMBEDDED_H
#define SIM_MACHINE_EMBEDDED_H

struct embedded {
	const char *name; /* of the file, without its ending */
	const char *text;
};

/* machines/, ends with a NULL name. */
extern const struct embedded machine_files[];

#endif
