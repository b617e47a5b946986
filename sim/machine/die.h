/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The end of a machine that cannot go on.
 */
#ifndef SIM_MACHINE_DIE_H
#define SIM_MACHINE_DIE_H

/* What a process exits with when its machine, not its guest, has failed. */
#define MACHINE_EXIT 3

/* Says one line on stderr and ends the process with MACHINE_EXIT. */
_Noreturn void machine_die(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

#endif
