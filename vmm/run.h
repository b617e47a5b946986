/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * cca run: a realm from its image to its end.
 */
#ifndef VMM_RUN_H
#define VMM_RUN_H

#include "vmm/options.h"

/*
 * Starts a machine and runs the realm that @options (a struct options) ask
 * for; the exit status of cca. One run a process: the machine is the process's.
 */
int run_realm(const void *options);

#endif
